"""What holds for every application: found by trying thousands of invented ones."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given, settings
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


@st.composite
def rounds(draw, received: date) -> list[Fact]:
    """What may follow an answer: an order or none, and whatever is done about it."""
    on = received + draw(gaps) + draw(gaps)
    kind = draw(st.sampled_from(("ordered_anew", "taken_up_anew")))
    until = on + draw(gaps) if kind == "ordered_anew" and draw(st.booleans()) else None
    kinds = draw(st.lists(st.sampled_from((*SINGLE, "answered")), max_size=4))
    facts = [Fact(kind, on, until=until), *(Fact(kind, on + draw(gaps)) for kind in kinds)]
    if draw(st.booleans()):
        facts.append(Fact("extended", on + draw(gaps), days=draw(st.integers(1, 20))))
    if draw(st.booleans()):
        late = on + draw(gaps)
        facts.append(Fact("delayed", late, until=late + draw(gaps)))
    if draw(st.booleans()):
        facts += draw(consultations(on, draw(st.sampled_from("ay"))))
    return facts


@st.composite
def decided_anew(draw) -> list[Fact]:
    """The same, answered once and taken up again up to three times."""
    facts = draw(histories(ended=False))
    received = next(fact.on for fact in facts if fact.kind == "received")
    facts.append(Fact("answered", received + draw(gaps)))
    for _ in range(draw(st.integers(1, 3))):
        facts += draw(rounds(received + draw(gaps)))
    return draw(st.permutations(facts))


anything = st.one_of(histories(), decided_anew())


def plain(facts: list[Fact]) -> list[dict[str, object]]:
    names = ("kind", "on", "id", "whom", "days", "until")
    return [{name: getattr(fact, name) for name in names} for fact in _in_turn(facts)]


def _in_turn(facts: list[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: fact.order)


def days_of(facts: list[Fact], after: int = 0) -> list[date]:
    last = max(fact.on for fact in facts) + timedelta(days=after)
    first = next(fact.on for fact in facts if fact.kind == "received")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


SENT_TWICE = [
    Fact("received", date(2020, 1, 1)),
    Fact("consultation_sent", date(2020, 1, 2), id="a", whom="third_party"),
    Fact("consultation_sent", date(2020, 1, 23), id="a", whom="third_party"),
]
"""The second time is after silence has ended the consultation: the first one holds."""


@settings(max_examples=300, deadline=None)
@given(anything, rules, st.integers(0, 120))
@example(SENT_TWICE, Rules(), 0)
def test_it_is_what_living_through_every_day_gives(facts, reading, later):
    as_of = max(fact.on for fact in facts) + timedelta(days=later)
    found = due(facts, NATION, as_of, reading)
    start, restart = reading.consultation_starts, reading.restart_after_payment
    expected = slow_due(plain(facts), as_of, start=start, restart=restart)
    assert (found.on, found.state, found.late) == expected


@settings(max_examples=150, deadline=None)
@given(anything, rules)
def test_within_a_round_the_next_fact_never_moves_the_day_backwards(facts, reading):
    known: list[Fact] = []
    latest, round_ = date.min, 1
    received = next(fact for fact in facts if fact.kind == "received")
    for fact in [received, *(f for f in _in_turn(facts) if f is not received)]:
        before, known = latest, [*known, fact]
        if before > date.min:
            waited = due(known[:-1], NATION, fact.on, reading).on
            assert waited >= before
            before = waited
        found = due(known, NATION, fact.on, reading)
        assert found.on >= before or found.round > round_
        latest, round_ = found.on, found.round


@settings(max_examples=100, deadline=None)
@given(anything, rules)
def test_within_a_round_time_alone_never_moves_the_day_backwards(facts, reading):
    found = [due(facts, NATION, day, reading) for day in days_of(facts, after=60)]
    dues = [(one.round, one.on) for one in found]
    assert dues == sorted(dues)


@settings(max_examples=150, deadline=None)
@given(anything, rules, st.randoms())
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


@settings(max_examples=150, deadline=None)
@given(decided_anew(), rules)
def test_a_round_is_judged_by_itself_and_the_verdicts_before_it_stand(facts, reading):
    last = max(fact.on for fact in facts)
    found = due(facts, NATION, last, reading)
    for number, earlier in enumerate(found.earlier, 1):
        before = found.earlier[number] if number < len(found.earlier) else found
        eve = before.opening.on - timedelta(days=1)
        then = due(facts, NATION, eve, reading)
        assert (then.round, then.on, then.late) == (number, earlier.on, earlier.late)
        assert earlier.answered_on is not None
        assert earlier.late == (earlier.answered_on > earlier.on)


@settings(max_examples=100, deadline=None)
@given(histories(), rules, st.integers(1, 30))
def test_an_order_counts_like_a_receipt_on_its_day(facts, reading, later):
    shifted = [f for f in facts if f.kind != "received"]
    received = next(f for f in facts if f.kind == "received")
    shifted = [f for f in shifted if f.on >= received.on]
    first = [
        Fact("received", received.on - timedelta(days=30)),
        Fact("answered", received.on - timedelta(days=later)),
    ]
    as_of = max(f.on for f in facts)
    alone = due([received, *shifted], NATION, as_of, reading)
    anew = due([*first, Fact("ordered_anew", received.on), *shifted], NATION, as_of, reading)
    assert (anew.on, anew.state, anew.late) == (alone.on, alone.state, alone.late)
    assert anew.waiting_for == alone.waiting_for


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
