"""An invented report laid out as it would be typed: headings, passages and tables of boxes.

This is written against the form alone and shares nothing with `gongkai.annual_report.write`, so
that the reader is tested on something its own writer did not make.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from gongkai.annual_report.figures import Figure, Report, row_codes
from gongkai.law.forms import Row, form

NUMERALS = ("一", "二", "三", "四", "五", "六")

Kind = Literal["head", "label", "figure"]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell where it starts; the positions it spans are not repeated."""

    text: str
    kind: Kind = "label"
    rowspan: int = 1
    colspan: int = 1


Line = list[Box]


@dataclass(frozen=True, slots=True)
class Table:
    width: int
    lines: list[Line]
    heads: int
    """How many lines at the top are heads, to be repeated where a table is split."""


@dataclass(frozen=True, slots=True)
class Part:
    heading: str
    paragraphs: tuple[str, ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    published: str
    preface: str
    parts: tuple[Part, ...]


def plain(figure: Figure) -> str:
    """A figure as typed: digits, a point for decimals, nothing for a blank."""
    return (
        ""
        if figure is None
        else format(figure, "f")
        if not isinstance(figure, int)
        else str(figure)
    )


def same(text: str) -> str:
    return text


@dataclass(frozen=True)
class Style:
    """How labels and figures are spelt, and which liberties the template takes with the form.

    `subtotal` adds the 法人小计 column that some templates have; `gaps` leaves out head cells as
    careless copies do.
    """

    spell: Callable[[Figure], str] = plain
    label: Callable[[str], str] = same
    subtotal: bool = False
    gaps: bool = False
    numerals: Sequence[str] = field(default=NUMERALS)


STANDARD = Style()


def document(report: Report, style: Style = STANDARD) -> Document:
    """The report as headings, passages and tables, in the order of its sections."""
    tables = {
        2: _proactive(report, style) if report.has("proactive") else None,
        3: _applications(report, style) if report.has("applications") else None,
        4: _appeals(report, style) if report.has("appeals") else None,
    }
    parts = tuple(
        Part(
            f"{style.numerals[section.number - 1]}、{section.title}",
            tuple(line for line in section.text.split("\n") if line),
            tables.get(section.number),
        )
        for section in report.sections
    )
    published = report.published.isoformat() if report.published else ""
    return Document(report.title or "", published, report.preface, parts)


def _proactive(report: Report, style: Style) -> Table:
    layout = form(report.form or "2021")
    lines: list[Line] = []
    for block in layout.proactive:
        rows = [
            r for r in block.rows if f"proactive.{r.code}.{block.columns[0].code}" in report.figures
        ]
        if not rows:
            continue
        lines.append([Box(block.item, "head", colspan=4)])
        spans = _spread(3, len(block.columns))
        lines.append([Box("信息内容", "head")])
        lines[-1] += [
            Box(style.label(c.label), "head", colspan=span)
            for c, span in zip(block.columns, spans, strict=True)
        ]
        for row in rows:
            cells = [report.figures.get(f"proactive.{row.code}.{c.code}") for c in block.columns]
            lines.append([Box(style.label(row.label))])
            lines[-1] += [
                Box(style.spell(figure), "figure", colspan=span)
                for figure, span in zip(cells, spans, strict=True)
            ]
    return Table(4, lines, 0)


def _spread(width: int, count: int) -> list[int]:
    """How wide each of `count` cells is when they share `width` positions."""
    return [width // count + (1 if i < width % count else 0) for i in range(count)]


def _applications(report: Report, style: Style) -> Table:
    layout = form(report.form or "2021")
    extra = 1 if style.subtotal else 0
    group = [c for c in layout.columns if c.group]
    heads: list[Line] = [
        [
            Box(layout.applications_note, "head", rowspan=3, colspan=3),
            Box(layout.applications_heading, "head", colspan=7 + extra),
        ],
        [
            Box(layout.columns[0].label, "head", rowspan=2),
            Box(group[0].group, "head", colspan=5 + extra),
            Box(layout.columns[-1].label, "head", rowspan=2),
        ],
        [Box(style.label(c.label), "head") for c in group],
    ]
    if style.subtotal:
        heads[2].append(Box("法人小计", "head"))
    if style.gaps:
        del heads[2][2]
    rows = _rows(report)
    return Table(10 + extra, heads + _body(report, style, rows), 3)


def _rows(report: Report) -> list[Row]:
    """The rows the report has; 3.6 of the 2019 form may stand inside the 2021 form."""
    known = {row.code: row for version in ("2019", "2021") for row in form(version).rows}
    return [known[code] for code in row_codes(report)]


def _body(report: Report, style: Style, rows: list[Row]) -> list[Line]:
    lines: list[Line] = []
    begun: set[str] = set()
    for row in rows:
        line: Line = []
        for head in row.under:
            if head not in begun:
                begun.add(head)
                span = sum(head in other.under for other in rows)
                line.append(Box(style.label(head), rowspan=span))
        line.append(Box(style.label(row.label), colspan=3 - len(row.under)))
        figures = list(report.row(row.code) or ())
        line += [Box(style.spell(figure), "figure") for figure in figures]
        if style.subtotal:
            organisations = [figure for figure in figures[1:6] if figure is not None]
            line.insert(-1, Box(style.spell(int(sum(organisations))), "figure"))
        lines.append(line)
    return lines


def _appeals(report: Report, style: Style) -> Table:
    layout = form(report.form or "2021")
    columns = layout.appeal_columns
    heads: list[Line] = [
        [Box("行政复议", "head", colspan=5), Box("行政诉讼", "head", colspan=10)],
        [Box(style.label(c.label), "head", rowspan=2) for c in columns]
        + [Box(g.label, "head", colspan=5) for g in layout.appeal_groups[1:]],
        [Box(style.label(c.label), "head") for _ in layout.appeal_groups[1:] for c in columns],
    ]
    if style.gaps:
        heads[1].pop(4)
        del heads[2][4]
    figures = [
        report.figures.get(f"appeals.{g.code}.{c.code}")
        for g in layout.appeal_groups
        for c in columns
    ]
    return Table(15, [*heads, [Box(style.spell(f), "figure") for f in figures]], 3)


@dataclass(slots=True)
class Placed:
    """A box at its position in the grid, counted from 0."""

    box: Box
    row: int
    column: int


def place(table: Table) -> list[Placed]:
    """Every box with the row and column its spans put it at, as a browser would."""
    taken: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    for row, line in enumerate(table.lines):
        column = 0
        for box in line:
            while (row, column) in taken:
                column += 1
            placed.append(Placed(box, row, column))
            taken |= {
                (row + down, column + across)
                for down in range(box.rowspan)
                for across in range(box.colspan)
            }
            column += box.colspan
    return placed


def grid(table: Table) -> list[list[str]]:
    """The table as full rows of text; positions that a span covers are empty."""
    rows = [[""] * table.width for _ in table.lines]
    for item in place(table):
        rows[item.row][item.column] = item.box.text
    return rows
