"""Versions of a decision stand still, and the words of a case go when its time is over.

What was signed, counted, checked or struck out is never changed: that holds until the time to keep
the case is over (个人信息保护法第十九条、第四十七条). Then, in a case that is marked as emptied,
words may be taken out and nothing else touched: codes, days, figures and digests stay. The mark is
set after the end of a case and never taken back.
"""

from importlib import import_module

from django.db import migrations

from gongkai.trail.guard import by_vendor

first = import_module("gongkai.casework.migrations.0002_guard")

REMOVED = "（保管期限届满，内容已删除）"
EMPTIED = "a case is emptied once, after its end"
VERSION = "a version of a decision is never changed or removed"
STAYS = {
    "fact": [*first.FACT_FIXED, "struck_at", "struck_by_id"],
    "line": (
        "id case_id agency_id kind on year applicant_kind row outcome ground sign reverses_id "
        "recorded_on recorded_at recorded_by_id"
    ).split(),
    "decision": (
        "id case_id number state outcome ground delay_until content_hash drafted_by_id drafted_at "
        "signed_by_id signed_at decided_on"
    ).split(),
    "check": "id decision_id step approved content_hash by_id at".split(),
    "decisionitem": "id decision_id position outcome ground".split(),
    "provided": (
        "id decision_id position original_id given_sha256 content_type size pages cleaned"
    ).split(),
    "decisionversion": "id decision_id number sha256 by_id at".split(),
}
GOES = {
    "fact": ["struck_because"],
    "line": ["reason"],
    "decision": (
        "findings reasons answer law_named other_agency other_contact way override_reason "
        "void_reason"
    ).split(),
    "check": ["comment"],
    "decisionitem": ["asked", "reasons"],
    "provided": ["title", "sha256", "boxes", "hidden_findings"],
    "decisionversion": ["content"],
}


def emptied_case(table: str) -> str:
    of_case = """EXISTS (SELECT 1 FROM casework_case AS k
        WHERE k.id = OLD.case_id AND k.anonymised_at IS NOT NULL)"""
    of_decision = """EXISTS (SELECT 1 FROM casework_case AS k
        JOIN casework_decision AS s ON s.case_id = k.id
        WHERE s.id = OLD.decision_id AND k.anonymised_at IS NOT NULL)"""
    return of_case if "case_id" in STAYS[table] else of_decision


def removes(table: str, unlike: str) -> str:
    """Words are taken out of a case that is marked as emptied, and nothing else is touched."""
    gone = " AND ".join(
        f"(NOT (OLD.{name} {unlike} NEW.{name})"
        f" OR CAST(NEW.{name} AS TEXT) IN ('', '[]', '{REMOVED}'))"
        for name in GOES[table]
    )
    stays = first.differs(STAYS[table], unlike)
    return f"({emptied_case(table)} AND NOT ({stays}) AND {gone})"


def changed(unlike: str) -> list[tuple[str, str, str, str]]:
    """Guards against change that let the removal pass: name, table, condition, words."""
    return [
        (name, table, f"{when} AND NOT {removes(table, unlike)}", words)
        for name, table, when, words in (
            ("fact_struck", "fact", first.fact_fixed(unlike), first.STRUCK),
            ("line_fixed", "line", "1 = 1", first.GROWS),
            ("case_decision_fixed", "decision", first.decision_fixed(unlike), first.SIGNED),
            ("check_fixed", "check", "1 = 1", first.CHECK_FIXED),
            ("decision_item_update", "decisionitem", first.of_settled("OLD"), first.SIGNED),
            ("provided_update", "provided", first.of_settled("OLD"), first.SIGNED),
        )
    ]


def version_fixed(unlike: str) -> str:
    return f"NOT {removes('decisionversion', unlike)}"


MARKED = """((OLD.anonymised_at IS NOT NULL AND NEW.anonymised_at IS NULL)
    OR (OLD.anonymised_at IS NULL AND NEW.anonymised_at IS NOT NULL AND NEW.closed_at IS NULL))"""
