"""A line stands or falls with the action it tells of, and is chained to the one before."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError

from gongkai.trail import queries
from gongkai.trail.actions import NotInTransactionError, Told, record, record_all
from gongkai.trail.chain import GENESIS, canonical
from gongkai.trail.models import Entry, Head
from gongkai.trail.verification import verify


def test_a_line_says_who_did_what_to_which_object(county, cast):
    entry = record(cast.officer, "org.rename", county.own, details={"before": "财政所"})
    entry.refresh_from_db()
    assert (entry.actor, entry.actor_name, entry.verb) == (cast.officer, "officer", "org.rename")
    assert (entry.object_type, entry.object_id) == ("org.agency", str(county.own.pk))
    assert (entry.object_label, entry.details) == ("青禾县财政局", {"before": "财政所"})


def test_what_the_system_does_by_itself_has_no_actor(county):
    assert record(None, "org.load", county.own).actor is None


def test_lines_are_numbered_without_gaps_and_each_holds_the_hash_of_the_last(county, cast):
    first, second = (record(cast.officer, "x", county.own) for _ in range(2))
    assert (first.sequence, second.sequence) == (1, 2)
    assert (first.previous_hash, second.previous_hash) == (GENESIS, first.hash)
    assert str(Head.objects.get()) == f"2:{second.hash}"


def test_the_same_action_twice_gives_two_hashes(county, cast):
    first, second = (record(cast.officer, "x", county.own) for _ in range(2))
    assert first.hash != second.hash


def test_an_action_that_fails_leaves_no_line(county, cast):
    with transaction.atomic():
        record(cast.officer, "x", county.own)
        transaction.set_rollback(True)
    assert (Entry.objects.count(), Head.objects.get().count) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused(county, cast):
    with pytest.raises(NotInTransactionError):
        record(cast.officer, "x", county.own)


@pytest.mark.parametrize("bad", [{"x": float("nan")}, {"x": object()}])
def test_details_that_json_cannot_hold_are_refused(county, cast, bad):
    with pytest.raises((TypeError, ValueError)):
        record(cast.officer, "x", county.own, details=bad)


def test_json_has_one_spelling():
    assert canonical({"b": 1, "a": "县"}) == canonical({"a": "县", "b": 1}) == '{"a":"县","b":1}'


@pytest.mark.parametrize(
    "forbidden",
    [
        lambda: Entry.objects.update(verb="y"),
        lambda: Entry.objects.filter(sequence=1).update(hash="0" * 64),
        lambda: Entry.objects.filter(sequence=1).delete(),
        lambda: Head.objects.update(count=0),
        lambda: Head.objects.update(hash="0" * 64),
        lambda: Head.objects.all().delete(),
        lambda: Head.objects.create(pk=2, count=0, hash=GENESIS),
    ],
    ids=["change", "rehash", "remove", "reset head", "rehash head", "remove head", "second head"],
)
def test_the_database_itself_refuses_to_change_or_remove_a_line(county, cast, forbidden):
    record(cast.officer, "x", county.own)
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        forbidden()
    assert Entry.objects.get().verb == "x"


def test_a_person_who_acted_cannot_be_removed(county, cast):
    record(cast.officer, "x", county.own)
    with pytest.raises(ProtectedError):
        cast.officer.delete()


def test_the_lines_about_an_object_are_found_with_their_actors(
    county, cast, django_assert_num_queries
):
    record(cast.officer, "x", county.own)
    record(cast.reviewer, "y", county.other)
    record(cast.reviewer, "z", county.own)
    with django_assert_num_queries(1):
        lines = [(e.verb, e.actor.username) for e in queries.about(county.own)]
    assert lines == [("x", "officer"), ("z", "reviewer")]


def test_many_lines_at_once_are_chained_like_those_written_one_by_one(cast):
    told = [Told("test.done", cast.officer, details={"n": n}) for n in range(1200)]
    with transaction.atomic():
        written = record_all(cast.reviewer, told)
        record(cast.reviewer, "test.after", cast.officer)
    assert [line.details["n"] for line in written] == list(range(1200))
    assert [line.sequence for line in written] == list(range(1, 1201))
    assert verify().whole


def test_nothing_told_is_no_line(cast):
    with transaction.atomic():
        assert record_all(cast.officer, []) == []
    assert not Entry.objects.exists()
