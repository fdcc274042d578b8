"""The text from which a published revision was written out stays with it."""

from django.db import migrations

from gongkai.trail.guard import by_vendor

PUBLIC = "OLD.state IN ('published', 'superseded')"
WORDS = "a published revision is never changed"
SQLITE = [
    f"""CREATE TRIGGER gongkai_narrative_fixed BEFORE UPDATE ON annual_report_revision
        WHEN {PUBLIC} AND (OLD.narrative IS NOT NEW.narrative OR OLD.as_of IS NOT NEW.as_of)
        BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
]
POSTGRESQL = [
    f"""CREATE TRIGGER gongkai_narrative_fixed BEFORE UPDATE ON annual_report_revision
        FOR EACH ROW WHEN ({PUBLIC} AND (OLD.narrative IS DISTINCT FROM NEW.narrative
            OR OLD.as_of IS DISTINCT FROM NEW.as_of))
        EXECUTE FUNCTION gongkai_refuse('{WORDS}')""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER gongkai_narrative_fixed"],
    "postgresql": ["DROP TRIGGER gongkai_narrative_fixed ON annual_report_revision"],
}


class Migration(migrations.Migration):
    dependencies = [("annual_report", "0005_yearend"), ("trail", "0003_replace_guard")]

    operations = [by_vendor(sqlite=SQLITE, postgresql=POSTGRESQL, undo=UNDO)]
