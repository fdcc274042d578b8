"""Every code that the trail can show has its words, on its page and in its filter."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

import gongkai
from gongkai.desk import history
from gongkai.org.models import User

PACKAGE = Path(gongkai.__file__).parent
CODE = re.compile(r"(annual_report|casework|publishing|org|api)\.[a-z_]+")
WRITING = ("*/actions/*.py", "administration/*.py", "api/actions.py", "cli/county.py")
"""Where whole codes are given to the trail, or passed on to what gives them."""
NO_VERBS = {"publishing.validity"}
WRAPPED = ("recorded", "told")
"""Functions that put the name of the room before the verb they are given."""


def codes() -> set[str]:
    """The codes that actions give to the trail."""
    whole = {code for place in WRITING for path in PACKAGE.glob(place) for code in _whole(path)}
    rooms = (PACKAGE / "casework", PACKAGE / "publishing")
    return whole | {
        code for room in rooms for path in room.rglob("*.py") for code in _wrapped(path)
    }


def _whole(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        said = node.value if isinstance(node, ast.Constant) else None
        if isinstance(said, str) and CODE.fullmatch(said) and said not in NO_VERBS:
            yield said


def _wrapped(path: Path) -> Iterator[str]:
    room = path.relative_to(PACKAGE).parts[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in WRAPPED and len(node.args) > 1:
            yield from (f"{room}.{verb}" for verb in _texts(node.args[1]))


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts an argument can be: itself, or either side of a choice."""
    for part in (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,):
        if isinstance(part, ast.Constant):
            yield str(part.value)


def test_every_code_of_the_trail_has_words() -> None:
    assert codes() - set(history.VERBS) == set()


def test_the_test_sees_codes_of_every_room() -> None:
    assert {
        "annual_report.submit",
        "annual_report.accept",
        "annual_report.roll_up",
        "casework.warn",
        "casework.put_seal",
        "publishing.submit",
        "org.add_agency",
        "api.give_token",
    } <= codes()


def test_the_groups_of_the_filter_hold_every_verb_once() -> None:
    held = [code for _, verbs in history.GROUPS for code in verbs]
    assert sorted(held) == sorted(history.VERBS)


@pytest.mark.parametrize("verb", ["casework.export_evidence", "annual_report.accept"])
def test_the_filter_lists_verbs_on_cases_and_reports(
    verb: str, desk: Callable[[User], Client], cast: SimpleNamespace
) -> None:
    page = desk(cast.supervisor).get(f"/desk/trail/?verb={verb}").content.decode()
    assert f'<option value="{verb}" selected>' in page
