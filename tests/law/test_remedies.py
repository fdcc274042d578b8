"""The remedy a letter prints, by the day of the decision."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from gongkai.law.outcomes import outcomes
from gongkai.law.remedies import Choices, Remedy, remedy, remedy_for_silence

TODAY = date(2026, 3, 2)
CASES = tomllib.loads((Path(__file__).parent / "remedies.toml").read_text("utf-8"))["cases"]


def found(case: dict) -> Remedy:
    return remedy(
        case["outcome"],
        decided_on=case["decided_on"],
        ground_article=case.get("ground"),
        previous_disclosed=case.get("previous_disclosed"),
        choices=Choices(**case.get("choices", {})),
    )


def deadlines(given: Remedy) -> list[str]:
    return [
        f"{step.kind} {step.length} {step.unit}" if step.length else step.kind
        for part in given.parts
        for step in part.steps
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_class_follows_the_day_the_ground_and_the_choice(case: dict) -> None:
    given = found(case)
    assert list(given.classes) == case["remedy"]
    assert given.must_say_reconsideration_first is case.get("first", False)
    assert given.uncertain is case.get("uncertain", False)
    if given.uncertain:
        assert given.note


@pytest.mark.parametrize(
    "case", [c for c in CASES if "deadlines" in c], ids=lambda case: case["name"]
)
def test_every_step_has_its_time(case: dict) -> None:
    assert deadlines(found(case)) == case["deadlines"]


@pytest.mark.parametrize(
    "case", [c for c in CASES if "court_rule" in c], ids=lambda case: case["name"]
)
def test_the_interpretation_is_cited_since_it_is_in_force(case: dict) -> None:
    assert list(found(case).court_rule) == case["court_rule"]


def test_every_outcome_has_a_remedy_rule_on_every_day_it_exists() -> None:
    for day in (date(2019, 5, 15), date(2021, 1, 1), TODAY):
        for known in outcomes(on=day):
            given = remedy(known.code, decided_on=day, ground_article="14", previous_disclosed=True)
            assert given.parts


def test_litigation_comes_after_reconsideration_only_where_that_comes_first() -> None:
    first = remedy("A4", decided_on=TODAY, ground_article="14").parts[0].steps
    either = remedy("A6", decided_on=TODAY).parts[0].steps
    assert [step.after_reconsideration for step in first] == [False, True]
    assert not any(step.after_reconsideration for step in either)


def test_steps_name_organ_and_law() -> None:
    before, court = remedy("A4", decided_on=TODAY, ground_article="14").parts[0].steps
    assert (before.organ, before.articles) == ("reconsideration_organ", ("行政复议法20",))
    assert court.organ == "court"
    assert "行政复议法34" in court.articles


def test_before_2024_the_older_reconsideration_law_is_cited() -> None:
    step = remedy("A6", decided_on=date(2023, 5, 1)).parts[0].steps[0]
    assert step.articles == ("行政复议法（1999年）9",)


def test_a_refusal_without_ground_and_a_repetition_without_answer_are_refused() -> None:
    with pytest.raises(ValueError, match="ground"):
        remedy("A4", decided_on=TODAY)
    with pytest.raises(ValueError, match="before"):
        remedy("A11", decided_on=TODAY)


@pytest.mark.parametrize(
    ("decided_on", "online", "named"),
    [
        (TODAY, True, True),
        (TODAY, False, False),
        (date(2023, 12, 31), True, False),
        (date(2024, 1, 1), True, True),
    ],
)
def test_what_is_delivered_online_names_the_online_way_since_2024(
    decided_on: date, online: bool, named: bool
) -> None:
    given = remedy("A2", decided_on=decided_on, delivered_online=online)
    assert given.must_name_online_channel is named


def test_without_a_remedy_no_channel_is_named() -> None:
    given = remedy("A17", decided_on=TODAY, delivered_online=True)
    assert given.elements == ()


def test_the_elements_of_the_letter_follow_the_remedy() -> None:
    split = remedy("A3", decided_on=TODAY, ground_article="15", delivered_online=True)
    assert split.elements == (
        "remedy",
        "reconsideration_first",
        "remedy_by_part",
        "online_reconsideration_channel",
    )
    assert remedy("A6", decided_on=TODAY).elements == ("remedy",)


def test_silence_is_open_to_both_for_six_months_from_the_due_day() -> None:
    given = remedy_for_silence(due_on=TODAY)
    assert given.classes == ("GEN",)
    assert [step.term for step in given.parts[0].steps] == ["D12", "D23"]
    assert not given.must_say_reconsideration_first
    assert given.court_rule == ("法释〔2025〕8号2",)
