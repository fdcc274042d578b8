"""The database's own guards: no way around them, and none is exchanged unnoticed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.trail.actions import record
from gongkai.trail.guard import altered, lifted
from gongkai.trail.models import Entry, Head
from gongkai.trail.verification import verify
from tests.stored import replacing

SQLITE = connection.vendor == "sqlite"
COLUMNS = ", ".join(field.column for field in Entry._meta.concrete_fields)


@pytest.fixture
def lines(county):
    return [record(None, f"step.{n}", county.own) for n in range(3)]


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def faults():
    return [str(fault) for fault in verify().faults]


def test_the_migrations_leave_every_guard_in_place(db):
    """SQLite makes a table anew, without its triggers, for a column that may not be null."""
    assert (lifted(), altered()) == ([], [])


def test_a_line_is_not_put_in_the_place_of_another(lines):
    """SQLite's REPLACE removes the row that stands there and asks no guard against removal."""
    same_place = COLUMNS.replace("verb", "'other'")
    same_hash = COLUMNS.replace("sequence", "sequence + 100")
    for values in (same_place, same_hash):
        with replacing() as verb, pytest.raises(DatabaseError), transaction.atomic():
            run(f"{verb} INTO trail_entry ({COLUMNS}) SELECT {values} FROM trail_entry")
    assert [entry.verb for entry in Entry.objects.all()] == ["step.0", "step.1", "step.2"]


def test_the_head_is_not_put_in_the_place_of_another(lines):
    with replacing() as verb, pytest.raises(DatabaseError), transaction.atomic():
        run(f"{verb} INTO trail_head (id, count, hash) VALUES (1, 0, 'x')")
    assert Head.objects.get().count == 3


@pytest.mark.parametrize("table", ["trail_entry", "trail_head", "annual_report_revision"])
def test_nothing_is_emptied_at_once(lines, table):
    if SQLITE:
        pytest.xfail("SQLite has no TRUNCATE")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match=r"removed|emptied"), transaction.atomic():
        run(f"TRUNCATE {table} CASCADE")


HOLLOW = {
    "sqlite": [
        "DROP TRIGGER gongkai_revision_fixed",
        """CREATE TRIGGER gongkai_revision_fixed BEFORE UPDATE ON annual_report_revision
           WHEN 0 BEGIN SELECT 1; END""",
    ],
    "postgresql": [
        "DROP TRIGGER gongkai_revision_fixed ON annual_report_revision",
        """CREATE TRIGGER gongkai_revision_fixed BEFORE UPDATE ON annual_report_revision
           FOR EACH ROW WHEN (false) EXECUTE FUNCTION gongkai_refuse('x')""",
    ],
}


def test_a_guard_exchanged_for_a_hollow_one_is_named(lines):
    for statement in HOLLOW[connection.vendor]:
        run(statement)
    assert faults() == ["the guard gongkai_revision_fixed is not the one that was installed"]


def test_a_guard_that_watches_another_table_is_named(lines):
    run("CREATE TABLE elsewhere AS SELECT * FROM trail_head")
    if SQLITE:
        run("DROP TRIGGER gongkai_trail_head_no_delete")
        run(
            "CREATE TRIGGER gongkai_trail_head_no_delete BEFORE DELETE ON elsewhere"
            " BEGIN SELECT RAISE(ABORT, 'the head of the trail is never removed'); END"
        )
    else:
        run("DROP TRIGGER gongkai_trail_head_no_delete ON trail_head")
        run(
            "CREATE TRIGGER gongkai_trail_head_no_delete BEFORE DELETE ON elsewhere FOR EACH ROW"
            " EXECUTE FUNCTION gongkai_refuse('the head of the trail is never removed')"
        )
    assert faults() == ["the guard gongkai_trail_head_no_delete is not the one that was installed"]


def test_a_function_that_no_longer_refuses_is_named(lines):
    if SQLITE:
        pytest.xfail("SQLite's guards stand on no functions")
    run(
        "CREATE OR REPLACE FUNCTION gongkai_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN NEW; END $$"
    )
    assert faults() == ["the guard gongkai_refuse() is not the one that was installed"]


def test_a_guard_put_out_of_force_is_named(lines):
    if SQLITE:
        pytest.xfail("SQLite's guards are there or not")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE trail_entry DISABLE TRIGGER gongkai_trail_entry_no_update")
    assert faults() == ["the database no longer holds the guard gongkai_trail_entry_no_update"]
