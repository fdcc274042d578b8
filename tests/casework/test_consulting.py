"""Third parties and agencies: asked, heard, not told who applied."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending
from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import FactKind
from gongkai.casework.application.person import Person
from gongkai.casework.decision.models import Opinion
from gongkai.casework.decision.queries import heard_of
from gongkai.casework.letter.models import Service
from gongkai.trail.queries import about
from tests.casework.handling import FIRM, asked, later, posted, refusal

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def test_several_are_consulted_at_once_and_the_applicant_is_told(case, officer, today):
    rows = actions.consult(officer, case, [asked(), asked("agency")], on=today)
    kinds = sorted(case.letters.values_list("kind", flat=True))
    assert kinds == ["agency_consultation", "consultation_notice", "third_party_consultation"]
    case.refresh_from_db()
    assert (case.clock_state, len(rows)) == ("paused", 2)


def test_an_opinion_ends_the_pause(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    actions.record_delivery(officer, row, on=today)
    actions.record_opinion(officer, row, Opinion.CONSENT, on=today, reasons="同意")
    case.refresh_from_db()
    assert case.clock_state == "running"
    refused = refusal(
        actions.record_opinion, officer, row, Opinion.OBJECTION, on=today, reasons="不同意"
    )
    assert refused == "opinion_recorded"


def test_silence_is_entered_only_after_its_time(office, received, today):
    case = received(ago=60)
    (row,) = actions.consult(office.officer, case, [asked()], on=case.received_on)
    posted(office.officer, row)
    soon = case.received_on + timedelta(3)
    silent = (actions.record_opinion, office.officer, row, Opinion.SILENCE)
    assert refusal(*silent, on=soon) == "consultation_open"
    assert actions.record_opinion(*silent[1:], on=today).opinion == "silence"


def test_nobody_has_answered_a_letter_that_did_not_go_out(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    said = {"on": today, "reasons": "商业秘密"}
    opinion = refusal(actions.record_opinion, officer, row, Opinion.OBJECTION, **said)
    delivery = refusal(actions.record_delivery, officer, row, on=today)
    assert (opinion, delivery) == ("consultation_not_sent", "consultation_not_sent")
    posted(officer, row)
    assert actions.record_opinion(officer, row, Opinion.OBJECTION, **said).opinion == "objection"


def test_a_letter_that_came_back_is_answered_by_nobody(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    actions.record_service(officer, row.letters.get().services.get(), returned_on=today)
    said = {"on": today, "reasons": "同意"}
    refused = refusal(actions.record_opinion, officer, row, Opinion.CONSENT, **said)
    assert refused == "consultation_not_sent"


def test_silence_does_not_follow_from_a_letter_that_did_not_go_out(office, received, today):
    case = received(ago=60)
    (row,) = actions.consult(office.officer, case, [asked()], on=case.received_on)
    assert heard_of(case, due_of(case, today))[0][1].said == "pending"
    posted(office.officer, row)
    assert heard_of(case, due_of(case, today))[0][1].said == "silence"


def test_an_opinion_is_on_file_as_a_reply_or_in_its_words(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    said = (officer, row, Opinion.OBJECTION)
    assert refusal(actions.record_opinion, *said, on=today) == "reply_missing"
    scan = Incoming("回复.png", "image/png", PNG)
    actions.record_opinion(*said, on=today, reply=scan)
    assert case.enclosures.get(kind="opinion").content_type == "image/png"


def test_a_consultation_runs_from_the_day_on_which_it_was_sent(office, received, today):
    case = received(ago=10)
    issued = today - timedelta(days=7)
    (row,) = actions.consult(office.officer, case, [asked()], on=issued)
    posted(office.officer, row, on=today)
    facts = case.facts.filter(kind=FactKind.CONSULTATION_SENT)
    assert facts.get(struck_at=None).on == today
    assert facts.exclude(struck_at=None).get().on == issued
    found = due_of(case, today)
    assert found.deadlines.consultations[row.key] == later(case, 15, today)


def test_the_days_of_a_third_party_run_from_the_day_it_signed_for_the_letter(
    office, received, today
):
    case = received(ago=10)
    (row,) = actions.consult(office.officer, case, [asked()], on=case.received_on)
    posted(office.officer, row)
    actions.record_service(office.officer, row.letters.get().services.get(), signed_for_on=today)
    assert case.facts.get(kind=FactKind.CONSULTATION_DELIVERED).on == today
    found = due_of(case, today)
    assert found.deadlines.consultations[row.key] == later(case, 15, today)


@pytest.mark.parametrize(
    "words",
    [
        "申请人沈青禾",
        "沈 青 禾申请的协议",
        "证件１１０１０１１９９００３０７０００３",
        "电话139-0000-1111",
    ],
)
def test_a_third_party_is_not_told_who_applied(case, officer, today, words):
    named = actions.Asked("third_party", FIRM, f"供水协议（{words}）", organisation=True)
    assert refusal(actions.consult, officer, case, [named], on=today) == "applicant_named"
    assert not case.letters.exists()
    actions.consult(officer, case, [named], on=today, naming_applicant=True)
    line = about(case).get(verb="casework.consult")
    assert line.details["naming_applicant"] is True


def test_nor_in_the_reasons_for_disclosing_all_the_same(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    said = {"on": today, "reasons": "商业秘密"}
    judged = {"override_reason": "沈青禾等人饮水"}
    refused = refusal(actions.record_opinion, officer, row, Opinion.OBJECTION, **said, **judged)
    assert refused == "applicant_named"
    actions.record_opinion(officer, row, Opinion.OBJECTION, **said)
    refused = refusal(actions.judge_opinion, officer, row, reasonable=True, **judged)
    assert refused == "applicant_named"


def test_who_is_not_asked_stands_on_file_with_the_reasons(case, officer, today):
    many = actions.Asked("third_party", Person("名单上的三百二十人"), "姓名和身份证号")
    assert refusal(actions.leave_unasked, officer, case, many, " ") == "reason_missing"
    row = actions.leave_unasked(officer, case, many, "人数众多，无法逐一征求")
    assert (row.opinion, row.reasons) == ("unasked", "人数众多，无法逐一征求")
    assert not case.letters.exists()
    case.refresh_from_db()
    assert case.clock_state == "running"
    said = {"on": today, "reasons": "同意"}
    refused = refusal(actions.record_opinion, officer, row, Opinion.CONSENT, **said)
    assert refused == "consultation_unknown"
    actions.ask_after_all(officer, row)
    assert not case.consultations.exists()


def test_a_later_consultation_has_a_key_of_its_own(case, officer, today):
    many = actions.Asked("third_party", Person("众人"), "姓名")
    first = actions.leave_unasked(officer, case, many, "人数众多")
    (second,) = actions.consult(officer, case, [asked()], on=today)
    actions.ask_after_all(officer, first)
    (third,) = actions.consult(officer, case, [asked()], on=today)
    assert len({second.key, third.key}) == 2


def test_only_an_objection_is_judged(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    assert refusal(actions.judge_opinion, officer, row, reasonable=True) == "no_objection"
    actions.record_opinion(officer, row, Opinion.OBJECTION, on=today, reasons="商业秘密")
    assert actions.judge_opinion(officer, row, reasonable=False).reasonable is False


def test_nobody_is_consulted_without_a_name(case, officer, today):
    nameless = actions.Asked("third_party", Person(" "), "协议")
    assert refusal(actions.consult, officer, case, [nameless], on=today) == "missing"
    assert refusal(actions.consult, officer, case, [], on=today) == "missing"


@pytest.mark.parametrize("whom", ["third_party", "agency"])
def test_whom_no_letter_reaches_is_not_consulted(case, officer, today, whom):
    nowhere = actions.Asked(whom, Person("县水务局"), "供水协议")
    assert refusal(actions.consult, officer, case, [nowhere], on=today) == "contact_missing"
    assert not case.consultations.exists()


@pytest.mark.parametrize("whom", ["third_party", "agency"])
def test_nothing_is_posted_without_an_address(case, officer, today, whom):
    called = actions.Asked(whom, Person("县水务局", telephone="0990-1234567"), "供水协议")
    (row,) = actions.consult(officer, case, [called], on=today)
    letter = row.letters.get()
    assert (
        refusal(actions.dispatch, officer, letter, Sending(Service.Manner.POST, posted_on=today))
        == "address_missing"
    )
    handed = Sending(Service.Manner.HANDED, signed_for_on=today)
    assert actions.dispatch(officer, letter, handed).signed_for_on == today
