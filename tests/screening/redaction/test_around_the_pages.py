"""What a file keeps beside the drawing of its pages does not tell what stood beneath a box."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from gongkai.screening.redaction import Box, blacken
from tests.screening.redaction.papers import changed, look, opened, paper, raw_content, said, within

SECRET = "Secret Person"
HALF = Box(1, 0, 0, 100, 100)
Change = Callable[[pikepdf.Pdf], None]


def document() -> bytes:
    """Two pages; the words stand on the first."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.add_blank_page(page_size=(200, 100))
        page.obj["/Resources"] = pdf.pages[0].obj["/Resources"]
        page.obj["/Contents"] = pdf.make_stream(b"BT /F1 10 Tf 20 50 Td (Second page) Tj ET")

    return changed(paper(b"BT /F1 10 Tf 20 50 Td (Secret Person) Tj ET"), change)


def information(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = pdf.docinfo["/Subject"] = SECRET


def packet(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = SECRET


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = SECRET.encode()


def outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as entries:
        entries.root.append(pikepdf.OutlineItem(SECRET, 0))


def structure(pdf: pikepdf.Pdf) -> None:
    element = pikepdf.Dictionary(
        S=pikepdf.Name.Figure, Alt=SECRET, ActualText=SECRET, Pg=pdf.pages[0].obj
    )
    pdf.Root["/StructTreeRoot"] = pikepdf.Dictionary(K=pdf.make_indirect(element))


def private(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj["/PieceInfo"] = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=SECRET))


def threads(pdf: pikepdf.Pdf) -> None:
    thread = pdf.make_indirect(pikepdf.Dictionary(I=pikepdf.Dictionary(Title=SECRET)))
    bead = pdf.make_indirect(pikepdf.Dictionary(T=thread, P=pdf.pages[0].obj))
    thread["/F"] = bead
    pdf.Root["/Threads"] = pikepdf.Array([thread])
    for page in pdf.pages:
        page.obj["/B"] = pikepdf.Array([bead])


def thumbnail(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj["/Thumb"] = pdf.make_stream(SECRET.encode(), Width=1, Height=1)


def marked(pdf: pikepdf.Pdf) -> None:
    drawing = b"/Span << /ActualText (Secret Person) >> BDC q Q EMC"
    pdf.pages[0].contents_add(pdf.make_stream(drawing))


def names(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/Dests"] = pikepdf.Dictionary({"/Secret": [pdf.pages[0].obj, pikepdf.Name.Fit]})


@pytest.mark.parametrize(
    "change",
    [
        *(information, packet, attachment, outline, structure),
        *(private, threads, thumbnail, marked, names),
    ],
)
def test_it_is_not_said_beside_the_page(change: Change) -> None:
    data = changed(document(), change)
    copy = blacken(data, [HALF])
    assert b"Secret" not in raw_content(copy.data)
    assert "Secondpage" in said(copy.data)


def test_an_earlier_revision_is_gone() -> None:
    data = document()
    secret = b"1000 0 obj (Secret earlier) endobj\n"
    copy = blacken(data + secret + b"%%EOF\n" + data[data.rindex(b"startxref") :], [HALF])
    assert b"earlier" not in raw_content(copy.data)
    assert copy.data.count(b"%%EOF") == 1


def annotation(kind: str, **more: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(
            b"BT /F1 10 Tf 2 5 Td (Secret note) Tj ET",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 80, 20],
            Resources=pdf.pages[0].obj["/Resources"],
        )
        made = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name("/" + kind),
            Rect=[10, 10, 90, 30],
            F=4,
            Contents="Secret note",
            AP=pikepdf.Dictionary(N=look),
            **more,
        )
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(made)])
        if kind == "Widget":
            fields = pikepdf.Array([pdf.pages[0].obj["/Annots"][0]])
            pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=fields)

    return change


@pytest.mark.parametrize(
    "change",
    [
        annotation("FreeText", DA="/F1 10 Tf"),
        annotation("Stamp"),
        annotation("Text"),
        annotation("Widget", FT=pikepdf.Name.Tx, T="field", V="Secret note"),
        annotation("Link", A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://a.cn/Secret")),
    ],
)
def test_an_annotation_beneath_a_box_is_gone_with_what_it_says(change: Change) -> None:
    copy = blacken(changed(document(), change), [HALF])
    assert b"Secret" not in raw_content(copy.data)
    assert within(look(copy.data), HALF) == {(0, 0, 0)}


def test_a_form_field_away_from_the_boxes_stays_as_it_looks() -> None:
    change = annotation("Widget", FT=pikepdf.Name.Tx, T="field", V="Secret note")
    copy = blacken(changed(document(), change), [Box(1, 0, 0, 200, 60)])
    assert "Secretnote" in said(copy.data)
    assert "SecretPerson" not in said(copy.data)


def test_a_link_on_a_page_without_a_box_still_leads_to_the_web() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://www.gov.cn/")
        link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        pdf.pages[1].obj["/Annots"] = pikepdf.Array([link])

    with opened(blacken(changed(document(), change), [HALF]).data) as pdf:
        (link,) = pdf.pages[1].obj["/Annots"]
        assert str(link["/A"]["/URI"]) == "https://www.gov.cn/"


def test_a_layer_that_is_off_does_not_come_to_light() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="off"))
        state = pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        pdf.Root["/OCProperties"] = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=state)
        page = pdf.pages[1]
        page.obj["/Resources"] = pikepdf.Dictionary(page.obj["/Resources"])
        page.obj["/Resources"]["/Properties"] = pikepdf.Dictionary(L=layer)
        drawing = b"/OC /L BDC 1 0 0 rg 0 0 200 30 re f EMC"
        page.contents_add(pdf.make_stream(drawing))

    copy = blacken(changed(document(), change), [HALF])
    assert (255, 0, 0) not in within(look(copy.data, 2), Box(2, 0, 0, 200, 100))


def test_a_page_with_a_drawing_that_can_be_switched_off_becomes_a_picture() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="on"))
        pdf.Root["/OCProperties"] = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary()
        )
        form = pdf.make_stream(b"0 0 9 9 re f", Type=pikepdf.Name.XObject, BBox=[0, 0, 9, 9])
        form["/Subtype"], form["/OC"] = pikepdf.Name.Form, layer
        form["/Resources"] = pikepdf.Dictionary()
        page = pdf.pages[1]
        page.obj["/Resources"] = pikepdf.Dictionary(page.obj["/Resources"])
        page.obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Fm=form)
        page.contents_add(pdf.make_stream(b"/Fm Do"))

    assert blacken(changed(document(), change), [HALF]).pages == (1, 2)


def test_the_language_of_the_document_is_kept() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/Lang"] = "zh-CN"

    with opened(blacken(changed(document(), change), [HALF]).data) as pdf:
        assert str(pdf.Root["/Lang"]) == "zh-CN"
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang"}


def test_a_copy_is_the_same_each_time() -> None:
    assert blacken(document(), [HALF]).data == blacken(document(), [HALF]).data


def test_a_copy_can_be_redacted_again() -> None:
    copy = blacken(document(), [HALF])
    again = blacken(copy.data, [Box(2, 0, 0, 100, 100)])
    assert said(again.data) == ""
    with pikepdf.open(io.BytesIO(again.data)) as pdf:
        assert len(pdf.pages) == 2
