"""A state is assigned in actions and nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path

import gongkai

PACKAGE = Path(gongkai.__file__).parent
ASSIGN = {
    "annual_report": ("keeping", "publishing", "reminding"),
    "publishing": ("drafting", "releasing", "reviewing", "withdrawing"),
    "casework": ("drafting", "issuing", "mailing", "notifying", "serving"),
}
"""Of a case's own stage and of a decision, tests/casework/test_state_table.py tells more. What is
assigned by `reminding` and `mailing` is how far a mail is."""


def assignments(tree: ast.AST) -> list[int]:
    """Lines that set an attribute `state` or pass one to what makes or changes a row."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [
                t.lineno for t in targets if isinstance(t, ast.Attribute) and t.attr == "state"
            ]
        if isinstance(node, ast.Call) and any(k.arg == "state" for k in node.keywords):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called in {"update", "create", "Revision", "update_or_create"}:
                found.append(node.lineno)
    return found


def test_only_actions_assign_a_state():
    where = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and assignments(ast.parse(path.read_text("utf-8")))
    }
    assert where == {
        f"{room}/actions/{verb}.py" for room, verbs in ASSIGN.items() for verb in verbs
    }


def test_the_test_sees_an_assignment():
    code = "revision.state = 1\nRevision(state=2)\nrows.update(state=3)\nrows.filter(state=4)\n"
    assert assignments(ast.parse(code)) == [1, 2, 3]
