"""A letter as a Word file: the page, its grid and its type by GB/T 9704-2012.

Word centres type in its line, so that the margins are those of GB/T 33476.2-2016.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from gongkai.casework.letter.paper import measures
from gongkai.casework.letter.paper.sheet import (
    Heading,
    Listing,
    Paragraph,
    Sheet,
    Style,
    Verification,
    addressee_line,
    attachment_names,
    chinese,
    contact_line,
    copies_line,
    printable,
)
from gongkai.casework.letter.paper.title import title_lines
from gongkai.casework.letter.paper.word_page import LINE, TITLE, blank
from gongkai.casework.letter.paper.word_xml import (
    behind,
    frame,
    indent,
    rule,
    twips,
)
from gongkai.repacking import repacked

CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def word(sheet: Sheet) -> bytes:
    """The letter's bytes; the same sheet always makes the same."""
    document = blank(sheet)
    if sheet.verification:
        _check(document, sheet.verification)
    if sheet.style is Style.LETTER:
        _red_head(document, printable(sheet.letterhead))
        number = _add(document, printable(sheet.number), "Flush", right=True)
        number.paragraph_format.space_before = Pt(measures.BODY_PT * 7 / 8)
    _title(document, sheet)
    if sheet.addressee:
        _spaced(_add(document, addressee_line(sheet.addressee), "Flush"), 1)
    last = _text(document, sheet)
    last.paragraph_format.keep_with_next = True  # the date never stands alone on a page
    _closing(document, sheet)
    stream = BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _red_head(document: WordDocument, name: str) -> None:
    """The name in red over a double rule, another at the foot of the first page (10.1)."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    lines = title_lines(name, measures.NAME_LINE)
    room = measures.AREA_MM[0] * measures.PT_PER_MM
    size = min(measures.NAME_PT, 0.98 * room / max(*map(len, lines), 1))
    head, foot = section.first_page_header.paragraphs[0], section.first_page_footer.paragraphs[0]
    run = head.add_run("\n".join(lines))
    run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(measures.RED.upper())
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TITLE)  # noqa: SLF001
    head.alignment, head.paragraph_format.line_spacing = CENTRE, Pt(size * 1.1)
    rule(
        head,
        "bottom",
        "thickThinSmallGap",
        size=36,
        colour=measures.RED,
        space=round(measures.RULE_BELOW_NAME_MM * measures.PT_PER_MM),
    )
    foot.paragraph_format.line_spacing = Pt(1)
    rule(foot, "bottom", "thinThickSmallGap", size=36, colour=measures.RED)
    left = (measures.PAGE_MM[0] - measures.RULE_LENGTH_MM) / 2
    for paragraph in (head, foot):
        paragraph.paragraph_format.left_indent = Mm(left - measures.LEFT_MM)
        paragraph.paragraph_format.right_indent = Mm(left - measures.RIGHT_MM)


def _check(document: WordDocument, verification: Verification) -> None:
    """The QR code in the upper margin of the first page, and what it says beside it."""
    address = printable(verification.address)
    text = f"扫码或登录以下网址核验本文书\n{address}\n核验码：{printable(verification.code)}"
    paragraph = _add(document, text, "Check", right=True)
    code, width = measures.CODE_MM, measures.AREA_MM[0]
    frame(
        paragraph,
        w=twips(width - code - 2),
        hAnchor="margin",
        x=1,
        vAnchor="page",
        y=twips(measures.CODE_TOP_MM),
        wrap="around",
    )
    stream = BytesIO()
    segno.make(address, error="m", micro=False).save(stream, kind="png", border=0, scale=6)
    left = Mm(measures.LEFT_MM + width - code)
    top = Mm(measures.CODE_TOP_MM)
    behind(
        paragraph,
        stream.getvalue(),
        size=(Mm(code), Mm(code)),
        across=("page", left),
        down=("page", top),
        words=f"核验本文书的二维码，内容为网址 {address}",
    )


def _title(document: WordDocument, sheet: Sheet) -> None:
    lines = title_lines(printable(sheet.title), measures.TITLE_LINE)
    title = _add(document, "\n".join(lines), "Title")
    if sheet.style is Style.LETTER:
        _spaced(title, 2)
    elif sheet.number:
        _add(document, printable(sheet.number), "Flush").alignment = CENTRE


def _text(document: WordDocument, sheet: Sheet) -> Any:
    """Blocks and attachments; the last paragraph of them."""
    last = document.paragraphs[-1]
    for place, block in enumerate(sheet.blocks):
        match block:
            case Heading(text, level):
                last = _add(document, printable(text), f"Heading{level}")
                last.paragraph_format.keep_with_next = True
            case Listing(items):
                for number, item in enumerate(items, start=1):
                    last = _hanging(document, f"{number}.", printable(item), 2)
            case Paragraph(text):
                last = _add(document, printable(text), "Normal")
        if place == 0 and not sheet.addressee:
            _spaced(last, 1)
    names = attachment_names(sheet.attachments)
    for place, name in enumerate(names, start=1):
        label = ("附件：" if place == 1 else "") + (f"{place}." if len(names) > 1 else "")
        last = _hanging(document, label, name, 2 if place == 1 else 5)
        _spaced(last, 1 if place == 1 else 0)
    return last


def _hanging(document: WordDocument, label: str, text: str, left: float) -> Any:
    width = 1 if label[0].isdigit() else 3 + (label[-1] == ".")
    paragraph = _add(document, f"{label}\t{text}", "Flush")
    indent(paragraph, left=left + width, hanging=width)
    return paragraph


def _closing(document: WordDocument, sheet: Sheet) -> None:
    day = chinese(sheet.day)
    if sheet.signature:
        _signatory(document, sheet)
    if sheet.seal or not sheet.signature:
        _issued(document, sheet, day)
    else:
        indent(_spaced(_add(document, day, "Flush", right=True), 1), right=4)
    if sheet.contact:
        _add(document, contact_line(sheet.contact), "Normal")
    if sheet.copies:
        _copies(document, sheet)


def _signatory(document: WordDocument, sheet: Sheet) -> None:
    """The office, and two characters after it the stamp (7.3.5.3)."""
    assert sheet.signature is not None
    picture, cell = sheet.signature, _cell()
    paragraph = _spaced(_add(document, printable(sheet.post), "Flush", right=True), 2)
    indent(paragraph, right=4 + 2 + picture.width / cell)
    left = measures.AREA_MM[0] - 4 * cell - picture.width
    top = Pt(2 * LINE + LINE / 2) - Mm(picture.height / 2)
    behind(
        paragraph,
        picture.png,
        size=(Mm(picture.width), Mm(picture.height)),
        across=("column", Mm(left)),
        down=("paragraph", Length(top)),
        words="签名章",
    )
    paragraph.paragraph_format.keep_with_next = True


def _issued(document: WordDocument, sheet: Sheet, day: str) -> None:
    """Issuer and date, under the seal if there is one (7.3.5.1, 7.3.5.2)."""
    lines = title_lines(printable(sheet.issuer), measures.SIGN_LINE)
    issuer, date = max(map(_width, lines)), _width(day)
    issuer_room, date_room = _rooms(issuer, date, sealed=sheet.seal is not None)
    blank = measures.blank_lines_for_seal(sheet.seal.height) if sheet.seal else 1
    for place, line in enumerate(lines):
        paragraph = _add(document, line, "Flush", right=True)
        indent(paragraph, right=issuer_room + (issuer - _width(line)) / 2)
        paragraph.paragraph_format.keep_with_next = True
        _spaced(paragraph, 0 if place else blank)
    dated = _add(document, day, "Flush", right=True)
    indent(dated, right=date_room)
    if sheet.seal:
        width, height = Mm(sheet.seal.width), Mm(sheet.seal.height)
        left = Mm(measures.AREA_MM[0] - (date_room + date / 2) * _cell()) - width // 2
        middle = Pt((1 - len(lines)) * LINE / 2 - measures.SEAL_RISE_PT)
        top = Length(middle - height // 2)
        behind(
            dated,
            sheet.seal.png,
            size=(width, height),
            across=("column", Length(left)),
            down=("paragraph", top),
            words=f"{printable(sheet.issuer)}印章",
        )


def _rooms(issuer: float, date: float, *, sealed: bool) -> tuple[float, float]:
    """The characters that stay free to the right of issuer and date."""
    if sealed:
        right = max(float(measures.SEALED_RIGHT), (issuer - date) / 2)
        return right + (date - issuer) / 2, right
    free = float(measures.UNSEALED_RIGHT)
    if date > issuer:
        return free + date + 2 - issuer, free
    return free, free + issuer - 2 - date


def _copies(document: WordDocument, sheet: Sheet) -> None:
    """抄送 at the foot of the last page; ruled, except in letter form (7.4, 10.1)."""
    paragraph = _add(document, f"抄送：{copies_line(sheet.copies)}", "Copies")
    indent(paragraph, left=4, hanging=3, right=1)
    if sheet.style is Style.PLAIN:
        for side in ("top", "bottom"):
            eighths = round(measures.COPIES_RULE_MM * measures.PT_PER_MM * 8)
            rule(paragraph, side, "single", size=eighths, colour="000000", space=4)
    width = twips(measures.AREA_MM[0])
    frame(paragraph, w=width, hAnchor="margin", vAnchor="margin", yAlign="bottom", wrap="around")


def _add(document: WordDocument, text: str, style: str, *, right: bool = False) -> Any:
    """`style` is an id: by name, python-docx searches all styles for every paragraph."""
    paragraph = document.add_paragraph(text)
    paragraph._p.style = style  # noqa: SLF001
    if right:
        paragraph.alignment = RIGHT
    return paragraph


def _spaced(paragraph: Any, lines: int) -> Any:
    paragraph.paragraph_format.space_before = Pt(lines * LINE)
    return paragraph


def _cell() -> float:
    """A character's share of the line, in mm."""
    return measures.AREA_MM[0] / measures.CHARACTERS


def _width(text: str) -> float:
    """In characters; figures take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)
