"""PDF with text → blocks: lines joined into paragraphs, tables from their rules or columns.

pdfium gives characters and rules; tables are found from these directly (`pdf_rules`), because
pdfplumber took 50 ms a page on a real report where this takes about 10.
"""

from __future__ import annotations

import re
import zlib

import pypdfium2 as pdfium

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.source import Block, Grid, Paragraph, Source
from gongkai.annual_report.read.sources import pdf_lines, pdf_page, pdf_rules
from gongkai.annual_report.read.sources.limits import (
    LIMIT_PAGES,
    SECONDS_PDF,
    Deadline,
    too_complex,
)
from gongkai.annual_report.read.sources.pdf_lines import Line
from gongkai.screening.pdfium import PDFIUM

_PASSWORD = 4
LIMIT_STREAM = 64 * 1024 * 1024
LIMIT_UNPACKED = 512 * 1024 * 1024
_PIECE = 256 * 1024
_STREAM = re.compile(rb"(?<!end)stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_PACKED_TWICE = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode)\s*/(?:FlateDecode|Fl|LZWDecode)\b")
_PAGE_NUMBER = re.compile(
    r"[-—–－_·.\s]*\d{1,4}[-—–－_·.\s]*|第?\s*\d{1,4}\s*[页頁]?\s*[/／,，共]+\s*\d{1,4}\s*[页頁]?"
    r"|第\s*\d{1,4}\s*[页頁]"
)


def parse(data: bytes, name: str) -> Source:
    """A PDF's pages as paragraphs and grids; a table over two pages is two grids.

    Raises UnreadableReportError: "encrypted", "damaged", "bomb", "no_text" (a scan), "too_complex"
    for more than LIMIT_PAGES pages, "timeout".
    """
    deadline = Deadline(SECONDS_PDF)
    _weigh(data)
    with PDFIUM:
        document = _open(data)
        try:
            if len(document) > LIMIT_PAGES:
                raise too_complex("pages", LIMIT_PAGES)
            title = document.get_metadata_value("Title")
            pages = []
            for index in range(len(document)):
                deadline.check()
                pages.append(_page(document, index))
        finally:
            document.close()
    blocks = _paragraphs(pages)
    if not blocks:
        raise UnreadableReportError("no_text")
    return Source(kind="pdf", name=name, blocks=blocks, title=title.strip())


def _weigh(data: bytes) -> None:
    """Unpack the compressed streams once, piece by piece: pdfium would unpack one to 1 GB."""
    if _PACKED_TWICE.search(data):
        raise UnreadableReportError("bomb")
    view = memoryview(data)
    total = 0
    for found in _STREAM.finditer(data):
        total += _unpacked_size(view[found.end() :])
        if total > LIMIT_UNPACKED:
            raise UnreadableReportError("bomb", detail=f"> {LIMIT_UNPACKED // 1024 // 1024} MB")


def _unpacked_size(packed: memoryview) -> int:
    unpacker = zlib.decompressobj()
    size = at = 0
    piece: bytes | memoryview = b""
    try:
        while not unpacker.eof and (unpacker.unconsumed_tail or at < len(packed)):
            piece = unpacker.unconsumed_tail
            if not piece:
                piece = packed[at : at + _PIECE]
                at += _PIECE
            size += len(unpacker.decompress(piece, _PIECE))
            if size > LIMIT_STREAM:
                raise UnreadableReportError("bomb", detail=f"> {LIMIT_STREAM // 1024 // 1024} MB")
    except zlib.error:  # not compressed, or damaged: pdfium reads what there is
        pass
    return size


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = getattr(error, "err_code", None)
        raise UnreadableReportError("encrypted" if reason == _PASSWORD else "damaged") from error


Item = Line | Grid


def _page(document: pdfium.PdfDocument, index: int) -> list[Item]:
    """Lines and grids of one page from top to bottom."""
    page = document[index]
    try:
        turn = pdf_page.turning(page)
        characters = pdf_page.characters(page, turn)
        tables = pdf_rules.tables(pdf_page.rules(page, turn)) if characters else []
    finally:
        page.close()
    outside = [c for c in characters if not any(table.take(c) for table in tables)]
    placed: list[tuple[float, Item]] = []
    for table in tables:
        if table.contents:
            texts = {region: pdf_lines.text_of(found) for region, found in table.contents.items()}
            placed.append((table.ys[0], Grid(table.rows(texts))))
    lines = _without_page_number(pdf_lines.lines(outside))
    start = 0
    for first, last in [*pdf_lines.aligned(lines), (len(lines), len(lines))]:
        placed += [(line.middle, line) for line in lines[start:first]]
        if first < last:
            placed.append((lines[first].middle, Grid(pdf_lines.grid(lines[first:last]))))
        start = last
    placed.sort(key=lambda item: -item[0])
    return [item for _, item in placed]


def _without_page_number(lines: list[Line]) -> list[Line]:
    for edge in (0, -1):
        if lines and _PAGE_NUMBER.fullmatch(lines[edge].text().strip()):
            lines = lines[1:] if edge == 0 else lines[:-1]
    return lines


def _paragraphs(pages: list[list[Item]]) -> list[Block]:
    lines = [item for page in pages for item in page if isinstance(item, Line)]
    left, right = _margins(lines)
    blocks: list[Block] = []
    before: Line | None = None
    for number, page in enumerate(pages, 1):
        tables = count = 0
        for item in page:
            if isinstance(item, Grid):
                tables += 1
                item.place = f"page {number}, table {tables}"
                blocks.append(item)
                before = None
                continue
            count += 1
            last = blocks[-1] if blocks else None
            if before and isinstance(last, Paragraph) and _continues(before, item, left, right):
                last.text += _joint(last.text, item.text()) + item.text()
            else:
                blocks.append(Paragraph(item.text(), f"page {number}, line {count}"))
            before = item
    return blocks


def _margins(lines: list[Line]) -> tuple[float, float]:
    """Where body text begins and ends: the edges that the outer lines share."""
    if not lines:
        return 0.0, 0.0
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]


def _continues(before: Line, line: Line, left: float, right: float) -> bool:
    """Whether a line goes on from the one before it: that one was full, this is not indented."""
    size = line.size
    return (
        before.right > right - 2 * size
        and line.left < left + 0.8 * size
        and abs(before.size - size) < 0.2 * size
    )


def _joint(before: str, after: str) -> str:
    both = before[-1:] + after[:1]
    return " " if both.isascii() and both.isalpha() else ""
