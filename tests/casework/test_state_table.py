"""Every verb against every stage and every role, and that a status is put down in one place."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

from gongkai.casework.actions.allowing import PERMISSION, possible, stage_refuses
from gongkai.casework.actions.amending import manner_open
from gongkai.casework.application.models import Case, ClockState, Stage
from gongkai.casework.application.rules import (
    UNSIGNED_STAGES,
    VERBS_BY_STAGE,
    Verb,
    allows,
    stages_of,
)
from gongkai.org.models import Membership, Role, User

VERBS: tuple[Verb, ...] = get_args(Verb)
ROOM = Path(__file__).resolve().parents[2] / "src" / "gongkai" / "casework"
ACTIONS = sorted((ROOM / "actions").glob("*.py"))
WORKING = {"registered", "examining", "drafting"}
UNTIL_SIGNED = {"submitted", *WORKING, "checking", "signing"}
ANSWERING = {"signed", "dispatched", "served"}
ALLOWED: dict[Verb, set[str]] = {
    "ask_confirmation": {"submitted"},
    "confirm": {"submitted"},
    "correct_receipt": set(Stage.values) - {"submitted"},
    "correct_applicant": {"submitted", *WORKING, "closed", "filed"},
    "enclose": set(Stage.values),
    "take_up": {"registered"},
    "hand_over": {"examining", "drafting", "checking", "signing", *ANSWERING},
    "name_earlier": WORKING,
    "assign": WORKING,
    "answer_assignment": WORKING,
    "ask_correction": WORKING,
    "record_correction": WORKING,
    "ask_reasons": WORKING,
    "record_reasons": WORKING,
    "consult": WORKING,
    "record_opinion": {*WORKING, "checking"},
    "ask_extension": WORKING,
    "extend": WORKING,
    "delay": WORKING,
    "charge": WORKING,
    "record_payment": WORKING,
    "refund": {*WORKING, "closed", "filed"},
    "strike_fact": {*WORKING, "closed", "filed"},
    "record_search": {*WORKING, "checking"},
    "confer": WORKING,
    "draft": WORKING,
    "hand_in": {"drafting"},
    "recall": {"checking", "signing"},
    "check": {"checking", "signing"},
    "sign": {"signing"},
    "void": {"signed"},
    "dispatch": {"signed", "dispatched"},
    "record_service": {"dispatched", "served", "closed"},
    "close": {"dispatched", "served"},
    "file": {"closed"},
    "reopen": {"closed", "filed"},
    "withdraw": UNTIL_SIGNED,
    "abandon": WORKING,
    "correct_line": {"closed", "filed"},
    "appeal": set(Stage.values),
    "propose_publication": {"closed", "filed"},
}
"""Written down a second time, as a reader of the law would."""
OFFICERS = {Role.CASE_OFFICER, Role.HEAD}
SEE = {*OFFICERS, Role.SIGNATORY, Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER}
ROLES: dict[Verb, set[Role]] = {
    "extend": {Role.HEAD},
    "void": {Role.HEAD},
    "strike_fact": {Role.HEAD},
    "correct_receipt": {Role.HEAD},
    "correct_line": {Role.HEAD},
    "reopen": {Role.HEAD},
    "sign": {Role.SIGNATORY},
    "check": SEE,
    "answer_assignment": {*OFFICERS, Role.LIAISON_OFFICER},
    "appeal": {*OFFICERS, Role.LEGALITY_REVIEWER},
}
"""Who may, beside the verbs that are every officer's."""


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_allowed_in_its_stages_and_in_no_other(verb):
    assert set(stages_of(verb)) == ALLOWED[verb]
    for stage in Stage.values:
        refused = stage_refuses(verb, Case(stage=stage, clock_state=ClockState.RUNNING))
        assert (refused is None) == (stage in ALLOWED[verb]) == allows(verb, stage)


def test_every_stage_is_in_the_table_and_can_be_left_but_the_last():
    assert set(VERBS_BY_STAGE) == set(Stage.values)
    assert set(PERMISSION) == set(VERBS) == set(ALLOWED)


@pytest.mark.parametrize("stage", Stage.values)
def test_form_and_way_of_the_answer_are_open_until_it_is_signed(stage):
    assert manner_open(Case(stage=stage)) == (stage in UNTIL_SIGNED)


def test_what_is_unsigned_comes_before_the_signature():
    order = list(VERBS_BY_STAGE)
    assert list(UNSIGNED_STAGES) == order[: order.index("signed")]


def test_a_withdrawn_case_says_so():
    withdrawn = Case(stage=Stage.CLOSED, clock_state=ClockState.WITHDRAWN)
    assert stage_refuses("draft", withdrawn).reason == "withdrawn"


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_a_role_may_do_its_verbs_and_no_other(county, role):
    user = User.objects.create(username=role, password="!")
    Membership.objects.create(user=user, agency=county.own, role=role)
    case = Case(agency=county.own, stage=Stage.EXAMINING, clock_state=ClockState.RUNNING)
    for verb, refusal in possible(user, case).items():
        barred = refusal is not None and refusal.reason == "role"
        assert barred == (role not in ROLES.get(verb, OFFICERS)), verb


def test_every_verb_is_done_by_an_action():
    told = {
        node.value
        for path in ACTIONS
        if path.name != "allowing.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(VERBS) <= told


def assignments(path: Path, names: set[str]) -> list[tuple[str, str]]:
    """Where an attribute of that name is assigned: the file and the function."""
    found = []
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            targets = node.targets if isinstance(node, ast.Assign) else []
            flat = [one for t in targets for one in getattr(t, "elts", [t])]
            found += [
                (path.name, function.name)
                for target in flat
                if isinstance(target, ast.Attribute) and target.attr in names
            ]
    return found


def test_the_stage_of_a_case_is_assigned_in_one_place():
    everywhere = [one for path in ROOM.rglob("*.py") for one in assignments(path, {"stage"})]
    assert everywhere == [("recording.py", "moved")]


def test_the_state_of_a_decision_is_assigned_in_one_place():
    ours = [path for path in ACTIONS if path.name in {"drafting.py", "deciding.py", "closing.py"}]
    ours += [path for path in ACTIONS if path.name in {"withdrawing.py", "appealing.py"}]
    found = [one for path in ours for one in assignments(path, {"state"})]
    assert found == [("drafting.py", "turned")]
