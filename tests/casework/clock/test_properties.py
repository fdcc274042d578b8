"""What holds for every application: found by trying thousands of invented ones."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.casework.clock import Fact, Rules, due
from gongkai.law.calendar import WorkingCalendar
from tests.casework.clock.day_by_day import slow_due

NATION = WorkingCalendar()
SINGLE = ("correction_requested", "corrected", "fee_notified", "paid", "reasons_requested")
ENDS = ("withdrawn", "answered")
RULES = (
    Rules(),
    Rules(consultation_starts="delivered"),
    Rules(restart_after_payment=False),
    Rules(consultation_starts="delivered", restart_after_payment=False),
)

receipts = st.dates(date(2018, 1, 1), date(2026, 6, 30))
gaps = st.integers(0, 45).map(lambda days: timedelta(days=days))
rules = st.sampled_from(RULES)


@st.composite
def consultations(draw, received: date, id_: str) -> list[Fact]:
    whom = draw(st.sampled_from(("third_party", "agency")))
    sent = received + draw(gaps)
    facts = [Fact("consultation_sent", sent, id=id_, whom=whom)]
    kinds = ("consultation_delivered", "consultation_answered")
    later = [kind for kind in kinds if draw(st.booleans())]
    return facts + [Fact(kind, sent + draw(gaps), id=id_) for kind in later]


@st.composite
def histories(draw, *, ended: bool = True) -> list[Fact]:
    """Anything that can be recorded, sensible or not, in any order."""
    received = draw(receipts)
    kinds = draw(st.lists(st.sampled_from(SINGLE), max_size=5))
    lengths = draw(st.lists(st.integers(1, 20), max_size=2))
    facts = [
        Fact("received", received),
        *(Fact(kind, received + draw(gaps) + draw(gaps)) for kind in kinds),
        *(Fact("extended", received + draw(gaps), days=days) for days in lengths),
    ]
    if draw(st.booleans()):
        on = received + draw(gaps)
        facts.append(Fact("delayed", on, until=on + draw(gaps) + draw(gaps)))
    for id_ in draw(st.sampled_from(("", "a", "ab", "abc"))):
        facts += draw(consultations(received, id_))
    if ended and draw(st.booleans()):
        facts.append(Fact(draw(st.sampled_from(ENDS)), received + draw(gaps) + draw(gaps)))
    return draw(st.permutations(facts))


def plain(facts: list[Fact]) -> list[dict[str, object]]:
    names = ("kind", "on", "id", "whom", "days", "until")
    return [{name: getattr(fact, name) for name in names} for fact in _in_turn(facts)]


def _in_turn(facts: list[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: fact.order)


def days_of(facts: list[Fact], after: int = 0) -> list[date]:
    last = max(fact.on for fact in facts) + timedelta(days=after)
    first = next(fact.on for fact in facts if fact.kind == "received")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@settings(max_examples=300, deadline=None)
@given(histories(), rules, st.integers(0, 120))
def test_it_is_what_living_through_every_day_gives(facts, reading, later):
    as_of = max(fact.on for fact in facts) + timedelta(days=later)
    found = due(facts, NATION, as_of, reading)
    start, restart = reading.consultation_starts, reading.restart_after_payment
    expected = slow_due(plain(facts), as_of, start=start, restart=restart)
    assert (found.on, found.state, found.late) == expected


@settings(max_examples=150, deadline=None)
@given(histories(), rules)
def test_the_next_fact_never_moves_the_day_backwards(facts, reading):
    known: list[Fact] = []
    latest = date.min
    received = next(fact for fact in facts if fact.kind == "received")
    for fact in [received, *(f for f in _in_turn(facts) if f is not received)]:
        before, known = latest, [*known, fact]
        if before > date.min:
            waited = due(known[:-1], NATION, fact.on, reading).on
            assert waited >= before
            before = waited
        latest = due(known, NATION, fact.on, reading).on
        assert latest >= before


@settings(max_examples=100, deadline=None)
@given(histories(), rules)
def test_time_alone_never_moves_the_day_backwards(facts, reading):
    days = days_of(facts, after=60)
    dues = [due(facts, NATION, day, reading).on for day in days]
    assert dues == sorted(dues)


@settings(max_examples=150, deadline=None)
@given(histories(), rules, st.randoms())
def test_the_order_of_recording_does_not_matter(facts, reading, random):
    as_of = max(fact.on for fact in facts)
    shuffled = random.sample(facts, len(facts))
    assert due(facts, NATION, as_of, reading) == due(shuffled, NATION, as_of, reading)


@settings(max_examples=150, deadline=None)
@given(histories(ended=False), rules, st.integers(0, 60))
def test_an_answer_freezes_the_day_as_it_was(facts, reading, later):
    as_of = max(fact.on for fact in facts) + timedelta(days=later)
    open_, answered = (
        due(known, NATION, as_of, reading) for known in (facts, [*facts, Fact("answered", as_of)])
    )
    assert answered.on == open_.on
    assert answered.late == (open_.state == "overdue")
    much_later = as_of + timedelta(days=100)
    assert due([*facts, Fact("answered", as_of)], NATION, much_later, reading).on == open_.on


@settings(max_examples=100, deadline=None)
@given(histories(ended=False), rules, st.integers(0, 120))
def test_a_paused_case_is_never_overdue_and_remaining_agrees_with_the_calendar(
    facts, reading, later
):
    as_of = max(fact.on for fact in facts) + timedelta(days=later)
    found = due(facts, NATION, as_of, reading)
    assert found.remaining == NATION.between(as_of, found.on)
    assert (found.state == "paused") == bool(found.waiting_for)
    assert (found.state == "overdue") == (not found.waiting_for and as_of > found.on)


spans = st.lists(st.tuples(st.integers(1, 25), st.integers(0, 20)), min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@given(receipts, spans)
def test_consultations_at_the_same_time_take_each_day_out_once(received, asked):
    facts = [Fact("received", received)]
    for place, (after, lasts) in enumerate(asked):
        sent = received + timedelta(days=after)
        id_ = str(place)
        facts += [
            Fact("consultation_sent", sent, id=id_, whom="agency"),
            Fact("consultation_answered", sent + timedelta(days=lasts), id=id_),
        ]
    found = due(facts, NATION, received + timedelta(days=400))
    held = {
        start + timedelta(days=n)
        for consultation in found.consultations
        for start, end in consultation.spans
        for n in range(1, (end - start).days + 1)
    }
    period = [received + timedelta(days=n) for n in range(1, (found.on - received).days + 1)]
    counted = [day for day in period if NATION.is_workday(day) and day not in held]
    assert len(counted) == found.length
