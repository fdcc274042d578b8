"""What the database itself keeps of flow 2.

The ledger only grows, counts a case once and knows no result without receipt; a fact is struck out,
never changed; what was signed or issued stays as it was, and nothing is signed that others have not
checked for exactly that content (条例第十七条); a number once given is never taken back. SQLite's
REPLACE removes rows without asking the guards against removal, so what would put a row aside is
refused beforehand.
"""

from django.db import migrations

from gongkai.trail.guard import by_vendor

FACT_FIXED = "id case_id kind on details recorded_at recorded_by_id".split()
DECISION_FIXED = (
    "id case_id number outcome ground findings reasons answer law_named other_agency other_contact "
    "way delay_until override_reason content_hash drafted_by_id drafted_at signed_by_id signed_at "
    "decided_on"
).split()
LETTER_FIXED = (
    "id case_id decision_id consultation_id kind template agency_id year sequence number dated "
    "content_hash verification issued_by_id issued_at"
).split()

STRUCK = "a fact is struck out, never changed"
KEPT = "what happened to a case is never removed"
GROWS = "the ledger only grows"
ONCE = "a case is counted once, and its result only after its receipt"
MATCHES = "a line takes back one that is exactly its like and still stands"
SIGNED = "what was signed is never changed"
CHECKED = "nothing is signed that others have not checked for exactly that content"
ISSUED = "what was issued is never changed"
CHECK_FIXED = "what a reviewer said is never changed or removed"


def differs(names: list[str], unlike: str, quote: str = '"') -> str:
    return " OR ".join(f"OLD.{quote}{name}{quote} {unlike} NEW.{quote}{name}{quote}" for name in names)


def standing(kind: str) -> str:
    return f"""(SELECT coalesce(sum(l.sign), 0) FROM casework_line AS l
        WHERE l.case_id = NEW.case_id AND l.kind = {kind})"""


RECEIVED = """EXISTS (SELECT 1 FROM casework_line AS r
    WHERE r.case_id = NEW.case_id AND r.kind = 'received' AND r.sign = 1
      AND r.agency_id = NEW.agency_id AND r.applicant_kind = NEW.applicant_kind
      AND r."on" <= NEW."on"
      AND NOT EXISTS (SELECT 1 FROM casework_line AS b WHERE b.reverses_id = r.id))"""
LIKE = """EXISTS (SELECT 1 FROM casework_line AS r
    WHERE r.id = NEW.reverses_id AND r.case_id = NEW.case_id AND r.kind = NEW.kind AND r.sign = 1
      AND r.agency_id = NEW.agency_id AND r.applicant_kind = NEW.applicant_kind
      AND r."on" = NEW."on" AND r.year = NEW.year AND r."row" = NEW."row")"""
COUNTED_TWICE = f"""(NEW.sign = 1 AND ({standing("NEW.kind")} <> 0
    OR (NEW.kind = 'closed' AND NOT {RECEIVED})))"""
NOT_ALIKE = f"""(NEW.sign = -1 AND (NOT {LIKE}
    OR (NEW.kind = 'received' AND {standing("'closed'")} <> 0)))"""


def approved(step: str) -> str:
    return f"""EXISTS (SELECT 1 FROM casework_check AS c
        WHERE c.decision_id = NEW.id AND c.step = '{step}' AND c.approved
          AND c.content_hash = NEW.content_hash AND c.by_id <> NEW.drafted_by_id)"""


UNCHECKED = f"""(NEW.state = 'signed' AND OLD.state <> 'signed'
    AND NOT ({approved("office")} AND {approved("secrecy")} AND {approved("signature")}))"""
UNSIGNED = "NEW.state = 'signed'"


def decision_fixed(unlike: str) -> str:
    return f"""(OLD.state IN ('signed', 'void') AND ({differs(DECISION_FIXED, unlike)}
        OR NOT (NEW.state = OLD.state OR (OLD.state = 'signed' AND NEW.state = 'void'))))"""


