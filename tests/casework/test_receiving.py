"""An application is entered: by whom, on what day, under what number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.application.enclosures import content
from gongkai.casework.application.faults import IncompleteError
from gongkai.casework.application.models import Case, Channel, Fact, Practice, Stage
from gongkai.casework.ledger.models import Line
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.working_days import calendar_of
from gongkai.trail.models import Entry
from tests.casework.handling import BY_TELEPHONE

pytestmark = pytest.mark.django_db


def test_what_is_handed_in_is_received_that_day_and_counts(received, today):
    case = received(ago=3)
    assert case.stage == Stage.REGISTERED
    assert case.received_on == today - timedelta(days=3)
    assert case.due_on > case.received_on
    assert [(line.kind, line.on) for line in case.lines.all()] == [("received", case.received_on)]


@pytest.mark.parametrize("who", ["stranger", "signatory", "secrecy", "supervisor", "colleague"])
def test_only_officers_of_the_agency_enter_applications(who, application, request):
    with pytest.raises(NotAllowedError) as refused:
        actions.receive(request.getfixturevalue(who), application())
    assert refused.value.reason == "role"


@pytest.mark.parametrize("channel", [Channel.COUNTER, Channel.ORAL])
def test_who_stands_at_the_counter_is_received_at_once(channel, received):
    case = received(ago=1, channel=channel)
    assert (case.received_on, case.receipt_basis) == (case.submitted_on, "submission")


def test_registered_post_is_received_when_it_is_signed_for(received, today):
    signed = today - timedelta(days=5)
    case = received(ago=8, channel=Channel.REGISTERED_POST, signed_on=signed)
    assert (case.received_on, case.receipt_basis) == (signed, "signature")


@pytest.mark.parametrize("channel", [Channel.ORDINARY_POST, Channel.FAX, Channel.EMAIL])
def test_other_post_waits_until_both_sides_confirm_it(channel, received, officer, today):
    case = received(ago=4, channel=channel)
    assert (case.stage, case.received_on, case.lines.count()) == (Stage.SUBMITTED, None, 0)
    asked = actions.ask_confirmation(officer, case, today - timedelta(days=3))
    confirmed = actions.confirm(officer, asked, today - timedelta(days=2), BY_TELEPHONE)
    assert confirmed.received_on == today - timedelta(days=2)
    assert confirmed.confirmation_asked_on == today - timedelta(days=3)
    assert confirmed.lines.get().on == confirmed.received_on


def test_a_letter_confirmed_before_it_is_entered_is_received_at_once(received, today):
    case = received(ago=4, channel=Channel.FAX, confirmed_on=today)
    assert (case.stage, case.received_on) == (Stage.REGISTERED, today)


@pytest.mark.parametrize(
    ("days", "reason"), [(1, "future"), (-9, "before_submission")], ids=["tomorrow", "too early"]
)
def test_receipt_is_confirmed_on_a_day_that_can_be(days, reason, received, officer, today):
    case = received(ago=4, channel=Channel.EMAIL)
    with pytest.raises(NotAllowedError) as refused:
        actions.confirm(officer, case, today + timedelta(days=days), BY_TELEPHONE)
    assert refused.value.reason == reason
    case.refresh_from_db()
    assert case.received_on is None


@pytest.mark.parametrize(
    "how",
    [actions.Confirmed(" ", "telephone"), actions.Confirmed("申请人本人", "somehow")],
    ids=["nobody reached", "no known manner"],
)
def test_receipt_is_confirmed_with_somebody_in_a_known_way(how, received, officer, today):
    case = received(ago=4, channel=Channel.EMAIL)
    with pytest.raises(NotAllowedError) as refused:
        actions.confirm(officer, case, today, how)
    assert refused.value.reason == "missing"
    case.refresh_from_db()
    assert case.received_on is None


def test_how_receipt_was_confirmed_is_kept_in_the_file(received, officer, today):
    case = received(ago=4, channel=Channel.EMAIL)
    actions.confirm(officer, case, today, actions.Confirmed("申请人本人", "message"))
    record = case.enclosures.get()
    assert record.get_kind_display() == "确认记录"
    assert "联系到：申请人本人" in content(record).decode()
    assert "方式：短信" in content(record).decode()


def test_a_letter_confirmed_before_it_is_entered_keeps_how_as_one_confirmed_later(
    application, officer, today
):
    sent = application(channel=Channel.FAX, confirmed_on=today)
    case = actions.receive(officer, sent, how=BY_TELEPHONE).case
    assert (case.stage, case.received_on) == (Stage.REGISTERED, today)
    later = actions.receive(officer, application(channel=Channel.FAX)).case
    actions.confirm(officer, later, today, BY_TELEPHONE)
    records = [one.enclosures.get(kind="confirmation") for one in (case, later)]
    assert content(records[0]) == content(records[1])
    for one, record in zip((case, later), records, strict=True):
        line = Entry.objects.get(verb="casework.confirm", object_label=one.number)
        assert line.details == {
            "received_on": today.isoformat(),
            "kind": "confirmation",
            "enclosure": record.pk,
        }


def test_who_knows_no_more_than_the_day_of_confirmation_enters_it_alone(received, today):
    case = received(ago=4, channel=Channel.FAX, confirmed_on=today)
    assert not case.enclosures.exists()
    assert not Entry.objects.filter(verb="casework.confirm").exists()


def test_a_form_sent_twice_keeps_one_record_of_the_confirmation(application, officer, today):
    sent = application(channel=Channel.FAX, confirmed_on=today)
    first, again = (actions.receive(officer, sent, "token", BY_TELEPHONE) for _ in range(2))
    assert first == again
    assert first.case.enclosures.count() == 1


def test_a_form_sent_again_with_a_day_confirms_nothing(application, officer, today):
    actions.receive(officer, application(channel=Channel.FAX), "token")
    sent = application(channel=Channel.FAX, confirmed_on=today)
    case = actions.receive(officer, sent, "token", BY_TELEPHONE).case
    assert (case.stage, case.enclosures.count()) == (Stage.SUBMITTED, 0)


@pytest.mark.parametrize(
    ("how", "changes", "reason"),
    [
        (actions.Confirmed(" ", "telephone"), {}, "missing"),
        (actions.Confirmed("申请人本人", "somehow"), {}, "missing"),
        (BY_TELEPHONE, {"confirmed_on": None}, "missing"),
        (BY_TELEPHONE, {"channel": Channel.COUNTER}, "stage"),
    ],
    ids=["nobody reached", "no known manner", "no day", "a channel that needs none"],
)
def test_what_is_no_confirmation_is_refused_and_takes_no_number(
    how, changes, reason, application, officer, today
):
    sent = application(**{"channel": Channel.FAX, "confirmed_on": today, **changes})
    with pytest.raises(NotAllowedError) as refused:
        actions.receive(officer, sent, how=how)
    assert refused.value.reason == reason
    assert not Case.objects.exists()


def test_receipt_is_confirmed_once(received, officer, today):
    case = received(ago=4, channel=Channel.EMAIL)
    actions.confirm(officer, case, today, BY_TELEPHONE)
    with pytest.raises(NotAllowedError) as refused:
        actions.confirm(officer, case, today, BY_TELEPHONE)
    assert refused.value.reason == "stage"


def test_what_is_wrong_is_refused_and_takes_no_number(application, officer, today):
    with pytest.raises(IncompleteError) as refused:
        actions.receive(officer, application(submitted_on=today + timedelta(days=1)))
    assert [tuple(problem) for problem in refused.value.problems] == [("submitted_on", "future")]
    assert "今天之后" in refused.value.message("zh")
    assert not Case.objects.exists()
    assert actions.receive(officer, application()).case.sequence == 1


def test_numbers_run_by_agency_and_year_without_a_gap(application, officer, colleague, county):
    own = [actions.receive(officer, application()).number for _ in range(3)]
    other = actions.receive(colleague, application(agency=county.other)).number
    year = Case.objects.first().year
    assert own == [f"QH-CZ-{year}-{n:04}" for n in (1, 2, 3)]
    assert other == f"QH-MZ-{year}-0001"


def test_the_same_form_sent_twice_is_one_application(application, officer):
    first = actions.receive(officer, application(), "token")
    again = actions.receive(officer, application(), "token")
    assert first == again
    assert Case.objects.count() == 1


def test_the_same_form_with_another_text_is_another_application(application, officer):
    first = actions.receive(officer, application(), "token")
    changed = actions.receive(officer, application(description="另一份方案"), "token")
    assert first.number != changed.number
    assert first.code != changed.code


def test_what_nobody_confirms_is_received_when_the_agency_reads_the_law_so(
    application, county, today
):
    Practice.objects.create(agency=county.top, unconfirmed="after_days", unconfirmed_days=3)
    sent = today - timedelta(days=14)
    case = actions.apply(application(channel=Channel.WEB, submitted_on=sent)).case
    last = calendar_of(county.own.region).add(sent, 3).date
    assert (case.received_on, case.receipt_basis) == (last, "unconfirmed")


def test_what_waits_is_received_when_its_days_are_over(application, county, today):
    sent = today - timedelta(days=14)
    case = actions.apply(application(channel=Channel.WEB, submitted_on=sent)).case
    assert (case.received_on, actions.receive_lapsed(today)) == (None, 0)
    Practice.objects.create(agency=county.top, unconfirmed="after_days", unconfirmed_days=2)
    assert [actions.receive_lapsed(today), actions.receive_lapsed(today)] == [1, 0]
    case.refresh_from_db()
    assert case.received_on == calendar_of(county.own.region).add(sent, 2).date
    assert case.lines.count() == 1


def test_the_day_of_receipt_is_put_right_and_the_ledger_follows(received, head, today):
    case = received(ago=9)
    due = case.due_on
    earlier = today - timedelta(days=5)
    corrected = actions.correct_receipt(head, case, earlier, "签收单日期")
    assert corrected.received_on == earlier
    assert corrected.due_on != due
    assert [(line.sign, line.on) for line in Line.objects.all()] == [
        (1, today - timedelta(days=9)),
        (-1, today - timedelta(days=9)),
        (1, earlier),
    ]
    assert [bool(fact.struck_because) for fact in Fact.objects.order_by("id")] == [True, False]


@pytest.mark.parametrize(
    ("days", "why", "reason"),
    [
        (1, "签收单", "future"),
        (-10, "签收单", "before_submission"),
        (-3, "签收单", "same_value"),
        (-1, " ", "reason_missing"),
        (-1, "因" * 501, "too_long"),
    ],
)
def test_a_day_of_receipt_that_cannot_be_is_refused(days, why, reason, received, head, today):
    case = received(ago=3)
    with pytest.raises(NotAllowedError) as refused:
        actions.correct_receipt(head, case, today + timedelta(days=days), why)
    assert refused.value.reason == reason


def test_only_the_head_puts_the_day_of_receipt_right(received, officer, today):
    with pytest.raises(NotAllowedError) as refused:
        actions.correct_receipt(officer, received(ago=3), today, "签收单")
    assert refused.value.reason == "role"


def test_the_kind_of_applicant_is_put_right_and_the_ledger_follows(received, officer):
    case = received()
    person = actions.open_person(officer, case, "contact")
    actions.correct_applicant(officer, case, person, "research", "更正类型")
    kinds = list(Line.objects.order_by("id").values_list("sign", "applicant_kind"))
    assert kinds == [(1, "natural_person"), (-1, "natural_person"), (1, "research")]


def test_each_opening_of_a_person_is_a_line_of_the_trail(received, officer, stranger, secrecy):
    case = received()
    before = Entry.objects.count()
    assert actions.open_person(officer, case, "contact").name == "沈青禾"
    last = Entry.objects.order_by("-sequence").first()
    assert (last.verb, last.actor_id, last.object_label) == (
        "casework.open_person",
        officer.pk,
        case.number,
    )
    for other, why, reason in (
        (stranger, "contact", "role"),
        (secrecy, "contact", "role"),
        (officer, "沈青禾打来电话", "why_unknown"),
    ):
        with pytest.raises(NotAllowedError) as refused:
            actions.open_person(other, case, why)
        assert refused.value.reason == reason
    assert Entry.objects.count() == before + 1
