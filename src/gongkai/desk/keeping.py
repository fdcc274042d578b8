"""What was typed survives a session that has ended, also where a browser has no script.

The form comes back on the log-in page, signed, and from there on the page after it. It never
touches the database or the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from gongkai.org.models import User

SALT = "desk.kept"
LASTS = 24 * 3600
"""Seconds for which what was kept can be handed in again."""
NOT_KEPT = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that arrived without a session: where it was going, and what it said.

    `writer` is the key of the user it was given to, None where the form does not say.
    """

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def writer(self) -> str:
        """The key of the user the form was made for; "" where it does not say."""
        return dict(self.fields).get("writer", "")

    def belongs_to(self, user: User) -> bool:
        """Whether it is that person's; nobody is shown what another has typed."""
        return self.writer == str(user.pk)


def sealed(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The form as one signed text."""
    return signing.dumps([path, [list(pair) for pair in pairs]], salt=SALT, compress=True)


def arrived(request: HttpRequest) -> str:
    """The form that has just come in, as one signed text."""
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT
        for value in values
    ]
    return sealed(request.path, pairs)


def unsealed(text: str) -> Kept | None:
    """The form again; None for what is none of ours or too old."""
    try:
        path, pairs = signing.loads(text, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    return Kept(path, tuple((str(name), str(value)) for name, value in pairs))


def after_login(request: HttpRequest, user: User) -> HttpResponseBase | None:
    """The page that hands the form in again, if one waited for this person."""
    kept = unsealed(request.POST.get("kept", ""))
    if kept is None or not kept.belongs_to(user):
        return None
    response = render(request, "desk/documents/kept.html", {"kept": kept})
    add_never_cache_headers(response)
    return response
