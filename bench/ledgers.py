"""A ledger of any size, written by the database itself."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model

from gongkai.casework.application.models import Case
from gongkai.casework.ledger.models import Line
from gongkai.org.actions import add_agency
from gongkai.org.models import Agency
from tests.stored import guards_lifted

LEAD = 30
"""Days before the year in which the first cases come, so that some are carried in."""
ANSWERED = 28
"""Days to the answer. Who comes later than that before the day of the report stays open."""
LAST = 365 + 20
KIND = """CASE WHEN i % 100 < 82 THEN 'natural_person' WHEN i % 100 < 92 THEN 'commercial'
    WHEN i % 100 < 95 THEN 'legal_service' WHEN i % 100 < 97 THEN 'public_welfare'
    WHEN i % 100 < 98 THEN 'research' ELSE 'other' END"""
ROW = """CASE WHEN i % 97 < 40 THEN '3.1' WHEN i % 97 < 60 THEN '3.4.1' WHEN i % 97 < 75 THEN '3.2'
    WHEN i % 97 < 85 THEN '3.6.3' WHEN i % 97 < 90 THEN '3.5.1' WHEN i % 97 < 94 THEN '3.3.6'
    ELSE '3.3.5' END"""


def fill(in_year: int) -> Agency:
    """An agency with about so many applications received in 2025, and some before."""
    agency = add_agency(code="x", name="青禾县人民政府", level="county", region="990101")
    count = in_year * (365 + LEAD) // 365
    with guards_lifted(), connection.cursor() as cursor:
        for statement in _statements(agency.pk, count):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE casework_line")
            cursor.execute("VACUUM ANALYZE casework_case")
    return agency


def _statements(agency: int, count: int) -> list[str]:
    came = f"(i * {365 + LEAD} / {count} - {LEAD})"
    went = f"({came} + {ANSWERED})"
    line = {"agency_id": agency, "case_id": "i", "applicant_kind": KIND, "sign": 1}
    closed = {
        **line,
        **_dated(went),
        "id": f"{count} + i",
        "kind": "'closed'",
        "row": ROW,
    }
    answered = f"{went} < {LAST} AND i % 4999 <> 0"
    corrected = f"{answered} AND i % 997 = 0"
    reason = "'登记有误'"
    back = {**closed, "id": f"{2 * count} + i", "sign": -1, "reverses_id": f"{count} + i"}
    return [
        _insert(Case, count, _case(agency, came)),
        _insert(Line, count, {**line, **_dated(came), "id": "i", "kind": "'received'"}),
        _insert(Line, count, closed, answered),
        _insert(Line, count, {**back, "reason": reason}, corrected),
        _insert(Line, count, {**closed, "id": f"{3 * count} + i", "row": "'3.2'"}, corrected),
    ]


def _case(agency: int, came: str) -> dict[str, object]:
    return {
        "id": "i",
        "agency_id": agency,
        "year": 2025,
        "sequence": "i",
        "number": "'x-' || i",
        "channel": "'web'",
        "submitted_on": _day(came),
        "received_on": _day(came),
        "stage": "'registered'",
        "carrier": "'electronic'",
        "delivery": "'online'",
        "requests": 1,
        "due_on": _day(f"({came} + 30)"),
        "due_provisional": "false",
        "clock_state": "'running'",
        "created_at": "'2025-01-01 00:00:00+00:00'",
        "changed_at": "'2025-01-01 00:00:00+00:00'",
    }


def _dated(days: str) -> dict[str, object]:
    year = f"CASE WHEN {days} < 0 THEN 2024 WHEN {days} < 365 THEN 2025 ELSE 2026 END"
    return {
        "on": _day(days),
        "year": year,
        "recorded_on": _day(days),
        "recorded_at": "'2025-01-01 00:00:00+00:00'",
    }


def _day(days: str) -> str:
    if connection.vendor == "postgresql":
        return f"(DATE '2025-01-01' + ({days})::int)"
    return f"date('2025-01-01', ({days}) || ' days')"


def _insert(model: type[Model], count: int, values: dict[str, object], where: str = "1=1") -> str:
    """Fields that are not named are empty, or NULL where they may be."""
    columns = {field.column: field for field in model._meta.concrete_fields}
    timestamp = "::timestamptz" if connection.vendor == "postgresql" else ""
    said = []
    for name, field in columns.items():
        value = values.get(name, "NULL" if field.null else "''")
        said.append(f"{value}{timestamp}" if name.endswith("_at") and value != "NULL" else value)
    names = ", ".join(f'"{name}"' for name in columns)
    return f"""INSERT INTO {model._meta.db_table} ({names})
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        SELECT {", ".join(map(str, said))} FROM n WHERE {where}"""
