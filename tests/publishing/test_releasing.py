"""What is published, when, under which number; amended, scheduled, taken down, related."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.org.actions import dismiss
from gongkai.org.models import Role
from gongkai.publishing import actions
from gongkai.publishing.publication import queries
from gongkai.publishing.publication.models import NumberPattern, Publication, Schedule
from gongkai.publishing.publication.rules import is_pattern
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.search.models import Outbox
from gongkai.trail.models import Entry
from tests.publishing.conftest import content

YEAR = timezone.localdate().year


def refused(verb, *args, **kwargs):
    with pytest.raises(NotAllowedError) as info:
        verb(*args, **kwargs)
    return info.value.reason


class TestPublishing:
    def test_shows_exactly_what_was_approved(self, publish):
        made = publish()
        assert made.version == made.document.head
        assert made.content_hash == made.round.content_hash
        assert queries.public_of(made.document_id) == made

    def test_is_told_to_the_index_in_the_order_of_the_trail(self, publish):
        made = publish()
        line = Entry.objects.get(verb="publishing.publish")
        assert list(Outbox.objects.values_list("sequence", "document_id")) == [
            (line.sequence, made.document_id)
        ]

    def test_numbers_run_without_gaps_by_agency_and_year(self, publish):
        numbers = [publish(title=f"第{n}号").index_number for n in range(3)]
        assert numbers == [f"qh-cz/{YEAR}-{n:05}" for n in (1, 2, 3)]

    def test_an_agency_writes_its_numbers_its_own_way(self, county, publish):
        NumberPattern.objects.create(agency=county.own, pattern="{code}{kind}{year}{number:04}")
        assert publish().index_number == f"qh-czofficial_document{YEAR}0001"

    @pytest.mark.parametrize(
        ("pattern", "good"),
        [
            ("{code}/{year}-{number:05}", True),
            ("{credit_code}/{year}-{number}", True),
            ("{number}", False),
            ("{year}", False),
            ("{code.__class__}/{year}-{number}", False),
            ("{0}{year}{number}", False),
            ("{year}{number", False),
            ("{year}{number:9999999}", False),
            ("{year!r}{number}", False),
        ],
    )
    def test_a_pattern_holds_year_and_number_and_nothing_strange(self, pattern, good):
        assert is_pattern(pattern) is good

    def test_nothing_is_published_twice(self, cast, publish):
        made = publish()
        assert refused(actions.publish, cast.reviewer, made.document) == "stage"


class TestAmending:
    def test_is_a_new_revision_and_the_old_one_stays_on_record(self, cast, publish):
        first = publish()
        actions.amend(cast.drafter, first.document)
        actions.save(cast.drafter, first.document, content(title="修订版"), base=1)
        second = publish(first.document, note="更新了期限")
        assert (second.number, second.index_number) == (2, first.index_number)
        assert [p.state for p in queries.history(first.document_id)] == ["public", "superseded"]

    def test_needs_a_note_to_the_public(self, cast, publish, approve):
        first = publish()
        actions.amend(cast.drafter, first.document)
        actions.save(cast.drafter, first.document, content(title="修订版"), base=1)
        approve(first.document)
        assert refused(actions.publish, cast.reviewer, first.document) == "note_missing"

    def test_without_a_change_it_is_not_submitted(self, cast, publish):
        first = publish()
        actions.amend(cast.drafter, first.document)
        assert refused(actions.submit, cast.drafter, first.document) == "unchanged"


class TestScheduling:
    def test_is_published_when_its_time_has_come_and_not_before(self, cast, draft, approve):
        document = approve(draft())
        at = timezone.now() + timedelta(hours=1)
        actions.schedule(cast.reviewer, document, at)
        assert actions.publish_due(at - timedelta(seconds=1)) == 0
        assert actions.publish_due(at) == 1
        assert queries.public_of(document.pk).published_by == cast.reviewer
        assert actions.publish_due(at) == 0

    def test_the_past_is_no_time_to_publish(self, cast, draft, approve):
        document = approve(draft())
        assert refused(actions.schedule, cast.reviewer, document, timezone.now()) == "past"

    def test_an_edit_takes_it_off_the_schedule(self, cast, draft, approve):
        document = approve(draft())
        at = timezone.now() + timedelta(hours=1)
        actions.schedule(cast.reviewer, document, at)
        actions.save(cast.drafter, document, content(title="改"), base=1)
        assert actions.publish_due(at) == 0
        assert not Schedule.objects.exists()

    def test_whoever_may_publish_no_longer_publishes_nothing(self, cast, county, draft, approve):
        document = approve(draft())
        at = timezone.now() + timedelta(hours=1)
        actions.schedule(cast.reviewer, document, at)
        dismiss(cast.reviewer, county.own, Role.HEAD)
        assert actions.publish_due(at) == 0
        assert "权限" in Schedule.objects.get().failure


class TestWithdrawing:
    def test_leaves_a_public_trace(self, cast, publish):
        made = publish()
        actions.withdraw(cast.reviewer, made.document, reason="误发", public_note="内容有误")
        assert queries.public_of(made.document_id) is None
        trace = queries.withdrawn(made.document_id)
        assert (trace.public_note, trace.publication) == ("内容有误", made)

    def test_is_told_to_the_index(self, cast, publish):
        made = publish()
        actions.withdraw(cast.reviewer, made.document, reason="误发", public_note="内容有误")
        assert Outbox.objects.filter(document_id=made.document_id).count() == 2

    def test_needs_a_reason_and_a_note(self, cast, publish):
        document = publish().document
        assert (
            refused(actions.withdraw, cast.reviewer, document, reason="", public_note="x")
            == "reason_missing"
        )
        assert (
            refused(actions.withdraw, cast.reviewer, document, reason="x", public_note=" ")
            == "note_missing"
        )

    def test_twice_is_refused(self, cast, publish):
        document = publish().document
        actions.withdraw(cast.reviewer, document, reason="误发", public_note="有误")
        why = refused(actions.withdraw, cast.reviewer, document, reason="误发", public_note="有误")
        assert why == "not_public"

    def test_what_was_withdrawn_comes_back_only_through_review(self, cast, publish):
        made = publish()
        actions.withdraw(cast.reviewer, made.document, reason="误发", public_note="有误")
        actions.amend(cast.drafter, made.document)
        actions.save(cast.drafter, made.document, content(title="更正后"), base=1)
        again = publish(made.document, note="更正后重新发布")
        assert again.number == 2
        assert queries.withdrawn(made.document_id) is None


class TestInterpreting:
    def test_a_normative_document_waits_for_its_interpretation(self, cast, draft, approve):
        document = approve(draft(kind="normative_document"))
        assert refused(actions.publish, cast.reviewer, document) == "interpretation_missing"

    def test_a_recorded_exemption_lets_it_go(self, cast, draft, approve):
        document = approve(draft(kind="normative_document"))
        actions.exempt(cast.reviewer, document, "仅调整附件格式")
        assert actions.publish(cast.reviewer, document)

    def test_both_are_published_together(self, cast, draft, approve):
        document = approve(draft(kind="normative_document"))
        reading = approve(draft(kind="interpretation", title="解读"))
        actions.relate(cast.drafter, reading, "interprets", document, form="text")
        actions.publish(cast.reviewer, document)
        assert queries.public_of(reading.pk)

    def test_each_leads_to_the_other(self, cast, draft, approve, publish):
        document = approve(draft(kind="normative_document"))
        reading = approve(draft(kind="interpretation", title="解读"))
        relation = actions.relate(cast.drafter, reading, "interprets", document)
        actions.publish(cast.reviewer, document)
        assert queries.related(document) == ([], [relation])
        assert queries.related(reading) == ([relation], [])

    def test_one_that_is_not_for_everybody_is_none(self, cast, draft, approve):
        document = approve(draft(kind="normative_document"))
        inside = draft(kind="interpretation", title="解读", disclosure="on_request")
        actions.relate(cast.drafter, approve(inside), "interprets", document)
        assert refused(actions.publish, cast.reviewer, document) == "interpretation_missing"

    def test_one_that_was_filed_away_is_none(self, cast, draft, approve):
        document = approve(draft(kind="normative_document"))
        inside = approve(draft(kind="interpretation", title="解读", disclosure="on_request"))
        actions.relate(cast.drafter, inside, "interprets", document)
        actions.file_away(cast.reviewer, inside)
        assert refused(actions.publish, cast.reviewer, document) == "interpretation_missing"

    def test_one_that_was_withdrawn_is_none(self, cast, draft, approve, publish):
        document = approve(draft(kind="normative_document"))
        reading = publish(kind="interpretation", title="解读").document
        actions.relate(cast.reviewer, reading, "interprets", document)
        actions.withdraw(cast.reviewer, reading, reason="有误", public_note="有误")
        assert refused(actions.publish, cast.reviewer, document) == "interpretation_missing"

    def test_one_with_a_time_of_its_own_waits_for_it(self, cast, draft, approve):
        document = approve(draft(kind="normative_document"))
        reading = approve(draft(kind="interpretation", title="解读"))
        actions.relate(cast.drafter, reading, "interprets", document)
        actions.schedule(cast.reviewer, reading, timezone.now() + timedelta(days=3))
        assert refused(actions.publish, cast.reviewer, document) == "interpretation_missing"

    def test_only_an_interpretation_interprets(self, cast, draft):
        why = refused(actions.relate, cast.drafter, draft(), "interprets", draft())
        assert why == "not_interpretation"


class TestRelating:
    def test_a_document_is_not_related_to_itself(self, cast, draft):
        document = draft()
        assert refused(actions.relate, cast.drafter, document, "amends", document) == (
            "same_document"
        )

    def test_no_circle_of_repeals(self, cast, draft):
        a, b, c = draft(), draft(), draft()
        actions.relate(cast.drafter, a, "implements", b)
        actions.relate(cast.drafter, b, "implements", c)
        assert refused(actions.relate, cast.drafter, c, "implements", a) == "circular"

    def test_nothing_is_repealed_before_it_was_made(self, cast, draft):
        old = draft(formed_on=date(2020, 1, 1))
        new = draft(formed_on=date(2026, 5, 1))
        why = refused(actions.relate, cast.drafter, new, "repeals", old, since=date(2019, 12, 31))
        assert why == "repealed_before_made"

    def test_related_twice_is_related_once(self, cast, draft):
        a, b = draft(), draft()
        assert actions.relate(cast.drafter, a, "implements", b) == actions.relate(
            cast.drafter, a, "implements", b
        )


class TestWithdrawingEndsWhatIsPending:
    @pytest.fixture
    def revised(self, cast, publish, approve):
        """A public document with an approved revision."""
        document = publish().document
        actions.amend(cast.drafter, document)
        document.refresh_from_db()
        saved = content(body="<p>改过的正文。</p>")
        actions.save(cast.drafter, document, saved, base=document.head.number)
        return approve(document)

    def test_a_schedule_does_not_put_it_back(self, cast, revised):
        soon = timezone.now() + timedelta(minutes=1)
        actions.schedule(cast.reviewer, revised, soon, "更新")
        actions.withdraw(cast.reviewer, revised, reason="涉密", public_note="撤回")
        assert actions.publish_due(soon + timedelta(hours=1)) == 0
        assert queries.public_of(revised.pk) is None

    def test_an_approved_revision_is_a_draft_again(self, cast, revised):
        actions.withdraw(cast.reviewer, revised, reason="涉密", public_note="撤回")
        revised.refresh_from_db()
        assert revised.stage == "draft"
        assert refused(actions.publish, cast.reviewer, revised, "更新") == "stage"

    def test_so_is_one_in_review(self, cast, publish):
        document = publish().document
        actions.amend(cast.drafter, document)
        document.refresh_from_db()
        saved = content(body="<p>改过的正文。</p>")
        actions.save(cast.drafter, document, saved, base=document.head.number)
        opened = actions.submit(cast.drafter, document)
        actions.withdraw(cast.reviewer, document, reason="涉密", public_note="撤回")
        opened.refresh_from_db()
        document.refresh_from_db()
        assert (opened.state, document.stage) == ("recalled", "draft")


class TestWhoRelates:
    def test_repeals_only_what_its_own_agency_or_one_below_has_made(self, cast, county, draft):
        own, above, beside = (
            draft(),
            draft(county.top, cast.administrator),
            draft(county.other, cast.administrator),
        )
        assert refused(actions.relate, cast.administrator, own, "repeals", above) == (
            "not_subordinate"
        )
        assert refused(actions.relate, cast.administrator, own, "amends", beside) == (
            "not_subordinate"
        )
        assert actions.relate(cast.administrator, above, "repeals", own)

    def test_a_drafter_changes_nothing_in_force_behind_the_backs_of_those_who_approved(
        self, cast, draft, publish
    ):
        old, new = publish().document, publish(title="关于废止旧文的决定").document
        assert refused(actions.relate, cast.drafter, new, "repeals", old) == "role"
        made = actions.relate(cast.reviewer, new, "repeals", old)
        assert refused(actions.unrelate, cast.drafter, made) == "role"
        assert refused(actions.relate, cast.drafter, new, "implements", old) == "role"

    def test_opening_a_public_document_again_lets_a_drafter_change_no_more(self, cast, publish):
        old, new = publish().document, publish(title="关于废止旧文的决定").document
        made = actions.relate(cast.reviewer, new, "implements", old)
        actions.amend(cast.drafter, new)
        assert refused(actions.relate, cast.drafter, new, "repeals", old) == "role"
        assert refused(actions.unrelate, cast.drafter, made) == "role"

    def test_is_not_related_to_a_draft_of_others(self, cast, county, draft):
        mine, theirs = draft(), draft(county.other, cast.administrator)
        assert refused(actions.relate, cast.drafter, mine, "implements", theirs) == "role"


def test_a_public_document_that_was_tampered_with_is_found(publish):
    from gongkai.publishing.publication.integrity import faults  # noqa: PLC0415
    from tests.stored import guards_lifted  # noqa: PLC0415

    made = publish()
    assert list(faults()) == []
    with guards_lifted():
        type(made.version).objects.filter(pk=made.version_id).update(body="<p>别的</p>")
    assert [fault.kind for fault in faults()] == ["object"]
    assert Publication.objects.count() == 1
