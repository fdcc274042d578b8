"""Which documents a person sees at the desk, and who they are there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from gongkai.org import queries as org
from gongkai.org.models import Agency, User
from gongkai.publishing.document.models import Document, Version
from gongkai.publishing.permissions import DRAFTS, OVERSEES, PUBLISHES, SEES_DRAFTS, VIEW
from gongkai.publishing.refusal import NotAllowedError

Person = User | AnonymousUser
HEAVY = ("head__body", "head__summary", "head__reason")
"""What no list shows."""


def visible(user: Person) -> QuerySet[Document]:
    """The documents of the agencies at which the person sees drafts, without their texts."""
    rows = Document.objects.filter(agency__in=org.agencies_of(user, SEES_DRAFTS))
    return rows.select_related("agency", "head", "created_by").defer(*HEAVY)


def seen_document(request: HttpRequest, key: int) -> Document:
    """The document with its newest version, if the person may see it.

    Raises Http404, for one that they may not see as for one that does not exist: which numbers
    are taken is nobody's business.
    """
    rows = Document.objects.select_related("agency", "head__by", "created_by", "unit")
    document = rows.filter(pk=key).first()
    if document is None or not request.user.has_perm(VIEW, document.agency):
        raise Http404("no such document")
    return document


def head_of(document: Document) -> Version:
    """The newest version. Raises NotAllowedError where another hand is just making the first."""
    if document.head is None:
        raise NotAllowedError("changed_meanwhile")
    return document.head


def writes_for(user: Person) -> QuerySet[Agency]:
    """The agencies that still exist for which the person may draft."""
    return org.agencies_of(user, DRAFTS).filter(active=True)


def publishes_for(user: Person) -> QuerySet[Agency]:
    """The agencies whose approved documents the person may publish."""
    return org.agencies_of(user, PUBLISHES)


def overseen(user: Person) -> QuerySet[Agency]:
    """The agencies whose duties and deadlines the person watches over."""
    return org.agencies_of(user, OVERSEES)


def whole(text: Any) -> int | None:
    """A number that a database can hold, from the query of an address; None if it is none."""
    said = str(text or "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else None
