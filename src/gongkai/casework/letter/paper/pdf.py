"""A letter as PDF/A-2a and PDF/UA-1, typeset by typst; its text goes in as data, not as code."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno

from gongkai.casework.letter.paper import measures
from gongkai.casework.letter.paper.press import press
from gongkai.casework.letter.paper.sheet import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Sheet,
    Verification,
    addressee_line,
    attachment_names,
    chinese,
    contact_line,
    copies_line,
    printable,
)
from gongkai.casework.letter.paper.title import title_lines
from gongkai.typesetting import archival

# 7.3.5.5: where the room left cannot hold seal and date, the lines are set closer or wider.
_LINES = (measures.LINES, 23, 24, 21, 20)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A letter as PDF, its number of pages, and the characters that are printed as 〓 in it."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...]


def pdf(sheet: Sheet) -> bytes:
    """The letter's bytes; the same sheet always makes the same on one machine.

    Raises MissingFontError where no Chinese font is installed, and TypesettingError.
    """
    return typeset(sheet).pdf


def typeset(sheet: Sheet) -> Typeset:
    """The letter, never with date and seal on a page without text. Raises as `pdf` does."""
    data = _told(sheet)
    first: Typeset | None = None
    for spacing in _spacings(sheet):
        missing = first.missing if first else ()
        options = archival(sheet.day)
        proof = press().set(data | spacing, missing=missing, label="fell", **options)
        told, closed, pages = proof.told
        made = Typeset(proof.made, pages, proof.missing)
        if told == closed:
            return made
        first = first or made
    assert first is not None
    return first


def _spacings(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """What may be tried in turn; at last the last block is taken over to the date's page."""
    for lines in _LINES:
        yield _spacing(sheet, lines)
    if len(sheet.blocks) > 1:
        yield _spacing(sheet, measures.LINES) | {"break-before": len(sheet.blocks) - 1}


def _spacing(sheet: Sheet, lines: int) -> dict[str, Any]:
    seal = sheet.seal and measures.blank_lines_for_seal(sheet.seal.height, lines)
    return {
        "leading": measures.leading(lines),
        "break-before": -1,
        "blank": 2 if sheet.signature else seal or 1,
        "seal-room": seal or 0,
    }


def _told(sheet: Sheet) -> dict[str, Any]:
    title = printable(sheet.title)
    return {
        "style": sheet.style.value,
        "letterhead": _letterhead(printable(sheet.letterhead)),
        "issuer": printable(sheet.issuer),
        "issuer-lines": title_lines(printable(sheet.issuer), measures.SIGN_LINE),
        "number": printable(sheet.number),
        "title": title,
        "title-lines": title_lines(title, measures.TITLE_LINE),
        "addressee": addressee_line(sheet.addressee),
        "blocks": list(_blocks(sheet.blocks)),
        "attachments": attachment_names(sheet.attachments),
        "post": printable(sheet.post),
        "date": chinese(sheet.day),
        "day": [sheet.day.year, sheet.day.month, sheet.day.day],
        "contact": contact_line(sheet.contact),
        "copies": copies_line(sheet.copies),
        "seal": sheet.seal and _picture(sheet.seal),
        "signature": sheet.signature and _picture(sheet.signature),
        "verification": sheet.verification and _verification(sheet.verification),
        "measures": _MEASURES,
    }


def _letterhead(name: str) -> dict[str, Any]:
    """The red name in one line or two, as large as the text area is wide."""
    lines = title_lines(name, measures.NAME_LINE)
    longest = max(len(line) for line in lines) or 1
    room = measures.AREA_MM[0] * measures.PT_PER_MM
    return {"lines": lines, "size": min(measures.NAME_PT, 0.98 * room / longest)}


def _blocks(blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    """The blocks; the depth of a heading is its level without those that are skipped."""
    depth = 0
    for block in blocks:
        told = _block(block)
        if isinstance(block, Heading):
            depth = min(block.level, depth + 1)
            told["depth"] = depth
        yield told


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "level": level, "text": printable(text)}
        case Listing(items):
            return {"kind": "list", "items": [printable(item) for item in items]}
        case Paragraph(text):
            return {"kind": "paragraph", "text": printable(text)}


def _picture(picture: Picture) -> dict[str, Any]:
    """As SVG around the PNG: typst takes text, not bytes, from outside."""
    png = base64.b64encode(picture.png).decode()
    size = f'width="{picture.width}" height="{picture.height}"'
    return {
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:image/png;base64,{png}"/></svg>',
        "width": picture.width,
        "height": picture.height,
    }


def _verification(verification: Verification) -> dict[str, Any]:
    address, code = printable(verification.address), printable(verification.code)
    stream = BytesIO()
    segno.make(address, error="m", micro=False).save(stream, kind="svg", border=0, xmldecl=False)
    return {
        "svg": stream.getvalue().decode(),
        "lines": ["扫码或登录以下网址核验本文书", address, f"核验码：{code}"],
        "alt": f"核验本文书的二维码，内容为网址 {address}",
    }


_MEASURES = {
    "top": measures.TOP_MM,
    "bottom": measures.BOTTOM_MM,
    "left": measures.LEFT_MM,
    "right": measures.RIGHT_MM,
    "body": measures.BODY_PT,
    "cell": measures.CELL_PT,
    "title": measures.TITLE_PT,
    "small": measures.SMALL_PT,
    "check": measures.CHECK_PT,
    "red": measures.RED,
    "name-top": measures.NAME_TOP_MM,
    "rule": measures.RULE_MM,
    "rule-length": measures.RULE_LENGTH_MM,
    "rule-below-name": measures.RULE_BELOW_NAME_MM,
    "rule-above-foot": measures.RULE_ABOVE_FOOT_MM,
    "folio-below": measures.FOLIO_BELOW_MM,
    "sealed-right": measures.SEALED_RIGHT,
    "unsealed-right": measures.UNSEALED_RIGHT,
    "seal-rise": measures.SEAL_RISE_PT,
    "copies-rule": measures.COPIES_RULE_MM,
    "code-top": measures.CODE_TOP_MM,
    "code": measures.CODE_MM,
}
