"""The days for the steps of an appeal, and which may run beside which."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.casework.appeal import rules
from gongkai.casework.appeal.rules import Known, refused
from gongkai.law.appeals import result, results
from gongkai.law.calendar import WorkingCalendar
from gongkai.law.dated import NotInForceError

CASES = tomllib.loads((Path(__file__).parent / "deadlines.toml").read_text("utf-8"))["cases"]
CALENDAR = WorkingCalendar()
DAY = date(2026, 3, 2)


def last_day(case: dict[str, Any]) -> date | None:
    start = case["from"]
    match case["step"]:
        case "answer_by":
            return rules.answer_by(case["kind"], case["procedure"], start, CALENDAR)
        case "decide_by":
            return rules.decide_by(case["kind"], case["procedure"], start, CALENDAR)
        case "contest_by":
            return rules.contest_by(case["kind"], start, CALENDAR, told=case.get("told", True))
        case "second_instance_by":
            return rules.second_instance_by(start, case["variant"], CALENDAR)
        case "retrial_by":
            return rules.retrial_by(start, CALENDAR)
        case _:
            return rules.redo_by(start, CALENDAR)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_step_has_its_last_day(case):
    assert last_day(case) == case["last"]


def test_an_ordinary_suit_has_no_day_by_which_it_is_decided():
    assert rules.decide_by("litigation_direct", "ordinary", DAY, CALENDAR) is None


@pytest.mark.parametrize(
    ("kind", "beside", "reason"),
    [
        ("reconsideration", [], ""),
        ("litigation_direct", [], ""),
        ("litigation_after", [], "not_appealable"),
        ("litigation_direct", [Known("reconsideration")], "appeal_open"),
        ("reconsideration", [Known("litigation_direct")], "appeal_open"),
        ("litigation_after", [Known("reconsideration")], "appeal_open"),
        ("litigation_after", [Known("reconsideration", "upheld")], ""),
        ("litigation_direct", [Known("reconsideration", "upheld")], "not_appealable"),
        ("reconsideration", [Known("litigation_direct", "upheld")], "not_appealable"),
        ("reconsideration", [Known("litigation_direct", "other")], ""),
    ],
)
def test_reconsideration_and_litigation_never_run_side_by_side(kind, beside, reason):
    assert refused(kind, beside) == reason


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("upheld", "upheld"),
        ("claims_dismissed", "upheld"),
        ("annulled", "corrected"),
        ("annulled_anew", "corrected"),
        ("changed", "corrected"),
        ("unlawful", "corrected"),
        ("ordered", "corrected"),
        ("terminated", "other"),
        ("not_accepted", "other"),
        ("rejected", "other"),
        ("mediated", "other"),
        ("transferred", "other"),
    ],
)
def test_a_result_counts_in_a_column_of_the_fourth_table(code, column):
    assert result(code, on=DAY).column == column


def test_only_an_organ_of_reconsideration_upholds():
    assert "upheld" not in {known.code for known in results("litigation", on=DAY)}
    assert len(results("reconsideration", on=DAY)) == 12


def test_every_column_is_a_reading_that_asks_for_a_check():
    assert all(known.uncertain for known in results("reconsideration", on=DAY))


def test_before_the_regulations_of_2019_no_result_is_known():
    with pytest.raises(NotInForceError):
        result("upheld", on=date(2019, 1, 1))