def fact_fixed(unlike: str) -> str:
    return f"({differs(FACT_FIXED, unlike)} OR OLD.struck_at IS NOT NULL)"


def of_settled(row: str) -> str:
    return f"""EXISTS (SELECT 1 FROM casework_decision AS d
        WHERE d.id = {row}.decision_id AND d.state IN ('signed', 'void'))"""


PARTS = [
    (f"{name}_{event.lower()}", event, table, row)
    for name, table in (("decision_item", "decisionitem"), ("provided", "provided"))
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
]
"""What belongs to a decision stands still with it."""


def sqlite(name: str, event: str, table: str, when: str, words: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return f"""CREATE TRIGGER gongkai_{name} BEFORE {event} ON casework_{table} {condition}
        BEGIN SELECT RAISE(ABORT, '{words}'); END"""


def taken(table: str, also: str = "") -> str:
    return f"EXISTS (SELECT 1 FROM casework_{table} AS held WHERE held.id = NEW.id {also})"


GUARDS_SQLITE = [
    ("case_kept", "DELETE", "case", "", KEPT),
    (
        "case_no_replace", "INSERT", "case",
        taken("case", "OR held.number = NEW.number OR (held.agency_id = NEW.agency_id"
              " AND held.year = NEW.year AND held.sequence = NEW.sequence)"),
        KEPT,
    ),
    ("fact_struck", "UPDATE", "fact", fact_fixed("IS NOT"), STRUCK),
    ("fact_kept", "DELETE", "fact", "", KEPT),
    ("fact_no_replace", "INSERT", "fact", taken("fact"), STRUCK),
    ("line_fixed", "UPDATE", "line", "", GROWS),
    ("line_kept", "DELETE", "line", "", GROWS),
    (
        "line_no_replace", "INSERT", "line",
        taken("line", "OR (NEW.reverses_id IS NOT NULL AND held.reverses_id = NEW.reverses_id)"),
        GROWS,
    ),
    ("line_once", "INSERT", "line", COUNTED_TWICE, ONCE),
    ("line_alike", "INSERT", "line", NOT_ALIKE, MATCHES),
    ("case_decision_fixed", "UPDATE", "decision", decision_fixed("IS NOT"), SIGNED),
    ("case_decision_checked", "UPDATE", "decision", UNCHECKED, CHECKED),
    (
        "case_decision_begun", "INSERT", "decision",
        f"{UNSIGNED} OR {taken('decision')}", CHECKED,
    ),
    ("case_decision_kept", "DELETE", "decision", "", KEPT),
    ("check_fixed", "UPDATE", "check", "", CHECK_FIXED),
    ("check_kept", "DELETE", "check", "", CHECK_FIXED),
    ("check_no_replace", "INSERT", "check", taken("check"), CHECK_FIXED),
    ("letter_fixed", "UPDATE", "letter", differs(LETTER_FIXED, "IS NOT"), ISSUED),
    ("letter_kept", "DELETE", "letter", "", ISSUED),
    ("letter_no_replace", "INSERT", "letter", taken("letter"), ISSUED),
    ("due_change_fixed", "UPDATE", "duechange", "", KEPT),
    ("due_change_kept", "DELETE", "duechange", "", KEPT),
]  # fmt: skip
SQLITE = [
    *(sqlite(*guard) for guard in GUARDS_SQLITE),
    *(sqlite(name, event, table, of_settled(row), SIGNED) for name, event, table, row in PARTS),
]


def function(name: str, when: str, words: str) -> str:
    return f"""CREATE FUNCTION gongkai_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {when} THEN
                RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$"""


def calling(name: str, event: str, table: str) -> str:
    return f"""CREATE TRIGGER gongkai_{name} BEFORE {event} ON casework_{table}
        FOR EACH ROW EXECUTE FUNCTION gongkai_{name}()"""


def refusing(name: str, event: str, table: str, when: str, words: str) -> str:
    condition = f"WHEN ({when})" if when else ""
    return f"""CREATE TRIGGER gongkai_{name} BEFORE {event} ON casework_{table}
        FOR EACH ROW {condition} EXECUTE FUNCTION gongkai_refuse('{words}')"""


FUNCTIONS_POSTGRESQL = [
    ("line_once", "INSERT", "line", COUNTED_TWICE, ONCE),
    ("line_alike", "INSERT", "line", NOT_ALIKE, MATCHES),
    ("case_decision_checked", "UPDATE", "decision", UNCHECKED, CHECKED),
]
UNLIKE = "IS DISTINCT FROM"
GUARDS_POSTGRESQL = [
    ("case_kept", "DELETE", "case", "", KEPT),
    ("fact_struck", "UPDATE", "fact", fact_fixed(UNLIKE), STRUCK),
    ("fact_kept", "DELETE", "fact", "", KEPT),
    ("line_fixed", "UPDATE", "line", "", GROWS),
    ("line_kept", "DELETE", "line", "", GROWS),
    ("case_decision_fixed", "UPDATE", "decision", decision_fixed(UNLIKE), SIGNED),
    ("case_decision_begun", "INSERT", "decision", UNSIGNED, CHECKED),
    ("case_decision_kept", "DELETE", "decision", "", KEPT),
    ("check_fixed", "UPDATE", "check", "", CHECK_FIXED),
    ("check_kept", "DELETE", "check", "", CHECK_FIXED),
    ("letter_fixed", "UPDATE", "letter", differs(LETTER_FIXED, UNLIKE), ISSUED),
    ("letter_kept", "DELETE", "letter", "", ISSUED),
    ("due_change_fixed", "UPDATE", "duechange", "", KEPT),
    ("due_change_kept", "DELETE", "duechange", "", KEPT),
]
NEVER_EMPTIED = ("case", "fact", "line", "decision", "check", "letter", "duechange")
EMPTIED = [
    f"""CREATE TRIGGER gongkai_casework_{table}_no_truncate BEFORE TRUNCATE ON casework_{table}
        FOR EACH STATEMENT EXECUTE FUNCTION gongkai_refuse('{KEPT}')"""
    for table in NEVER_EMPTIED
]
OF_SETTLED = [
    statement
    for name, event, table, row in PARTS
    for statement in (
        f"""CREATE FUNCTION gongkai_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {of_settled(row)} THEN
                RAISE EXCEPTION '{SIGNED}' USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        END $$""",
        calling(name, event, table),
    )
]
POSTGRESQL = [
    *(function(name, when, words) for name, _, _, when, words in FUNCTIONS_POSTGRESQL),
    *(calling(name, event, table) for name, event, table, _, _ in FUNCTIONS_POSTGRESQL),
    *(refusing(*guard) for guard in GUARDS_POSTGRESQL),
    *OF_SETTLED,
    *EMPTIED,
]
UNDO = {
    "sqlite": [f"DROP TRIGGER gongkai_{guard[0]}" for guard in (*GUARDS_SQLITE, *PARTS)],
    "postgresql": [
        *(
            f"DROP TRIGGER gongkai_{name} ON casework_{table}"
            for name, _, table, _, _ in (*FUNCTIONS_POSTGRESQL, *GUARDS_POSTGRESQL)
        ),
        *(f"DROP TRIGGER gongkai_{name} ON casework_{table}" for name, _, table, _ in PARTS),
        *(
            f"DROP TRIGGER gongkai_casework_{table}_no_truncate ON casework_{table}"
            for table in NEVER_EMPTIED
        ),
        *(f"DROP FUNCTION gongkai_{guard[0]}()" for guard in (*FUNCTIONS_POSTGRESQL, *PARTS)),
    ],
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("trail", "0003_replace_guard")]

    operations = [by_vendor(sqlite=SQLITE, postgresql=POSTGRESQL, undo=UNDO)]
