"""Several people at once: one of them decides, nobody loses anything, nothing is half done."""

from __future__ import annotations

import json

from tests.processes import ended, environment, started

__all__ = ["environment"]


ROUNDS = 4
BEGIN = """
import django; django.setup()
import sys
from datetime import date
from django.utils import timezone
from gongkai.casework import actions
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import ApplicantKind, Case, Channel, Practice
from gongkai.casework.application.person import Person
from gongkai.casework.decision.content import Draft
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import Membership, User
today = timezone.localdate()
one = lambda name: User.objects.get(username=name)
PUBLIC = Draft(outcome="A1", way="政府网站")
"""
SET_UP = f"""{BEGIN}
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.org.actions import add_agency
top = add_agency(code="t", name="某县人民政府", level="county")
agency = add_agency(code="x", name="某局", level="department", superior=top)
for name in (
    "case_officer", "second_case_officer", "head", "second_head", "secrecy_reviewer", "signatory"
):
    user = User.objects.create(username=name, full_name=name)
    role = name.removeprefix("second_")
    Membership.objects.create(user=user, agency=agency, role=role)
Practice.objects.create(agency=agency, letter_mark="某公复", online_reconsideration="某平台")
form = Application(
    agency=agency, channel=Channel.COUNTER, submitted_on=today,
    kind=ApplicantKind.NATURAL_PERSON,
    person=Person("沈青禾", "id_card", "110101199003070038", telephone="13900001111",
                  address="某县一号", postcode="990121"),
    description="供水保障资金的分配方案",
)
for n in range({ROUNDS * 3}):
    case = actions.receive(one("case_officer"), form).case
    if n < {ROUNDS}:
        continue
    decision = actions.draft(one("case_officer"), case, PUBLIC)
    actions.hand_in(one("case_officer"), case)
    if n >= {ROUNDS * 2}:
        for step, name in (("office", "head"), ("secrecy", "secrecy_reviewer")):
            actions.check(one(name), case, step, seen=decision.content_hash, approved=True)
"""
ACT = f"""{BEGIN}
what, who, number = sys.argv[1:]
case = Case.objects.order_by("pk")[int(number)]
seen = getattr(case.decisions.first(), "content_hash", "")
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
try:
    if what == "draft":
        actions.draft(one(who), case, Draft(outcome="A1", way=who))
    elif what == "check":
        actions.check(one(who), case, "office", seen=seen, approved=True)
    elif what == "sign":
        actions.sign(one(who), case, seen=seen)
    elif what == "withdraw":
        actions.withdraw(one(who), case, on=today)
    print("done")
except NotAllowedError as refused:
    print(refused.reason)
"""
SHOW = f"""{BEGIN}
import json
from gongkai.trail.chain import GENESIS
print(json.dumps([
    {{
        "stage": case.stage,
        "decisions": sorted(case.decisions.values_list("state", flat=True)),
        "letters": case.letters.count(),
        "closed": case.lines.filter(kind="closed").count(),
        "checks": case.decisions.values("checks__id").exclude(checks=None).count(),
    }}
    for case in Case.objects.order_by("pk")
]))
"""


def at_once(environment: dict[str, str], *each: tuple[str, str, int]) -> list[str]:
    """What becomes of these when all of them are asked for at the same moment."""
    acting = [started(environment, ACT, what, who, str(n)) for what, who, n in each]
    for process in acting:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in acting:
        assert process.stdin is not None
        process.stdin.write("now\n")
        process.stdin.flush()
    return [ended(process) for process in acting]


def test_of_two_who_decide_at_once_one_does(environment):
    ended(started(environment, SET_UP))
    drafted = at_once(
        environment, ("draft", "case_officer", 0), ("draft", "second_case_officer", 0)
    )
    assert drafted == ["done", "done"]
    first, second = ROUNDS, ROUNDS * 2
    checked = at_once(environment, ("check", "head", first), ("check", "second_head", first))
    assert sorted(checked) == ["done", "not_your_step"]
    twice = at_once(environment, ("sign", "signatory", second), ("sign", "signatory", second))
    assert sorted(twice) == ["done", "stage"]
    ends = [
        at_once(environment, ("sign", "signatory", n), ("withdraw", "case_officer", n))
        for n in range(second + 1, second + ROUNDS)
    ]
    assert {tuple(one) for one in ends} <= {("done", "signed_already"), ("withdrawn", "done")}
    stood = json.loads(ended(started(environment, SHOW)))
    assert stood[0]["decisions"] == ["draft"]
    assert stood[first]["checks"] == 1
    assert (stood[second]["decisions"], stood[second]["letters"]) == (["signed"], 1)
    for (signing, _), case in zip(ends, stood[second + 1 :], strict=True):
        signed = signing == "done"
        assert case["decisions"] == (["signed"] if signed else ["void"])
        assert (case["letters"], case["closed"]) == ((1, 0) if signed else (0, 1))
