"""Hidden content of Word documents: found, and gone from the cleaned copy."""

from __future__ import annotations

import io

import docx
import pytest
from PIL import Image

from gongkai.screening.files import clean, hidden
from tests.screening.files.making import (
    W,
    codes,
    paragraph,
    picture,
    related,
    saved,
    unzipped,
    with_parts,
    word,
)

INSERTED = '<w:p><w:ins w:id="1" w:author="甲"><w:r><w:t>新加的话</w:t></w:r></w:ins></w:p>'
DELETED = (
    "<w:p><w:r><w:t>留下的</w:t></w:r>"
    '<w:del w:id="2" w:author="甲"><w:r><w:delText>删掉的底价</w:delText></w:r></w:del></w:p>'
)
MOVED = (
    '<w:p><w:moveFrom w:id="3"><w:r><w:t>搬走的</w:t></w:r></w:moveFrom></w:p>'
    '<w:p><w:moveTo w:id="4"><w:r><w:t>搬走的</w:t></w:r></w:moveTo></w:p>'
)
FORMATTED = (
    '<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id="5"><w:rPr/></w:rPrChange></w:rPr>'
    "<w:t>改了字体</w:t></w:r></w:p>"
)
ROW = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>看得见的行</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>藏起的行</w:t></w:r></w:p></w:tc>"
    "</w:tr></w:tbl>"
)
BOX = (
    "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
    "<w:txbxContent><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>文本框里的隐藏字</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
STYLES = (
    f'<w:styles xmlns:w="{W}">'
    '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Derived"><w:basedOn w:val="Base"/></w:style>'
    "</w:styles>"
)
COMMENTS = (
    f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="乙"><w:p><w:r>'
    "<w:t>领导不同意这一段</w:t></w:r></w:p></w:comment></w:comments>"
)
COMMENTED = (
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>正文</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
)
PEOPLE = (
    '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
    '<w15:person w15:author="审阅者丙"/></w15:people>'
)
SETTINGS = (
    f'<w:settings xmlns:w="{W}"><w:docVars><w:docVar w:name="案号" w:val="内部 12 号"/></w:docVars>'
    "</w:settings>"
)

HIDDEN = [
    ("docx.insertion", word(INSERTED), "新加的话"),
    ("docx.deletion", word(DELETED), "删掉的底价"),
    ("docx.move", word(MOVED), "搬走的"),
    ("docx.format_change", word(FORMATTED), "改了字体"),
    ("docx.comment", word(COMMENTED, comments=COMMENTS), "乙: 领导不同意这一段"),
    ("docx.reviewers", word(paragraph("正文"), people=PEOPLE), "审阅者丙"),
    ("docx.hidden_text", word(paragraph("看不到", run="<w:vanish/>")), "看不到"),
    ("docx.hidden_text", word(BOX), "文本框里的隐藏字"),
    (
        "docx.hidden_text",
        word(paragraph("样式藏", run='<w:rStyle w:val="Secret"/>'), styles=STYLES),
        "样式藏",
    ),
    (
        "docx.hidden_text",
        word(paragraph("段落样式藏", properties='<w:pStyle w:val="Derived"/>'), styles=STYLES),
        "段落样式藏",
    ),
    ("docx.invisible_text", word(paragraph("白", run='<w:color w:val="FFFFFF"/>')), "白"),
    ("docx.invisible_text", word(paragraph("小", run='<w:sz w:val="2"/>')), "小"),
    ("docx.hidden_row", word(ROW), "藏起的行"),
    ("docx.document_variable", word(paragraph("正文"), settings=SETTINGS), "案号: 内部 12 号"),
]


@pytest.mark.parametrize(("code", "data", "content"), HIDDEN)
def test_what_hides_is_found_with_its_words(code: str, data: bytes, content: str) -> None:
    assert (code, content) in [(trace.code, trace.excerpt) for trace in hidden(data, "docx")]


@pytest.mark.parametrize(("code", "data", "content"), HIDDEN)
def test_a_cleaned_copy_holds_it_no_more(code: str, data: bytes, content: str) -> None:
    cleaned = clean(data, "docx")
    assert code in codes(cleaned.removed)
    assert code not in codes(hidden(cleaned.data, "docx"))
    docx.Document(io.BytesIO(cleaned.data))


def text_of(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs if one.text]


def test_cleaning_accepts_changes_as_word_would() -> None:
    assert text_of(clean(word(INSERTED + DELETED + FORMATTED), "docx").data) == [
        "新加的话",
        "留下的",
        "改了字体",
    ]


def test_the_deleted_text_is_nowhere_in_the_copy() -> None:
    parts = unzipped(clean(word(DELETED + MOVED), "docx").data)
    assert [name for name, part in parts.items() if "底价".encode() in part] == []


def test_a_deleted_end_of_paragraph_joins_what_is_left_to_the_next() -> None:
    body = (
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>'
        + paragraph("后半")
    )
    assert text_of(clean(word(body), "docx").data) == ["前半后半"]


def test_an_inserted_table_row_stays_and_a_deleted_one_goes() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        f'<w:tbl><w:tr><w:trPr><w:ins w:id="1"/></w:trPr>{cell.format("新行")}</w:tr>'
        f'<w:tr><w:trPr><w:del w:id="2"/></w:trPr>{cell.format("旧行")}</w:tr></w:tbl>'
    )
    table = docx.Document(io.BytesIO(clean(word(body), "docx").data)).tables[0]
    assert [row.cells[0].text for row in table.rows] == ["新行"]


