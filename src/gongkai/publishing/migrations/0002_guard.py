"""First reviewed, then public: the database itself admits nothing else (条例第十七条).

A publication needs an approved round over the same content, whose every step, the secrecy review
among them, was approved for exactly that content by somebody who did not write it. What was decided
and what was published is never changed or removed. SQLite's REPLACE removes rows without asking the
guards against removal, so what would put a row aside is refused beforehand.
"""

from django.db import migrations

from gongkai.trail.guard import by_vendor

STEPS_APPROVED = """(SELECT count(*) FROM publishing_decision AS d
    WHERE d.round_id = {round}.id AND d.outcome = 'approved'
      AND d.content_hash = {round}.content_hash)"""
SECRECY_APPROVED = """EXISTS (SELECT 1 FROM publishing_decision AS d
    WHERE d.round_id = {round}.id AND d.step = 'secrecy' AND d.outcome = 'approved'
      AND d.content_hash = {round}.content_hash)"""


def reviewed(length: str) -> str:
    return f"""EXISTS (SELECT 1 FROM publishing_round AS r
        JOIN publishing_version AS v ON v.id = r.version_id
        WHERE r.id = NEW.round_id AND r.document_id = NEW.document_id
          AND r.version_id = NEW.version_id AND v.document_id = NEW.document_id
          AND r.state = 'approved' AND r.content_hash = NEW.content_hash
          AND v.content_hash = NEW.content_hash AND v.disclosure = 'proactive'
          AND {STEPS_APPROVED.format(round="r")} = {length}(r.steps)
          AND {SECRECY_APPROVED.format(round="r")})"""


def own_version() -> str:
    return """EXISTS (SELECT 1 FROM publishing_version AS v
        WHERE v.id = NEW.version_id AND v.document_id = NEW.document_id
          AND v.content_hash = NEW.content_hash)"""


def approved_by_others() -> str:
    return """EXISTS (SELECT 1 FROM publishing_round AS r
        JOIN publishing_version AS v ON v.id = r.version_id
        WHERE r.id = NEW.round_id AND r.content_hash = NEW.content_hash AND r.state = 'open'
          AND r.opened_by_id <> NEW.by_id
          AND NOT EXISTS (SELECT 1 FROM publishing_version AS w
              WHERE w.document_id = r.document_id AND w.by_id = NEW.by_id
                AND (w.content_hash = v.content_hash OR (w.body = v.body AND v.body <> ''))))"""


def all_approved(length: str) -> str:
    return f"""({STEPS_APPROVED.format(round="NEW")} = {length}(NEW.steps)
        AND {SECRECY_APPROVED.format(round="NEW")})"""


PUBLICATION_FIXED = (
    "id document_id number version_id round_id content_hash migrated migration_mark agency_id "
    "index_number title document_number kind item topic catalogue_item_id period formed_on "
    "published_on year published_at published_by_id public_note"
).split()
VERSION_FIXED = (
    "id document_id number parallel autosaved title document_number formed_on kind topic keywords "
    "summary disclosure ground reason evaluate_on item catalogue_item_id period effective_on "
    "expires_on source body content_hash by_id at"
).split()
ROUND_FIXED = "id document_id version_id content_hash steps opened_by_id opened_at".split()

NOT_REVIEWED = "nothing is published without review"
FIXED = "what was published is never changed"
KEPT = "what was published is never removed"
DECIDED = "a decision is never changed or removed"
SEALED = "a version is never changed"
BY_OTHERS = "a decision is about the content of an open round, by somebody who did not write it"
ROUND = "a round holds for one content and is approved only when every step is"


def differs(names: list[str], unlike: str) -> str:
    return " OR ".join(f"OLD.{name} {unlike} NEW.{name}" for name in names)


def transition(unlike: str) -> str:
    return f"""(OLD.state {unlike} NEW.state
        AND NOT (OLD.state = 'public' AND NEW.state IN ('superseded', 'withdrawn')))"""


def round_transition(unlike: str) -> str:
    return f"""(OLD.state {unlike} NEW.state AND NOT (
        (OLD.state = 'open' AND NEW.state IN ('approved', 'returned', 'recalled'))
        OR (OLD.state = 'approved' AND NEW.state IN ('void', 'recalled'))))"""


