"""Worked cases, read from a table: what is due, how the case stands, what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.casework.clock import Due, Fact, Rules, due
from gongkai.casework.clock.reasons import reasons
from gongkai.casework.clock.words import problem_words
from gongkai.law.calendar import WorkingCalendar
from tests.casework.clock.day_by_day import slow_due

NATION = WorkingCalendar()
TABLE = Path(__file__).with_name("cases.toml").read_text("utf-8")
CASES: list[dict[str, Any]] = tomllib.loads(TABLE)["cases"]

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])


def found(case: Mapping[str, Any]) -> Due:
    facts = [Fact(**fact) for fact in case["facts"]]
    return due(facts, NATION, case["as_of"], Rules(**case.get("rules", {})))


def test_there_are_two_hundred_cases_each_with_a_title_of_its_own():
    assert len(CASES) >= 200
    assert len({case["title"] for case in CASES}) == len(CASES)


@every_case
def test_the_answer_is_due(case):
    answer = found(case)
    assert (answer.on, answer.state) == (case["due"], case["state"])
    assert answer.late == case.get("late", False)
    assert answer.lapsed == case.get("lapsed")
    assert answer.provisional == case.get("provisional", False)


@every_case
def test_what_the_law_does_not_allow_is_named(case):
    assert [problem.code for problem in found(case).problems] == case.get("problems", [])


STEPS = ("correction_notice", "correction", "fee")


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.keys() & {*STEPS, "consultation_until"}],
    ids=lambda case: case["title"],
)
def test_the_steps_on_the_way_have_their_days(case):
    deadlines = found(case).deadlines
    for name in case.keys() & set(STEPS):
        assert getattr(deadlines, name) == case[name]
    for id_, until in case.get("consultation_until", {}).items():
        assert deadlines.consultations[id_] == until


def counted_slowly(case: Mapping[str, Any]) -> tuple[date, str, bool]:
    rules = Rules(**case.get("rules", {}))
    start, restart = rules.consultation_starts, rules.restart_after_payment
    return slow_due(case["facts"], case["as_of"], start=start, restart=restart)


def test_another_count_agrees_with_the_table():
    differing = [
        case["title"]
        for case in CASES
        if counted_slowly(case) != (case["due"], case["state"], case.get("late", False))
    ]
    assert differing == []


@every_case
def test_the_reasons_lead_to_the_day_and_cite_the_articles_of_the_case(case):
    answer = found(case)
    steps = reasons(answer)
    assert steps[-1].due == case["due"]
    words = [step.words for step in steps] + [problem_words(p) for p in answer.problems]
    assert set(case["articles"]) <= {article for said in words for article in said.articles}