def test_an_ordinary_document_has_nothing_to_decide() -> None:
    body = paragraph("标题") + paragraph("正文", run='<w:color w:val="FF0000"/><w:sz w:val="32"/>')
    assert hidden(word(body), "docx") == ()


def test_a_document_without_traces_is_handed_back_as_it_is() -> None:
    data = word(paragraph("正文"))
    assert clean(data, "docx").data is data


def test_visible_text_around_hidden_text_stays() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        "<w:r><w:t>乙</w:t></w:r></w:p>"
    )
    assert text_of(clean(word(body), "docx").data) == ["甲乙"]


def test_a_run_that_overrides_a_hidden_style_shows() -> None:
    run = '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>'
    assert hidden(word(paragraph("看得见", run=run), styles=STYLES), "docx") == ()


def test_two_styles_that_hide_show_again_as_the_standard_has_it() -> None:
    body = paragraph("看得见", '<w:pStyle w:val="Base"/>', '<w:rStyle w:val="Secret"/>')
    assert hidden(word(body, styles=STYLES), "docx") == ()


@pytest.mark.parametrize(
    "run",
    [
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
        '<w:color w:val="auto"/>',
    ],
)
def test_white_on_a_dark_ground_shows(run: str) -> None:
    assert hidden(word(paragraph("看得见", run=run)), "docx") == ()


def test_white_text_whose_ground_is_not_known_is_left_for_a_person() -> None:
    body = BOX.replace("<w:vanish/>", '<w:color w:val="FFFFFF"/>')
    (trace,) = hidden(word(body), "docx")
    assert (trace.code, trace.kept) == ("docx.invisible_text", "uncertain")
    assert clean(word(body), "docx").left == (trace,)


