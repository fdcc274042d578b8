"""The three statutory tables of a report, as 国办公开办函〔2019〕60号 and 〔2021〕30号 draw them.

A row the report does not have is left out, a blank cell stays blank. Chinese labels are the law;
"en" labels are a reading aid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import lcm

from gongkai.annual_report.figures import Figure, Report, row_codes
from gongkai.annual_report.write.grid import Band, Cell, Row, Table, cells, shown
from gongkai.law import forms
from gongkai.law.forms import VERSIONS, Address, AppealGroup, Column, Form, ProactiveBlock, form

TEXT_WIDTH = 156.0  # mm, 版心 of GB/T 9704-2012

_ENGLISH = {
    "信息内容": "Item",
    "法人或其他组织": "Legal persons and other organisations",
    "三、本年度办理结果": "3. Results this year",
    "（三）不予公开": "(3) Denied",
    "（四）无法提供": "(4) Cannot be provided",
    "（五）不予处理": "(5) Not processed",
    "（六）其他处理": "(6) Otherwise handled",
    "行政诉讼": "Litigation",
    "件": "items",
    "项": "items",
    "万元": "10,000 yuan",
}


def tables(report: Report, language: str = "zh") -> tuple[Table, ...]:
    """The tables the report holds, in the order of the form; a table it lacks is left out."""
    builders = (_proactive, _applications, _appeals)
    return tuple(table for build in builders if (table := build(report, language)) is not None)


@dataclass(frozen=True, slots=True)
class LabelledCell:
    """A figure with the official words for its place and its unit (件, 项, 万元)."""

    address: Address
    label: str
    unit: str
    figure: Figure


def labelled_cells(report: Report, language: str = "zh") -> Iterator[LabelledCell]:
    """Every figure the report holds, in the order of the form."""
    for table in tables(report):
        for placed in cells(table):
            address = placed.cell.address
            if placed.cell.head == "" and address in report.figures:
                layout = _holding(report, address)
                column = layout.addresses[address]
                label, unit = layout.label(address, language), _words(column.unit, language)
                yield LabelledCell(address, label, unit, placed.cell.figure)


def _holding(report: Report, address: Address) -> Form:
    """The report's own form if it has that cell, else the other."""
    layouts = [form(version) for version in (report.form or VERSIONS[-1], *VERSIONS)]
    return next(layout for layout in layouts if address in layout.addresses)


def _words(zh: str, language: str) -> str:
    return zh if language == "zh" else _ENGLISH.get(zh, zh)


def _label(
    item: Column | forms.Row | AppealGroup,
    language: str,
) -> str:
    return item.label if language == "zh" else item.label_en


def _layout(report: Report, table: str) -> Form:
    """The form whose cells the report's table holds; a report may mix the versions."""
    present = {address for address in report.figures if address.startswith(table + ".")}
    usual = form(report.form or VERSIONS[-1])
    candidates = [usual, *(form(version) for version in VERSIONS)]
    return max(candidates, key=lambda layout: len(present & layout.addresses.keys()))


def _figure(report: Report, address: str, heads: Iterable[str], colspan: int = 1) -> Cell:
    figure = report.figures.get(address)
    return Cell(
        shown(figure),
        colspan=colspan,
        key=address,
        heads=tuple(heads),
        address=address,
        figure=figure,
    )


def _proactive(report: Report, language: str) -> Table | None:
    layout = _layout(report, "proactive")
    blocks = [(block, _rows_of(block, report)) for block in layout.proactive]
    present = [(block, rows) for block, rows in blocks if rows]
    if not present:
        return None
    units = lcm(*(len(block.columns) for block in layout.proactive))
    label = TEXT_WIDTH / 4
    return Table(
        name="proactive",
        caption=_caption(layout, 2, language),
        widths=(label, *[(TEXT_WIDTH - label) / units] * units),
        bands=tuple(_block(report, block, rows, units, language) for block, rows in present),
    )


def _rows_of(block: ProactiveBlock, report: Report) -> list[forms.Row]:
    return [
        row
        for row in block.rows
        if any(f"proactive.{row.code}.{column.code}" in report.figures for column in block.columns)
    ]


def _block(
    report: Report, block: ProactiveBlock, rows: Sequence[forms.Row], units: int, language: str
) -> Band:
    item = f"proactive.{block.article}"
    span = units // len(block.columns)
    head: tuple[Row, ...] = (
        (
            Cell(
                block.item if language == "zh" else block.item_en,
                "band",
                colspan=units + 1,
                key=item,
                wide=True,
            ),
        ),
        (
            Cell(_words("信息内容", language), "column", key=f"{item}.item"),
            *(
                Cell(_label(column, language), "column", colspan=span, key=f"{item}.{column.code}")
                for column in block.columns
            ),
        ),
    )
    body = tuple(
        (
            Cell(
                _label(row, language),
                "row",
                key=f"proactive.{row.code}",
                address=f"proactive.{row.code}",
            ),
            *(
                _figure(
                    report,
                    f"proactive.{row.code}.{column.code}",
                    (item, f"{item}.{column.code}", f"proactive.{row.code}"),
                    span,
                )
                for column in block.columns
            ),
        )
        for row in rows
    )
    return Band(head, body)


def _applications(report: Report, language: str) -> Table | None:
    rows = _application_rows(report)
    if not rows:
        return None
    layout = _layout(report, "applications")
    return Table(
        name="applications",
        caption=_caption(layout, 3, language),
        widths=(12.5, 20.0, 46.5, *[11.0] * len(layout.columns)),
        bands=(
            Band(
                _application_head(layout, language),
                tuple(_application_body(report, layout, rows, language)),
            ),
        ),
    )


