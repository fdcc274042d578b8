"""Several people and processes at once: numbers without gap or double, one decision a step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import cluster, programs

PROCESSES, EACH = 4, 8
ROOT = Path(__file__).resolve().parents[2]
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


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    usual = {
        **os.environ,
        "GONGKAI_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
    }
    if request.param == "sqlite":
        yield {**usual, "GONGKAI_DATABASE_URL": ""}
        return
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with cluster(folder) as url:
        yield {**usual, "GONGKAI_DATABASE_URL": url}


def started(environment: dict[str, str], code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> str:
    """What the process has printed; it must have ended well."""
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return said.strip()


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