def test_a_text_box_written_twice_is_reported_once() -> None:
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>一次</w:t></w:r>"
    body = (
        f"<w:p><mc:AlternateContent><mc:Choice>{run}</mc:Choice>"
        f"<mc:Fallback>{run}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert codes(hidden(word(body), "docx")).count("docx.hidden_text") == 1


def test_a_trace_names_the_paragraph() -> None:
    body = paragraph("一") + paragraph("二") + paragraph("藏", run="<w:vanish/>")
    (trace,) = hidden(word(body), "docx")
    assert trace.place.text("zh") == "第 3 段"
    assert trace.place.text("en") == "paragraph 3"


def test_hidden_text_in_a_head_is_found_in_its_part() -> None:
    document = docx.Document()
    run = document.sections[0].header.paragraphs[0].add_run("页眉里的暗记")
    run.font.hidden = True
    found = [t for t in hidden(saved(document), "docx") if t.code == "docx.hidden_text"]
    assert [(t.excerpt, t.place.part) for t in found] == [("页眉里的暗记", "word/header1.xml")]


def test_properties_go_and_the_title_that_the_text_shows_stays() -> None:
    document = docx.Document()
    document.add_paragraph("青禾县公告")
    properties = document.core_properties
    properties.author, properties.last_modified_by = "甲某", "乙某"
    properties.title, properties.comments = "青禾县公告", ""
    cleaned = clean(saved(document), "docx")
    assert {t.excerpt for t in cleaned.removed} == {"creator: 甲某", "lastModifiedBy: 乙某"}
    left = docx.Document(io.BytesIO(cleaned.data)).core_properties
    assert (left.author, left.last_modified_by, left.title) == ("", "", "青禾县公告")


def test_company_manager_template_and_custom_properties_are_found_and_go() -> None:
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Template>C:\\模板\\内部.dotx</Template><Company>某公司</Company>'
        "<Manager>某主任</Manager></Properties>"
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties"><property name="密级"><lpwstr>内部</lpwstr></property></Properties>'
    )
    data = with_parts(
        word(paragraph("正文")), {"docProps/app.xml": app, "docProps/custom.xml": custom}
    )
    data = related(data, "", ("c1", "custom-properties", "docProps/custom.xml"))
    cleaned = clean(data, "docx")
    assert {"Company: 某公司", "Manager: 某主任", "密级: 内部"} <= {
        t.excerpt for t in cleaned.removed
    }
    assert hidden(cleaned.data, "docx") == ()


def test_an_attached_template_is_found_and_goes() -> None:
    data = word(paragraph("正文"))
    data = related(
        data,
        "word/settings.xml",
        ("t1", "attachedTemplate", "file:///C:/内部/模板.dotx"),
        external=True,
    )
    cleaned = clean(data, "docx")
    assert codes(cleaned.removed) == ["docx.attached_template"]
    assert hidden(cleaned.data, "docx") == ()


def test_a_link_to_a_file_on_somebodys_machine_goes_and_its_text_stays() -> None:
    body = '<w:p><w:hyperlink r:id="h1"><w:r><w:t>附件</w:t></w:r></w:hyperlink></w:p>'
    data = related(
        word(body),
        "word/document.xml",
        ("h1", "hyperlink", "file:///D:/甲/附件.doc"),
        external=True,
    )
    cleaned = clean(data, "docx")
    assert codes(cleaned.removed) == ["office.external_link"]
    assert text_of(cleaned.data) == ["附件"]


def test_a_link_to_a_web_page_is_no_trace() -> None:
    body = '<w:p><w:hyperlink r:id="h1"><w:r><w:t>网站</w:t></w:r></w:hyperlink></w:p>'
    data = related(
        word(body), "word/document.xml", ("h1", "hyperlink", "https://example.org/"), external=True
    )
    assert hidden(data, "docx") == ()


def test_an_embedded_object_goes_and_its_picture_stays() -> None:
    body = (
        '<w:p><w:r><w:object><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:imagedata r:id="p1"/></v:shape><o:OLEObject '
        'xmlns:o="urn:schemas-microsoft-com:office:office" r:id="o1"/></w:object></w:r></w:p>'
    )
    data = with_parts(
        word(body), {"word/embeddings/book.xlsx": b"PK", "word/media/p.png": picture()}
    )
    data = related(
        data,
        "word/document.xml",
        ("p1", "image", "media/p.png"),
        ("o1", "package", "embeddings/book.xlsx"),
    )
    cleaned = clean(data, "docx")
    assert codes(cleaned.removed) == ["office.embedded_object"]
    assert "word/media/p.png" in unzipped(cleaned.data)
    assert "word/embeddings/book.xlsx" not in unzipped(cleaned.data)


