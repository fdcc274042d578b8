"""The file of a case, or the evidence for a court, as a package to take away."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import IO, NamedTuple, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.actions import exporting
from gongkai.casework.application.models import Case
from gongkai.desk.access import person, staff
from gongkai.desk.cases.page import basics
from gongkai.desk.cases.reach import posted, seen_case
from gongkai.desk.cases.words import cited_all
from gongkai.org.models import User

IN_MEMORY = 16 * 1024 * 1024
"""Bytes up to which a package is made without touching the disk; it holds personal data."""


class Told(NamedTuple):
    """One thing to be proved in the words of the page: its law, what shows it, what is missing."""

    name: str
    law: str
    shows: list[str]
    missing: list[str]


Export = Callable[[User, Case, IO[bytes]], object]


@staff
@require_safe
def to_prove(request: HttpRequest, key: int) -> HttpResponse:
    """What has to be proved in court and what the file lacks for it; not for the court to see."""
    held = seen_case(request, key)
    shown = {
        **basics(held),
        "question": gettext("要证明的事项"),
        "proofs": [
            Told(
                one.proof.words(speech()),
                cited_all(one.proof.articles),
                [exhibit.shows.words(speech()) for exhibit in one.exhibits],
                [gap.words(speech()) for gap in one.missing],
            )
            for one in exporting.to_prove(person(request), held)
        ],
    }
    return render(request, "desk/cases/to_prove.html", shown)


@staff
@posted
def archive(request: HttpRequest, key: int) -> HttpResponse:
    """Everything the case holds, with a manifest of hashes (条例第四十五条)."""
    return _package(request, key, actions.export_archive, "案卷")


@staff
@posted
def evidence(request: HttpRequest, key: int) -> HttpResponse:
    """What a court asks the agency to show, with the list of it (法释〔2025〕8号第五条)."""
    return _package(request, key, actions.export_evidence, "证据")


def _package(request: HttpRequest, key: int, export: Export, word: str) -> HttpResponse:
    case = seen_case(request, key)
    packed = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it
    try:
        export(person(request), case, packed)
    except BaseException:
        packed.close()
        raise
    packed.seek(0)
    name = f"{case.number}-{word}-{timezone.localdate():%Y%m%d}.zip"
    answer = FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")
    return cast("HttpResponse", answer)
