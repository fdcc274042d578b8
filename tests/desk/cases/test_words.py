"""Everything that is recorded about a case is told in words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import gongkai.casework
from gongkai.desk.cases.words import VERBS

ROOMS = Path(gongkai.casework.__file__).parent


def recorded() -> Iterator[str]:
    """The verbs that actions give to the trail by name."""
    for path in sorted(ROOMS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id == "recorded":
                verb = node.args[1]  # type: ignore[attr-defined]
                if isinstance(verb, ast.Constant):
                    yield str(verb.value)


def test_every_verb_has_its_words() -> None:
    assert set(recorded()) - set(VERBS) == set()


def test_the_test_sees_verbs() -> None:
    assert {"sign", "warn", "take_up"} <= set(recorded())
