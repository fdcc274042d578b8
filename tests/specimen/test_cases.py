"""The example's applications: the ledger they make is that of its reports, and nobody is real."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from gongkai.law.outcomes import row_of
from gongkai.screening.text import numbers
from gongkai.specimen.cases import ENDINGS, KINDS, RESULTS, OldCase, past
from gongkai.specimen.cases.appeals import GROUPS, contested
from gongkai.specimen.cases.desk import PLAYED, begun
from gongkai.specimen.contacts import contacts
from gongkai.specimen.county import county, true_reports, units

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def cases() -> list[OldCase]:
    return list(past(units(), TODAY))


def counted(cases: list[OldCase], year: int) -> Counter[tuple[str, str, str]]:
    """What a clerk counts in the year by agency, row and kind."""
    found: Counter[tuple[str, str, str]] = Counter()
    for case in cases:
        if case.received_on.year == year:
            found[case.unit, "1", case.kind] += 1
        elif case.received_on.year < year and (case.ended_on or TODAY).year >= year:
            found[case.unit, "2", case.kind] += 1
        if case.ended_on and case.ended_on.year == year:
            row = row_of(case.outcome, case.ground or None, on=case.ended_on)
            found[case.unit, row, case.kind] += 1
        if case.received_on.year <= year < (case.ended_on or date.max).year:
            found[case.unit, "4", case.kind] += 1
    return found


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_cases_of_a_closed_year_are_those_its_reports_count(cases, year):
    ledger = counted(cases, year)
    for unit, of, report in true_reports(2025):
        if of == year:
            for row in ("1", "2", *RESULTS, "4"):
                for kind in KINDS:
                    figure = report.figures[f"applications.{row}.{kind}"] or 0
                    assert ledger[unit.code, row, kind] == figure, (unit.code, row, kind)


def test_the_reports_are_those_of_the_county_without_the_defects():
    clean = {(s.unit.code, s.year): s.report for s in county() if not s.planted}
    for unit, year, report in true_reports(2024):
        if (unit.code, year) in clean:
            assert clean[unit.code, year].figures == report.figures


def test_the_same_day_gives_the_same_cases(cases):
    assert list(past(units(), TODAY)) == cases


def test_every_case_happens_in_order_and_before_today(cases):
    for case in cases:
        days = [case.submitted_on, case.received_on, *(on for _, on, _ in case.happened)]
        assert days == sorted(days)
        assert days[-1] <= (case.ended_on or TODAY) <= TODAY


def test_what_came_in_lately_is_left_to_the_desk(cases):
    assert max(case.received_on for case in cases) <= TODAY - timedelta(days=45)


def test_a_number_stands_once_at_an_agency(cases):
    assert max(Counter((case.unit, case.number) for case in cases).values()) == 1


def test_all_outcomes_rows_kinds_and_channels_occur(cases):
    assert {case.kind for case in cases} == set(KINDS)
    assert len({case.channel for case in cases}) == 7
    rows = {row_of(c.outcome, c.ground or None, on=TODAY) for c in cases if c.outcome}
    assert rows >= set(ENDINGS) - {"3.5.3", "3.5.4", "3.5.5", "3.3.1", "3.3.3", "3.6.2"}


def test_corrections_consultations_and_extensions_occur(cases):
    kinds = {kind for case in cases for kind, _, _ in case.happened}
    assert kinds >= {"corrected", "consultation_sent", "extended"}


def test_nobody_has_a_number_that_could_be_real(cases):
    assert {case.telephone[:7] for case in cases} == {"1390000"}
    assert not any(numbers.id_card(case.name) for case in cases)


def test_the_appeals_of_the_first_year_are_those_its_reports_count():
    found: Counter[tuple[str, str, str]] = Counter()
    for appeal in contested(units(), TODAY):
        if appeal.opened_on.year == 2024:
            done = appeal.concluded_on is not None and appeal.concluded_on.year == 2024
            found[appeal.unit, appeal.kind, appeal.outcome if done else "pending"] += 1
    for unit, year, report in true_reports(2024):
        if year == 2024:
            for group, kind in GROUPS.items():
                for column in ("upheld", "corrected", "other", "pending"):
                    figure = report.figures[f"appeals.{group}.{column}"] or 0
                    assert found[unit.code, kind, column] == figure


def test_the_desk_has_sixty_applications_at_two_offices():
    played = list(begun())
    assert len(played) == 2 * len(PLAYED) >= 60
    assert len({one.description for one in played}) == len(played)


def test_no_two_cases_of_an_office_ask_for_the_same_and_none_for_a_number():
    asked = [(one.office, one.description) for one in begun()]
    assert len(set(asked)) == len(asked)
    assert not [words for _, words in asked if "项）" in words]


def test_what_is_drafted_has_somebody_who_handles_it():
    for _, _, steps in PLAYED:
        verbs = [verb for verb, _ in steps]
        if "draft" in verbs:
            assert "take_up" in verbs[: verbs.index("draft")], verbs


def test_every_agency_can_be_reached_nowhere():
    told = [contacts(unit) for unit in units()]
    assert all(all(one.values()) for one in told)
    assert all(one["telephone"].startswith("0000-") for one in told)
    assert all(one["email"].endswith(".invalid") for one in told)