OF_SETTLED = first.of_settled("NEW")
UNLIKE = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
REPLACED = ("fact_struck", "line_fixed", "case_decision_fixed", "check_fixed")
"""On PostgreSQL these stood on conditions of their own, which cannot look into other tables."""
PARTS = ("decision_item_update", "provided_update")

SQLITE = [
    *(f"DROP TRIGGER gongkai_{name}" for name in (*REPLACED, *PARTS)),
    *(
        first.sqlite(name, "UPDATE", table, when, words)
        for name, table, when, words in changed(UNLIKE["sqlite"])
    ),
    first.sqlite("case_emptied", "UPDATE", "case", MARKED, EMPTIED),
    first.sqlite(
        "decision_version_fixed",
        "UPDATE",
        "decisionversion",
        version_fixed(UNLIKE["sqlite"]),
        VERSION,
    ),
    first.sqlite("decision_version_kept", "DELETE", "decisionversion", "", VERSION),
    first.sqlite(
        "decision_version_begun",
        "INSERT",
        "decisionversion",
        f"{OF_SETTLED} OR "
        + first.taken(
            "decisionversion",
            "OR (held.decision_id = NEW.decision_id AND held.number = NEW.number)",
        ),
        VERSION,
    ),
]


def calling(name: str, event: str, table: str, when: str, words: str) -> list[str]:
    return [first.function(name, when, words), first.calling(name, event, table)]


TABLES = {name: table for name, table, _, _ in changed("IS NOT")}
NEW_POSTGRESQL = [
    *(
        statement
        for name, table, when, words in changed(UNLIKE["postgresql"])
        for statement in calling(name, "UPDATE", table, when, words)
    ),
    first.refusing("case_emptied", "UPDATE", "case", MARKED, EMPTIED),
    *calling(
        "decision_version_fixed",
        "UPDATE",
        "decisionversion",
        version_fixed(UNLIKE["postgresql"]),
        VERSION,
    ),
    first.refusing("decision_version_kept", "DELETE", "decisionversion", "", VERSION),
    *calling("decision_version_begun", "INSERT", "decisionversion", OF_SETTLED, VERSION),
    f"""CREATE TRIGGER gongkai_casework_decisionversion_no_truncate
        BEFORE TRUNCATE ON casework_decisionversion
        FOR EACH STATEMENT EXECUTE FUNCTION gongkai_refuse('{VERSION}')""",
]
POSTGRESQL = [
    *(f"DROP TRIGGER gongkai_{name} ON casework_{TABLES[name]}" for name in (*REPLACED, *PARTS)),
    *(f"DROP FUNCTION gongkai_{name}()" for name in PARTS),
    *NEW_POSTGRESQL,
]

OWN = (
    ("case_emptied", "case"),
    ("decision_version_fixed", "decisionversion"),
    ("decision_version_kept", "decisionversion"),
    ("decision_version_begun", "decisionversion"),
)
FORMER = tuple(f"TRIGGER gongkai_{name} " for name in (*REPLACED, *PARTS)) + tuple(
    f"FUNCTION gongkai_{name}()" for name in PARTS
)


def former(statements: list[str]) -> list[str]:
    """How the guards that are replaced here were worded before."""
    return [text for text in statements if any(name in text for name in FORMER)]


UNDO = {
    "sqlite": [
        *(f"DROP TRIGGER gongkai_{name}" for name in (*REPLACED, *PARTS)),
        *(f"DROP TRIGGER gongkai_{name}" for name, _ in OWN),
        *former(first.SQLITE),
    ],
    "postgresql": [
        "DROP TRIGGER gongkai_casework_decisionversion_no_truncate ON casework_decisionversion",
        *(f"DROP TRIGGER gongkai_{name} ON casework_{table}" for name, table in TABLES.items()),
        *(f"DROP TRIGGER gongkai_{name} ON casework_{table}" for name, table in OWN),
        *(f"DROP FUNCTION gongkai_{name}()" for name in TABLES),
        "DROP FUNCTION gongkai_decision_version_fixed()",
        "DROP FUNCTION gongkai_decision_version_begun()",
        *former(first.POSTGRESQL),
    ],
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_decision_version")]

    operations = [by_vendor(sqlite=SQLITE, postgresql=POSTGRESQL, undo=UNDO)]
