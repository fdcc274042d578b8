"""Any altered, missing, reordered or added line is found and named.

The tests do what only the owner of the database can: they lift the guards first.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from gongkai.trail import verification
from gongkai.trail.actions import record
from gongkai.trail.chain import GENESIS, Line, sealed
from gongkai.trail.models import Entry, Head
from gongkai.trail.verification import Anchor, verify
from tests.stored import guards_lifted

LINES = 6


@pytest.fixture
def lines(county, cast):
    return [
        record(cast.officer, f"step.{n}", county.own, details={"figure": n}) for n in range(LINES)
    ]


def faults(anchor=None):
    return [(fault.kind, fault.sequence) for fault in verify(anchor).faults]


def lines_at(sequence):
    return Entry.objects.filter(sequence=sequence)


def test_an_untouched_trail_is_whole(lines):
    result = verify()
    assert (result.whole, result.count, result.hash) == (True, LINES, lines[-1].hash)


def test_an_empty_trail_is_whole(db):
    assert verify().whole


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "other"},
        {"actor_name": "somebody"},
        {"object_id": "999"},
        {"object_label": "另一机关"},
        {"details_json": '{"figure":9}'},
        {"at": F("at") + timedelta(microseconds=1)},
        {"actor": None},
        {"hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_altered_field_is_found_at_its_line(lines, change):
    with guards_lifted():
        lines_at(3).update(**change)
    assert ("altered", 3) in faults()


def test_a_line_altered_and_sealed_anew_no_longer_fits_the_next(lines):
    entry = lines[2]
    entry.verb = "other"
    fields = {name: getattr(entry, name) for name in Line.__slots__}
    with guards_lifted():
        lines_at(3).update(verb="other", hash=sealed(Line(**fields), entry.previous_hash))
    assert faults() == [("unchained", 4)]


def test_the_last_line_altered_and_sealed_anew_no_longer_fits_the_head(lines):
    entry = lines[-1]
    entry.verb = "other"
    fields = {name: getattr(entry, name) for name in Line.__slots__}
    with guards_lifted():
        lines_at(LINES).update(verb="other", hash=sealed(Line(**fields), entry.previous_hash))
    assert faults() == [("head", LINES)]


def test_a_missing_line_is_named(lines):
    with guards_lifted():
        lines_at(3).delete()
    assert faults() == [("missing", 3)]
    assert str(verify().faults[0]) == "line 3: missing (line 3 is not there)"


def test_missing_lines_are_named_together(lines):
    with guards_lifted():
        Entry.objects.filter(sequence__in=[2, 3]).delete()
    assert "lines 2 to 3 are not there" in str(verify().faults[0])


def test_the_first_line_missing_is_named(lines):
    with guards_lifted():
        lines_at(1).delete()
    assert faults() == [("missing", 1)]


def test_lines_cut_off_at_the_end_are_named(lines):
    with guards_lifted():
        Entry.objects.filter(sequence__gt=4).delete()
    assert faults() == [("missing", 5)]


def test_two_lines_that_changed_places_are_both_named(lines):
    with guards_lifted():
        for source, target in ((2, 100), (3, 2), (100, 3)):
            lines_at(source).update(sequence=target)
    found = faults()
    assert ("altered", 2) in found
    assert ("altered", 3) in found


@pytest.mark.parametrize("sequence", [0, LINES + 1])
def test_a_line_that_was_put_in_is_named(lines, sequence):
    entry = Entry.objects.get(sequence=3)
    entry.sequence, entry.hash = sequence, "e" * 64
    entry.save(force_insert=True)
    assert ("surplus", sequence) in faults()


def test_a_line_whose_row_does_not_even_load_is_named(lines):
    if connection.vendor != "sqlite":
        pytest.xfail("PostgreSQL holds no value that is not of the column's type")
    with guards_lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE trail_entry SET at = 'nonsense' WHERE sequence = 3")
    assert ("altered", 3) in faults()


def test_a_tail_cut_off_together_with_the_head_is_found_by_an_anchor_alone(lines):
    noted = Anchor(LINES, lines[-1].hash)
    with guards_lifted():
        Entry.objects.filter(sequence__gt=4).delete()
        Head.objects.update(count=4, hash=lines[3].hash)
    assert faults() == []
    assert faults(noted) == [("anchor", LINES)]


def test_a_trail_rewritten_with_its_head_is_found_by_an_anchor_alone(lines, county, cast):
    noted = Anchor(LINES, lines[-1].hash)
    with guards_lifted():
        Entry.objects.all().delete()
        Head.objects.update(count=0, hash=GENESIS)
    for n in range(LINES):
        record(cast.colleague, f"step.{n}", county.own)
    assert faults() == []
    assert faults(noted) == [("anchor", LINES)]


def test_an_anchor_still_holds_when_the_trail_has_grown(lines, county, cast):
    noted = Anchor(LINES, lines[-1].hash)
    record(cast.officer, "later", county.own)
    assert faults(noted) == []


def test_a_lifted_guard_is_named(lines):
    on_table = " ON trail_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER gongkai_trail_entry_no_delete{on_table}")
    assert [str(fault) for fault in verify().faults] == [
        "the database no longer holds the guard gongkai_trail_entry_no_delete"
    ]


def test_verification_reads_in_batches(lines, monkeypatch):
    monkeypatch.setattr(verification, "BATCH", 2)
    with CaptureQueriesContext(connection) as context:
        assert verify().whole
    assert sum(" BETWEEN " in query["sql"] for query in context) == LINES // 2
