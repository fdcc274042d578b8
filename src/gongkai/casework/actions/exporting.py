"""The file of a case leaves the system as a package; each time is a line of the trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, locked
from gongkai.casework.actions.recording import recorded
from gongkai.casework.application.models import Case
from gongkai.casework.archive.bundle import Bundle, for_court, whole_file
from gongkai.casework.archive.evidence import Shown
from gongkai.casework.archive.package import Entry, pack
from gongkai.org.models import User

OFFICIAL = "zh-hans"
"""The language of a file, whoever takes it out (国家通用语言文字法第九条)."""


def export_archive(user: User, case: Case, out: IO[bytes]) -> str:
    """Write the whole file of the case as a zip; gives the SHA-256 of its manifest.

    Names and papers stand in it, so that who may not open them may not export. What was removed
    when its time was over is told in the manifest. Raises "role".
    """
    _ask(user, case)
    with override(OFFICIAL):
        return _packed(user, case, "archive", whole_file(case), out)


def export_evidence(user: User, case: Case, out: IO[bytes]) -> Bundle:
    """Write the evidence for a court (法释〔2025〕8号第五条), with its list, as a zip.

    The bundle tells what has to be proved and what is missing. An earlier application that is
    told on a page of its own is opened by it, which its own trail tells. Raises "role".
    """
    _ask(user, case)
    with override(OFFICIAL):
        bundle = for_court(case)
        if bundle.earlier:
            _open(user, bundle.earlier)
        _packed(user, case, "evidence", bundle.entries, out)
    return bundle


def to_prove(user: User, case: Case) -> Sequence[Shown]:
    """What has to be proved, what the file has for it and what it lacks. Raises "role"."""
    _ask(user, case)
    return for_court(case).shown


def _ask(user: User, case: Case) -> None:
    for permission in (permissions.EXPORT, permissions.OPEN):
        ask(user, permission, case.agency)


def _open(user: User, earlier: Case) -> None:
    """Who applied stands on the page of the application that is repeated."""
    _ask(user, earlier)
    with transaction.atomic():
        recorded(user, "open_person", locked(earlier.pk), {"why": "complaint"})


def _packed(user: User, case: Case, what: str, entries: Sequence[Entry], out: IO[bytes]) -> str:
    """Packing may take long, so that only the line of the trail needs a transaction."""
    now = timezone.localtime()
    about = {
        "what": what,
        "case": case.number,
        "agency": case.agency.code,
        "made_at": now.isoformat(timespec="seconds"),
    }
    manifest = pack(out, entries, about, now)
    with transaction.atomic():
        recorded(user, f"export_{what}", locked(case.pk), {"manifest": manifest})
    return manifest
