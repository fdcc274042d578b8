"""A form that is being filled in, and the key to it in the visitor's cookie."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.casework.application import codes, drafts

COOKIE = "application"
RECEIPT_LIFETIME = 30 * 60
"""Seconds for which the receipt can be looked at again in the same browser."""


@dataclass(slots=True)
class Draft:
    """Answers by the name of their field, the pages that are done, and the files with their kind.

    `token` makes the form count once however often it is sent. `offered` is the text for which
    published documents have been offered. `lost` says that an earlier draft had expired. `receipt`
    holds number and code once the form is sent; then nothing else is left of it.
    """

    key: str
    answers: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    token: str = field(default_factory=codes.new_token)
    offered: str = ""
    lost: bool = False
    receipt: dict[str, str] = field(default_factory=dict)

    def finish(self, page: str) -> None:
        """The page is filled in as it should be."""
        if page not in self.done:
            self.done.append(page)

    def reopen(self, page: str) -> None:
        """Something is missing on the page."""
        if page in self.done:
            self.done.remove(page)


def held_by(request: HttpRequest) -> Draft:
    """What this browser has filled in or just sent; else an empty draft under a new key."""
    known = request.COOKIES.get(COOKIE, "")
    values = drafts.read(known)
    if values is None:
        return Draft(drafts.new_key(), lost=bool(known))
    return Draft(**values, key=known)


def draft_of(request: HttpRequest) -> Draft:
    """What this browser is filling in. After sending, the next draft is an empty one."""
    found = held_by(request)
    return Draft(drafts.new_key()) if found.receipt else found


def keep(request: HttpRequest, response: HttpResponse, draft: Draft) -> None:
    """Keep the draft and let the browser hold its key."""
    lifetime = RECEIPT_LIFETIME if draft.receipt else drafts.LIFETIME
    values = asdict(draft)
    drafts.write(values.pop("key"), values, lifetime=lifetime)
    response.set_cookie(
        COOKIE,
        draft.key,
        # The cookie outlives the draft, so that the page can say why the answers are gone.
        max_age=2 * drafts.LIFETIME,
        path=reverse("portal:apply_start"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def drop(request: HttpRequest, response: HttpResponse) -> None:
    """Remove the draft and the key to it."""
    drafts.forget(request.COOKIES.get(COOKIE, ""))
    response.delete_cookie(COOKIE, path=reverse("portal:apply_start"), samesite="Lax")
