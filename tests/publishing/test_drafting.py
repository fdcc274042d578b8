"""Documents begun, written by one person and by two, and given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.publishing import actions
from gongkai.publishing.document import attachments
from gongkai.publishing.document.models import Stage, Version
from gongkai.publishing.document.normal import normal, ready
from gongkai.publishing.document.rich_text import sanitised
from gongkai.publishing.document.versions import content_of, sealed_anew
from gongkai.publishing.refusal import NotAllowedError
from gongkai.trail.models import Entry
from tests.publishing.conftest import content


def test_a_new_document_has_its_first_version_and_a_line_of_the_trail(cast, draft):
    document = draft()
    assert (document.stage, document.head.number, document.head.by) == ("draft", 1, cast.drafter)
    line = Entry.objects.get(verb="publishing.create")
    assert line.details == {"content_hash": document.head.content_hash}


def test_the_deadline_runs_from_the_day_of_formation(draft):
    assert draft(formed_on=date(2026, 3, 2)).publish_by == date(2026, 3, 30)


def test_a_budget_has_twenty_calendar_days(draft):
    assert draft(kind="budget", formed_on=date(2026, 3, 2)).publish_by == date(2026, 3, 22)


@pytest.mark.parametrize("kind", ["budget", "notice"])
def test_the_last_day_there_is_has_no_day_to_publish_by_after_it(draft, kind):
    assert draft(kind=kind, formed_on=date(9999, 12, 31)).publish_by is None


def test_what_is_withheld_has_no_deadline(draft):
    assert draft(disclosure="withheld").publish_by is None


def test_a_deadline_in_a_year_without_a_notice_is_provisional(draft):
    document = draft(formed_on=date(2026, 12, 28))
    assert document.publish_by.year == 2027
    assert document.publish_by_provisional


def test_the_item_of_its_kind_is_filled_in(draft):
    assert draft(kind="plan", item="").head.item == "20.3"


def test_an_unknown_kind_item_or_foreign_catalogue_is_refused(draft):
    for more, reason in (
        ({"kind": "poem"}, "unknown_kind"),
        ({"item": "20.99"}, "unknown_item"),
        ({"catalogue_item": 4711}, "other_agency"),
        ({"title": "长" * 301}, "too_long"),
        (
            {"effective_on": date(2026, 5, 1), "expires_on": date(2026, 4, 1)},
            "bad_dates",
        ),
    ):
        with pytest.raises(NotAllowedError) as refused:
            draft(**more)
        assert refused.value.reason == reason


@pytest.fixture
def depths(monkeypatch):
    """How many transactions were open within that of the test, whenever a body was read."""
    found = []

    def told(html):
        found.append(len(connection.savepoint_ids))
        return sanitised(html)

    monkeypatch.setattr("gongkai.publishing.document.normal.sanitised", told)
    return found


def test_a_body_is_read_before_a_transaction_begins(cast, draft, depths):
    document = draft()
    actions.save(cast.drafter, document, content(body="<p>新文</p>"), base=1)
    assert depths == [0, 0]


def test_what_was_made_ready_is_not_read_again(cast, county, depths):
    actions.create(cast.drafter, county.own, ready(content()))
    assert len(depths) == 1


def test_a_body_that_grows_beyond_what_is_read_is_refused(draft):
    with pytest.raises(NotAllowedError) as refused:
        draft(body=">" * 2_000_000)
    assert refused.value.reason == "too_long"


@pytest.mark.parametrize("char", "\u202e\u2066\u034f\ufe0f\u200b\u3164")
def test_a_title_says_what_a_reader_sees(draft, char):
    head = draft(title=f"关于{char}供水的通知", summary=f"{char}摘要").head
    assert (head.title, head.summary) == ("关于供水的通知", "摘要")


def test_normalising_twice_changes_nothing():
    once = normal(content(title="e\u200b\u0301", body="<p>e&#x301;x<b>e</b>&#x200b;&#x301;</p>"))
    assert normal(once) == once


def test_what_a_database_cannot_hold_is_left_out(draft):
    document = draft(title="通\0知", body="<p>正\0文\ud800</p>")
    assert document.head.title == "通知"
    assert "\0" not in document.head.body


class TestSaving:
    def test_another_text_is_another_version(self, cast, draft):
        document = draft()
        saved = actions.save(cast.drafter, document, content(title="新标题"), base=1)
        document.refresh_from_db()
        assert (saved.changed, saved.conflict) == (True, None)
        assert (document.head.number, document.head.title) == (2, "新标题")
        assert document.versions.get(number=1).title == content().title

    def test_the_same_text_is_no_version(self, cast, draft):
        document = draft()
        saved = actions.save(cast.drafter, document, content_of(document.head), base=1)
        assert not saved.changed
        assert document.versions.count() == 1

    def test_sloppy_spelling_of_the_same_is_the_same(self, cast, draft):
        document = draft()
        same = replace(content(), title=f"  {content().title} ", body=content().body + "\n")
        assert not actions.save(cast.drafter, document, same, base=1).changed

    def test_two_people_at_once_lose_nothing(self, cast, draft):
        document = draft()
        actions.save(cast.drafter, document, content(title="甲的标题"), base=1)
        saved = actions.save(cast.officer, document, content(title="乙的标题"), base=1)
        document.refresh_from_db()
        assert document.head.title == "甲的标题"
        assert saved.conflict == document.head
        assert (saved.version.title, saved.version.parallel) == ("乙的标题", True)

    def test_the_seal_is_the_seal_of_what_is_stored(self, cast, draft):
        document = draft()
        file = attachments.kept("附件.pdf", b"%PDF-", "pdf")
        version = actions.attach(cast.drafter, document, file)
        assert sealed_anew(version) == version.content_hash

    def test_a_version_is_never_changed(self, draft):
        document = draft()
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(pk=document.head.pk).update(body="<p>别的</p>")


class TestAttachments:
    def test_a_file_changes_the_seal(self, cast, draft):
        document = draft()
        before = document.head.content_hash
        version = actions.attach(cast.drafter, document, attachments.kept("表.xlsx", b"x", "xlsx"))
        assert version.content_hash != before

    def test_a_name_with_a_path_is_only_a_name(self):
        assert attachments.kept("..\\..\\etc/名单.docx", b"x", "docx").name == "名单.docx"

    def test_a_file_taken_off_stays_with_the_older_version(self, cast, draft):
        document = draft()
        file = attachments.kept("表.xlsx", b"y", "xlsx")
        older = actions.attach(cast.drafter, document, file)
        newer = actions.detach(cast.drafter, document, file.sha256)
        assert attachments.attached(older) == (file,)
        assert attachments.attached(newer) == ()

    def test_files_are_put_in_another_order(self, cast, draft):
        document = draft()
        files = [attachments.kept(f"{n}.pdf", bytes([n]), "pdf") for n in (1, 2)]
        for file in files:
            actions.attach(cast.drafter, document, file)
        order = tuple(file.sha256 for file in reversed(files))
        version = actions.reorder(cast.drafter, document, order)
        assert [file.sha256 for file in attachments.attached(version)] == list(order)

    def test_a_file_that_is_not_there_cannot_be_taken_off(self, cast, draft):
        with pytest.raises(NotAllowedError) as refused:
            actions.detach(cast.drafter, draft(), "0" * 64)
        assert refused.value.reason == "no_such_file"


class TestGivingUp:
    def test_a_draft_is_discarded_with_a_reason_and_its_text_kept(self, cast, draft):
        document = actions.discard(cast.drafter, draft(), "重复")
        assert document.stage == Stage.DISCARDED
        assert document.versions.count() == 1

    def test_without_a_reason_nothing_happens(self, cast, draft):
        document = draft()
        with pytest.raises(NotAllowedError):
            actions.discard(cast.drafter, document, "  ")
        document.refresh_from_db()
        assert document.stage == Stage.DRAFT

    def test_a_revision_given_up_leaves_what_is_public(self, cast, publish):
        document = publish().document
        public = document.head
        actions.amend(cast.drafter, document)
        actions.save(cast.drafter, document, content(title="改"), base=document.head.number)
        document = actions.discard(cast.drafter, document, "不改了")
        assert (document.stage, document.head) == (Stage.SETTLED, public)
