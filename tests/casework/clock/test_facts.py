"""Facts read from JSON: what is wrong is named with its place, in both languages."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gongkai.casework.clock import Fact, FactsError, due, read_facts
from gongkai.law.calendar import CalendarRangeError, WorkingCalendar

NATION = WorkingCalendar()
RECEIVED = {"kind": "received", "on": "2026-03-02"}


def read(*facts: object) -> tuple[Fact, ...]:
    return read_facts(json.dumps({"facts": [RECEIVED, *facts]}))


def refused(*facts: object) -> FactsError:
    with pytest.raises(FactsError) as caught:
        read(*facts)
    return caught.value


def test_facts_are_read_in_the_order_they_stand_in():
    asked = {"kind": "consultation_sent", "on": "2026-03-10", "id": "a", "whom": "third_party"}
    assert read(asked) == (
        Fact("received", date(2026, 3, 2)),
        Fact("consultation_sent", date(2026, 3, 10), id="a", whom="third_party"),
    )


def test_a_notice_to_correct_carries_days_or_the_last_day():
    days = {"kind": "correction_requested", "on": "2026-03-03", "days": 10}
    until = {"kind": "correction_requested", "on": "2026-03-03", "until": "2026-03-20"}
    assert read(days)[1].days == 10
    assert read(until)[1].until == date(2026, 3, 20)
    assert refused({**days, "until": "2026-03-20"}).place == "facts[1].until"


@pytest.mark.parametrize(
    ("fact", "place"),
    [
        ({"kind": "paused", "on": "2026-03-03"}, "facts[1].kind"),
        ({"on": "2026-03-03"}, "facts[1].kind"),
        ({"kind": ["paid"], "on": "2026-03-03"}, "facts[1].kind"),
        ({"kind": "paid"}, "facts[1].on"),
        ({"kind": "paid", "on": "2026-02-30"}, "facts[1].on"),
        ({"kind": "paid", "on": "2026-3-3"}, "facts[1].on"),
        ({"kind": "paid", "on": 20260303}, "facts[1].on"),
        ({"kind": "paid", "on": "2126-03-03"}, "facts[1].on"),
        ({"kind": "paid", "on": "2026-03-03", "day": 3}, "facts[1].day"),
        ({"kind": "extended", "on": "2026-03-03"}, "facts[1].days"),
        ({"kind": "extended", "on": "2026-03-03", "days": 21}, "facts[1].days"),
        ({"kind": "extended", "on": "2026-03-03", "days": True}, "facts[1].days"),
        ({"kind": "extended", "on": "2026-03-03", "days": 2.5}, "facts[1].days"),
        ({"kind": "delayed", "on": "2026-03-03", "until": "2026-03-02"}, "facts[1].until"),
        ({"kind": "ordered_anew", "on": "2026-05-06", "until": "2026-05-05"}, "facts[1].until"),
        ({"kind": "ordered_anew", "on": "2026-05-06", "days": 20}, "facts[1].days"),
        ({"kind": "taken_up_anew", "on": "2026-05-06", "until": "2026-06-01"}, "facts[1].until"),
        ({"kind": "consultation_sent", "on": "2026-03-03", "id": "a"}, "facts[1].whom"),
        (
            {"kind": "consultation_sent", "on": "2026-03-03", "id": "a", "whom": "court"},
            "facts[1].whom",
        ),
        ({"kind": "consultation_answered", "on": "2026-03-03", "id": "a"}, "facts[1].id"),
        ({"kind": "consultation_answered", "on": "2026-03-03", "id": 7}, "facts[1].id"),
        ("received", "facts[1]"),
        (RECEIVED, "facts[1].kind"),
    ],
)
def test_a_bad_fact_is_named_with_its_place(fact, place):
    error = refused(fact)
    assert error.place == place
    assert error.message("zh").startswith(place)
    assert error.message("en").startswith(place)


def test_a_consultation_is_sent_once():
    asked = {"kind": "consultation_sent", "on": "2026-03-10", "id": "a", "whom": "agency"}
    assert refused(asked, asked).place == "facts[2].id"


@pytest.mark.parametrize("text", ["", "[", "[]", '{"facts": 3}', "[" * 100_000, "null"])
def test_what_is_no_list_of_facts_is_refused(text):
    with pytest.raises(FactsError):
        read_facts(text)


def test_an_application_that_was_not_received_is_refused():
    with pytest.raises(FactsError) as caught:
        read_facts('{"facts": []}')
    assert caught.value.place == "facts"


def test_nothing_is_due_before_receipt():
    with pytest.raises(FactsError):
        due(read(), NATION, date(2026, 3, 1))


def test_before_there_was_a_law_nothing_was_due():
    with pytest.raises(FactsError):
        due([Fact("received", date(2008, 4, 30))], NATION, date(2008, 5, 5))


def test_beyond_the_calendar_nothing_can_be_said():
    with pytest.raises(CalendarRangeError):
        due([Fact("received", date(2099, 12, 30))], NATION, date(2099, 12, 30))


@pytest.mark.parametrize("whom", [["agency"], {}, 1, None, True])
def test_who_is_asked_may_be_anything_in_json_and_is_refused_by_its_place(whom):
    asked = {"kind": "consultation_sent", "on": "2026-03-10", "id": "a", "whom": whom}
    assert refused(asked).place == "facts[1].whom"


def test_half_a_character_is_refused_where_it_stands():
    asked = {"kind": "consultation_sent", "on": "2026-03-10", "id": "\ud800", "whom": "agency"}
    assert refused(asked).place == "facts[1].id"
