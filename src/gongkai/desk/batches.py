"""What became of each file of an upload, and the files that wait for an answer.

Both lie in the cache that all workers share, under the person's own key, and are gone after a
day: a file that waits is no stored report yet.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Literal

from django.core.cache import caches
from django.utils.translation import gettext_lazy

from gongkai.annual_report.read.failure import Reason as Unreadable
from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.refusal import Reason as Refused
from gongkai.annual_report.speech import speech
from gongkai.org.models import User

KEPT = 24 * 3600
MOST = 500
"""Files of one upload that are listed."""

Outcome = Literal["stored", "waiting", "failed", "dropped"]
ANSWERABLE: frozenset[Refused] = frozenset({"agency_unknown", "year_unknown", "has_draft"})
"""Refusals a person can settle by an answer; the file is kept for it."""


# The file is kept, so that nobody has to upload it again; the second wording names the detail.
QUESTIONS = {
    "agency_unknown": (
        gettext_lazy("报告没有写明是哪个机关。请选择机关。"),
        gettext_lazy("报告写的是“%(detail)s”，您能上传的机关里没有这个名字。请选择机关。"),
    ),
    "year_unknown": (
        gettext_lazy("无法从报告确定年度。请填写年度。"),
        gettext_lazy("无法从报告确定年度（%(detail)s）。请填写年度。"),
    ),
    "has_draft": (
        gettext_lazy("已有草稿，没有动它。请决定是否替换。"),
        gettext_lazy("%(detail)s 已有草稿，没有动它。请决定是否替换。"),
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: what became of it and, where something is missing, what."""

    token: str
    name: str
    size: int
    outcome: Outcome
    revision: int | None = None
    replaced: bool = False
    unreadable: Unreadable | None = None
    refused: Refused | None = None
    detail: str = ""
    agency: int | None = None
    year: int | None = None

    @property
    def message(self) -> str:
        """What went wrong and what to do, in the language of the page."""
        if self.unreadable:
            return UnreadableReportError(self.unreadable, self.name, self.detail).message(speech())
        if self.outcome == "waiting" and self.refused in QUESTIONS:
            return self._question()
        if self.refused:
            return NotAllowedError(self.refused, self.detail).message(speech())
        return ""

    def _question(self) -> str:
        known = QUESTIONS[self.refused or "agency_unknown"]
        return str(known[1] if self.detail else known[0]) % {"detail": self.detail}

    @property
    def asks(self) -> str:
        """What the person is asked for: "agency", "year" or "replace"."""
        asked = {"agency_unknown": "agency", "year_unknown": "year", "has_draft": "replace"}
        return asked.get(self.refused or "", "") if self.outcome == "waiting" else ""


def token() -> str:
    """A name for an upload or a file that nobody can guess."""
    return secrets.token_urlsafe(12)


def entries(user: User, batch: str) -> list[Entry]:
    """The files of an upload in the order they came; empty if there is none by that name."""
    return list(caches["shared"].get(_batch(user, batch), ()))


def put(user: User, batch: str, entry: Entry) -> None:
    """Add the file to the upload, or write anew what became of it."""
    held = entries(user, batch)
    places = {known.token: place for place, known in enumerate(held)}
    if entry.token in places:
        held[places[entry.token]] = entry
    else:
        held.append(entry)
    caches["shared"].set(_batch(user, batch), held[-MOST:], KEPT)


def hold(user: User, entry: Entry, data: bytes) -> None:
    """Keep the bytes of a file that waits for an answer."""
    caches["shared"].set(_file(user, entry.token), data, KEPT)


def held(user: User, entry: Entry) -> bytes | None:
    """The bytes of a file that waits; None if it waited too long."""
    data: bytes | None = caches["shared"].get(_file(user, entry.token))
    return data


def drop(user: User, batch: str, entry: Entry) -> None:
    """The person does not want the file any more."""
    caches["shared"].delete(_file(user, entry.token))
    put(user, batch, replace(entry, outcome="dropped"))


def let_go(user: User, entry: Entry) -> None:
    """The file is stored; its waiting copy is no longer needed."""
    caches["shared"].delete(_file(user, entry.token))


def _batch(user: User, batch: str) -> str:
    return f"desk:batch:{user.pk}:{batch}"


def _file(user: User, name: str) -> str:
    return f"desk:file:{user.pk}:{name}"
