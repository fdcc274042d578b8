"""Guards against the ways around the first ones.

SQLite's REPLACE removes rows without asking the guards against removal, so what may be replaced
is refused before it is put in; PostgreSQL has no REPLACE, and its keys refuse by themselves.
PostgreSQL's TRUNCATE asks no guard of single rows.
"""

from django.db import migrations

from gongkai.trail.guard import by_vendor

SQLITE = [
    """CREATE TRIGGER gongkai_trail_entry_no_replace BEFORE INSERT ON trail_entry
       WHEN EXISTS (SELECT 1 FROM trail_entry WHERE sequence = NEW.sequence OR hash = NEW.hash)
       BEGIN SELECT RAISE(ABORT, 'a line of the trail is never replaced'); END""",
    """CREATE TRIGGER gongkai_trail_head_no_replace BEFORE INSERT ON trail_head
       WHEN EXISTS (SELECT 1 FROM trail_head)
       BEGIN SELECT RAISE(ABORT, 'the head of the trail is never replaced'); END""",
]
POSTGRESQL = [
    """CREATE TRIGGER gongkai_trail_head_no_truncate BEFORE TRUNCATE ON trail_head
       FOR EACH STATEMENT EXECUTE FUNCTION gongkai_refuse('the head of the trail is never removed')""",
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER gongkai_trail_entry_no_replace",
        "DROP TRIGGER gongkai_trail_head_no_replace",
    ],
    "postgresql": ["DROP TRIGGER gongkai_trail_head_no_truncate ON trail_head"],
}


class Migration(migrations.Migration):
    dependencies = [("trail", "0002_guard")]

    operations = [by_vendor(sqlite=SQLITE, postgresql=POSTGRESQL, undo=UNDO)]
