"""The layout holds: imports run one way, rules are told the date, nothing happens by signal."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "gongkai"
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime"}


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Each call with its line, by the last part of the name called."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            yield node.lineno, name


def test_imports_keep_their_contracts() -> None:
    """In a process of its own: it silences every logger that is there."""
    asked = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def rules() -> list[Path]:
    pure = [SOURCE / "law", SOURCE / "annual_report" / "check", SOURCE / "annual_report" / "read"]
    return sorted(
        [*(p for folder in pure for p in folder.rglob("*.py")), *SOURCE.rglob("rules.py")]
    )


@pytest.mark.parametrize("path", rules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_rule_is_told_the_date_and_never_asks_the_clock(path: Path) -> None:
    assert [(line, name) for line, name in calls(path) if name in CLOCKS] == []


def test_nothing_happens_by_signal() -> None:
    users = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "db.models.signals" in path.read_text("utf-8")
    ]
    assert users == []


def test_type_is_set_in_one_place() -> None:
    users = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import) and any(name.name == "typst" for name in node.names)
    ]
    assert users == ["typesetting.py"]


CATCH_ALL = {"utils", "util", "helpers", "helper", "misc", "common", "lib", "manager", "managers"}


def test_every_room_has_a_name_that_says_what_lives_there() -> None:
    assert [p for p in SOURCE.rglob("*") if p.stem in CATCH_ALL] == []
