"""First reviewed, then public: tried from every side, past the verbs and in the database itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongkai.publishing import actions
from gongkai.publishing.actions.releasing import snapshot
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.findings import findings, undecided_errors
from gongkai.publishing.review.models import Decision, Round
from tests.publishing.conftest import content


def forged(document, user, **more):
    """A publication row as somebody past the verbs would write it."""
    usual = {
        "document": document,
        "number": 1,
        "version": document.head,
        "round": document.rounds.last(),
        "index_number": "forged-1",
        **snapshot(document, document.head, timezone.now(), user),
    }
    return Publication(**{**usual, **more})


def refused_by_database(row, **kwargs):
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True, **kwargs)
    assert not Publication.objects.exists()


class TestTheVerb:
    @pytest.mark.parametrize("stage", ["draft", "in_review", "returned"])
    def test_publishes_nothing_that_is_not_approved(self, cast, draft, stage):
        document = draft()
        if stage != "draft":
            opened = actions.submit(cast.drafter, document)
        if stage == "returned":
            actions.send_back(cast.reviewer, document, seen=opened.content_hash, comment="改")
        with pytest.raises(NotAllowedError) as refused:
            actions.publish(cast.reviewer, document)
        assert refused.value.reason == "stage"

    def test_publishes_nothing_a_person_set_the_stage_of(self, cast, draft):
        document = draft()
        type(document).objects.filter(pk=document.pk).update(stage="approved")
        with pytest.raises(NotAllowedError) as refused:
            actions.publish(cast.reviewer, document)
        assert refused.value.reason == "not_reviewed"

    def test_does_not_publish_what_is_withheld(self, cast, draft, approve):
        document = approve(
            draft(
                disclosure="withheld",
                ground="N16_PROCESS",
                reason="讨论记录",
                evaluate_on=date(2027, 11, 2),
            )
        )
        with pytest.raises(NotAllowedError) as refused:
            actions.publish(cast.reviewer, document)
        assert refused.value.reason == "not_proactive"
        assert actions.file_away(cast.reviewer, document).stage == "settled"

    def test_does_not_publish_a_document_of_tomorrow(self, cast, draft, approve):
        document = draft(formed_on=date(2999, 1, 1))
        for item in undecided_errors(findings(document.head)):
            actions.judge(cast.reviewer, document, item.found.fingerprint, "harmless", "会后印发")
        approve(document)
        with pytest.raises(NotAllowedError) as refused:
            actions.publish(cast.reviewer, document)
        assert refused.value.reason == "formed_later"

    @pytest.mark.parametrize("person", ["drafter", "colleague", "stranger", "supervisor"])
    def test_is_not_for_everybody(self, cast, draft, approve, person):
        document = approve(draft())
        with pytest.raises(NotAllowedError) as refused:
            actions.publish(getattr(cast, person), document)
        assert refused.value.reason == "role"


class TestTheDatabase:
    def test_refuses_a_publication_without_a_round(self, cast, draft):
        refused_by_database(forged(draft(), cast.reviewer))

    def test_refuses_a_publication_whose_round_is_open(self, cast, draft):
        document = draft()
        actions.submit(cast.drafter, document)
        refused_by_database(forged(document, cast.reviewer))

    def test_refuses_the_round_of_another_document(self, cast, draft, approve):
        other = approve(draft())
        document = draft(title="另一份")
        refused_by_database(forged(document, cast.reviewer, round=other.rounds.last()))

    def test_refuses_other_content_than_was_approved(self, cast, draft, approve):
        document = approve(draft())
        refused_by_database(forged(document, cast.reviewer, content_hash="0" * 64))

    def test_refuses_another_version_than_was_approved(self, cast, draft, approve):
        document = approve(draft())
        actions.save(cast.drafter, document, content(title="改"), base=1)
        document.refresh_from_db()
        refused_by_database(forged(document, cast.reviewer))

    def test_refuses_what_is_neither_reviewed_nor_migrated(self, cast, draft):
        refused_by_database(forged(draft(), cast.reviewer, migrated=True))

    def test_refuses_a_round_that_is_approved_from_the_start(self, cast, draft):
        document = draft()
        with pytest.raises(DatabaseError), transaction.atomic():
            Round.objects.create(
                document=document,
                version=document.head,
                content_hash=document.head.content_hash,
                steps=[],
                state="approved",
                opened_by=cast.drafter,
                opened_at=timezone.now(),
                step_since=timezone.now(),
            )

    def test_refuses_to_approve_a_round_with_open_steps(self, cast, draft):
        document = draft()
        opened = actions.submit(cast.drafter, document)
        actions.approve(cast.reviewer, document, seen=opened.content_hash)
        with pytest.raises(DatabaseError), transaction.atomic():
            Round.objects.filter(pk=opened.pk).update(state="approved")

    def test_refuses_a_round_without_secrecy_review(self, cast, draft):
        document = draft()
        now = timezone.now()
        opened = Round.objects.create(
            document=document,
            version=document.head,
            content_hash=document.head.content_hash,
            steps=[["signature", "signatory"]],
            opened_by=cast.drafter,
            opened_at=now,
            step_since=now,
        )
        Decision.objects.create(
            round=opened,
            step="signature",
            outcome="approved",
            content_hash=opened.content_hash,
            by=cast.signatory,
            at=now,
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            Round.objects.filter(pk=opened.pk).update(state="approved")

    @pytest.mark.parametrize("change", [{"steps": []}, {"content_hash": "0" * 64}])
    def test_refuses_to_bend_a_round(self, cast, draft, change):
        opened = actions.submit(cast.drafter, draft())
        with pytest.raises(DatabaseError), transaction.atomic():
            Round.objects.filter(pk=opened.pk).update(**change)

    def test_refuses_a_decision_by_the_writer(self, cast, draft):
        opened = actions.submit(cast.officer, draft())
        for person in (cast.drafter, cast.officer):
            with pytest.raises(DatabaseError), transaction.atomic():
                Decision.objects.create(
                    round=opened,
                    step="secrecy",
                    outcome="approved",
                    content_hash=opened.content_hash,
                    by=person,
                    at=timezone.now(),
                )

    def test_refuses_a_decision_about_other_content(self, cast, draft):
        opened = actions.submit(cast.drafter, draft())
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.create(
                round=opened,
                step="secrecy",
                outcome="approved",
                content_hash="0" * 64,
                by=cast.secrecy_reviewer,
                at=timezone.now(),
            )

    def test_keeps_decisions_as_they_were_taken(self, cast, draft, approve):
        approve(draft())
        for tamper in (
            lambda: Decision.objects.update(outcome="returned", comment="x"),
            lambda: Decision.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                tamper()

    @pytest.mark.parametrize(
        "change",
        [
            {"title": "别的"},
            {"content_hash": "0" * 64},
            {"published_on": date(2020, 1, 1)},
            {"index_number": "x"},
            {"migrated": True},
        ],
    )
    def test_keeps_a_publication_as_it_was(self, publish, change):
        made = publish()
        with pytest.raises(DatabaseError), transaction.atomic():
            Publication.objects.filter(pk=made.pk).update(**change)

    def test_never_removes_a_publication(self, publish):
        publish()
        with pytest.raises(DatabaseError), transaction.atomic():
            Publication.objects.all().delete()

    def test_never_makes_a_withdrawn_one_public_again(self, cast, publish):
        made = publish()
        actions.withdraw(cast.reviewer, made.document, reason="有误", public_note="内容有误")
        with pytest.raises(DatabaseError), transaction.atomic():
            Publication.objects.filter(pk=made.pk).update(state="public")

    def test_is_not_got_round_by_replacing(self, publish):
        if connection.vendor != "sqlite":
            pytest.xfail("only SQLite has REPLACE")
        made = publish()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "REPLACE INTO publishing_publication SELECT * FROM publishing_publication"
                " WHERE id = %s",
                [made.pk],
            )

    def test_keeps_the_files_of_what_was_submitted(self, cast, draft):
        from gongkai.publishing.document import attachments  # noqa: PLC0415
        from gongkai.publishing.document.models import Attachment  # noqa: PLC0415

        document = draft()
        actions.attach(cast.drafter, document, attachments.kept("表.pdf", b"q", "pdf"))
        document.refresh_from_db()
        actions.submit(cast.drafter, document)
        for tamper in (
            lambda: Attachment.objects.update(sha256="0" * 64),
            lambda: Attachment.objects.all().delete(),
            lambda: Attachment.objects.create(
                version=document.head, position=9, name="夹带", sha256="0", size=1, kind="pdf"
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                tamper()