def _application_rows(report: Report) -> list[forms.Row]:
    """The rows found, labelled by the report's own form, else (3.6 in a 2021 report) the other."""
    versions = [*(v for v in VERSIONS if v != report.form), report.form or VERSIONS[-1]]
    known = {row.code: row for version in versions for row in form(version).rows}
    return [known[code] for code in row_codes(report)]


def _application_head(layout: Form, language: str) -> tuple[Row, ...]:
    zh = language == "zh"
    top: list[Cell] = [
        Cell(
            layout.applications_note if zh else layout.applications_note_en,
            "corner",
            rowspan=3,
            colspan=3,
            wide=True,
        ),
        Cell(
            layout.applications_heading if zh else layout.applications_heading_en,
            "column",
            colspan=len(layout.columns),
            key="applications.heading",
            wide=True,
        ),
    ]
    middle: list[Cell] = []
    low: list[Cell] = []
    for group, members in groupby(layout.columns, key=lambda column: column.group):
        columns = list(members)
        leaves = [
            Cell(
                _label(column, language),
                "column",
                rowspan=1 if group else 2,
                key=f"applications.column.{column.code}",
            )
            for column in columns
        ]
        if group:
            middle.append(
                Cell(
                    _words(group, language),
                    "column",
                    colspan=len(columns),
                    key="applications.group",
                    wide=True,
                )
            )
        (low if group else middle).extend(leaves)
    return tuple(top), tuple(middle), tuple(low)


def _application_body(
    report: Report, layout: Form, rows: Sequence[forms.Row], language: str
) -> Iterator[Row]:
    above: tuple[str, ...] = ()
    open_keys: list[str] = []
    for place, row in enumerate(rows):
        groups: list[Cell] = []
        for depth, name in enumerate(row.under, start=1):
            if above[:depth] == row.under[:depth]:
                continue
            key = f"applications.under.{depth}.{row.code}"
            open_keys = [*open_keys[: depth - 1], key]
            groups.append(
                Cell(
                    _words(name, language),
                    "row",
                    rowspan=_run(rows[place:], row.under[:depth]),
                    key=key,
                    address="applications." + ".".join(row.code.split(".")[:depth]),
                )
            )
        above = row.under
        open_keys = open_keys[: len(above)]
        yield (*groups, *_application_row(report, layout, row, open_keys, language))


def _application_row(
    report: Report, layout: Form, row: forms.Row, groups: Sequence[str], language: str
) -> Iterator[Cell]:
    address = f"applications.{row.code}"
    yield Cell(
        _label(row, language), "row", colspan=3 - len(row.under), key=address, address=address
    )
    for column in layout.columns:
        group = ("applications.group",) if column.group else ()
        yield _figure(
            report,
            f"{address}.{column.code}",
            (
                "applications.heading",
                *group,
                f"applications.column.{column.code}",
                *groups,
                address,
            ),
        )


def _run(rows: Sequence[forms.Row], under: tuple[str, ...]) -> int:
    """How many rows from the first on stand under the same merged heads."""
    count = 0
    for row in rows:
        if row.under[: len(under)] != under:
            break
        count += 1
    return count


def _appeals(report: Report, language: str) -> Table | None:
    layout = _layout(report, "appeals")
    groups = [
        group
        for group in layout.appeal_groups
        if any(f"appeals.{group.code}.{c.code}" in report.figures for c in layout.appeal_columns)
    ]
    if not groups:
        return None
    count = len(layout.appeal_columns)
    body: Row = tuple(
        _figure(
            report,
            f"appeals.{group.code}.{column.code}",
            (
                *(f"appeals.{name}" for name in group.under),
                f"appeals.{group.code}",
                f"appeals.column.{group.code}.{column.code}",
            ),
        )
        for group in groups
        for column in layout.appeal_columns
    )
    return Table(
        name="appeals",
        caption=_caption(layout, 4, language),
        widths=tuple([TEXT_WIDTH / (count * len(groups))] * (count * len(groups))),
        bands=(Band(_appeal_head(layout, groups, language), (body,)),),
    )


def _appeal_head(layout: Form, groups: Sequence[AppealGroup], language: str) -> tuple[Row, ...]:
    """Up to three head rows: 行政复议 | 行政诉讼, the kinds of litigation, the results."""
    count = len(layout.appeal_columns)
    depth = 1 + max(len(group.under) for group in groups)
    rows: list[list[Cell]] = [[] for _ in range(depth + 1)]
    for under, members in groupby(groups, key=lambda group: group.under):
        together = list(members)
        for level, name in enumerate(under):
            rows[level].append(
                Cell(
                    _words(name, language),
                    "column",
                    colspan=count * len(together),
                    key=f"appeals.{name}",
                    wide=True,
                )
            )
        for group in together:
            key = f"appeals.{group.code}"
            rows[len(under)].append(
                Cell(
                    _label(group, language),
                    "column",
                    colspan=count,
                    key=key,
                    address=key,
                    wide=True,
                )
            )
            rows[len(under) + 1].extend(
                Cell(
                    _label(column, language),
                    "column",
                    rowspan=depth - len(under),
                    key=f"appeals.column.{group.code}.{column.code}",
                )
                for column in layout.appeal_columns
            )
    return tuple(tuple(row) for row in rows)


def _caption(layout: Form, number: int, language: str) -> str:
    head = layout.sections[number - 1]
    return head.title if language == "zh" else head.title_en
