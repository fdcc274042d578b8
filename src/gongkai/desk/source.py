"""The file a report was read from: as plain text on a page, and as a download.

A source is never shown as it is: a page from elsewhere may hold script. What is shown are the
blocks the reader saw, as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from gongkai.annual_report import files
from gongkai.annual_report.figures import Provenance
from gongkai.annual_report.models import SourceFile
from gongkai.annual_report.read import sources
from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.source import Grid, Paragraph, Source
from gongkai.desk.access import seen_revision, staff
from gongkai.desk.document import label

MOST = 4000
"""Rows and paragraphs shown of one source; a report has a few hundred."""
LETTERS = 60
"""Letters of a long line shown before and after a figure in its panel."""
AROUND = 1
"""Rows of a table shown before and after the one a figure stood in."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a source table. `here` is the one the page is about.

    In a longer text only the figure itself is marked; what stands around it is `before` and
    `after`.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1
    here: bool = False
    before: str = ""
    after: str = ""

    @property
    def wordy(self) -> bool:
        """Whether it holds words, which may be broken into lines, and not a figure."""
        return len(self.before + self.text + self.after) > 6


@dataclass(frozen=True, slots=True)
class ShownRow:
    cells: tuple[ShownCell, ...]
    here: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one row of one cell, `table` false) or a table of the source."""

    place: str
    rows: tuple[ShownRow, ...]
    table: bool
    here: bool = False

    @property
    def id(self) -> str:
        return anchor(self.place)


@staff
@require_safe
def page(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """The source as the reader saw it; `cell` marks where that figure stood."""
    revision = seen_revision(request, code, year, number)
    report = revision.as_report()
    address = request.GET.get("cell", "")
    stood = report.provenance.get(address)
    parsed = blocks_of(revision.source)
    shown = {
        "revision": revision,
        "agency": revision.report.agency,
        "year": year,
        "tab": "source",
        "stood": stood,
        "address": address if stood else "",
        "label": label(address, report) if stood else "",
        "blocks": list(_blocks(parsed, stood)) if parsed else [],
        "readable": parsed is not None,
    }
    return render(request, "desk/source.html", shown)


@staff
@require_safe
def file(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """The file itself, always as a download and never as a page of ours."""
    revision = seen_revision(request, code, year, number)
    if revision.source is None:
        raise Http404("no source")
    try:
        data = files.content(revision.source)
    except FileNotFoundError as error:
        raise Http404("the file is gone") from error
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, revision.source.name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def blocks_of(source: SourceFile | None) -> Source | None:
    """The source as blocks; None if there is none or its file is gone."""
    if source is None:
        return None
    key = f"desk:source:{source.sha256}"
    kept: Source | None = cache.get(key)
    if kept is None:
        try:
            kept = sources.parse(files.content(source), source.name)
        except (FileNotFoundError, UnreadableReportError):
            return None
        cache.set(key, kept, 600)
    return kept


def passage(source: SourceFile | None, stood: Provenance | None) -> Block | None:
    """The lines of the source around a figure; None if they cannot be shown."""
    parsed = blocks_of(source) if stood and stood.place else None
    if parsed is None or stood is None:
        return None
    for block in parsed.blocks:
        if isinstance(block, Grid):
            row = _row(block, stood.place)
            if row is None:
                continue
            first, last = max(row - 1 - AROUND, 0), min(row + AROUND, len(block.rows))
            rows = tuple(_rows(block, stood.place, first, last, spans=False))
            return Block(block.place, rows, table=True, here=True)
        if block.place == stood.place:
            return _line(block, stood.text, around=LETTERS)
    return None


def anchor(place: str) -> str:
    """The id of the element for a place in the source."""
    return "place-" + slugify(place, allow_unicode=True)


def _blocks(source: Source, stood: Provenance | None) -> Iterator[Block]:
    place = stood.place if stood else ""
    left = MOST
    for block in source.blocks:
        if left <= 0:
            return
        if isinstance(block, Paragraph):
            left -= 1
            yield _line(block, stood.text if stood and block.place == place else None)
            continue
        shown = tuple(_rows(block, place, 0, min(len(block.rows), left)))
        left -= len(shown)
        yield Block(block.place, shown, table=True, here=_row(block, place) is not None)


def _line(block: Paragraph, marked: str | None, around: int | None = None) -> Block:
    """A paragraph. The text to mark is marked alone where it is told apart from all others.

    `around` shortens what is shown to so many letters before and after it.
    """
    here = marked is not None
    before, text, after = "", block.text, ""
    if marked and block.text.count(marked) == 1:
        before, text, after = block.text.partition(marked)
    if around is not None:
        before = ("…" if len(before) > around else "") + before[-around:]
        after = after[:around] + ("…" if len(after) > around else "")
    row = ShownRow((ShownCell(text, here=here, before=before, after=after),), here)
    return Block(block.place, (row,), table=False, here=here)


def _row(grid: Grid, place: str) -> int | None:
    """The row of the grid, from 1, that the place names; None if it names none of it."""
    if not place.startswith(f"{grid.place}, row "):
        return None
    number = place.removeprefix(f"{grid.place}, row ").partition(",")[0]
    return int(number) if number.isdecimal() and 0 < int(number) <= len(grid.rows) else None


def _column(place: str) -> int | None:
    number = place.rpartition("column ")[2] if ", column " in place else ""
    return int(number) if number.isdecimal() else None


def _rows(
    grid: Grid, place: str, first: int, last: int, *, spans: bool = True
) -> Iterator[ShownRow]:
    """Rows of the grid. Without `spans` each row stands for itself: a cell that began further up
    is repeated, as wide as it is."""
    wanted, column = _row(grid, place), _column(place)
    for index in range(first, last):
        cells = []
        line = grid.rows[index]
        for position, cell in enumerate(line):
            if cell is None:
                cells.append(ShownCell(""))
                continue
            if (position and line[position - 1] is cell) or (spans and cell.row != index):
                continue
            width = sum(other is cell for other in line)
            here = wanted == index + 1 and position <= (column or 0) - 1 < position + width
            cells.append(ShownCell(cell.text, cell.rowspan if spans else 1, width, here))
        yield ShownRow(tuple(cells), wanted == index + 1)
