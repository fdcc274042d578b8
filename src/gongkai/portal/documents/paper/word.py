"""A document as a Word file in the layout of GB/T 9704-2012: A4, 22 lines of 28 characters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.annual_report.write.docx import BODY, HEAD, KAI, LATIN, LINE, MARGINS, TITLE
from gongkai.portal.documents.paper.sheet import Sheet, run_text
from gongkai.portal.documents.paper.tables import Grid, grid
from gongkai.publishing.document.blocks import (
    MARKS,
    Block,
    Cell,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
)
from gongkai.repacking import repacked

ALIGNMENTS = {
    "align-left": WD_ALIGN_PARAGRAPH.LEFT,
    "align-center": WD_ALIGN_PARAGRAPH.CENTER,
    "doc-title": WD_ALIGN_PARAGRAPH.CENTER,
    "doc-number": WD_ALIGN_PARAGRAPH.CENTER,
    "align-right": WD_ALIGN_PARAGRAPH.RIGHT,
    "doc-signature": WD_ALIGN_PARAGRAPH.RIGHT,
    "doc-date": WD_ALIGN_PARAGRAPH.RIGHT,
    "align-justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
FLUSH = frozenset({"no-indent", "doc-addressee", *ALIGNMENTS}) - {"align-justify"}
WIDTH = 210 - MARGINS["left"] - MARGINS["right"]  # mm
TWIPS = 1440 / 25.4  # per mm
MARKED = {
    "strong": ("b", ""),
    "em": ("i", ""),
    "u": ("u", "single"),
    "s": ("strike", ""),
    "sup": ("vertAlign", "superscript"),
    "sub": ("vertAlign", "subscript"),
}
HEADS = {"h2": "Heading1", "h3": "Kai", "h4": "Normal", "h5": "Normal"}


def render(sheet: Sheet) -> bytes:
    """The file's bytes; the same sheet always makes the same."""
    word = _blank(sheet)
    _add(word, [_run(sheet.title)], "Title")
    if sheet.number:
        _add(word, [_run(sheet.number)], "Number")
    _blocks(word, sheet.blocks)
    for name in sheet.attachments:
        _add(word, [_run(name)], "Normal")
    for line in sheet.imprint:
        _add(word, [_run(line)], "Imprint")
    stream = BytesIO()
    word.save(stream)
    return repacked(stream.getvalue())


def _blank(sheet: Sheet) -> WordDocument:
    word = docx.Document()
    properties = word.core_properties
    properties.title, properties.author = sheet.title[:255], sheet.agency[:255]
    properties.comments, properties.language = "", "zh-CN"
    day = sheet.day
    properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    normal = word.styles["Normal"]
    _face(normal, BODY, 16)
    _indent(normal.element.get_or_add_pPr(), 2)
    for name, face, size in (("Title", TITLE, 22), ("Heading 1", HEAD, 16)):
        _face(word.styles[name], face, size)
        for border in word.styles[name].element.get_or_add_pPr().findall(qn("w:pBdr")):
            border.getparent().remove(border)
    word.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.styles["Title"].paragraph_format.line_spacing = Pt(34)
    _indent(word.styles["Title"].element.get_or_add_pPr(), 0)
    _indent(word.styles["Heading 1"].element.get_or_add_pPr(), 2)
    for name, face, size, centred in (
        ("Number", BODY, 16, True),
        ("Kai", KAI, 16, False),
        ("Cell", BODY, 12, False),
        ("Imprint", BODY, 12, False),
    ):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _face(style, face, size)
        _indent(style.element.get_or_add_pPr(), 2 if name == "Kai" else 0)
        if centred:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if size == 12:
            style.paragraph_format.line_spacing = Pt(18)
    return word


def _face(style: Any, east: str, size: float) -> None:
    style.font.name, style.font.size, style.font.italic = LATIN, Pt(size), False
    style.font.bold = east == TITLE
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east)
    shape = style.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = LINE, Pt(0), Pt(0)


def _indent(properties: Any, characters: int) -> None:
    """Indent the first line by that many characters of whatever size the text has."""
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(100 * characters))
    indent.set(qn("w:firstLine"), str(320 * characters))


def _blocks(word: WordDocument, blocks: Iterable[Block], lead: str = "") -> None:
    for block in blocks:
        match block:
            case Paragraph():
                _paragraph(word, block, lead)
            case Listing():
                _listing(word, block)
            case Quote():
                _blocks(word, block.blocks)
            case Table():
                _table(word, block)
        lead = ""


