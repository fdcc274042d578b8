"""A decision is drafted, handed in, reviewed, signed and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application.models import Applicant, Case
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import opened
from gongkai.casework.decision.content import Draft, ItemDraft
from gongkai.casework.decision.models import Check, Decision, Opinion
from gongkai.casework.decision.queries import on_record, untold
from gongkai.casework.letter.models import Service
from gongkai.org.models import Membership, Role, User
from tests.casework.handling import DENIED, PUBLIC, asked, posted, refusal

BY_HAND = Sending(Service.Manner.ENTRUSTED)
GIVEN = Draft(outcome="A2", way="二〇二六年三月起在政府网站查阅")


def test_a_draft_puts_the_case_into_drafting(case, officer):
    decision = actions.draft(officer, case, PUBLIC)
    case.refresh_from_db()
    assert (decision.state, case.stage, decision.number) == ("draft", "drafting", 1)


def test_the_same_draft_again_changes_nothing(case, officer):
    first = actions.draft(officer, case, PUBLIC)
    again = actions.draft(officer, case, replace(PUBLIC, way=f"  {PUBLIC.way} "))
    assert (again.pk, again.drafted_at) == (first.pk, first.drafted_at)


def test_another_draft_has_another_seal(case, officer):
    first = actions.draft(officer, case, PUBLIC).content_hash
    second = actions.draft(officer, case, replace(PUBLIC, way="县档案馆"))
    assert second.content_hash != first
    assert case.decisions.count() == 1


@pytest.mark.parametrize("code", ["A17", "A18", "A19", "A20", "A99", ""])
def test_only_what_ends_a_case_is_decided(case, officer, code):
    assert refusal(actions.draft, officer, case, Draft(outcome=code)) == "outcome_unknown"


def test_an_unknown_ground_is_refused(case, officer):
    unknown = Draft(outcome="A4", ground="N99")
    assert refusal(actions.draft, officer, case, unknown) == "outcome_unknown"


def test_what_is_too_long_is_refused_and_not_cut(case, officer):
    long = replace(PUBLIC, other_agency="局" * 201)
    assert refusal(actions.draft, officer, case, long) == "too_long"
    assert not case.decisions.exists()


def test_a_repeated_application_was_answered_to_the_same_applicant(office, received, today):
    """条例第三十六条（六）."""
    first = received(ago=10)
    Case.objects.filter(pk=first.pk).update(answered_on=today)
    again = received(repeats=Case.objects.get(pk=first.pk))
    decision = actions.draft(office.officer, again, Draft(outcome="A11", answer="已答复"))
    assert on_record(again, decision, today).answered_before
    Applicant.objects.filter(case=first).update(identity_key="", name_key="somebody")
    again = Case.objects.get(pk=again.pk)
    assert not on_record(again, decision, today).answered_before


def test_several_items_count_as_one_outcome(case, officer):
    items = (ItemDraft("分配方案", "A2"), ItemDraft("讨论稿", "A4", "N16_PROCESS"))
    decision = actions.draft(officer, case, Draft(items=items))
    assert (decision.outcome, decision.ground) == ("A3", "N16_PROCESS")
    assert list(decision.items.values_list("asked", flat=True)) == ["分配方案", "讨论稿"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (Draft(outcome="A6"), "search_missing"),
        (replace(DENIED, ground=""), "ground_missing"),
        (replace(DENIED, reasons=""), "reasons_missing"),
        (Draft(outcome="A7"), "reasons_missing"),
        (Draft(outcome="A9", answer="年度不明"), "correction_round_missing"),
        (Draft(outcome="A11"), "previous_answer_missing"),
        (Draft(outcome="A13"), "reasons_round_missing"),
        (Draft(outcome="A16"), "fee_round_missing"),
        (Draft(outcome="A1"), "letter_incomplete"),
        (Draft(outcome="A5"), "letter_incomplete"),
    ],
)
def test_nothing_is_handed_in_that_lacks_what_the_law_asks_for(case, officer, content, reason):
    actions.draft(officer, case, content)
    assert refusal(actions.hand_in, officer, case) == reason
    case.refresh_from_db()
    assert case.stage == "drafting"


def test_what_does_not_exist_was_searched_for(case, office, today):
    search = actions.Search(today, "预算股、档案室", "供水、资金", "没有", "许某")
    actions.record_search(office.officer, case, search)
    assert office.handed_in(case, Draft(outcome="A6")).state == "checking"


def test_a_remedy_that_cannot_be_named_is_found_before_the_review(office, received):
    case = received(delivery="online")
    case.agency.practice.online_reconsideration = ""
    case.agency.practice.save()
    actions.draft(office.officer, case, PUBLIC)
    assert refusal(actions.hand_in, office.officer, case) == "online_channel_missing"


def test_there_is_nothing_to_hand_in_before_a_draft(case, officer):
    assert refusal(actions.hand_in, officer, case) == "stage"


def test_a_draft_is_approved_by_office_and_secrecy_and_then_signed(case, office):
    decision = office.reviewed(case)
    case.refresh_from_db()
    assert (decision.state, case.stage) == ("signing", "signing")
    signed = actions.sign(office.signatory, case, seen=decision.content_hash)
    assert (signed.state, signed.signed_by) == ("signed", office.signatory)
    assert case.letters.get().kind == "already_public"


def test_a_refusal_is_reviewed_for_its_legality(case, office):
    office.handed_in(case, DENIED)
    office.approve(case, "office")
    office.approve(case, "secrecy")
    case.refresh_from_db()
    assert case.stage == "checking"
    office.approve(case, "legality")
    case.refresh_from_db()
    assert case.stage == "signing"


def test_a_step_that_is_not_needed_or_done_is_not_approved(case, office):
    office.handed_in(case)
    assert refusal(office.approve, case, "legality") == "not_your_step"
    office.approve(case, "office")
    assert refusal(office.approve, case, "office") == "already_decided"


@pytest.mark.parametrize("who", ["officer", "secrecy", "legality", "signatory", "stranger"])
def test_a_step_is_for_its_reviewer_alone(case, office, who, request):
    seen = office.handed_in(case).content_hash
    user = request.getfixturevalue(who)
    assert refusal(actions.check, user, case, "office", seen=seen, approved=True) == "role"


def test_nobody_reviews_or_signs_what_they_wrote(case, office):
    actions.draft(office.head, case, PUBLIC)
    seen = actions.hand_in(office.officer, case).content_hash
    own = (actions.check, office.head, case, "office")
    assert refusal(*own, seen=seen, approved=True) == "own_draft"


def test_who_wrote_an_earlier_draft_does_not_review_the_next(case, office):
    actions.draft(office.head, case, replace(PUBLIC, way="县档案馆"))
    seen = office.handed_in(case).content_hash
    own = (actions.check, office.head, case, "office")
    assert refusal(*own, seen=seen, approved=True) == "own_draft"


def test_nobody_decides_two_steps(case, office, county):
    Membership.objects.create(user=office.head, agency=county.own, role=Role.SECRECY_REVIEWER)
    Membership.objects.create(user=office.head, agency=county.own, role=Role.SIGNATORY)
    office.handed_in(case)
    office.approve(case, "office")
    seen = case.decisions.get().content_hash
    second = (actions.check, office.head, case, "secrecy")
    assert refusal(*second, seen=seen, approved=True) == "already_decided"
    office.approve(case, "secrecy")
    assert refusal(actions.sign, office.head, case, seen=seen) == "already_decided"


def test_a_reviewer_decides_about_what_they_have_seen(case, office):
    office.handed_in(case)
    old = (actions.check, office.head, case, "office")
    assert refusal(*old, seen="0" * 64, approved=True) == "content_changed"


def test_a_draft_sent_back_says_why_and_lies_with_the_officer(case, office):
    seen = office.handed_in(case).content_hash
    back = (actions.check, office.head, case, "office")
    assert refusal(*back, seen=seen, approved=False) == "reason_missing"
    actions.check(*back[1:], seen=seen, approved=False, comment="请写明网址")
    case.refresh_from_db()
    assert (case.stage, case.decisions.get().state) == ("drafting", "draft")


def test_an_approval_holds_for_one_content_only(case, office):
    seen = office.handed_in(case).content_hash
    office.approve(case, "office")
    actions.check(office.secrecy, case, "secrecy", seen=seen, approved=False, comment="请改")
    decision = office.handed_in(case, replace(PUBLIC, way="县档案馆"))
    office.approve(case, "secrecy")
    case.refresh_from_db()
    assert (case.stage, decision.content_hash != seen) == ("checking", True)


def test_at_signature_a_reviewer_may_still_send_back(case, office):
    seen = office.reviewed(case).content_hash
    step = (actions.check, office.signatory, case, "signature")
    assert refusal(*step, seen=seen, approved=True) == "not_your_step"
    actions.check(*step[1:], seen=seen, approved=False, comment="请再核")
    case.refresh_from_db()
    assert case.stage == "drafting"


def test_an_officer_takes_a_draft_back_from_review(case, office):
    office.reviewed(case)
    assert actions.recall(office.officer, case).state == "draft"
    case.refresh_from_db()
    assert case.stage == "drafting"


def test_a_second_click_signs_nothing(case, office):
    decision = office.signed(case)
    assert refusal(actions.sign, office.signatory, case, seen=decision.content_hash) == "stage"
    assert case.letters.count() == 1


def test_a_decision_is_not_signed_for_a_day_to_come(case, office, today):
    decision = office.reviewed(case)
    tomorrow = {"seen": decision.content_hash, "on": today + timedelta(1)}
    assert refusal(actions.sign, office.signatory, case, **tomorrow) == "future"


def test_without_a_mark_for_letters_nothing_is_signed(case, office):
    case.agency.practice.letter_mark = ""
    case.agency.practice.save()
    decision = office.reviewed(case)
    seen = decision.content_hash
    assert refusal(actions.sign, office.signatory, case, seen=seen) == "letter_mark_missing"
    decision.refresh_from_db()
    assert decision.state == "signing"


def test_the_database_signs_nothing_unchecked(case, officer, signatory):
    decision = actions.draft(officer, case, PUBLIC)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            state="signed",
            signed_by=signatory,
            signed_at=decision.drafted_at,
            decided_on="2026-03-02",
        )


SIGNATURES = {
    "three others": (("head", "secrecy", "signatory"), "signatory", True),
    "one for two reviews": (("head", "head", "signatory"), "signatory", False),
    "a reviewer signs": (("head", "secrecy", "head"), "head", False),
    "another's signature": (("head", "secrecy", "signatory"), "legality", False),
    "the drafter reviews": (("officer", "secrecy", "signatory"), "signatory", False),
}


@pytest.mark.parametrize(("people", "signed_by", "stands"), SIGNATURES.values(), ids=SIGNATURES)
def test_the_database_wants_three_people_beside_the_drafter(
    case, office, people, signed_by, stands
):
    decision = actions.draft(office.officer, case, PUBLIC)
    for step, who in zip(("office", "secrecy", "signature"), people, strict=True):
        Check.objects.create(
            decision=decision,
            step=step,
            approved=True,
            content_hash=decision.content_hash,
            by=getattr(office, who),
            at=decision.drafted_at,
        )
    signed = {"signed_by": getattr(office, signed_by), "signed_at": decision.drafted_at}
    row = Decision.objects.filter(pk=decision.pk)
    if stands:
        assert row.update(state="signed", decided_on="2026-03-02", **signed) == 1
        return
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(state="signed", decided_on="2026-03-02", **signed)


def test_what_a_reviewer_said_stays(case, office):
    office.handed_in(case)
    made = office.approve(case, "office")
    with pytest.raises(DatabaseError), transaction.atomic():
        Check.objects.filter(pk=made.pk).update(approved=False)


def test_a_signed_decision_is_taken_back_with_its_letter_before_it_goes_out(case, office):
    signed = office.signed(case)
    again = actions.void(office.head, case, "文号有误")
    signed.refresh_from_db()
    case.refresh_from_db()
    assert (signed.state, again.state, case.stage) == ("void", "draft", "drafting")
    assert again.content_hash == signed.content_hash
    assert case.letters.get().state == "void"


def test_what_was_taken_back_is_handed_in_and_signed_with_another_number(case, office):
    office.signed(case)
    actions.void(office.head, case, "文号有误")
    actions.hand_in(office.officer, case)
    colleague = User.objects.create(username="second", password="!")
    Membership.objects.create(user=colleague, agency=case.agency, role=Role.HEAD)
    seen = case.decisions.get(state="checking").content_hash
    actions.check(colleague, case, "office", seen=seen, approved=True)
    actions.check(office.secrecy, case, "secrecy", seen=seen, approved=True)
    actions.sign(office.signatory, case, seen=seen)
    first, second = case.letters.order_by("id").values_list("number", flat=True)
    assert first != second


def test_only_the_head_takes_a_signed_decision_back(case, office):
    office.signed(case)
    assert refusal(actions.void, office.officer, case, "有误") == "role"


def consulted(case, office, today, opinion, **more):
    (row,) = actions.consult(office.officer, case, [asked()], on=today)
    posted(office.officer, row)
    if opinion:
        said = {"reasons": "见来函", **more}
        actions.record_opinion(office.officer, row, opinion, on=today, **said)
    return row


def test_who_is_asked_is_waited_for(case, office, today):
    consulted(case, office, today, None)
    actions.draft(office.officer, case, GIVEN)
    assert refusal(actions.hand_in, office.officer, case) == "consultation_open"


def test_an_objection_is_judged_and_overridden_only_with_reasons(case, office, today):
    row = consulted(case, office, today, Opinion.OBJECTION, reasons="商业秘密")
    actions.draft(office.officer, case, GIVEN)
    assert refusal(actions.hand_in, office.officer, case) == "third_party_unsettled"
    actions.judge_opinion(office.officer, row, reasonable=True)
    assert refusal(actions.hand_in, office.officer, case) == "override_missing"
    actions.judge_opinion(office.officer, row, reasonable=True, override_reason="关系饮水安全")
    assert actions.hand_in(office.officer, case).state == "checking"


@pytest.mark.parametrize("opinion", [Opinion.OBJECTION, Opinion.PARTIAL])
def test_the_third_party_is_told_before_the_information_goes_out(case, office, today, opinion):
    row = consulted(case, office, today, opinion, reasonable=True)
    content = replace(GIVEN, override_reason="关系饮水安全")
    decision = office.signed(case, content)
    kinds = decision.letters.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["third_party_notice", "disclosed"]
    assert untold(decision) == [row]
    notice, answer = decision.letters.order_by("id")
    said = {"objection": "提出不同意公开", "partial": "提出只同意公开其中一部分"}[opinion]
    assert said in opened(notice.sealed).decode()
    assert refusal(dispatch, office.officer, answer, BY_HAND) == "third_party_not_told"
    dispatch(office.officer, notice, BY_HAND)
    assert dispatch(office.officer, answer, BY_HAND).letter == answer


PRIVATE = Draft(outcome="A4", ground="N15_TP", answer="名单", reasons="属于个人隐私")


def test_what_concerns_many_is_withheld_unasked_for_reasons_on_file(case, office):
    actions.draft(office.officer, case, PRIVATE)
    assert refusal(actions.hand_in, office.officer, case) == "third_party_unsettled"
    many = actions.Asked("third_party", Person("名单上的三百二十人"), "姓名和身份证号")
    actions.leave_unasked(office.officer, case, many, "人数众多，无法逐一征求")
    assert actions.hand_in(office.officer, case).state == "checking"


def test_a_refusal_does_not_claim_that_who_was_not_asked_was_heard(case, office):
    many = actions.Asked("third_party", Person("名单上的三百二十人"), "姓名和身份证号")
    actions.leave_unasked(office.officer, case, many, "人数众多，无法逐一征求")
    decision = office.signed(case, PRIVATE)
    assert "征求" not in opened(decision.letters.get().sealed).decode()


def test_a_third_party_is_not_told_who_applied_when_it_is_overridden(case, office, today):
    consulted(case, office, today, Opinion.OBJECTION, reasonable=True)
    content = replace(GIVEN, override_reason="沈青禾等人的饮水安全")
    decision = office.reviewed(case, content)
    seen = decision.content_hash
    refused = refusal(actions.sign, office.signatory, case, seen=seen)
    assert refused == "applicant_named"


def test_a_third_party_that_consents_is_told_nothing_more(case, office, today):
    consulted(case, office, today, Opinion.CONSENT)
    decision = office.signed(case, GIVEN)
    assert decision.letters.get().kind == "disclosed"
    assert untold(decision) == []


def test_who_wrote_a_decision_that_was_voided_does_not_judge_its_copy(case, office, county):
    office.signed(case)
    actions.void(office.head, case, "落款有误")
    copy = actions.hand_in(office.officer, case)
    for role in (Role.HEAD, Role.SECRECY_REVIEWER):
        Membership.objects.create(user=office.officer, agency=county.own, role=role)
    writer = User.objects.get(pk=office.officer.pk)
    judged = {"seen": copy.content_hash, "approved": True}
    assert refusal(actions.check, writer, case, Check.Step.OFFICE, **judged) == "own_draft"
    assert refusal(actions.check, office.head, case, Check.Step.OFFICE, **judged) == "own_draft"
