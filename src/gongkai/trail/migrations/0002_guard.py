"""The head row, and the triggers that let the trail only grow."""

from typing import Any

from django.db import migrations

from gongkai.trail.chain import GENESIS
from gongkai.trail.guard import by_vendor

SQLITE = [
    """CREATE TRIGGER gongkai_trail_entry_no_update BEFORE UPDATE ON trail_entry
       BEGIN SELECT RAISE(ABORT, 'a line of the trail is never changed'); END""",
    """CREATE TRIGGER gongkai_trail_entry_no_delete BEFORE DELETE ON trail_entry
       BEGIN SELECT RAISE(ABORT, 'a line of the trail is never removed'); END""",
    """CREATE TRIGGER gongkai_trail_head_only_grows BEFORE UPDATE ON trail_head
       WHEN NEW.count <> OLD.count + 1
       BEGIN SELECT RAISE(ABORT, 'the trail only grows, line by line'); END""",
    """CREATE TRIGGER gongkai_trail_head_no_delete BEFORE DELETE ON trail_head
       BEGIN SELECT RAISE(ABORT, 'the head of the trail is never removed'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION gongkai_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER gongkai_trail_entry_no_update BEFORE UPDATE ON trail_entry
       FOR EACH ROW EXECUTE FUNCTION gongkai_refuse('a line of the trail is never changed')""",
    """CREATE TRIGGER gongkai_trail_entry_no_delete BEFORE DELETE ON trail_entry
       FOR EACH ROW EXECUTE FUNCTION gongkai_refuse('a line of the trail is never removed')""",
    """CREATE TRIGGER gongkai_trail_entry_no_truncate BEFORE TRUNCATE ON trail_entry
       FOR EACH STATEMENT EXECUTE FUNCTION gongkai_refuse('the trail is never emptied')""",
    """CREATE TRIGGER gongkai_trail_head_only_grows BEFORE UPDATE ON trail_head
       FOR EACH ROW WHEN (NEW.count <> OLD.count + 1)
       EXECUTE FUNCTION gongkai_refuse('the trail only grows, line by line')""",
    """CREATE TRIGGER gongkai_trail_head_no_delete BEFORE DELETE ON trail_head
       FOR EACH ROW EXECUTE FUNCTION gongkai_refuse('the head of the trail is never removed')""",
]
NAMES = {
    "trail_entry": ["gongkai_trail_entry_no_update", "gongkai_trail_entry_no_delete"],
    "trail_head": ["gongkai_trail_head_only_grows", "gongkai_trail_head_no_delete"],
}
UNDO = {
    "sqlite": [f"DROP TRIGGER {name}" for names in NAMES.values() for name in names],
    "postgresql": [
        *(f"DROP TRIGGER {name} ON {table}" for table, names in NAMES.items() for name in names),
        "DROP TRIGGER gongkai_trail_entry_no_truncate ON trail_entry",
        "DROP FUNCTION gongkai_refuse()",
    ],
}


def make_head(apps: Any, _editor: Any) -> None:
    apps.get_model("trail", "Head").objects.create(pk=1, count=0, hash=GENESIS)


def remove_head(apps: Any, _editor: Any) -> None:
    apps.get_model("trail", "Head").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [
        migrations.RunPython(make_head, remove_head),
        by_vendor(sqlite=SQLITE, postgresql=POSTGRESQL, undo=UNDO),
    ]
