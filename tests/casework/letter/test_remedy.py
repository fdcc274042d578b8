"""Worked cases of what a letter tells of remedies (tests/casework/letter/remedies.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongkai.casework.letter.remedy import COMPETENT_COURT, SUPERVISORS, Places, remedy_words
from gongkai.law.remedies import Choices, remedy

CASES = tomllib.loads(Path(__file__).with_name("remedies.toml").read_text("utf-8"))["cases"]


def told(case: dict[str, Any], court: str = "青禾县人民法院") -> str:
    found = remedy(
        case["outcome"],
        decided_on=case["on"],
        ground_article=case.get("ground"),
        previous_disclosed=case.get("previous_disclosed"),
        choices=Choices(partial=case.get("partial", "split")),
    )
    places = Places("青禾县人民政府", court, case.get("online", ""))
    by = [case["ground"]] if "ground" in case else []
    said = remedy_words(found, places, decided_on=case["on"], you="你", refused_by=by)
    return "\n".join(said)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_a_letter_tells_the_remedy_of_its_day(case: dict[str, Any]) -> None:
    words, at = told(case), 0
    for expected in case["says"]:
        assert expected in words[at:]
        at = words.index(expected, at)
    assert [forbidden for forbidden in case["never"] if forbidden in words] == []
    assert "{" not in words


def test_a_court_nobody_has_named_stays_unnamed() -> None:
    assert COMPETENT_COURT in told(CASES[0], court="")


def test_complaints_go_where_the_regulations_say() -> None:
    case = next(case for case in CASES if case["outcome"] == "A8")
    assert SUPERVISORS in told(case)


def test_the_articles_something_is_withheld_by_are_named_and_no_others() -> None:
    case = next(case for case in CASES if case.get("ground") == "15" and case["outcome"] == "A4")
    found = remedy("A4", decided_on=case["on"], ground_article="15")
    by = ("15", "16(2)", "16(2)")
    said = remedy_words(
        found, Places("青禾县人民政府"), decided_on=case["on"], you="你", refused_by=by
    )
    assert "信息公开条例》第十五条、第十六条第二款的规定不予公开" in said[0]
