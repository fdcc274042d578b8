"""What a decision goes through, and what must be on record first."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.casework.decision.content import Draft, GivenFile, ItemDraft, as_one, content_hash
from gongkai.casework.decision.rules import (
    Heard,
    OnRecord,
    Part,
    lacking,
    objection_overridden,
    steps,
    waiting,
)
from gongkai.law.outcomes import outcomes

DAY = date(2026, 3, 2)
CASES = tomllib.loads((Path(__file__).parent / "lacking.toml").read_text("utf-8"))["cases"]


def heard(text: str) -> Heard:
    whom, said, *more = text.split()
    judged = {"true": True, "false": False}[more[0]] if more else None
    return Heard(whom, said, judged, more[1] if len(more) > 1 else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_answer_lacks_what_the_law_requires_and_the_file_does_not_hold(case: dict[str, Any]):
    said = dict(case["record"])
    parts = tuple(Part(*part) for part in said.pop("parts", ()))
    record = OnRecord(**said, parts=parts, heard=tuple(map(heard, case.get("heard", []))))
    assert lacking(record, on=DAY, review=False) == tuple(case["lacking"])


@pytest.mark.parametrize("code", [one.code for one in outcomes(on=DAY) if one.closes])
def test_no_answer_is_issued_unreviewed(code):
    record = OnRecord(code, ground="N14_SECRET", needed=("office", "secrecy"))
    assert "review" in lacking(record, on=DAY)


def test_a_review_is_done_when_every_step_has_approved():
    passed = OnRecord("A1", needed=("office", "secrecy"), approved=frozenset({"office", "secrecy"}))
    half = OnRecord("A1", needed=("office", "secrecy"), approved=frozenset({"office"}))
    assert lacking(passed, on=DAY) == ()
    assert lacking(half, on=DAY) == ("review",)


@pytest.mark.parametrize(
    ("code", "ground", "legality"),
    [
        ("A1", "", False),
        ("A2", "", False),
        ("A3", "", True),
        ("A4", "N16_PROCESS", True),
        ("A4", "", True),
        ("A5", "", True),
        ("A6", "", False),
        ("A11", "", True),
        ("A13", "", True),
        ("A15", "", False),
    ],
)
def test_legality_is_reviewed_where_something_is_withheld_or_not_dealt_with(code, ground, legality):
    assert ("legality" in steps(code, ground, on=DAY)) is legality


def test_an_agency_may_have_legality_reviewed_always_or_never():
    assert steps("A1", on=DAY, legality="always") == ("office", "secrecy", "legality")
    assert steps("A4", "N14_LAW", on=DAY, legality="never") == ("office", "secrecy")


def test_what_is_withheld_because_a_third_party_objects_overrides_nothing():
    assert not objection_overridden(OnRecord("A4", heard=(heard("third_party objection true"),)))
    assert objection_overridden(OnRecord("A2", heard=(heard("third_party objection true"),)))


def test_whoever_is_asked_is_waited_for_until_their_time_is_over():
    assert waiting(OnRecord("A2", heard=(heard("agency pending"),)))
    assert not waiting(OnRecord("A2", heard=(heard("agency silence"),)))


def test_several_items_end_as_one_outcome():
    items = (ItemDraft("预算", "A2"), ItemDraft("会议记录", "A4", "N16_PROCESS"))
    counted = as_one(Draft(items=items), on=DAY)
    assert (counted.outcome, counted.ground) == ("A3", "N16_PROCESS")


def test_a_draft_without_items_stays_as_it_is():
    assert as_one(Draft(outcome="A6"), on=DAY) == Draft(outcome="A6")


@pytest.mark.parametrize(
    "other",
    [
        (Draft(outcome="A2", answer="见附件。"), ()),
        (Draft(outcome="A1", answer="见附件"), ()),
        (Draft(outcome="A2", answer="见附件", items=(ItemDraft("预算", "A2"),)), ()),
        (Draft(outcome="A2", answer="见附件"), (GivenFile("预算", "0" * 64),)),
    ],
)
def test_any_other_content_has_another_seal(other):
    assert content_hash(*other) != content_hash(Draft(outcome="A2", answer="见附件"))


def test_the_seal_tells_the_order_and_the_titles_of_files():
    one, two = GivenFile("一", "1" * 64), GivenFile("二", "2" * 64)
    seals = {content_hash(Draft(), files) for files in ([one, two], [two, one], [one])}
    assert len(seals) == 3