def test_a_part_that_nothing_leads_to_is_found_and_goes() -> None:
    data = with_parts(word(paragraph("正文")), {"word/残留.bin": b"secret"})
    cleaned = clean(data, "docx")
    assert codes(cleaned.removed) == ["office.orphan_part"]
    assert "word/残留.bin" not in unzipped(cleaned.data)


def test_a_hidden_shape_and_a_path_in_a_description_are_found_and_go() -> None:
    def drawing(attributes: str) -> str:
        inline = f"<wp:inline><wp:docPr id='1' {attributes}/></wp:inline>"
        return f"<w:p><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"

    body = drawing('name="暗图" hidden="1"') + drawing('descr="C:\\Users\\甲某\\图.png" name="图"')
    cleaned = clean(word(body), "docx")
    assert codes(cleaned.removed) == ["office.hidden_shape", "office.picture_path"]
    assert hidden(cleaned.data, "docx") == ()


def test_custom_data_goes() -> None:
    data = with_parts(
        word(paragraph("正文")), {"customXml/item1.xml": "<a><b>办文系统编号</b></a>"}
    )
    data = related(data, "word/document.xml", ("cx", "customXml", "../customXml/item1.xml"))
    cleaned = clean(data, "docx")
    assert codes(cleaned.removed) == ["office.custom_xml"]
    assert "customXml/item1.xml" not in unzipped(cleaned.data)


def test_a_file_merged_in_on_opening_is_left_and_said() -> None:
    data = with_parts(word('<w:altChunk r:id="a1"/>'), {"word/chunk.html": "<p>正文</p>"})
    data = related(data, "word/document.xml", ("a1", "aFChunk", "chunk.html"))
    assert [(t.code, t.kept) for t in clean(data, "docx").left] == [("docx.inserted_file", "shown")]


def test_a_signed_document_is_left_as_it_is() -> None:
    data = with_parts(word(DELETED), {"_xmlsignatures/origin.sigs": b""})
    data = related(data, "", ("s1", "origin", "_xmlsignatures/origin.sigs"))
    cleaned = clean(data, "docx")
    assert cleaned.data is data
    assert {trace.kept for trace in cleaned.left} == {"signed"}
    assert "docx.deletion" in codes(cleaned.left)


def test_where_a_photograph_was_taken_goes_from_the_document() -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (30.0, 1.0, 2.0), 3: "E", 4: (104.0, 1.0, 2.0)}
    data = with_parts(word(paragraph("正文")), {"word/media/p.jpg": picture("JPEG", exif=exif)})
    data = related(data, "word/document.xml", ("p1", "image", "media/p.jpg"))
    assert codes(hidden(data, "docx")) == ["office.picture_metadata"]
    body = '<w:p><w:r><w:drawing r:embed="p1"/></w:r></w:p>'
    shown = related(
        with_parts(word(body), {"word/media/p.jpg": picture("JPEG", exif=exif)}),
        "word/document.xml",
        ("p1", "image", "media/p.jpg"),
    )
    cleaned = clean(shown, "docx")
    assert hidden(cleaned.data, "docx") == ()
    assert "word/media/p.jpg" in unzipped(cleaned.data)


def test_the_thumbnail_of_an_earlier_first_page_is_found_and_goes() -> None:
    data = with_parts(word(paragraph("正文")), {"docProps/thumbnail.jpeg": picture("JPEG")})
    data = related(data, "", ("th", "thumbnail", "docProps/thumbnail.jpeg"))
    cleaned = clean(data, "docx")
    assert codes(cleaned.removed) == ["office.thumbnail"]
    assert "docProps/thumbnail.jpeg" not in unzipped(cleaned.data)
