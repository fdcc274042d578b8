"""Many apply at once, and one form is sent several times at once: no gap, no double, no loss."""

from __future__ import annotations

import json

from tests.processes import ended, environment, started

__all__ = ["environment"]


PROCESSES, EACH = 4, 12
APPLICATION = """
import django; django.setup()
import json, sys
from django.utils import timezone
from gongkai.casework import actions
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import Case
from gongkai.casework.application.person import Person
from gongkai.org.models import Agency

def application(text):
    return Application(
        agency=Agency.objects.get(code="x"), channel="web", submitted_on=timezone.localdate(),
        kind="natural_person", description=text,
        person=Person("沈青禾", "id_card", "110101199003070003", telephone="13900001111"),
    )
"""
SET_UP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.org.actions import add_agency
add_agency(code="x", name="某局", level="department")
"""
APPLY = f"""{APPLICATION}
for n in range({EACH}):
    actions.apply(application(f"{{sys.argv[1]}} {{n}}"), "token")
receipt = actions.apply(application("同一份表"), "the same")
print(json.dumps([receipt.number, receipt.code]))
"""
SHOW = f"""{APPLICATION}
from gongkai.trail import verification
print(json.dumps([
    list(Case.objects.order_by("sequence").values_list("sequence", flat=True)),
    Case.objects.filter(description="同一份表").count(),
    verification.verify().whole,
]))
"""


def test_numbers_have_no_gap_and_one_form_is_one_application(environment):
    ended(started(environment, SET_UP))
    applying = [started(environment, APPLY, str(n)) for n in range(PROCESSES)]
    receipts = {ended(process) for process in applying}
    assert len(receipts) == 1
    numbers, same, whole = json.loads(ended(started(environment, SHOW)))
    assert numbers == list(range(1, PROCESSES * EACH + 2))
    assert (same, whole) == (1, True)
