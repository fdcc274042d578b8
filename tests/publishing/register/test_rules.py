"""Whether a document is in force on a day follows from what happened to it alone."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.document.models import Validity
from gongkai.publishing.register.models import EventKind
from gongkai.publishing.register.rules import (
    ENDED,
    Event,
    Standing,
    endings,
    lapses_on,
    standing,
    timeline,
)

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["cases"]
KINDS = {
    "制发": "made",
    "修改": "amended",
    "废止": "repealed",
    "宣布失效": "invalidated",
    "延长": "extended",
}
STATES = {
    "尚未施行": "not_yet",
    "有效": "in_force",
    "已修改": "amended",
    "已失效": "lapsed",
    "已废止": "repealed",
    "已宣布失效": "invalid",
}


def event(text: str) -> Event:
    """An event from its line: 2024-03-01 制发，施行 2024-04-01，有效期至 2029-03-31."""
    first, *more = text.split("，")
    day, kind = first.split()
    said = dict(part.split() for part in more if part != "撤销")
    return Event(
        kind=KINDS[kind],
        on=date.fromisoformat(day),
        effective_on=day_or_none(said.get("施行")),
        expires_on=day_or_none(said.get("有效期至")),
        by=int(said["依据"]) if "依据" in said else None,
        campaign=int(said["清理"]) if "清理" in said else None,
        revoked="撤销" in more,
    )


def day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_worked_case(case: dict[str, Any]) -> None:
    events = [event(line) for line in case["events"]]
    for line in case["days"]:
        said, *by = line.split("，依据 ")
        day, word = said.split()
        found = standing(events, date.fromisoformat(day))
        if word == "未制发":
            assert found is None, line
        else:
            assert found is not None, line
            assert found.validity == STATES[word], line
            assert found.by == (int(by[0]) if by else None), line


def test_there_are_at_least_sixty_worked_cases() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_the_rule_and_the_stored_tables_use_the_same_words() -> None:
    assert set(STATES.values()) == set(Validity.values)
    assert set(KINDS.values()) == set(EventKind.values)


DAYS = st.integers(0, 60).map(lambda n: date(2024, 1, 1) + timedelta(days=n))
EVENTS = st.builds(
    Event,
    kind=st.sampled_from(sorted(KINDS.values())),
    on=DAYS,
    effective_on=st.none() | DAYS,
    expires_on=st.none() | DAYS,
    by=st.none() | st.integers(1, 3),
    campaign=st.none() | st.integers(1, 2),
    revoked=st.booleans(),
)
LIVES = st.lists(EVENTS, max_size=8)
ALL_DAYS = [date(2023, 12, 31) + timedelta(days=n) for n in range(64)]


@given(st.data(), LIVES)
def test_the_order_of_recording_does_not_matter(data: st.DataObject, events: list[Event]) -> None:
    assert timeline(data.draw(st.permutations(events))) == timeline(events)


@given(LIVES)
def test_a_revoked_event_leaves_no_trace(events: list[Event]) -> None:
    assert timeline([e for e in events if not e.revoked]) == timeline(events)


@given(LIVES)
def test_a_timeline_has_neither_gap_nor_overlap_and_never_says_the_same_twice(
    events: list[Event],
) -> None:
    spans = timeline(events)
    for before, after in pairwise(spans):
        assert before.until is not None
        assert before.until + timedelta(days=1) == after.since
        assert (before.validity, before.by, before.campaign) != (
            after.validity,
            after.by,
            after.campaign,
        )
    if spans:
        assert spans[-1].until is None


@given(LIVES, EVENTS, st.sampled_from(["repealed", "invalidated"]))
def test_a_repeal_gives_force_on_no_day(events: list[Event], more: Event, kind: Any) -> None:
    after = [*events, Event(kind, more.on, by=more.by)]
    for day in ALL_DAYS:
        assert not (in_force(after, day) and not in_force(events, day)), day


@given(LIVES, DAYS, st.none() | DAYS)
def test_an_extension_takes_force_on_no_day(
    events: list[Event], on: date, until: date | None
) -> None:
    after = [*events, Event("extended", on, expires_on=until)]
    for day in ALL_DAYS:
        assert not (in_force(events, day) and not in_force(after, day)), day


@given(LIVES, DAYS)
def test_an_amendment_changes_on_no_day_whether_there_is_force(
    events: list[Event], on: date
) -> None:
    after = [*events, Event("amended", on, by=5)]
    assert [in_force(after, d) for d in ALL_DAYS] == [in_force(events, d) for d in ALL_DAYS]


@given(LIVES, DAYS)
def test_what_happens_later_changes_nothing_about_today(events: list[Event], on: date) -> None:
    so_far = [e for e in events if e.on <= on or e.kind == "made"]
    if any(e.kind == "made" and not e.revoked and e.on <= on for e in events):
        now, then = standing(events, on), standing(so_far, on)
        assert now is not None
        assert then is not None
        assert (now.validity, now.by, now.since) == (then.validity, then.by, then.since)


@given(LIVES, DAYS)
def test_nothing_gives_force_again_after_a_repeal(events: list[Event], on: date) -> None:
    spans = timeline(events)
    gone = next((s.since for s in spans if s.validity in {"repealed", "invalid"}), None)
    if gone is not None:
        assert all(s.validity in {"repealed", "invalid"} for s in spans if s.since >= gone)


@given(LIVES)
def test_without_extensions_a_document_ends_at_most_once(events: list[Event]) -> None:
    assert len(endings(timeline([e for e in events if e.kind != "extended"]))) <= 1


@given(LIVES, DAYS)
def test_the_end_that_is_announced_is_the_last_day_of_force(events: list[Event], on: date) -> None:
    last = lapses_on(timeline(events), on)
    if last is not None:
        following = standing(events, last + timedelta(days=1))
        before = standing(events, last)
        assert following is not None
        assert before is not None
        assert following.validity == "lapsed"
        assert before.validity not in ENDED


@given(LIVES, LIVES, DAYS)
def test_what_is_in_force_of_two_registers_adds_up_and_a_document_more_never_lowers_it(
    one: list[Event], other: list[Event], on: date
) -> None:
    count = sum(in_force(life, on) for life in (one, other))
    assert in_force(one, on) <= count <= 2


def in_force(events: list[Event], on: date) -> bool:
    found = standing(events, on)
    return isinstance(found, Standing) and found.counts
