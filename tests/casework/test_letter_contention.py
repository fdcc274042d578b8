"""Many issue letters at once: their numbers have no gap, none is given twice."""

from __future__ import annotations

import json

from tests.processes import ended, environment, started

__all__ = ["environment"]

PROCESSES, EACH = 4, 10
CASES = """
import django; django.setup()
import json, sys
from django.db import transaction
from django.utils import timezone
from gongkai.casework.actions.issuing import issue
from gongkai.casework.application.models import Case, Practice
from gongkai.casework.letter.models import Letter
from gongkai.org.models import Agency
today = timezone.localdate()
"""
SET_UP = f"""{CASES}
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.casework import actions
from gongkai.casework.application.intake import Application
from gongkai.casework.application.person import Person
from gongkai.org.actions import add_agency
agency = add_agency(code="x", name="某局", level="department")
Practice.objects.create(agency=agency, letter_mark="某公复")
for n in range({PROCESSES}):
    actions.apply(Application(
        agency=agency, channel="web", submitted_on=today, kind="natural_person",
        description=f"某文件 {{n}}", person=Person(
            "沈青禾", "id_card", "110101199003070003", telephone="13900001111"),
    ), f"token {{n}}")
"""
ISSUE = f"""{CASES}
case = Case.objects.order_by("pk")[int(sys.argv[1])]
fields = {{"correction_items": "写明年度", "correction_period": 15, "received_on": today}}
for n in range({EACH}):
    try:
        with transaction.atomic():
            issue(None, case, "correction_notice", dated=today, fields=fields)
            if n % 3 == 0:
                raise LookupError
    except LookupError:
        pass
"""
SHOW = f"""{CASES}
from gongkai.trail import verification
print(json.dumps([
    sorted(Letter.objects.values_list("sequence", flat=True)),
    Letter.objects.values("number").distinct().count(),
    verification.verify().whole,
]))
"""


def test_numbers_have_no_gap_though_some_letters_are_not_issued_in_the_end(environment):
    ended(started(environment, SET_UP))
    for issuing in [started(environment, ISSUE, str(n)) for n in range(PROCESSES)]:
        ended(issuing)
    serials, numbers, whole = json.loads(ended(started(environment, SHOW)))
    issued = PROCESSES * sum(1 for n in range(EACH) if n % 3)
    assert serials == list(range(1, issued + 1))
    assert (numbers, whole) == (issued, True)
