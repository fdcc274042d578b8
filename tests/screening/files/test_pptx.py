"""Hidden content of presentations: found, and gone while the slides that show stay."""

from __future__ import annotations

import pytest

from gongkai.screening.files import clean, hidden
from tests.screening.files.making import codes, picture, related, unzipped
from tests.screening.files.slides import P, presentation, shape, slide

SHOWN = slide(shape("看得见"))
HIDDEN = slide(shape("备用的一页"), attributes='show="0"')


def noted(text: str) -> bytes:
    notes = (
        f"<p:notes {P}><p:cSld><p:spTree>{shape(text)}"
        f'<p:sp><p:nvPr><p:ph type="sldNum"/></p:nvPr><p:txBody><a:p><a:r><a:t>1</a:t></a:r></a:p>'
        "</p:txBody></p:sp></p:spTree></p:cSld></p:notes>"
    )
    data = presentation(SHOWN, **{"ppt/notesSlides/notesSlide1.xml": notes})
    return related(
        data, "ppt/slides/slide1.xml", ("n1", "notesSlide", "../notesSlides/notesSlide1.xml")
    )


def commented() -> bytes:
    comments = f"<p:cmLst {P}><p:cm><p:text>这个数再核一下</p:text></p:cm></p:cmLst>"
    data = presentation(SHOWN, **{"ppt/comments/comment1.xml": comments})
    return related(data, "ppt/slides/slide1.xml", ("c1", "comments", "../comments/comment1.xml"))


FOUND = [
    ("pptx.hidden_slide", presentation(SHOWN, HIDDEN), "备用的一页", 2),
    ("pptx.notes", noted("讲的时候不要提这个"), "讲的时候不要提这个", 1),
    ("pptx.comment", commented(), "这个数再核一下", 1),
    (
        "pptx.off_slide",
        presentation(slide(shape("看得见"), shape("拖到外面", 9_200_000))),
        "拖到外面",
        1,
    ),
    (
        "pptx.off_slide",
        presentation(slide(shape("看得见"), shape("拖到左边", -600_000))),
        "拖到左边",
        1,
    ),
]


@pytest.mark.parametrize(("code", "data", "content", "number"), FOUND)
def test_what_hides_is_found_on_its_slide(
    code: str, data: bytes, content: str, number: int
) -> None:
    assert [(t.code, t.excerpt, t.place.number) for t in hidden(data, "pptx")] == [
        (code, content, number)
    ]


@pytest.mark.parametrize(("code", "data", "content", "number"), FOUND)
def test_it_goes_and_what_shows_stays(code: str, data: bytes, content: str, number: int) -> None:
    cleaned = clean(data, "pptx")
    assert codes(cleaned.removed) == [code]
    assert hidden(cleaned.data, "pptx") == ()
    parts = unzipped(cleaned.data)
    assert [name for name, part in parts.items() if content.encode() in part] == []
    assert "看得见".encode() in parts["ppt/slides/slide1.xml"]


def test_a_slide_that_shows_an_edge_of_a_shape_shows_it() -> None:
    assert hidden(presentation(slide(shape("半个", 9_000_000))), "pptx") == ()


def test_a_dropped_slide_is_dropped_from_its_section_too() -> None:
    main = unzipped(clean(presentation(SHOWN, HIDDEN), "pptx").data)["ppt/presentation.xml"]
    assert main.count(b'id="256"') == 2
    assert b'id="257"' not in main


def test_a_shape_that_flies_in_is_left_for_a_person() -> None:
    timing = '<p:timing><p:spTgt spid="7"/></p:timing>'
    data = presentation(slide(shape("飞入", 9_200_000, 7), after=timing))
    assert [(t.code, t.kept) for t in clean(data, "pptx").left] == [("pptx.off_slide", "uncertain")]


def test_a_hidden_slide_that_a_shown_one_leads_to_is_left_and_said() -> None:
    data = related(
        presentation(SHOWN, HIDDEN), "ppt/slides/slide1.xml", ("l1", "slide", "slide2.xml")
    )
    assert [(t.code, t.kept) for t in clean(data, "pptx").left] == [
        ("pptx.hidden_slide", "referenced")
    ]


def test_a_hidden_shape_goes() -> None:
    data = presentation(slide(shape("看得见"), shape("藏", 5, 3, 'hidden="1"')))
    cleaned = clean(data, "pptx")
    assert [(t.code, t.excerpt) for t in cleaned.removed] == [("office.hidden_shape", "藏")]


def test_an_embedded_book_gives_way_to_the_picture_that_shows_it() -> None:
    frame = (
        '<p:graphicFrame><a:graphic><a:graphicData><p:oleObj r:id="o1"><p:embed/><p:pic>'
        '<p:blipFill><a:blip r:embed="p1"/></p:blipFill></p:pic></p:oleObj></a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )
    data = presentation(
        slide(frame), **{"ppt/embeddings/b.xlsx": b"PK", "ppt/media/p.png": picture()}
    )
    data = related(
        data,
        "ppt/slides/slide1.xml",
        ("o1", "package", "../embeddings/b.xlsx"),
        ("p1", "image", "../media/p.png"),
    )
    cleaned = clean(data, "pptx")
    assert codes(cleaned.removed) == ["office.embedded_object"]
    parts = unzipped(cleaned.data)
    assert "ppt/embeddings/b.xlsx" not in parts
    assert b'r:embed="p1"' in parts["ppt/slides/slide1.xml"]
    assert "ppt/media/p.png" in parts


def test_the_book_behind_a_chart_goes_and_the_chart_stays() -> None:
    body = '<c:v>图上的数</c:v><c:externalData r:id="b1"/>'
    chart = f'<c:chartSpace xmlns:c="urn:c" {P}>{body}</c:chartSpace>'
    data = presentation(
        slide('<p:graphicFrame r:id="c1"/>'),
        **{"ppt/charts/chart1.xml": chart, "ppt/embeddings/b.xlsx": b"PK"},
    )
    data = related(data, "ppt/slides/slide1.xml", ("c1", "chart", "../charts/chart1.xml"))
    data = related(data, "ppt/charts/chart1.xml", ("b1", "package", "../embeddings/b.xlsx"))
    cleaned = clean(data, "pptx")
    assert codes(cleaned.removed) == ["office.embedded_object"]
    assert "图上的数".encode() in unzipped(cleaned.data)["ppt/charts/chart1.xml"]
