"""A published revision is never changed or removed; it can only be superseded."""

from django.db import migrations

from gongkai.trail.guard import by_vendor

FIXED = (
    "report_id number form title body content_hash source_id public_note "
    "created_by_id created_at published_by_id published_at"
).split()

SQLITE = [
    f"""CREATE TRIGGER gongkai_revision_fixed BEFORE UPDATE ON annual_report_revision
        WHEN OLD.state IN ('published', 'superseded')
         AND (({" OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in FIXED)})
           OR NOT (NEW.state = OLD.state
                   OR (OLD.state = 'published' AND NEW.state = 'superseded')))
        BEGIN SELECT RAISE(ABORT, 'a published revision is never changed'); END""",
    """CREATE TRIGGER gongkai_revision_kept BEFORE DELETE ON annual_report_revision
       WHEN OLD.state IN ('published', 'superseded')
       BEGIN SELECT RAISE(ABORT, 'a published revision is never removed'); END""",
]
POSTGRESQL = [
    f"""CREATE TRIGGER gongkai_revision_fixed BEFORE UPDATE ON annual_report_revision
        FOR EACH ROW WHEN (OLD.state IN ('published', 'superseded')
         AND (({" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FIXED)})
           OR NOT (NEW.state = OLD.state
                   OR (OLD.state = 'published' AND NEW.state = 'superseded'))))
        EXECUTE FUNCTION gongkai_refuse('a published revision is never changed')""",
    """CREATE TRIGGER gongkai_revision_kept BEFORE DELETE ON annual_report_revision
       FOR EACH ROW WHEN (OLD.state IN ('published', 'superseded'))
       EXECUTE FUNCTION gongkai_refuse('a published revision is never removed')""",
]
NAMES = ("gongkai_revision_fixed", "gongkai_revision_kept")
UNDO = {
    "sqlite": [f"DROP TRIGGER {name}" for name in NAMES],
    "postgresql": [f"DROP TRIGGER {name} ON annual_report_revision" for name in NAMES],
}


class Migration(migrations.Migration):
    dependencies = [("annual_report", "0002_initial"), ("trail", "0002_guard")]

    operations = [by_vendor(sqlite=SQLITE, postgresql=POSTGRESQL, undo=UNDO)]
