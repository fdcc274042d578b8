"""The page of a letter in Word: size, margins, grid, faces and page numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.casework.letter.paper import measures
from gongkai.casework.letter.paper.sheet import Sheet, printable
from gongkai.casework.letter.paper.word_xml import element, grid, indent, substitutes

BODY, HEAD, KAI, TITLE, FOLIO = "仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"
LATIN: Final = "Times New Roman"
SIZE: Final = 16.0  # 三号 as word processors know it; the grid draws it together to 28 a line
LINE: Final = (
    (measures.PAGE_MM[1] - measures.WORD_TOP_MM - measures.WORD_BOTTOM_MM)
    * measures.PT_PER_MM
    / measures.LINES
)
SUBSTITUTES: Final = {
    BODY: "仿宋_GB2312,FangSong,FandolFang R,Noto Serif CJK SC,Source Han Serif SC",
    HEAD: "SimHei,Noto Sans CJK SC,Source Han Sans SC",
    KAI: "楷体_GB2312,KaiTi,LXGW WenKai,Noto Serif CJK SC,Source Han Serif SC",
    TITLE: "方正小标宋_GBK,华文中宋,Noto Serif CJK SC,Source Han Serif SC,SimSun",
    FOLIO: "SimSun,Noto Serif CJK SC,Source Han Serif SC",
}


def blank(sheet: Sheet) -> WordDocument:
    """A document without a word, on the page of the standard."""
    document = docx.Document()
    properties, day = document.core_properties, sheet.day
    properties.title, properties.author = (
        printable(sheet.title)[:255],
        printable(sheet.issuer)[:255],
    )
    properties.comments, properties.language = "", "zh-CN"
    properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in measures.PAGE_MM)
    section.top_margin, section.bottom_margin = (
        Mm(measures.WORD_TOP_MM),
        Mm(measures.WORD_BOTTOM_MM),
    )
    section.left_margin, section.right_margin = Mm(measures.LEFT_MM), Mm(measures.RIGHT_MM)
    section.header_distance = Mm(measures.NAME_TOP_MM)
    section.footer_distance = Mm(measures.RULE_ABOVE_FOOT_MM)
    width = measures.AREA_MM[0] * measures.PT_PER_MM
    grid(section, LINE, width / measures.CHARACTERS, SIZE)
    _styles(document)
    _folios(document)
    substitutes(document, SUBSTITUTES)
    return document


def _styles(document: WordDocument) -> None:
    styles = document.styles
    normal = styles["Normal"]
    _face(normal, BODY, SIZE)
    indent(normal, firstLine=2)
    for name, face, size, first in (
        ("Title", TITLE, measures.TITLE_PT, 0),
        ("Heading 1", HEAD, SIZE, 2),
        ("Heading 2", KAI, SIZE, 2),
        ("Header", BODY, SIZE, 0),
        ("Footer", FOLIO, measures.SMALL_PT, 0),
    ):
        _face(styles[name], face, size)
        indent(styles[name], firstLine=first)
        for border in styles[name].element.get_or_add_pPr().findall(qn("w:pBdr")):
            border.getparent().remove(border)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, size in (
        ("Flush", SIZE),
        ("Copies", measures.SMALL_PT),
        ("Check", measures.CHECK_PT),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _face(style, BODY, size)
        indent(style, firstLine=0)
    for name, size in (("Copies", 22), ("Check", 13), ("Footer", measures.SMALL_PT)):
        styles[name].paragraph_format.line_spacing = Pt(size)


def _face(style: Any, east: str, size: float) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)


def _folios(document: WordDocument) -> None:
    """— 1 — at the outer side of the page, one character in (7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    lift = measures.BOTTOM_MM - measures.FOLIO_BELOW_MM - measures.RULE_ABOVE_FOOT_MM
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = (
            WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        )
        paragraph.paragraph_format.space_after = Mm(lift) - Pt(measures.SMALL_PT / 2)
        indent(paragraph, **{side: 1})
        paragraph.add_run("— ")
        for kind in ("begin", "end"):
            if kind == "end":
                words = element("instrText")
                words.text = "PAGE"
                paragraph.add_run()._r.append(words)  # noqa: SLF001 - python-docx has no fields
            paragraph.add_run()._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001
        paragraph.add_run(" —")
