"""A round of review: who decides, about what, in which order, and what ends it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.org.actions import appoint
from gongkai.org.models import Role
from gongkai.publishing import actions
from gongkai.publishing.document.models import Stage
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.models import ReviewStep, RoundState
from gongkai.publishing.review.rules import planned
from gongkai.trail.models import Entry
from tests.publishing.conftest import content

USUAL = ["first_reading", "secrecy", "signature"]
NORMATIVE = ["first_reading", "secrecy", "legality", "signature"]


def refused(verb, *args, **kwargs):
    with pytest.raises(NotAllowedError) as info:
        verb(*args, **kwargs)
    return info.value.reason


@pytest.mark.parametrize(
    ("kind", "steps"),
    [("notice", USUAL), ("normative_document", NORMATIVE), ("regulation", NORMATIVE)],
)
def test_the_steps_follow_from_the_kind(kind, steps):
    assert [code for code, _ in planned(kind)] == steps


def test_an_agency_sets_its_own_steps_but_secrecy_cannot_be_left_out():
    own = (("signature", "signatory"),)
    assert planned("notice", own) == (("secrecy", "secrecy_reviewer"), ("signature", "signatory"))


def test_the_own_steps_of_the_agency_hold(cast, county, draft):
    ReviewStep.objects.create(
        agency=county.own, kind="", position=1, step="secrecy", role="secrecy_reviewer"
    )
    assert actions.submit(cast.drafter, draft()).steps == [["secrecy", "secrecy_reviewer"]]


class TestSubmitting:
    def test_what_is_incomplete_is_named(self, cast, draft):
        with pytest.raises(NotAllowedError) as info:
            actions.submit(cast.drafter, draft(topic="", formed_on=None))
        assert info.value.reason == "incomplete"
        assert "成文日期" in info.value.detail
        assert "主题分类" in info.value.detail

    def test_what_is_withheld_needs_ground_reason_and_the_day_it_is_looked_at_again(
        self, cast, draft
    ):
        with pytest.raises(NotAllowedError) as info:
            actions.submit(cast.drafter, draft(disclosure="withheld"))
        assert info.value.detail == "不予公开的依据、不予公开的理由、下次评估日期"

    def test_submitting_twice_is_refused(self, cast, draft):
        document = draft()
        actions.submit(cast.drafter, document)
        assert refused(actions.submit, cast.drafter, document) == "stage"


class TestDeciding:
    def test_the_steps_are_taken_in_order_and_end_in_approval(self, cast, draft, approve):
        document = approve(draft())
        assert document.stage == Stage.APPROVED
        decisions = document.rounds.get().decisions.order_by("id")
        assert [d.step for d in decisions] == USUAL
        assert len({d.by_id for d in decisions}) == 3

    def test_a_comment_that_is_too_long_is_refused_and_not_cut(self, cast, draft):
        document = draft()
        opened = actions.submit(cast.drafter, document)
        seen, long = opened.content_hash, "字" * 5001
        for verb in (actions.approve, actions.send_back):
            assert refused(verb, cast.reviewer, document, seen=seen, comment=long) == "too_long"
        assert actions.approve(cast.reviewer, document, seen=seen, comment=long[1:])

    def test_nobody_takes_a_step_out_of_turn(self, cast, draft):
        document = draft()
        opened = actions.submit(cast.drafter, document)
        why = refused(actions.approve, cast.signatory, document, seen=opened.content_hash)
        assert why == "not_your_step"

    def test_whoever_wrote_it_does_not_review_it(self, cast, county, draft):
        appoint(cast.drafter, county.own, Role.HEAD)
        document = draft()
        opened = actions.submit(cast.officer, document)
        why = refused(actions.approve, cast.drafter, document, seen=opened.content_hash)
        assert why == "own_draft"

    def test_whoever_changed_a_word_does_not_review_it_either(self, cast, county, draft):
        appoint(cast.reviewer, county.own, Role.DRAFTER)
        document = draft()
        actions.save(cast.reviewer, document, content(title="改了"), base=1)
        opened = actions.submit(cast.drafter, document)
        why = refused(actions.approve, cast.reviewer, document, seen=opened.content_hash)
        assert why == "own_draft"

    def test_one_person_with_two_roles_decides_one_step(self, cast, county, draft):
        appoint(cast.reviewer, county.own, Role.SECRECY_REVIEWER)
        document = draft()
        opened = actions.submit(cast.drafter, document)
        actions.approve(cast.reviewer, document, seen=opened.content_hash)
        why = refused(actions.approve, cast.reviewer, document, seen=opened.content_hash)
        assert why == "already_decided"

    @pytest.mark.parametrize("person", ["superuser", "administrator", "supervisor"])
    def test_nobody_reviews_from_above(self, cast, draft, person):
        document = draft()
        opened = actions.submit(cast.drafter, document)
        why = refused(actions.approve, getattr(cast, person), document, seen=opened.content_hash)
        assert why in {"role", "not_your_step"}

    def test_a_reviewer_decides_what_they_have_seen(self, cast, draft):
        document = draft()
        actions.submit(cast.drafter, document)
        assert refused(actions.approve, cast.reviewer, document, seen="0" * 64) == "content_changed"

    def test_a_second_click_decides_nothing(self, cast, draft):
        document = draft()
        opened = actions.submit(cast.drafter, document)
        actions.approve(cast.reviewer, document, seen=opened.content_hash)
        again = refused(actions.approve, cast.reviewer, document, seen=opened.content_hash)
        assert again == "not_your_step"
        assert opened.decisions.count() == 1

    def test_legality_takes_its_days_or_a_reason(self, cast, draft):
        document = draft(kind="normative_document")
        opened = actions.submit(cast.drafter, document)
        for person in (cast.reviewer, cast.secrecy_reviewer):
            actions.approve(person, document, seen=opened.content_hash)
        opened.refresh_from_db()
        assert opened.step_due > timezone.localdate()
        why = refused(actions.approve, cast.legality_reviewer, document, seen=opened.content_hash)
        assert why == "too_early"
        seen = opened.content_hash
        why = refused(actions.approve, cast.legality_reviewer, document, seen=seen, comment="同意")
        assert why == "too_early"
        actions.approve(
            cast.legality_reviewer, document, seen=seen, comment="防汛应急", urgent=True
        )
        assert Entry.objects.latest("sequence").details["urgent"]

    def test_whoever_reads_what_others_took_over_from_them_does_not_approve_it(
        self, cast, county, draft
    ):
        appoint(cast.secrecy_reviewer, county.own, Role.DRAFTER)
        document = draft()
        actions.save(cast.drafter, document, content(title="第二稿"), base=1)
        beside = content(body="<p>保密审查人写的话。</p>")
        actions.save(cast.secrecy_reviewer, document, beside, base=1)
        actions.save(cast.drafter, document, beside, base=2)
        opened = actions.submit(cast.drafter, document)
        actions.approve(cast.reviewer, document, seen=opened.content_hash)
        why = refused(actions.approve, cast.secrecy_reviewer, document, seen=opened.content_hash)
        assert why == "own_draft"

    def test_nor_a_text_of_theirs_that_comes_back_after_publication(
        self, cast, county, draft, approve
    ):
        appoint(cast.secrecy_reviewer, county.own, Role.DRAFTER)
        appoint(cast.officer, county.own, Role.SECRECY_REVIEWER)
        theirs = content(body="<p>保密审查人写的话。</p>")
        document = draft()
        actions.save(cast.secrecy_reviewer, document, theirs, base=1)
        actions.save(cast.drafter, document, content(title="第三稿"), base=2)
        opened = actions.submit(cast.drafter, document)
        for person in (cast.reviewer, cast.officer, cast.signatory):
            actions.approve(person, document, seen=opened.content_hash)
        actions.publish(cast.reviewer, document)
        actions.amend(cast.drafter, document)
        actions.save(cast.drafter, document, theirs, base=3)
        opened = actions.submit(cast.drafter, document)
        actions.approve(cast.reviewer, document, seen=opened.content_hash)
        seen = opened.content_hash
        assert refused(actions.approve, cast.secrecy_reviewer, document, seen=seen) == "own_draft"


class TestHandingInAgain:
    @pytest.fixture
    def returned(self, cast, draft):
        document = draft()
        opened = actions.submit(cast.drafter, document)
        given = actions.remark(cast.reviewer, document, "请写明期限")
        actions.send_back(cast.reviewer, document, seen=opened.content_hash, comment="见意见")
        document.refresh_from_db()
        return document, given

    def test_asks_for_a_change_or_an_answer(self, cast, returned):
        document, given = returned
        assert refused(actions.submit, cast.drafter, document) == "unanswered"
        actions.answer(cast.drafter, given, "已有规定")
        assert actions.submit(cast.drafter, document)

    def test_a_change_is_an_answer(self, cast, returned):
        document, _ = returned
        actions.save(cast.drafter, document, content(title="改"), base=1)
        assert actions.submit(cast.drafter, document)


class TestReturning:
    def test_it_goes_back_with_the_reason_and_can_be_changed(self, cast, draft):
        document = draft()
        opened = actions.submit(cast.drafter, document)
        actions.send_back(cast.reviewer, document, seen=opened.content_hash, comment="依据不足")
        document.refresh_from_db()
        assert document.stage == Stage.RETURNED
        assert actions.save(cast.drafter, document, content(title="改"), base=1).changed

    def test_without_a_reason_it_is_not_returned(self, cast, draft):
        document = draft()
        opened = actions.submit(cast.drafter, document)
        why = refused(
            actions.send_back, cast.reviewer, document, seen=opened.content_hash, comment=" "
        )
        assert why == "reason_missing"

    def test_a_remark_on_a_passage_is_answered_by_the_writer(self, cast, draft):
        document = draft()
        opened = actions.submit(cast.drafter, document)
        given = actions.remark(cast.reviewer, document, "请写明期限", quote="做好冬季供水保障")
        actions.send_back(cast.reviewer, document, seen=opened.content_hash, comment="见意见")
        answered = actions.answer(cast.drafter, given, "已写明")
        assert (answered.answer, answered.answered_by) == ("已写明", cast.drafter)


class TestWhatVoidsAnApproval:
    def test_any_edit(self, cast, draft, approve):
        document = approve(draft())
        actions.save(cast.drafter, document, content(title="改"), base=1)
        document.refresh_from_db()
        assert document.stage == Stage.DRAFT
        assert document.rounds.get().state == RoundState.VOID

    def test_any_attachment(self, cast, draft, approve):
        from gongkai.publishing.document import attachments  # noqa: PLC0415

        document = approve(draft())
        actions.attach(cast.drafter, document, attachments.kept("表.pdf", b"z", "pdf"))
        document.refresh_from_db()
        assert document.stage == Stage.DRAFT

    def test_not_saving_without_a_change(self, cast, draft, approve):
        document = approve(draft())
        actions.save(cast.drafter, document, content(), base=1)
        document.refresh_from_db()
        assert document.stage == Stage.APPROVED

    def test_not_a_text_that_was_typed_beside_it(self, cast, draft, approve):
        document = draft()
        actions.save(cast.drafter, document, content(title="第二稿"), base=1)
        document = approve(document)
        actions.save(cast.officer, document, content(title="旁稿"), base=1)
        document.refresh_from_db()
        assert document.stage == Stage.APPROVED
