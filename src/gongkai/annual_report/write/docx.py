"""The report as a Word document: A4, margins and type of GB/T 9704-2012, real merged cells.

Table markup is built element by element: python-docx merges cell by cell, which for the 25 × 10
grid of the form takes longer than everything else together.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from gongkai.annual_report.corrigenda import Corrigenda
from gongkai.annual_report.figures import Report
from gongkai.annual_report.write.document import Document, Heading, Paragraph, lay_out, title_lines
from gongkai.annual_report.write.grid import Placed, Table, place
from gongkai.repacking import repacked

MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}  # mm
BODY, HEAD, KAI, TITLE = "仿宋", "黑体", "楷体", "宋体"
LATIN = "Times New Roman"
TABLE_TEXT = "TableText"
LINE = Pt(28.95)  # 22 lines of a page
CORRECTED = "D9D9D9"
ANNEX = "corrigenda"
TWIPS = 1440 / 25.4  # per mm

# Room for turned English heads in the lowest head row, mm.
TURNED_HEIGHT = {"applications": 26, "appeals": 17}

# What to use where the face itself is not installed, open faces first.
SUBSTITUTES = {
    BODY: "FangSong,FangSong_GB2312,Noto Serif CJK SC,Source Han Serif SC",
    HEAD: "SimHei,Noto Sans CJK SC,Source Han Sans SC",
    KAI: "KaiTi,KaiTi_GB2312,LXGW WenKai,Noto Serif CJK SC,Source Han Serif SC",
    TITLE: "SimSun,Noto Serif CJK SC,Source Han Serif SC",
}


def render(report: Report, language: str = "zh", corrigenda: Corrigenda | None = None) -> bytes:
    laid = lay_out(report, language, corrigenda)
    word = _blank(laid)
    _add_paragraph(word, "\n".join(title_lines(laid.title, laid.agency)), "Title")
    if laid.imprint:
        _add_paragraph(word, laid.imprint, "Imprint")
    for block in laid.blocks:
        match block:
            case Heading(text, number):
                _add_paragraph(word, text, "Heading1")
                if number == 0:
                    _bookmark(word.paragraphs[-1])
            case Paragraph(text, subhead):
                _add_paragraph(word, text, "Subhead" if subhead else "Normal")
            case Table():
                _add_table(word, block, turned=language != "zh" and block.name != "proactive")
    stream = BytesIO()
    word.save(stream)
    return repacked(stream.getvalue())


def _add_paragraph(word: WordDocument, text: str, style: str) -> None:
    """`style` is an id: python-docx searches all styles, twice, for every paragraph named one."""
    word.add_paragraph(text)._p.style = style  # noqa: SLF001 - the public way is the slow one


def _bookmark(paragraph: WordParagraph) -> None:
    """Make the head of the list of corrections the place that corrected figures lead to."""
    element = paragraph._p  # noqa: SLF001 - python-docx has no bookmarks
    element.insert(1, _element("w:bookmarkStart", id="0", name=ANNEX))
    element.append(_element("w:bookmarkEnd", id="0"))


def _blank(laid: Document) -> WordDocument:
    word = docx.Document()
    _properties(word, laid)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.footer_distance = Mm(MARGINS["bottom"] - 7 - 5)
    _styles(word, laid.language)
    _folios(word)
    _fallbacks(word)
    return word


def _properties(word: WordDocument, laid: Document) -> None:
    moment = datetime(laid.day.year, laid.day.month, laid.day.day)  # noqa: DTZ001 - a date
    properties = word.core_properties
    properties.title, properties.author = laid.title[:255], laid.agency[:255]
    properties.comments = ""
    properties.language = "zh-CN" if laid.language == "zh" else "en-GB"
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = laid.agency[:255], 1


def _styles(word: WordDocument, language: str) -> None:
    normal = word.styles["Normal"]
    _face(normal, BODY, 16)
    _lines(normal, LINE)
    _indent(normal)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "en-GB")
    tongue.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(tongue)
    title = word.styles["Title"]
    _face(title, TITLE, 22, bold=True)
    _lines(title, Pt(34), after=14)
    _plain(title)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _indent(title, 0)
    head = word.styles["Heading 1"]
    _face(head, HEAD, 16)
    _lines(head, LINE)
    head.paragraph_format.keep_with_next = True
    subhead = word.styles.add_style("Subhead", WD_STYLE_TYPE.PARAGRAPH)
    subhead.base_style = normal
    _face(subhead, KAI, 16)
    subhead.paragraph_format.keep_with_next = True
    imprint = word.styles.add_style("Imprint", WD_STYLE_TYPE.PARAGRAPH)
    imprint.base_style = normal
    _face(imprint, KAI, 14)
    _lines(imprint, LINE, after=14)
    _indent(imprint, 0)
    imprint.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell = word.styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    _face(cell, TITLE, 9.5 if language == "zh" else 8.5)
    cell.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _indent(cell, 0)


def _face(style: Any, east: str, size: float, *, bold: bool = False) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east)


def _lines(style: Any, exactly: Pt, after: float = 0) -> None:
    shape = style.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = exactly, Pt(0), Pt(after)


def _indent(style: Any, characters: int = 2) -> None:
    """Indent the first line by that many characters of whatever size the text has."""
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(100 * characters))
    indent.set(qn("w:firstLine"), str(320 * characters))


def _plain(style: Any) -> None:
    """Take off the rule that the usual template draws under a title."""
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        border.getparent().remove(border)


def _folios(word: WordDocument) -> None:
    """— 1 — at the outer side of the page, one character in, 4 号."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    right, left = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    right.alignment, left.alignment = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    right.paragraph_format.right_indent = left.paragraph_format.left_indent = Pt(14)
    for paragraph in (right, left):
        paragraph.paragraph_format.first_line_indent = Pt(0)
        _indent(paragraph.style, 0)
        _run(paragraph, "— ")
        _page_field(paragraph)
        _run(paragraph, " —")


