"""Whatever happened in the ledger: the form balances, the years join, nobody counts otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count, pairwise
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual_report.check import Context, check
from gongkai.annual_report.compile import compile_report
from gongkai.casework.application.models import Case
from gongkai.casework.ledger.models import Line
from gongkai.casework.ledger.queries import Counts, counts_by_agency
from gongkai.org.models import Agency
from tests.annual_report.compiling.books import tallies
from tests.annual_report.compiling.histories import YEARS, Written, by_hand, history
from tests.casework.ledger.books import case_of, moment

HISTORIES = 10_000
NOTHING_TALLIED = {
    "proactive.licensing.decisions": 0,
    "proactive.penalties.decisions": 0,
    "proactive.coercion.decisions": 0,
    "proactive.fees.amount_wan": 0,
}


@pytest.fixture(scope="module")
def told() -> list[list[Written]]:
    chance = Random(2026)
    return [history(chance) for _ in range(HISTORIES)]


def agencies(number: int) -> list[Agency]:
    return Agency.objects.bulk_create(
        Agency(code=f"h{n}", name=f"机关{n}", level="department", path=f"h{n}/", sort_key="")
        for n in range(number)
    )


def enter(told: Sequence[tuple[Agency, Sequence[Written]]]) -> None:
    """Writes the histories as lines, in the order of recording of each case."""
    cases = Case.objects.bulk_create(_cases(told), batch_size=2000)
    by_name = {(case.agency_id, case.sequence): case for case in cases}
    keys, lines = count(Line.objects.count() + 1), []
    for agency, written in told:
        of_agency: list[Line] = []
        for one in written:
            case = by_name[agency.pk, one.case + 1]
            of_agency.append(_line(next(keys), case, one, of_agency))
        lines += of_agency
    Line.objects.bulk_create(lines, batch_size=2000)


def _cases(told: Sequence[tuple[Agency, Sequence[Written]]]) -> Iterator[Case]:
    for agency, written in told:
        first: dict[int, Written] = {}
        for one in written:
            first.setdefault(one.case, one)
        for name, one in first.items():
            yield case_of(agency, one.on, name + 1)


def _line(key: int, case: Case, one: Written, before: Sequence[Line]) -> Line:
    back = one.reverses is not None
    return Line(
        pk=key,
        case=case,
        agency_id=case.agency_id,
        kind=one.kind,
        on=one.on,
        year=one.on.year,
        applicant_kind=one.applicant_kind,
        row=one.row,
        sign=-1 if back else 1,
        reverses_id=before[one.reverses].pk if one.reverses is not None else None,
        reason="登记有误" if back else "",
        recorded_on=one.recorded_on,
        recorded_at=moment(one.recorded_on),
    )


def cells(counted: Counts) -> dict[tuple[str, str], int]:
    """Row and kind of applicant, without the cells that are zero."""
    there = {*counted.received, *counted.carried_in, *(kind for _, kind in counted.results)}
    return {(row, kind): n for kind in there for row, n in counted.column(kind).items() if n}


def test_ten_thousand_histories_balance_join_and_are_what_a_clerk_counts(
    db: None, told: list[list[Written]]
) -> None:
    homes = agencies(len(told))
    enter(list(zip(homes, told, strict=True)))
    keys = [agency.pk for agency in homes]
    for as_of in (date(2024, 1, 20), date(2026, 1, 20)):
        _held_against_a_clerk(keys, told, as_of)


def _held_against_a_clerk(keys: list[int], told: list[list[Written]], as_of: date) -> None:
    found = {year: counts_by_agency(keys, year, as_of) for year in YEARS}
    for key, written in zip(keys, told, strict=True):
        years = [found[year][key] for year in YEARS]
        for counted in years:
            told_by_hand = by_hand(written, counted.year, as_of)
            assert cells(counted) == told_by_hand
        for before, after in pairwise(map(cells, years)):
            assert carried(before, "4") == carried(after, "2")


def carried(counted: dict[tuple[str, str], int], row: str) -> dict[str, int]:
    return {kind: n for (code, kind), n in counted.items() if code == row}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9), st.integers(0, 2000))
def test_the_checker_finds_nothing_wrong_in_the_tables_of_any_compiled_report(
    county: SimpleNamespace, cast: SimpleNamespace, seed: int, days: int
) -> None:
    as_of = date(2022, 1, 1) + timedelta(days=days)
    agency = agencies_anew()
    enter([(agency, history(Random(seed), cases=12))])
    before = None
    for year in range(YEARS[0], min(as_of.year, YEARS[-1]) + 1):
        tallies(agency, cast.officer, year, NOTHING_TALLIED)
        report = compile_report(agency, year, as_of).report
        wrong = [f for f in check(report, Context(previous=before)) if not of_text(f.code)]
        assert [f.code for f in wrong] == []
        before = report


def agencies_anew() -> Agency:
    """One agency whose name no other example has taken."""
    number = Agency.objects.count()
    return Agency.objects.create(
        code=f"n{number}",
        name=f"机关{number}",
        level="department",
        path=f"n{number}/",
        sort_key="",
    )


def of_text(code: str) -> bool:
    """Bare tables have no text; what is missing there is another matter."""
    return code.startswith(("form.section", "form.narrative", "form.heading"))


def test_the_histories_hold_everything_that_can_happen(told: list[list[Written]]) -> None:
    lines = [line for written in told for line in written]
    assert len(told) == HISTORIES
    assert any(line.reverses is not None for line in lines)
    assert any(line.recorded_on.year > line.on.year for line in lines)
    assert {line.on.year for line in lines} >= set(YEARS)
