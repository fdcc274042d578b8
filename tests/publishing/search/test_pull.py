"""The index follows what is published, amended and withdrawn, through the outbox."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from gongkai.publishing import actions
from gongkai.publishing.document.attachments import kept
from gongkai.publishing.document.versions import content_of
from gongkai.publishing.publication.models import Publication, PublicState
from gongkai.publishing.search import pull, queries
from gongkai.publishing.search.backend import Query, Unavailable
from gongkai.publishing.search.entries import entries
from gongkai.publishing.search.entry import Change
from gongkai.publishing.search.index import EmbeddedIndex
from gongkai.publishing.search.models import Outbox
from gongkai.publishing.search.pull import newest, pull_once, rebuild
from gongkai.publishing.search.verification import difference_from_database, status
from tests.publishing.search.killing import invented

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


def found(words: str = "", **more) -> set[int]:
    return {hit.id for hit in queries.search(Query(words, **more)).hits}


def pulled() -> int:
    """Pulls until nothing is left, as the worker does."""
    for calls in count():
        if pull_once() == 0:
            return calls
    raise AssertionError


def test_before_anything_was_pulled_there_is_no_index():
    with pytest.raises(Unavailable):
        queries.search(Query("预算"))
    with pytest.raises(Unavailable):
        difference_from_database()
    assert status().position is None


def test_what_is_published_is_found(publish):
    pulled()
    public = publish(title="关于白鹭洲水厂供水的通知")
    assert found("白鹭洲") == set()
    assert pulled() == 1
    assert found("白鹭洲") == {public.document_id}
    assert found(number=public.document_number) == {public.document_id}
    assert found(agency="qh") == found(agency="qh-cz") == {public.document_id}
    assert found(agency="qh-mz") == set()


def test_body_keywords_and_summary_are_found_and_markup_is_not(publish):
    public = publish(
        body="<p>冬小麦<strong>返青</strong>水</p>", keywords="三农；春灌", summary="灌溉"
    )
    pulled()
    for words in ("冬小麦返青水", "三农", "春灌", "灌溉"):
        assert found(words) == {public.document_id}, words
    assert found("strong") == set()


def test_names_of_attachments_are_found(cast, draft, publish):
    document = draft()
    actions.attach(cast.drafter, document, kept("管网改造清单.txt", "甲、乙".encode(), "txt"))
    document.refresh_from_db()
    public = publish(document)
    pulled()
    assert found("管网改造清单") == {public.document_id}


def test_drafts_and_what_is_in_review_are_not_found(draft, approve):
    draft(title="草拟中的白鹭洲")
    approve(draft(title="待发布的白鹭洲"))
    pulled()
    assert found("白鹭洲") == set()


def test_what_is_withdrawn_is_no_longer_found(cast, publish):
    public = publish(title="白鹭洲通知")
    pulled()
    actions.withdraw(cast.reviewer, public.document, reason="有误", public_note="内容有误")
    pulled()
    assert found("白鹭洲") == set()
    assert queries.search(Query()).total == 0


def test_a_revision_takes_the_place_of_the_one_before(cast, publish):
    public = publish(title="白鹭洲通知")
    pulled()
    document = public.document
    actions.amend(cast.drafter, document)
    document.refresh_from_db()
    changed = replace(content_of(document.head), title="青石桥通知")
    actions.save(cast.drafter, document, changed, base=document.head.number)
    document.refresh_from_db()
    publish(document, note="更正名称")
    pulled()
    assert found("白鹭洲") == set()
    assert found("青石桥") == {document.pk}


def test_a_line_may_be_about_many_documents(publish):
    numbers = sorted(publish(title=f"白鹭洲之{n}").document_id for n in range(3))
    pulled()
    Publication.objects.filter(document_id__in=numbers).update(state=PublicState.WITHDRAWN)
    Outbox.objects.create(
        sequence=newest() + 1, document_id=numbers[0], last_document_id=numbers[-1]
    )
    pulled()
    assert found("白鹭洲") == set()


def test_a_line_that_is_about_no_document_only_moves_on():
    pulled()
    Outbox.objects.create(sequence=newest() + 7)
    assert pull_once() == 1
    assert status().position == newest()


def test_many_lines_are_taken_in_several_commits(publish, monkeypatch):
    monkeypatch.setattr(pull, "ROWS", 2)
    pulled()
    for n in range(5):
        publish(title=f"白鹭洲之{n}")
    assert pulled() == 3
    assert len(found("白鹭洲")) == 5


def test_an_index_that_is_ahead_of_a_restored_database_is_made_anew(publish):
    public = publish(title="白鹭洲通知")
    pulled()
    Outbox.objects.create(sequence=newest() + 50, document_id=public.document_id)
    pulled()
    Outbox.objects.order_by("-sequence")[0].delete()
    assert status().position > newest()
    pulled()
    assert status().position == newest()
    assert found("白鹭洲") == {public.document_id}


def test_where_another_process_writes_nothing_is_done(publish, own_index, tmp_path):
    pulled()
    publish(title="白鹭洲通知")
    other = EmbeddedIndex(own_index.place.root)
    other.apply((), status().position)
    assert pull_once() == 0
    other.close()
    assert pull_once() == 1


def test_a_process_that_pulls_again_and_again_keeps_the_right_to_write(publish, own_index):
    pull_once()
    publish()
    pull_once(keep=True)
    assert own_index.writing
    pull_once()
    assert not own_index.writing


def test_made_anew_it_is_the_same_as_having_followed(cast, publish, own_index):
    pulled()
    stays, gone = publish(title="白鹭洲通知"), publish(title="青石桥通知")
    actions.withdraw(cast.reviewer, gone.document, reason="有误", public_note="内容有误")
    pulled()
    followed = own_index.fingerprints(0, 2**40)
    told: list[int] = []
    rebuild(told.append)
    assert own_index.fingerprints(0, 2**40) == followed
    assert found() == {stays.document_id}
    assert told == [1]


def test_what_is_published_while_an_index_is_made_is_in_it(publish, monkeypatch):
    publish(title="白鹭洲通知")

    def one_more():
        yield from list(entries())
        publish(title="青石桥通知")

    monkeypatch.setattr(pull, "entries", one_more)
    rebuild()
    assert found("青石桥")
    assert difference_from_database().none


def test_verifying_names_what_is_missing_surplus_and_stale(cast, publish, own_index):
    pulled()
    missing, stale = publish(title="白鹭洲通知"), publish(title="青石桥通知")
    pulled()
    assert difference_from_database().none
    changes = [
        Change(missing.document_id, None),
        Change(stale.document_id, invented(stale.document_id)),
        Change(900, invented(900)),
        Change(90_000, invented(90_000)),
    ]
    own_index.apply(changes, newest())
    own_index.close()
    assert difference_from_database() == (
        (missing.document_id,),
        (900, 90_000),
        (stale.document_id,),
    )
    rebuild()
    assert difference_from_database().none


def test_what_still_waits_in_the_outbox_is_no_difference(publish):
    pulled()
    publish()
    assert difference_from_database().none
    assert status().position < status().newest


def test_a_damaged_index_is_made_anew_by_the_next_pull(publish, own_index):
    public = publish(title="白鹭洲通知")
    pulled()
    folder = own_index.place.current()
    (folder / "meta.json").write_text("{")
    with pytest.raises(Unavailable):
        queries.search(Query("白鹭洲"))
    pulled()
    assert found("白鹭洲") == {public.document_id}
