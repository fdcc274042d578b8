"""Guards against the ways around the first ones, and a report stays with its agency and year.

SQLite's REPLACE removes rows without asking the guards against removal, so what would put a
published revision aside is refused beforehand; PostgreSQL has no REPLACE. PostgreSQL's TRUNCATE
asks no guard of single rows.
"""

from django.db import migrations

from gongkai.trail.guard import by_vendor

IN_THE_PLACE_OF_A_PUBLIC_ONE = """EXISTS (
    SELECT 1 FROM annual_report_revision AS public
    WHERE public.state IN ('published', 'superseded')
      AND (public.id = NEW.id
        OR (public.report_id = NEW.report_id
          AND (public.number = NEW.number
            OR (public.state = 'published' AND NEW.state = 'published')))))"""

SQLITE = [
    f"""CREATE TRIGGER gongkai_revision_no_replace BEFORE INSERT ON annual_report_revision
        WHEN {IN_THE_PLACE_OF_A_PUBLIC_ONE}
        BEGIN SELECT RAISE(ABORT, 'a published revision is never replaced'); END""",
    f"""CREATE TRIGGER gongkai_revision_not_in_place BEFORE UPDATE ON annual_report_revision
        WHEN OLD.state NOT IN ('published', 'superseded') AND {IN_THE_PLACE_OF_A_PUBLIC_ONE}
        BEGIN SELECT RAISE(ABORT, 'a published revision is never replaced'); END""",
    """CREATE TRIGGER gongkai_report_stays BEFORE UPDATE ON annual_report_storedreport
       WHEN OLD.id <> NEW.id OR OLD.agency_id <> NEW.agency_id OR OLD.year <> NEW.year
       BEGIN SELECT RAISE(ABORT, 'a report stays with its agency and year'); END""",
    """CREATE TRIGGER gongkai_report_no_replace BEFORE INSERT ON annual_report_storedreport
       WHEN EXISTS (SELECT 1 FROM annual_report_storedreport AS held WHERE held.id = NEW.id
         OR (held.agency_id = NEW.agency_id AND held.year = NEW.year))
       BEGIN SELECT RAISE(ABORT, 'a report is never replaced'); END""",
]
POSTGRESQL = [
    """CREATE TRIGGER gongkai_revision_no_truncate BEFORE TRUNCATE ON annual_report_revision
       FOR EACH STATEMENT
       EXECUTE FUNCTION gongkai_refuse('a published revision is never removed')""",
    """CREATE TRIGGER gongkai_report_stays BEFORE UPDATE ON annual_report_storedreport
       FOR EACH ROW
       WHEN (OLD.id <> NEW.id OR OLD.agency_id <> NEW.agency_id OR OLD.year <> NEW.year)
       EXECUTE FUNCTION gongkai_refuse('a report stays with its agency and year')""",
]
SQLITE_NAMES = (
    "gongkai_revision_no_replace",
    "gongkai_revision_not_in_place",
    "gongkai_report_stays",
    "gongkai_report_no_replace",
)
UNDO = {
    "sqlite": [f"DROP TRIGGER {name}" for name in SQLITE_NAMES],
    "postgresql": [
        "DROP TRIGGER gongkai_revision_no_truncate ON annual_report_revision",
        "DROP TRIGGER gongkai_report_stays ON annual_report_storedreport",
    ],
}


class Migration(migrations.Migration):
    dependencies = [("annual_report", "0003_guard"), ("trail", "0003_replace_guard")]

    operations = [by_vendor(sqlite=SQLITE, postgresql=POSTGRESQL, undo=UNDO)]
