"""Which revision an address means, and what is answered where there is none to be seen."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from gongkai.publishing.publication import queries
from gongkai.publishing.publication.models import Publication, PublicState, Withdrawal


class WithdrawnError(Exception):
    """What was asked for was public and has been taken down; `trace` says what, when and why."""

    def __init__(self, trace: Withdrawal) -> None:
        super().__init__(trace.public_note)
        self.trace = trace


@dataclass(frozen=True, slots=True)
class Found:
    """A revision that may be seen, and every revision that may, the newest first.

    `withdrawn` are traces of earlier revisions that were taken down before the present one came.
    """

    publication: Publication
    history: tuple[Publication, ...]
    withdrawn: tuple[Withdrawal, ...] = ()

    @property
    def current(self) -> bool:
        return self.publication.state == PublicState.PUBLIC


def found(document: int, number: int | None = None) -> Found:
    """The public revision of a document, or that of the number if it may still be seen.

    A withdrawal takes the revision down with all before it, for good. Raises WithdrawnError for
    those and Http404 for what was never public.
    """
    ever = queries.history(document)
    gone = [row for row in ever if row.state == PublicState.WITHDRAWN]
    last_gone = max((row.number for row in gone), default=0)
    seen = tuple(row for row in ever if row.number > last_gone)
    for row in seen:
        if row.number == number or (number is None and row.state == PublicState.PUBLIC):
            traces = tuple(row.withdrawal for row in gone)
            return Found(row, seen, traces)
    asked_for_gone = number is None or number <= last_gone
    if gone and asked_for_gone and (number is None or any(row.number == number for row in ever)):
        raise WithdrawnError(gone[0].withdrawal)
    raise Http404(gettext("这份文件没有公布，或者地址不完整。"))


def gone(request: HttpRequest, trace: Withdrawal) -> HttpResponse:
    """The public trace in the place of what was taken down, with status 410."""
    shown = {"trace": trace, "publication": trace.publication}
    return render(request, "portal/documents/withdrawn.html", shown, status=410)
