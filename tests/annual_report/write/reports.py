"""Reports to write: whole ones, and ones with the gaps that real reports have."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.annual_report.figures import Figure, Report, row_codes
from gongkai.law.forms import Address, form
from gongkai.specimen import invent

YEARS = {"2019": 2020, "2021": 2023}


def whole(version: str = "2021", seed: int = 1) -> Report:
    return invent(seed, version=version, year=YEARS[version])


def with_figures(report: Report, **changes: Figure) -> Report:
    """`changes` are keyed by address with "__" for the dots."""
    changed = {address.replace("__", "."): figure for address, figure in changes.items()}
    return replace(report, figures={**report.figures, **changed})


def without(report: Report, prefix: str) -> Report:
    """The report without the cells of a row, a group or a table."""
    kept = {a: f for a, f in report.figures.items() if not f"{a}.".startswith(f"{prefix}.")}
    return replace(report, figures=kept)


def with_one_other_row(report: Report) -> Report:
    """A 2021 report whose （六） is one row, as in the form of 2019."""
    figures = dict(report.figures)
    for column in form("2021").column_codes:
        parts = [figures.pop(f"applications.3.6.{part}.{column}") for part in "123"]
        figures[f"applications.3.6.{column}"] = sum(part or 0 for part in parts)
    return replace(report, figures=figures)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """An invented report of either form, with blank cells, lost rows or a lost table."""
    version = draw(st.sampled_from(["2019", "2021"]))
    report = whole(version, draw(st.integers(0, 5000)))
    damage = draw(st.sampled_from(["none", "blanks", "rows", "one other", "table", "amounts"]))
    if damage == "blanks":
        return replace(report, figures={**report.figures, **draw(_blanks(report))})
    if damage == "rows":
        for code in draw(st.lists(st.sampled_from(row_codes(report)), min_size=1, max_size=3)):
            report = without(report, f"applications.{code}")
        return report
    if damage == "one other" and version == "2021":
        return with_one_other_row(report)
    if damage == "table":
        return without(report, draw(st.sampled_from(["proactive", "applications", "appeals"])))
    if damage == "amounts":
        return replace(report, figures={**report.figures, **draw(_amounts(report))})
    return report


def _blanks(report: Report) -> st.SearchStrategy[dict[Address, Figure]]:
    addresses = st.sampled_from(sorted(report.figures))
    return st.lists(addresses, max_size=60).map(dict.fromkeys)


def _amounts(report: Report) -> st.SearchStrategy[dict[Address, Figure]]:
    """Six decimals, six digits, and negative changes, where the form has room for them."""
    columns = form(report.form or "").addresses
    whole_numbers = st.integers(0, 999_999)
    kinds = {
        address: st.integers(0, 10**11).map(lambda n: Decimal(n) / 10**6)
        if column.decimal
        else st.integers(-999, 999)
        if column.signed
        else whole_numbers
        for address, column in columns.items()
    }
    chosen = st.lists(st.sampled_from(sorted(kinds)), max_size=12, unique=True)
    return chosen.flatmap(lambda some: st.fixed_dictionaries({a: kinds[a] for a in some}))
