"""Several people and processes at once: numbers without gap or double, one decision a step."""

from __future__ import annotations

import json

from tests.processes import ended, environment, started

__all__ = ["environment"]


PROCESSES, EACH = 4, 8
CAST = """
import django; django.setup()
from datetime import date
from gongkai.org.models import Agency, Membership, Role, User
from gongkai.publishing import actions
from gongkai.publishing.document.content import Content
from gongkai.publishing.document.models import Document
from gongkai.publishing.refusal import NotAllowedError
"""
SET_UP = f"""{CAST}
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.org.actions import add_agency
agency = add_agency(code="x", name="某局", level="department")
for role in ("drafter", "head", "secrecy_reviewer", "signatory", "second_head"):
    user = User.objects.create(username=role, full_name=role)
    Membership.objects.create(user=user, agency=agency, role=role.removeprefix("second_"))
one = lambda name: User.objects.get(username=name)
text = Content(
    title="通知", kind="notice", formed_on=date(2026, 11, 2), topic="综合", body="<p>文</p>"
)
for n in range({PROCESSES * EACH}):
    document = actions.create(one("drafter"), agency, text)
    opened = actions.submit(one("drafter"), document)
    if n:
        for name in ("head", "secrecy_reviewer", "signatory"):
            actions.approve(one(name), document, seen=opened.content_hash)
"""
PUBLISH = f"""{CAST}
import sys
head = User.objects.get(username="head")
for document in Document.objects.order_by("pk")[1:]:
    if document.pk % {PROCESSES} == int(sys.argv[1]):
        actions.publish(head, document)
"""
APPROVE = f"""{CAST}
import sys
document = Document.objects.order_by("pk").first()
try:
    opened = actions.approve(
        User.objects.get(username=sys.argv[1]), document, seen=document.head.content_hash
    )
    print("approved")
except NotAllowedError as refused:
    print(refused.reason)
"""
SHOW = f"""{CAST}
import json
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.review.models import Decision
from gongkai.publishing.search.models import Outbox
first = Document.objects.order_by("pk").first()
print(json.dumps({{
    "numbers": sorted(Publication.objects.values_list("index_number", flat=True)),
    "outbox": Outbox.objects.count(),
    "decisions": Decision.objects.filter(round__document=first).count(),
}}))
"""


def test_numbers_have_no_gap_and_a_step_has_one_decision(environment):
    ended(started(environment, SET_UP))
    for publishing in [started(environment, PUBLISH, str(n)) for n in range(PROCESSES)]:
        ended(publishing)
    approving = [started(environment, APPROVE, name) for name in ("head", "second_head")]
    assert sorted(ended(process) for process in approving) == ["approved", "not_your_step"]
    found = json.loads(ended(started(environment, SHOW)))
    year = found["numbers"][0].partition("/")[2][:4]
    expected = [f"x/{year}-{n:05}" for n in range(1, PROCESSES * EACH)]
    assert found == {"numbers": expected, "outbox": PROCESSES * EACH - 1, "decisions": 1}
