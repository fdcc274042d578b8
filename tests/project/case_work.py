"""Works on applications until it is killed, as `python -m tests.project.case_work NAME`.

It prints a JSON list after each step is committed: ["applied", case number], ["received", case
number], ["signed", case number, letter number]. With CHECK as its name it looks once instead and
prints what is there.
"""

# ruff: noqa: E402  (what follows needs Django set up)

from __future__ import annotations

import json
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import django

django.setup()

from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import Case, Channel, Practice, Stage
from gongkai.casework.application.person import Person
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.models import Check, Decision, DecisionState
from gongkai.casework.decision.queries import open_decision
from gongkai.casework.decision.rules import steps
from gongkai.casework.ledger.models import Line
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.printing import printing_later
from gongkai.org.actions import add_agency, appoint
from gongkai.org.models import Agency, Role, User
from gongkai.trail.verification import verify

CHECK = "check"
AT_ONCE = 4
"""Visitors of one process who send their forms together."""
ROLES = {
    "officer": Role.CASE_OFFICER,
    "office": Role.HEAD,
    "secrecy": Role.SECRECY_REVIEWER,
    "legality": Role.LEGALITY_REVIEWER,
    "signatory": Role.SIGNATORY,
}


def set_up() -> None:
    """An agency that can answer, and its people."""
    top = add_agency(code="t", name="青禾县人民政府", level="county")
    agency = add_agency(code="x", name="青禾县某局", level="department", superior=top)
    Agency.objects.filter(pk=agency.pk).update(court="青禾县人民法院")
    Practice.objects.create(agency=agency, letter_mark="青某公", online_reconsideration="平台")
    for name, role in ROLES.items():
        appoint(User.objects.create_user(name), agency, role)


def work(name: str) -> None:
    """Applications by web, several at the same time, and at the counter, each of these answered."""
    people = {one: User.objects.get(username=one) for one in ROLES}
    agency = Agency.objects.get(code="x")
    with printing_later(), ThreadPoolExecutor(AT_ONCE) as visitors:
        for number in count():
            forms = [
                _application(agency, Channel.WEB, f"{name} 网上 {number} {which}")
                for which in range(AT_ONCE)
            ]
            for applied in visitors.map(actions.apply, forms):
                tell("applied", applied.number)
            counter = _application(agency, Channel.COUNTER, f"{name} 当面 {number}")
            case = actions.receive(people["officer"], counter).case
            tell("received", case.number)
            tell("signed", case.number, _answered(people, case))


def _application(agency: Agency, channel: Channel, text: str) -> Application:
    return Application(
        agency=agency,
        channel=channel,
        submitted_on=timezone.localdate(),
        kind="natural_person",
        person=Person("沈青禾", "id_card", "110101199003070003", telephone="13900001111"),
        description=text,
    )


def _answered(people: dict[str, User], case: Case) -> str:
    actions.draft(people["officer"], case, Draft(outcome="A1", way="政府网站“财政信息”栏目"))
    actions.hand_in(people["officer"], case)
    decision = open_decision(case)
    assert decision is not None
    seen = decision.content_hash
    for step in steps(decision.outcome, decision.ground, on=timezone.localdate()):
        actions.check(people[step], case, Check.Step(step), seen=seen, approved=True)
    signed = actions.sign(people["signatory"], case, seen=seen)
    return signed.letters.get().number


def tell(*what: str) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


def found() -> dict[str, Any]:
    """What is there: numbers, and how much of it is half-done."""
    letters = defaultdict(list)
    for sequence in Letter.objects.order_by("sequence").values_list("kind", "sequence"):
        letters[sequence[0]].append(sequence[1])
    runs = [list(Case.objects.order_by("sequence").values_list("sequence", flat=True))]
    runs += letters.values()
    received = Case.objects.exclude(stage=Stage.SUBMITTED)
    signed = Decision.objects.filter(state=DecisionState.SIGNED)
    half = Case.objects.filter(applicant=None).count()
    half += received.count() - Line.objects.filter(kind="received").count()
    half += received.exclude(facts__kind="received").count()
    half += signed.filter(letters=None).count()
    return {
        "cases": list(Case.objects.values_list("number", flat=True)),
        "signed": list(signed.values_list("case__number", "letters__number")),
        "gaps": sum(run != list(range(1, len(run) + 1)) for run in runs),
        "half": half,
        "trail": verify().whole,
    }


def main() -> None:
    if sys.argv[1] == CHECK:
        print(json.dumps(found(), ensure_ascii=False))
    elif sys.argv[1] == "set-up":
        set_up()
    else:
        work(sys.argv[1])


if __name__ == "__main__":
    main()
