"""Rules the database itself enforces, for both databases, as migration operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.migrations.operations import RunPython


def by_vendor(
    *, sqlite: Sequence[str], postgresql: Sequence[str], undo: dict[str, Sequence[str]]
) -> RunPython:
    """An operation that runs the statements written for the database it meets."""
    return RunPython(_run({"sqlite": sqlite, "postgresql": postgresql}), _run(undo), elidable=False)


def _run(statements: dict[str, Sequence[str]]) -> Callable[[Any, Any], None]:
    def run(_apps: Any, editor: Any) -> None:
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement, params=None)

    return run