def _listing(word: WordDocument, listing: Listing) -> None:
    for place, item in enumerate(listing.items, start=listing.start):
        _blocks(word, item, f"{place}. " if listing.ordered else "• ")


def _paragraph(word: WordDocument, paragraph: Paragraph, lead: str) -> None:
    runs = ([_run(lead)] if lead else []) + [_marked(run) for run in paragraph.runs]
    added = _add(word, runs, HEADS.get(paragraph.tag, "Normal"))
    _aligned(added, paragraph.classes)


def _aligned(paragraph: Any, classes: Iterable[str]) -> None:
    for name in classes:
        if name in ALIGNMENTS:
            paragraph.alignment = ALIGNMENTS[name]
        if name in FLUSH:
            _indent(paragraph._p.get_or_add_pPr(), 0)  # noqa: SLF001 - no public way by characters


def _add(word: WordDocument, runs: Iterable[Any], style: str) -> Any:
    paragraph = word.add_paragraph()
    paragraph._p.style = style  # noqa: SLF001 - by name, every paragraph searches all styles
    paragraph._p.extend(runs)  # noqa: SLF001
    return paragraph


def _run(text: str, *properties: tuple[str, str]) -> Any:
    run = OxmlElement("w:r")
    if properties:
        shape = OxmlElement("w:rPr")
        for name, value in properties:
            shape.append(_element(f"w:{name}", **({"val": value} if value else {})))
        run.append(shape)
    for place, line in enumerate(text.split("\n")):
        if place:
            run.append(OxmlElement("w:br"))
        words = OxmlElement("w:t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        run.append(words)
    return run


def _marked(run: Run) -> Any:
    marks = run.marks
    text = run_text(run)
    if marks.href.startswith("http") and marks.href not in text:
        text = f"{text}（{marks.href}）"
    return _run(text, *(MARKED[name] for name in MARKS if name in run.marks.names))


def _table(word: WordDocument, table: Table) -> None:
    for block in table.caption:
        if isinstance(block, Paragraph):
            added = _add(word, [_marked(run) for run in block.runs], "Cell")
            added.alignment = WD_ALIGN_PARAGRAPH.CENTER
    placed = grid(table)
    element = _element("w:tbl", _table_properties(), _columns(placed))
    element.extend(_rows(table, placed))
    word.element.body.insert(len(word.element.body) - 1, element)
    _add(word, [], "Cell")


def _table_properties() -> Any:
    rule = {"val": "single", "sz": "4", "space": "0", "color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return _element(
        "w:tblPr",
        _element("w:tblW", w=_twips(WIDTH), type="dxa"),
        _element("w:jc", val="center"),
        _element("w:tblBorders", *(_element(f"w:{side}", **rule) for side in sides)),
    )


def _columns(placed: Grid) -> Any:
    width = _twips(WIDTH / max(placed.columns, 1))
    return _element("w:tblGrid", *(_element("w:gridCol", w=width) for _ in range(placed.columns)))


def _rows(table: Table, placed: Grid) -> list[Any]:
    rows = []
    for number, positions in enumerate(placed.rows):
        row = _element("w:tr")
        if table.rows[number].head:
            row.append(_element("w:trPr", _element("w:tblHeader")))
        for column, (cell, first_row, first_column) in sorted(positions.items()):
            if column == first_column:
                row.append(_cell(cell, starts=number == first_row))
        rows.append(row)
    return rows


def _cell(cell: Cell, *, starts: bool) -> Any:
    properties = _element("w:tcPr")
    if cell.columns > 1:
        properties.append(_element("w:gridSpan", val=str(cell.columns)))
    if cell.rows > 1:
        properties.append(_element("w:vMerge", **({"val": "restart"} if starts else {})))
    properties.append(_element("w:vAlign", val="center"))
    shown = [block for block in cell.blocks if isinstance(block, Paragraph)] if starts else []
    return _element("w:tc", properties, *map(_in_cell, shown or [Paragraph(())]))


def _in_cell(paragraph: Paragraph) -> Any:
    made = _element("w:p", _element("w:pPr", _element("w:pStyle", val="Cell")))
    made.extend(_marked(run) for run in paragraph.runs)
    return made


def _twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS))


def _element(tag: str, *children: Any, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(children)
    return element