def _run(paragraph: WordParagraph, text: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(14), TITLE
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TITLE)  # noqa: SLF001 - no public way
    return run


def _page_field(paragraph: WordParagraph) -> None:
    for kind in ("begin", "PAGE", "end"):
        run = _run(paragraph, "")
        if kind == "PAGE":
            element = OxmlElement("w:instrText")
            element.text = kind
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001 - python-docx has no fields


def _fallbacks(word: WordDocument) -> None:
    """Name in the font table what may stand in for each Chinese face."""
    for part in word.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            entries = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{others}"/>'
                '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
                for name, others in SUBSTITUTES.items()
            )
            part._blob = re.sub(  # noqa: SLF001 - python-docx keeps the font table as it is
                rb"(<w:fonts\b[^>]*>)", rb"\1" + entries.encode(), part.blob, count=1
            )


def _add_table(word: WordDocument, table: Table, *, turned: bool) -> None:
    element = _element(
        "w:tbl", _table_properties(table), _columns(table), *_rows(table, turned=turned)
    )
    body = word.element.body
    body.insert(len(body) - 1, element)  # before the section's properties
    # Word needs a paragraph between a table and what follows it.
    if body[-1].tag == qn("w:sectPr") and element.getnext() is body[-1]:
        _add_paragraph(word, "", TABLE_TEXT)


def _element(tag: str, *children: Any, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(children)
    return element


def _table_properties(table: Table) -> Any:
    rule = {"val": "single", "sz": "4", "space": "0", "color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    gaps = {"top": 0.5, "left": 0.8, "bottom": 0.5, "right": 0.8}
    return _element(
        "w:tblPr",
        _element("w:tblW", w=_twips(sum(table.widths)), type="dxa"),
        _element("w:jc", val="center"),
        _element("w:tblBorders", *(_element(f"w:{side}", **rule) for side in sides)),
        _element("w:tblLayout", type="fixed"),
        _element(
            "w:tblCellMar",
            *(_element(f"w:{side}", w=_twips(gap), type="dxa") for side, gap in gaps.items()),
        ),
        _element("w:tblLook", val="00A0", firstRow="1", firstColumn="1", noVBand="1"),
        _element("w:tblCaption", val=table.caption),
    )


def _twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS))


def _columns(table: Table) -> Any:
    return _element("w:tblGrid", *(_element("w:gridCol", w=_twips(w)) for w in table.widths))


def _rows(table: Table, *, turned: bool) -> list[Any]:
    """All rows but the last keep with the next: Word breaks the table only if it must."""
    heads = len(table.bands[0].head) if len(table.bands) == 1 else 0
    grid = place(table)
    rows = []
    for number, positions in enumerate(grid):
        last = number == len(grid) - 1
        properties = _element("w:trPr", _element("w:cantSplit"))
        if turned and number == heads - 1:
            height = _twips(TURNED_HEIGHT[table.name])
            properties.append(_element("w:trHeight", val=height, hRule="atLeast"))
        if number < heads:
            properties.append(_element("w:tblHeader"))
        cells = [
            _cell(table, placed, number, turned=turned, keep=not last)
            for column, placed in enumerate(positions)
            if placed.column == column
        ]
        rows.append(_element("w:tr", properties, *cells))
    return rows


def _cell(table: Table, placed: Placed, row: int, *, turned: bool, keep: bool) -> Any:
    cell, column = placed.cell, placed.column
    width = sum(table.widths[column : column + cell.colspan])
    properties = _element("w:tcPr", _element("w:tcW", w=_twips(width), type="dxa"))
    if cell.colspan > 1:
        properties.append(_element("w:gridSpan", val=str(cell.colspan)))
    starts = placed.row == row
    if cell.rowspan > 1:
        properties.append(_element("w:vMerge", **({"val": "restart"} if starts else {})))
    if cell.corrected:
        properties.append(_element("w:shd", val="clear", color="auto", fill=CORRECTED))
    if turned and cell.head == "column" and not cell.wide:
        properties.append(_element("w:textDirection", val="btLr"))
    properties.append(_element("w:vAlign", val="center"))
    return _element(
        "w:tc", properties, _text(table, placed, cell.text if starts else "", keep=keep)
    )


def _text(table: Table, placed: Placed, text: str, *, keep: bool) -> Any:
    shape = _element("w:pPr", _element("w:pStyle", val=TABLE_TEXT))
    if keep:
        shape.append(_element("w:keepNext"))
    shape.append(_element("w:jc", val="left" if placed.cell.at_left else "center"))
    paragraph = _element("w:p", shape)
    if text:
        content = _element("w:t")
        content.text = text
        face = [_element("w:b")] if placed.cell.corrected else []
        if size := _size(table, placed, text):
            face.append(_element("w:sz", val=str(size)))
        run = _element("w:r", *([_element("w:rPr", *face)] if face else []), content)
        corrected = placed.cell.corrected
        paragraph.append(_element("w:hyperlink", run, anchor=ANNEX) if corrected else run)
    return paragraph


def _size(table: Table, placed: Placed, text: str) -> int | None:
    """Half points, where the size is not the style's: larger in the roomy first table, smaller
    for a figure of more digits than its column holds."""
    if table.name == "proactive":
        return 24
    if placed.cell.head or len(text) <= 5:
        return None
    return max(8, round(19 * 5.5 / len(text)))
