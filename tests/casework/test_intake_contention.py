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

def application(text, agency="x"):
    return Application(
        agency=Agency.objects.get(code=agency), channel="web", submitted_on=timezone.localdate(),
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
add_agency(code="y", name="某委", level="department")
"""
APPLY = f"""{APPLICATION}
for n in range({EACH}):
    actions.apply(application(f"{{sys.argv[1]}} {{n}}"), "token")
receipt = actions.apply(application("同一份表"), "the same")
print(json.dumps([receipt.number, receipt.code]))
"""
APPLY_TOGETHER = f"""{APPLICATION}
from concurrent.futures import ThreadPoolExecutor
from django.db import connection

def sent(n):
    try:
        wish = application("同一份表" if n % 3 == 0 else f"{{sys.argv[1]}} {{n}}", "xy"[n % 2])
        receipt = actions.apply(wish, "the same" if n % 3 == 0 else "token")
        return [n % 3 == 0, receipt.number, receipt.code]
    finally:
        connection.close()

with ThreadPoolExecutor(6) as threads:
    print(json.dumps(sorted(threads.map(sent, range({EACH * 2})))))
"""
SHOW = f"""{APPLICATION}
from gongkai.trail import verification
print(json.dumps([
    [list(Case.objects.filter(agency__code=code).order_by("sequence")
     .values_list("sequence", flat=True)) for code in "xy"],
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
    assert numbers == [list(range(1, PROCESSES * EACH + 2)), []]
    assert (same, whole) == (1, True)


def test_threads_that_write_together_give_each_its_own_number_and_one_form_its_one(environment):
    ended(started(environment, SET_UP))
    applying = [started(environment, APPLY_TOGETHER, str(n)) for n in range(2)]
    receipts = [receipt for process in applying for receipt in json.loads(ended(process))]
    same = {(number, code) for twice, number, code in receipts if twice}
    numbers = [number for twice, number, _ in receipts if not twice]
    assert len(same) == 2, "the form to each agency"
    assert len(set(numbers)) == len(numbers) == 2 * 2 * EACH * 2 // 3
    found, forms, whole = json.loads(ended(started(environment, SHOW)))
    each = len(numbers) // 2 + 1
    assert found == [list(range(1, each + 1))] * 2
    assert (forms, whole) == (2, True)