def sqlite(name: str, event: str, table: str, when: str, words: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return f"""CREATE TRIGGER gongkai_{name} BEFORE {event} ON publishing_{table} {condition}
        BEGIN SELECT RAISE(ABORT, '{words}'); END"""


def taken(table: str, also: str = "") -> str:
    return f"EXISTS (SELECT 1 FROM publishing_{table} AS held WHERE held.id = NEW.id {also})"


SEALED_VERSION = """EXISTS (SELECT 1 FROM publishing_round WHERE version_id = {row}.version_id)
    OR EXISTS (SELECT 1 FROM publishing_publication WHERE version_id = {row}.version_id)"""

GUARDS_SQLITE = [
    (
        "publication_reviewed", "INSERT", "publication",
        f"NOT ((NEW.migrated = 1 AND {own_version()}) OR {reviewed('json_array_length')})",
        NOT_REVIEWED,
    ),
    (
        "publication_no_replace", "INSERT", "publication",
        taken(
            "publication",
            "OR (held.document_id = NEW.document_id AND (held.number = NEW.number"
            " OR (held.state = 'public' AND NEW.state = 'public')))"
            " OR (NEW.number = 1 AND held.number = 1 AND held.index_number = NEW.index_number)",
        ),
        FIXED,
    ),
    (
        "publication_fixed", "UPDATE", "publication",
        f"{differs(PUBLICATION_FIXED, 'IS NOT')} OR {transition('IS NOT')}", FIXED,
    ),
    ("publication_kept", "DELETE", "publication", "", KEPT),
    ("version_sealed", "UPDATE", "version", differs(VERSION_FIXED, "IS NOT"), SEALED),
    ("version_no_replace", "INSERT", "version", taken("version"), SEALED),
    ("attachment_sealed", "UPDATE", "attachment", "", SEALED),
    ("attachment_kept", "DELETE", "attachment", SEALED_VERSION.format(row="OLD"), SEALED),
    ("attachment_late", "INSERT", "attachment", SEALED_VERSION.format(row="NEW"), SEALED),
    ("round_opened", "INSERT", "round", f"NEW.state <> 'open' OR {taken('round')}", ROUND),
    (
        "round_fixed", "UPDATE", "round",
        f"{differs(ROUND_FIXED, 'IS NOT')} OR {round_transition('IS NOT')}"
        f" OR (OLD.state = 'open' AND NEW.state = 'approved'"
        f" AND NOT {all_approved('json_array_length')})",
        ROUND,
    ),
    ("round_kept", "DELETE", "round", "", ROUND),
    ("decision_by_others", "INSERT", "decision", f"NOT {approved_by_others()}", BY_OTHERS),
    ("decision_no_replace", "INSERT", "decision", taken(
        "decision", "OR (held.round_id = NEW.round_id AND held.step = NEW.step)"), DECIDED),
    ("decision_fixed", "UPDATE", "decision", "", DECIDED),
    ("decision_kept", "DELETE", "decision", "", DECIDED),
    ("withdrawal_fixed", "UPDATE", "withdrawal", "", FIXED),
    ("withdrawal_kept", "DELETE", "withdrawal", "", KEPT),
    ("withdrawal_no_replace", "INSERT", "withdrawal", taken(
        "withdrawal", "OR held.publication_id = NEW.publication_id"), FIXED),
]  # fmt: skip
SQLITE = [sqlite(*guard) for guard in GUARDS_SQLITE]


def function(name: str, when: str, words: str) -> str:
    return f"""CREATE FUNCTION gongkai_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {when} THEN
                RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$"""


def calling(name: str, event: str, table: str) -> str:
    return f"""CREATE TRIGGER gongkai_{name} BEFORE {event} ON publishing_{table}
        FOR EACH ROW EXECUTE FUNCTION gongkai_{name}()"""


def refusing(name: str, event: str, table: str, when: str, words: str) -> str:
    condition = f"WHEN ({when})" if when else ""
    return f"""CREATE TRIGGER gongkai_{name} BEFORE {event} ON publishing_{table}
        FOR EACH ROW {condition} EXECUTE FUNCTION gongkai_refuse('{words}')"""


LENGTH = "jsonb_array_length"
FUNCTIONS_POSTGRESQL = [
    (
        "publication_reviewed", "INSERT", "publication",
        f"NOT ((NEW.migrated AND {own_version()}) OR {reviewed(LENGTH)})", NOT_REVIEWED,
    ),
    ("attachment_late", "INSERT", "attachment", SEALED_VERSION.format(row="NEW"), SEALED),
    (
        "round_approved", "UPDATE", "round",
        f"OLD.state = 'open' AND NEW.state = 'approved' AND NOT {all_approved(LENGTH)}", ROUND,
    ),
    ("decision_by_others", "INSERT", "decision", f"NOT {approved_by_others()}", BY_OTHERS),
]  # fmt: skip
UNLIKE = "IS DISTINCT FROM"
GUARDS_POSTGRESQL = [
    (
        "publication_fixed", "UPDATE", "publication",
        f"{differs(PUBLICATION_FIXED, UNLIKE)} OR {transition(UNLIKE)}", FIXED,
    ),
    ("publication_kept", "DELETE", "publication", "", KEPT),
    ("version_sealed", "UPDATE", "version", differs(VERSION_FIXED, UNLIKE), SEALED),
    ("attachment_sealed", "UPDATE", "attachment", "", SEALED),
    ("round_opened", "INSERT", "round", "NEW.state <> 'open'", ROUND),
    (
        "round_fixed", "UPDATE", "round",
        f"{differs(ROUND_FIXED, UNLIKE)} OR {round_transition(UNLIKE)}", ROUND,
    ),
    ("round_kept", "DELETE", "round", "", ROUND),
    ("decision_fixed", "UPDATE", "decision", "", DECIDED),
    ("decision_kept", "DELETE", "decision", "", DECIDED),
    ("withdrawal_fixed", "UPDATE", "withdrawal", "", FIXED),
    ("withdrawal_kept", "DELETE", "withdrawal", "", KEPT),
]  # fmt: skip
EMPTIED = [
    f"""CREATE TRIGGER gongkai_{table}_no_truncate BEFORE TRUNCATE ON publishing_{table}
        FOR EACH STATEMENT EXECUTE FUNCTION gongkai_refuse('{KEPT}')"""
    for table in ("publication", "decision", "withdrawal")
]
ATTACHMENT_KEPT = [
    f"""CREATE FUNCTION gongkai_attachment_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {SEALED_VERSION.format(row="OLD")} THEN
                RAISE EXCEPTION '{SEALED}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN OLD;
        END $$""",
    calling("attachment_kept", "DELETE", "attachment"),
]
POSTGRESQL = [
    *(function(name, when, words) for name, _, _, when, words in FUNCTIONS_POSTGRESQL),
    *(calling(name, event, table) for name, event, table, _, _ in FUNCTIONS_POSTGRESQL),
    *(refusing(*guard) for guard in GUARDS_POSTGRESQL),
    *ATTACHMENT_KEPT,
    *EMPTIED,
]
UNDO = {
    "sqlite": [f"DROP TRIGGER gongkai_{guard[0]}" for guard in GUARDS_SQLITE],
    "postgresql": [
        *(
            f"DROP TRIGGER gongkai_{name} ON publishing_{table}"
            for name, _, table, _, _ in (*FUNCTIONS_POSTGRESQL, *GUARDS_POSTGRESQL)
        ),
        "DROP TRIGGER gongkai_attachment_kept ON publishing_attachment",
        *(
            f"DROP TRIGGER gongkai_{table}_no_truncate ON publishing_{table}"
            for table in ("publication", "decision", "withdrawal")
        ),
        *(f"DROP FUNCTION gongkai_{guard[0]}()" for guard in FUNCTIONS_POSTGRESQL),
        "DROP FUNCTION gongkai_attachment_kept()",
    ],
}


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial"), ("trail", "0003_replace_guard")]

    operations = [by_vendor(sqlite=SQLITE, postgresql=POSTGRESQL, undo=UNDO)]
