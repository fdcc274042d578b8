"""What is usual where no national rule sets a figure, and when columns count as neglected."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.catalogue import items
from gongkai.law.columns import thresholds
from gongkai.law.kinds import kinds
from gongkai.law.register import counting, is_trial, usual_period, warnings
from gongkai.law.usual_catalogue import usual_items

TODAY = date(2026, 11, 27)


def test_normative_documents_are_usually_valid_for_five_years_and_trial_ones_for_two() -> None:
    usual = usual_period("normative_document", trial=False, on=TODAY)
    trial = usual_period("normative_document", trial=True, on=TODAY)
    assert usual is not None
    assert trial is not None
    assert (usual.years, trial.years) == (5, 2)
    assert usual.uncertain
    assert trial.uncertain


def test_a_regulation_has_usually_no_limit_and_a_notice_no_rule() -> None:
    regulation = usual_period("regulation", trial=True, on=TODAY)
    assert regulation is not None
    assert regulation.years is None
    assert usual_period("notice", trial=False, on=TODAY) is None


@pytest.mark.parametrize(
    ("title", "trial"),
    [("供水管理办法（试行）", True), ("养老服务暂行规定", True), ("供水管理办法", False)],
)
def test_the_title_says_whether_it_is_on_trial(title: str, trial: bool) -> None:
    assert is_trial(title) is trial


def test_the_end_of_validity_is_announced_three_times() -> None:
    assert warnings(on=TODAY) == (90, 30, 7)
    assert warnings(on=date(2000, 1, 1)) == ()


def test_how_the_form_counts_what_it_leaves_open_is_data_to_be_checked() -> None:
    assert counting(on=TODAY).uncertain
    assert not counting(on=TODAY).lapsed_counts_as_repealed
    assert counting(on=date(2000, 1, 1)) == counting(on=date(2019, 5, 15))


def test_the_thresholds_are_those_of_the_check_of_government_sites() -> None:
    rule = thresholds(on=TODAY)
    assert (rule.stale_columns, rule.neglected_columns, rule.blank_columns) == (5, 10, 5)
    assert rule.oldest("home", TODAY) == date(2026, 11, 13)
    assert rule.oldest("news", TODAY) == date(2026, 11, 13)
    assert rule.oldest("notices", TODAY) == date(2026, 5, 27)


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2024, 8, 31), date(2024, 2, 29)),
        (date(2026, 3, 31), date(2025, 9, 30)),
        (date(2026, 12, 31), date(2026, 6, 30)),
        (date(2026, 1, 15), date(2025, 7, 15)),
    ],
)
def test_six_months_before_a_day_that_the_month_lacks_is_its_last(on: date, first: date) -> None:
    assert thresholds(on=on).oldest("notices", on) == first


def test_every_column_of_a_kind_has_a_threshold() -> None:
    rule = thresholds(on=TODAY)
    assert all(rule.oldest(kind.column, TODAY) < TODAY for kind in kinds() if kind.column)


@pytest.mark.parametrize("level", ["province", "prefecture", "county", "township"])
@pytest.mark.parametrize("department", [True, False])
def test_a_suggested_catalogue_holds_everything_the_law_asks_of_the_agency(
    level: str, department: bool
) -> None:
    found = usual_items(level, department=department, on=TODAY)  # type: ignore[arg-type]
    asked = {item.code for item in items(on=TODAY, level=level)}  # type: ignore[arg-type]
    assert {item.item for item in found} == asked
    codes = [item.code for item in found]
    assert len(codes) == len(set(codes))
    assert all(item.matter and item.content and item.basis and item.time_limit for item in found)


def test_a_government_publishes_its_budget_and_a_department_its_own() -> None:
    government = {i.code for i in usual_items("county", department=False, on=TODAY)}
    department = {i.code for i in usual_items("county", department=True, on=TODAY)}
    assert "budget" in government - department
    assert "department-budget" in department - government
    assert "annual-report" in government & department


def test_the_yearly_report_is_due_on_the_last_day_of_january() -> None:
    report = next(
        i for i in usual_items("county", department=True, on=TODAY) if i.code == "annual-report"
    )
    assert (report.every, report.start, report.days, report.working_days) == (
        "year",
        False,
        31,
        False,
    )
