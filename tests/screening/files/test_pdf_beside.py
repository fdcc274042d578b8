"""What PDF files keep beside their pages: found, gone from the copy, or left and said."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from gongkai.screening.files import clean, hidden
from tests.screening.files.making import (
    changed,
    codes,
    looks,
    page,
    page_text,
    picture,
)
from tests.screening.files.pages import SEEN, VISIBLE, raster, revised, written


def annotated(**entries: Any) -> bytes:
    def note(opened: pikepdf.Pdf) -> None:
        one = opened.make_indirect(
            Dictionary(Type=Name.Annot, Rect=Array([20, 20, 60, 40]), **entries)
        )
        opened.pages[0].Annots = Array([one])

    return changed(page(SEEN), note)


def test_a_sticky_note_goes_with_its_words() -> None:
    data = annotated(Subtype=Name.Text, Contents=String("这句请领导定"), T=String("甲某"))
    cleaned = clean(data, "pdf")
    assert [(t.code, t.excerpt) for t in cleaned.removed] == [
        ("pdf.annotation", "Text 甲某 这句请领导定")
    ]
    assert hidden(cleaned.data, "pdf") == ()
    assert looks(cleaned.data) == looks(page(SEEN))


def test_a_highlight_stays_and_its_remark_goes() -> None:
    data = annotated(
        Subtype=Name.Highlight,
        Contents=String("存疑"),
        QuadPoints=Array([20, 40, 60, 40, 20, 20, 60, 20]),
        C=Array([1, 1, 0]),
    )
    cleaned = clean(data, "pdf")
    assert codes(cleaned.removed) == ["pdf.annotation"]
    assert looks(cleaned.data) == looks(data)
    with pikepdf.open(io.BytesIO(cleaned.data)) as opened:
        assert "/Contents" not in opened.pages[0].Annots[0]


def test_a_redaction_that_was_never_applied_is_left_and_said() -> None:
    data = annotated(Subtype=Name.Redact, QuadPoints=Array([20, 40, 60, 40, 20, 20, 60, 20]))
    (trace,) = clean(data, "pdf").left
    assert (trace.code, trace.kept) == ("pdf.unapplied_redaction", "still_beneath")


def test_a_link_is_no_trace() -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    assert hidden(annotated(Subtype=Name.Link, A=action), "pdf") == ()


def attach(opened: pikepdf.Pdf) -> None:
    opened.attachments["底稿.txt"] = pikepdf.AttachedFileSpec(
        opened, "内部".encode(), filename="底稿.txt"
    )


def run_script(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def launch(opened: pikepdf.Pdf) -> None:
    opened.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("C:/甲.exe")))


def name_script(opened: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=opened.make_stream(b"app.alert(2)"))
    opened.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), opened.make_indirect(action)]))
    )


def inform(opened: pikepdf.Pdf) -> None:
    opened.docinfo["/Author"] = "甲某"


def name_path(opened: pikepdf.Pdf) -> None:
    opened.docinfo["/Creator"] = "C:\\Users\\甲某\\底稿.docx"


def describe(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["dc:creator"] = ["甲某"]


def keep_private(opened: pikepdf.Pdf) -> None:
    opened.Root.PieceInfo = Dictionary(WPS=Dictionary(Private=String("编辑记录")))


def thumb(opened: pikepdf.Pdf) -> None:
    image = opened.make_stream(b"\0" * 3)
    image.update(raster(1, 1))
    opened.pages[0].Thumb = image


def read_out(opened: pikepdf.Pdf) -> None:
    opened.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, K=Dictionary(S=Name.Span, ActualText=String("被遮住的名字"))
    )


def photograph(opened: pikepdf.Pdf) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    photo = opened.make_stream(picture("JPEG", exif=exif))
    photo.update(raster(8, 6))
    photo.Filter = Name.DCTDecode
    opened.pages[0].add_resource(photo, Name.XObject, Name.Photo)
    opened.pages[0].contents_add(opened.make_stream(b"q 40 0 0 30 20 20 cm /Photo Do Q"))


BESIDE: list[tuple[str, Callable[[pikepdf.Pdf], None], str]] = [
    ("pdf.attachment", attach, "底稿.txt"),
    ("pdf.script", run_script, "JavaScript app.alert(1)"),
    ("pdf.script", launch, "Launch C:/甲.exe"),
    ("pdf.script", name_script, "JavaScript app.alert(2)"),
    ("pdf.property", inform, "Author: 甲某"),
    ("pdf.property", name_path, "Creator: C:\\Users\\甲某\\底稿.docx"),
    ("pdf.property", describe, "XMP creator: 甲某"),
    ("pdf.private_data", keep_private, "WPS"),
    ("pdf.thumbnail", thumb, ""),
    ("pdf.invisible_text", read_out, "被遮住的名字"),
    ("pdf.picture_metadata", photograph, "make: Maker"),
]


@pytest.mark.parametrize(("code", "change", "content"), BESIDE)
def test_what_a_file_keeps_beside_its_pages_is_found(code: str, change: Any, content: str) -> None:
    found = [(t.code, t.excerpt) for t in hidden(changed(page(SEEN), change), "pdf")]
    assert found == [(code, content)]


@pytest.mark.parametrize(("code", "change", "content"), BESIDE)
def test_it_goes_from_the_copy(code: str, change: Any, content: str) -> None:
    data = changed(page(SEEN), change)
    cleaned = clean(data, "pdf")
    assert codes(cleaned.removed) == [code]
    assert cleaned.left == ()
    assert hidden(cleaned.data, "pdf") == ()
    assert looks(cleaned.data) == looks(data)


def test_a_title_that_the_page_shows_stays() -> None:
    def entitle(opened: pikepdf.Pdf) -> None:
        opened.docinfo["/Title"] = "看得见的正文"

    data = changed(page(SEEN), entitle)
    assert hidden(data, "pdf") == ()


def filled(value: str, *, seen: bool) -> bytes:
    def fill(opened: pikepdf.Pdf) -> None:
        one = opened.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("电话"),
                V=String(value),
                F=4 if seen else 2,
                Rect=Array([20, 20, 120, 40]),
            )
        )
        if seen:
            look = opened.make_stream(b"0.5 g 0 0 100 20 re f")
            look.update(
                Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 20]))
            )
            one.AP = Dictionary(N=look)
        opened.pages[0].Annots = Array([one])
        opened.Root.AcroForm = Dictionary(Fields=Array([one]))

    return changed(page(SEEN), fill)


@pytest.mark.parametrize("seen", [True, False])
def test_a_form_field_gives_way_to_what_it_shows(seen: bool) -> None:
    data = filled("13800000000", seen=seen)
    cleaned = clean(data, "pdf")
    assert [(t.code, t.excerpt) for t in cleaned.removed] == [
        ("pdf.form_value", "电话: 13800000000")
    ]
    assert cleaned.left == ()
    assert looks(cleaned.data) == looks(data)
    assert b"13800000000" not in cleaned.data


def layered(*, off: bool) -> bytes:
    def layer(opened: pikepdf.Pdf) -> None:
        group = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("内部标注")))
        state = Dictionary(OFF=Array([group])) if off else Dictionary(ON=Array([group]))
        opened.Root.OCProperties = Dictionary(OCGs=Array([group]), D=state)
        opened.pages[0].Resources.Properties = Dictionary(MC0=group)

    content = b"/OC /MC0 BDC BT /F 12 Tf 20 100 Td (Layered) Tj ET 10 10 30 30 re f EMC"
    return changed(written(VISIBLE + content), layer)


def test_a_hidden_layer_goes_with_all_that_is_on_it() -> None:
    data = layered(off=True)
    cleaned = clean(data, "pdf")
    assert [(t.code, t.excerpt) for t in cleaned.removed] == [("pdf.hidden_layer", "内部标注")]
    assert cleaned.left == ()
    assert "Layered" not in page_text(cleaned.data)
    assert looks(cleaned.data) == looks(data)


def test_a_layer_that_shows_is_no_trace() -> None:
    assert hidden(layered(off=False), "pdf") == ()


def test_an_earlier_revision_that_says_more_is_found_and_goes() -> None:
    before = written(VISIBLE + b"BT /F 12 Tf 20 100 Td (Struck out) Tj ET")
    data = revised(before, VISIBLE)
    found = [(t.code, t.excerpt) for t in hidden(data, "pdf")]
    assert ("pdf.earlier_revision", "1: Struck out") in found
    cleaned = clean(data, "pdf")
    assert cleaned.left == ()
    assert looks(cleaned.data) == looks(data)
    assert cleaned.data.count(b"%%EOF") == 1


def test_a_revision_that_only_adds_is_no_trace() -> None:
    before = written(VISIBLE)
    assert hidden(revised(before, VISIBLE + b"BT /F 12 Tf 20 100 Td (Added) Tj ET"), "pdf") == ()


def test_data_behind_the_end_is_found_and_goes() -> None:
    data = page(SEEN) + b"\nhidden after the end"
    cleaned = clean(data, "pdf")
    assert codes(cleaned.removed) == ["pdf.trailing_data"]
    assert b"hidden after the end" not in cleaned.data


def test_an_object_that_nothing_leads_to_is_found_and_goes() -> None:
    data = written(VISIBLE)
    extra = b"5 0 obj\n<< /Note (left over) >>\nendobj\n"
    start = data.rindex(b"startxref") + 9
    earlier = int(data[start:].split()[0])
    with pikepdf.open(io.BytesIO(data)) as opened:
        root = opened.Root.objgen[0]
    table = b"xref\n5 1\n%010d 00000 n \ntrailer\n" % len(data)
    trailer = b"<< /Size 6 /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        earlier,
        len(data) + len(extra),
    )
    data += extra + table + trailer
    assert ("pdf.unreferenced_object", "1: left over") in [
        (t.code, t.excerpt) for t in hidden(data, "pdf")
    ]
    assert hidden(clean(data, "pdf").data, "pdf") == ()


def test_a_signed_file_is_left_as_it_is() -> None:
    def sign(opened: pikepdf.Pdf) -> None:
        inform(opened)
        signature = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"))
        field = Dictionary(FT=Name.Sig, T=String("章"), V=opened.make_indirect(signature))
        opened.Root.AcroForm = Dictionary(Fields=Array([opened.make_indirect(field)]), SigFlags=3)

    data = changed(page(SEEN), sign)
    cleaned = clean(data, "pdf")
    assert cleaned.data is data
    assert {(t.code, t.kept) for t in cleaned.left} == {
        ("pdf.property", "signed"),
        ("pdf.signature", "signed"),
    }
