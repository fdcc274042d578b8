"""Single cells: blank, missing, not a number, negative, not whole (30号, 60号).

Blank is not zero: whether a blank cell means none has to be said by the agency. Blank cells come
in blocks, and a block is one finding: all blank totals, all blank rows, and what remains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.finding import Finding, Term, Text, finding, only_found, rule
from gongkai.annual_report.check.structure import FORM
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.figures import TABLES
from gongkai.annual_report.folding import bare
from gongkai.law.forms import Address

# What people put into a cell to say "nothing": not a number, and not a word either.
_EMPTY_MARKS = frozenset("-—–－/\\|·.*_~无")
_NAMED = 6  # blank cells up to here are named one by one, more as a block


@rule(
    "form.cell_blank",
    "error",
    "单元格空白",
    "Cells are blank",
    source=f"{FORM}：应报尽报",
    sides=only_found("空白格", "blank cells"),
)
def cell_blank(subject: Subject) -> Iterator[Finding]:
    blank: dict[str, list[Address]] = defaultdict(list)
    open_cells = subject.unplaced
    for address in subject.blanks:
        if address not in open_cells and _means_nothing(subject, address):
            blank[address.partition(".")[0]].append(address)
    for table in ("proactive", "appeals"):
        if blank[table]:
            yield _blank(subject, blank[table], *_named(subject, table, blank[table]))
    yield from _blank_applications(subject, blank["applications"])


def _means_nothing(subject: Subject, address: Address) -> bool:
    provenance = subject.report.provenance.get(address)
    return not provenance or all(c in _EMPTY_MARKS for c in bare(provenance.text))


def _blank_applications(subject: Subject, blank: Sequence[Address]) -> Iterator[Finding]:
    """At most three findings: blank totals, rows blank throughout, and the rest."""
    by_row: dict[str, list[Address]] = defaultdict(list)
    totals: list[Address] = []
    for address in blank:
        row, _, column = address.rpartition(".")
        if column == "total":
            totals.append(address)
        else:
            by_row[row].append(address)
    kinds = len(subject.form.columns) - 1
    whole = [a for cells in by_row.values() if len(cells) == kinds for a in cells]
    rest = {row: cells for row, cells in by_row.items() if len(cells) < kinds}
    if totals:
        zh, en = f"“总计”一列有 {len(totals)} 格", f"{len(totals)} cell(s) of the total column are"
        yield _blank(subject, totals, zh, en)
    if whole:
        rows = [row for row, cells in by_row.items() if len(cells) == kinds]
        names = [wording.row(subject.form.version, *row.split(".", 1)) for row in rows]
        yield _blank(
            subject,
            whole,
            f"有 {len(rows)} 行（{wording.listed([n[0] for n in names], limit=3)}）各类申请人全部",
            f"{len(rows)} row(s) ({wording.listed([n[1] for n in names], 'en', 3)}) are",
        )
    if rest:
        cells = [a for c in rest.values() for a in c]
        few = len(cells) <= _NAMED
        told = _named(subject, "applications", cells) if few else _block(subject, rest)
        yield _blank(subject, cells, *told)


def _block(subject: Subject, rest: dict[str, list[Address]]) -> tuple[str, str]:
    """As "25 行 × 5 列" where every row is blank in the same columns, else a plain count."""
    patterns = {tuple(a.rpartition(".")[2] for a in cells) for cells in rest.values()}
    count = sum(len(cells) for cells in rest.values())
    if len(patterns) > 1:
        return f"有 {len(rest)} 行共 {count} 格", f"{count} cells in {len(rest)} rows are"
    columns = [wording.column(subject.form, code) for code in patterns.pop()]
    zh = wording.listed([c[0] for c in columns])
    en = wording.listed([c[1] for c in columns], "en")
    return (
        f"有 {len(rest)} 行 × {len(columns)} 列（{zh}）共 {count} 格",
        f"{count} cells, {len(rest)} rows × {len(columns)} columns ({en}), are",
    )


def _named(subject: Subject, table: str, cells: Sequence[Address]) -> tuple[str, str]:
    names = [wording.cell(subject.form.version, address) for address in cells]
    zh, en = wording.TABLE_NAMES[table]
    return (
        f"{zh}有 {len(cells)} 格（{wording.listed([n[0] for n in names])}）",
        f"In {en}, {len(cells)} cell(s) ({wording.listed([n[1] for n in names], 'en')}) are",
    )


def _blank(subject: Subject, cells: Sequence[Address], zh: str, en: str) -> Finding:
    marks = {bare(p.text) for a in cells if (p := subject.report.provenance.get(a))} - {""}
    table = cells[0].partition(".")[0]
    name = wording.TABLE_NAMES[table]
    if not zh.startswith(name[0]):
        zh, en = name[0] + zh, f"In {name[1]}, {en}"
    shown = ("（写作 " + " ".join(sorted(marks)) + "）") if marks else ""
    return finding(
        "form.cell_blank",
        Text(
            f"{zh}空白{shown}。空白不等于 0：没有的请填 0，漏填的请补上。",
            f"{en} blank. Blank is not zero: please write 0 where there was none, "
            "and fill in what was left out.",
        ),
        address=cells[0],
        place=subject.place(cells[0]),
        found=len(cells),
        terms=tuple(Term(address, None) for address in cells),
    )


@rule(
    "form.cell_missing",
    "error",
    "行内缺格",
    "A row lacks cells",
    source=f"{FORM}",
    sides=only_found("缺格", "cells lacking"),
)
def cell_missing(subject: Subject) -> Iterator[Finding]:
    """Rows of which some cells were found and others not; rows not found at all are row_missing."""
    figures = subject.report.figures
    if figures.keys() >= subject.form.addresses.keys():
        return
    seen_rows = subject.found_rows
    open_cells = subject.unplaced
    missing = [
        address
        for address in subject.form.addresses
        if address not in figures
        and address not in open_cells
        and address.rpartition(".")[0] in seen_rows
    ]
    for table in TABLES:
        cells = [address for address in missing if address.startswith(table)]
        if cells:
            zh, en = _named(subject, table, cells)
            yield finding(
                "form.cell_missing",
                Text(f"{zh}没有找到。", f"{en} not there."),
                address=cells[0],
                found=len(cells),
                terms=tuple(Term(address, None) for address in cells),
            )


@rule(
    "form.cell_not_number",
    "error",
    "单元格不是数字",
    "A cell is not a number",
    source=f"{FORM}",
)
def cell_not_number(subject: Subject) -> Iterator[Finding]:
    by_text: dict[str, list[Address]] = defaultdict(list)
    open_cells = subject.unplaced
    for address in subject.blanks:
        if address in open_cells:
            continue
        provenance = subject.report.provenance.get(address)
        text = bare(provenance.text) if provenance else ""
        if any(c not in _EMPTY_MARKS for c in text):
            by_text[text].append(address)
    for text, cells in by_text.items():
        names = [wording.cell(subject.form.version, address) for address in cells]
        yield finding(
            "form.cell_not_number",
            Text(
                f"{wording.listed([n[0] for n in names])}写的是“{text}”，不是数字，请填数字。",
                f"“{text}” in {wording.listed([n[1] for n in names], 'en')} is not a number.",
            ),
            address=cells[0],
            place=subject.place(cells[0]),
            quote=text,
            found=text,
            terms=tuple(Term(address, None) for address in cells),
        )


@rule(
    "form.cell_negative",
    "error",
    "数量为负",
    "A count is negative",
    source=f"{FORM}：除 2019 年格式“本年增/减”外均为非负数",
)
def cell_negative(subject: Subject) -> Iterator[Finding]:
    layout = subject.form.addresses
    for address, figure in subject.odd:
        column = layout.get(address)
        if figure < 0 and not (column and column.signed):
            yield _wrong_kind(
                subject, "form.cell_negative", address, ("不能为负数", "cannot be negative")
            )


@rule(
    "form.cell_fraction",
    "error",
    "件数不是整数",
    "A count is not a whole number",
    source=f"{FORM}：除收费金额、采购金额外均为整数",
)
def cell_fraction(subject: Subject) -> Iterator[Finding]:
    layout = subject.form.addresses
    for address, figure in subject.odd:
        if isinstance(figure, Decimal) and figure != figure.to_integral_value():
            column = layout.get(address)
            if not (column and column.decimal):
                yield _wrong_kind(
                    subject, "form.cell_fraction", address, ("应为整数", "must be a whole number")
                )


def _wrong_kind(subject: Subject, code: str, address: Address, why: tuple[str, str]) -> Finding:
    zh, en = wording.cell(subject.form.version, address)
    figure = subject.figure(address)
    return finding(
        code,
        Text(
            f"「{zh}」写的是 {wording.number(figure)}，{why[0]}。",
            f"{en} is {wording.number_en(figure)}; it {why[1]}.",
        ),
        address=address,
        place=subject.place(address),
        found=wording.number(figure),
        terms=(Term(address, figure),),
    )
