"""Documents that were public elsewhere before: their old days, a mark, and nothing else let by."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.integrity import faults
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.search.models import Outbox
from gongkai.publishing.search.pull import documents
from gongkai.trail.verification import verify
from tests.publishing.conftest import content

MARK = "旧站迁移"


@pytest.fixture
def old(county):
    def make(number: int = 1, **more):
        text = content(title=f"旧文件{number}", formed_on=date(2021, 3, number))
        usual = {"agency": county.own, "content": text, "published_on": date(2021, 4, number)}
        return actions.Migrant(**{**usual, **more})

    return make


def refused(user, migrants, mark=MARK):
    with pytest.raises(NotAllowedError) as info:
        actions.migrate(user, migrants, mark)
    assert not Document.objects.exists()
    return info.value.reason, info.value.detail


def test_they_are_public_with_their_old_days_and_the_mark(cast, old):
    (made,) = actions.migrate(cast.administrator, [old()], MARK)
    made.refresh_from_db()
    assert (made.state, made.published_on, made.year) == ("public", date(2021, 4, 1), 2021)
    assert (made.migrated, made.migration_mark, made.round) == (True, MARK, None)
    assert made.document.head.content_hash == made.content_hash


def test_numbers_run_by_the_year_they_were_published_in(cast, old):
    made = actions.migrate(cast.administrator, [old(n) for n in (1, 2, 3)], MARK)
    assert [row.index_number for row in made] == [f"qh-cz/2021-0000{n}" for n in (1, 2, 3)]


def test_an_old_number_is_kept_once(cast, old):
    (made,) = actions.migrate(cast.administrator, [old(index_number="014/2021-7")], MARK)
    assert made.index_number == "014/2021-7"
    with pytest.raises(NotAllowedError) as info:
        actions.migrate(cast.administrator, [old(2, index_number="014/2021-7")], MARK)
    assert info.value.reason == "number_taken"


@pytest.mark.parametrize("person", ["drafter", "reviewer", "officer", "supervisor", "stranger"])
def test_only_an_administrator_migrates(cast, old, person):
    assert refused(getattr(cast, person), [old()])[0] == "role"


def test_one_that_does_not_fit_stops_all_and_is_named(cast, old):
    bad = old(2, published_on=date(2021, 1, 1))
    assert refused(cast.administrator, [old(), bad]) == ("bad_dates", "2")
    withheld = old(2, content=content(disclosure="withheld"))
    assert refused(cast.administrator, [old(), withheld]) == ("not_proactive", "2")
    assert refused(cast.administrator, [old()], "  ")[0] == "reason_missing"


def test_every_one_has_its_line_and_the_index_is_told_once(cast, old):
    made = actions.migrate(cast.administrator, [old(n) for n in range(1, 8)], MARK)
    assert verify().whole
    assert list(faults()) == []
    told = list(documents(list(Outbox.objects.all())))
    assert {row.document_id for row in made} <= set(told)


def test_nothing_is_nothing(cast):
    assert actions.migrate(cast.administrator, [], MARK) == []
    assert not Publication.objects.exists()
