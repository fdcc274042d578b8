"""Rules the database itself enforces, for both databases, as migration operations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython

TRIGGER = re.compile(r"CREATE\s+TRIGGER\s+(\w+)\s.*?\sON\s+(\w+)\s", re.DOTALL)
FUNCTION = re.compile(r"CREATE\s+FUNCTION\s+(\w+)\(.*\$\$(.*)\$\$", re.DOTALL)
EXPECTED = "gongkai_expected"


class Enforce(RunPython):
    """Runs the statements written for the database it meets, and remembers what they were."""

    def __init__(
        self, statements: dict[str, Sequence[str]], undo: dict[str, Sequence[str]]
    ) -> None:
        super().__init__(_run(statements), _run(undo), elidable=False)
        self.statements = statements


def by_vendor(
    *, sqlite: Sequence[str], postgresql: Sequence[str], undo: dict[str, Sequence[str]]
) -> Enforce:
    """An operation that runs the statements written for the database it meets."""
    return Enforce({"sqlite": sqlite, "postgresql": postgresql}, undo)


def _run(statements: dict[str, Sequence[str]]) -> Callable[[Any, Any], None]:
    def run(_apps: Any, editor: Any) -> None:
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement, params=None)

    return run


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger a migration installs: its name, its table and the statement that makes it."""

    name: str
    table: str
    statement: str


def lifted() -> list[str]:
    """The guards the migrations install that the database no longer holds at all."""
    held = _held()
    return [guard.name for guard in _installed() if guard.name not in held]


def altered() -> list[str]:
    """The guards that are there under their name and say something else than was installed."""
    held = _held()
    there = [guard for guard in _installed() if guard.name in held]
    meant = _meant(there)
    changed = [guard.name for guard in there if held[guard.name] != meant[guard.name]]
    return [*changed, *_altered_functions()]


def _installed() -> list[Guard]:
    """Each guard as the last migration that makes it words it."""
    made = {
        match[1]: Guard(match[1], match[2], statement)
        for statement in _statements()
        if (match := TRIGGER.match(statement))
    }
    return list(made.values())


def _statements() -> Iterator[str]:
    migrations = MigrationLoader(None).disk_migrations
    for key in sorted(migrations):
        for operation in migrations[key].operations:
            if isinstance(operation, Enforce):
                yield from operation.statements[connection.vendor]


def _held() -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
                " AND tgname LIKE 'gongkai%%' AND tgrelid::regclass::text !~ %s",
                [EXPECTED],
            )
        return {name: _plain(statement) for name, statement in cursor.fetchall()}


def _meant(guards: Sequence[Guard]) -> dict[str, str]:
    """How the database itself words the guards, were they installed now.

    SQLite keeps the statement as it was given. PostgreSQL keeps its own reading of it, which is
    asked for on an empty copy of the table that lasts as long as the question.
    """
    if connection.vendor == "sqlite":
        return {guard.name: _plain(guard.statement) for guard in guards}
    return {guard.name: _as_postgresql_reads(guard) for guard in guards}


def _as_postgresql_reads(guard: Guard) -> str:
    on_copy = re.sub(rf"\sON\s+{guard.table}\s", f" ON {EXPECTED} ", guard.statement, count=1)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {EXPECTED} (LIKE {guard.table})")
        try:
            cursor.execute(on_copy)
            cursor.execute(
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s"
                " AND tgrelid = %s::regclass",
                [guard.name, EXPECTED],
            )
            reading = _plain(cursor.fetchone()[0])
        finally:
            cursor.execute(f"DROP TABLE {EXPECTED}")
    return re.sub(rf" ON \S*{EXPECTED} ", f" ON {_where(guard.table)} ", reading, count=1)


def _where(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.oid = %s::regclass",
            [table],
        )
        return f"{cursor.fetchone()[0]}.{table}"


def _altered_functions() -> list[str]:
    if connection.vendor == "sqlite":
        return []
    meant = {match[1]: match[2] for text in _statements() if (match := FUNCTION.match(text))}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang"
            " WHERE p.proname = ANY(%s) AND l.lanname = 'plpgsql'",
            [list(meant)],
        )
        held = [(name, _plain(source)) for name, source in cursor.fetchall()]
    return [
        f"{name}()"
        for name, source in sorted(meant.items())
        if [text for called, text in held if called == name] != [_plain(source)]
    ]


def _plain(statement: str) -> str:
    return " ".join(statement.split())
