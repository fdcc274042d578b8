"""Publishes and withdraws as it is told, as `python -m tests.project.publishing`.

It reads one JSON list a line: ["publish", title], ["publish", title, paragraphs], ["withdraw", id]
or ["check"], which compares the index with the database. It answers each with a JSON object, once
the action is committed.
"""

# ruff: noqa: E402  (what follows needs Django set up)

from __future__ import annotations

import json
import sys
from datetime import date
from types import SimpleNamespace
from typing import Any

import django

django.setup()

from gongkai.org.actions import add_agency, appoint
from gongkai.org.models import Agency, Role, User
from gongkai.publishing import actions
from gongkai.publishing.document import attachments
from gongkai.publishing.document.content import Content
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.queries import public
from gongkai.publishing.search.backend import Unavailable
from gongkai.publishing.search.verification import difference_from_database, status
from tests.project.publisher import FILE


def main() -> None:
    people = cast()
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        answer = {"publish": publish, "withdraw": withdraw, "check": check}[verb](
            people, *arguments
        )
        print(json.dumps(answer), flush=True)


def cast() -> SimpleNamespace:
    roles = {
        "drafter": Role.DRAFTER,
        "secrecy": Role.SECRECY_REVIEWER,
        "signatory": Role.SIGNATORY,
        "head": Role.HEAD,
    }
    agency = Agency.objects.filter(code="qh").first()
    if agency is not None:
        people = {name: User.objects.get(username=f"test-{name}") for name in roles}
        return SimpleNamespace(agency=agency, **people)
    agency = add_agency(code="qh", name="青禾县人民政府", short_name="青禾县", level="county")
    people = {}
    for name, role in roles.items():
        people[name] = User.objects.create_user(f"test-{name}")
        appoint(people[name], agency, role)
    return SimpleNamespace(agency=agency, **people)


def publish(people: SimpleNamespace, title: str, paragraphs: int = 1) -> dict[str, Any]:
    body = f"<p>现将{title}有关事项通知如下，请各单位结合实际认真落实。</p>" * paragraphs
    content = Content(
        title=title,
        kind="official_document",
        formed_on=date(2026, 11, 2),
        topic="城乡建设",
        item="20.15",
        body=body,
    )
    document = actions.create(people.drafter, people.agency, content)
    actions.attach(people.drafter, document, attachments.kept(FILE, title.encode(), "txt"))
    opened = actions.submit(people.drafter, document)
    reviewers = {"secrecy_reviewer": people.secrecy, "signatory": people.signatory}
    for _, role in opened.steps:
        reviewer = reviewers.get(role, people.head)
        actions.approve(reviewer, document, seen=opened.content_hash, comment="急件", urgent=True)
    actions.publish(people.head, document)
    return {"id": document.pk}


def withdraw(people: SimpleNamespace, number: int) -> dict[str, Any]:
    document = Document.objects.get(pk=number)
    actions.withdraw(people.head, document, reason="内容有误", public_note="内容更正，另行公布。")
    return {"id": number}


def check(_: SimpleNamespace) -> dict[str, Any]:
    published = {row.document_id: row.title for row in public()}
    try:
        difference, stands = difference_from_database(), status()
    except Unavailable:
        return {"equal": False, "public": published}
    equal = difference.none and stands.position == stands.newest
    return {"equal": equal, "public": published, "difference": list(difference)}


if __name__ == "__main__":
    main()
