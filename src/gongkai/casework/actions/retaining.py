"""The time to keep a case is over: who applied, and their papers, are removed.

No national rule names a term for these files; it is to be the shortest that their purpose needs
(个人信息保护法第十九条), and each agency sets it (`Practice`). Number, days, outcome and the
ledger stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from gongkai import files
from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, locked
from gongkai.casework.actions.recording import recorded
from gongkai.casework.appeal.models import AppealOutcome
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.models import Case, Practice, Stage
from gongkai.casework.application.person import ANONYMOUS
from gongkai.casework.application.sealing import seal
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

REMOVED = "（保管期限届满，内容已删除）"
AT_ONCE = 100


class Removal(NamedTuple):
    """What was removed of a case, in numbers."""

    number: str
    kept_until: date
    enclosures: int
    letters: int
    consultations: int


def due_for_anonymisation(as_of: date) -> Iterator[Case]:
    """Closed cases whose time was over by the day, the oldest first. One under appeal never is."""
    rows = (
        Case.objects.filter(stage__in=(Stage.CLOSED, Stage.FILED), anonymised_at=None)
        .exclude(closed_at=None)
        .exclude(appeals__outcome=AppealOutcome.PENDING)
        .select_related("agency")
        .order_by("closed_at", "id")
    )
    practices: dict[int, Practice] = {}
    for case in rows.iterator(chunk_size=500):
        if case.agency_id not in practices:
            practices[case.agency_id] = practice_of(case.agency)
        if kept_until(case, practices[case.agency_id]) <= as_of:
            yield case


def kept_until(case: Case, practice: Practice) -> date:
    """The last day on which the closed case is kept whole: the agency's years after closing,
    longer if it was appealed against, and not before the day that stands with the case."""
    assert case.closed_at is not None
    appealed = case.appeals.exists()
    years = practice.keep_years_appealed if appealed else practice.keep_years
    own = _years_after(timezone.localdate(case.closed_at), years)
    return max(own, case.keep_until or own)


@transaction.atomic
def anonymise(user: User | None, case: Case) -> Removal:
    """Remove who applied, the enclosures, the letters and the words of the application.

    `user` None is the background work. Raises "role", "not_due".
    """
    case = locked(case.pk)
    if user is not None:
        ask(user, permissions.RETAIN, case.agency)
    last = _last_day(case)
    hashes = [*_without_enclosures(case), *_without_letters(case)]
    removal = Removal(
        number=case.number,
        kept_until=last,
        enclosures=case.enclosures.count(),
        letters=case.letters.count(),
        consultations=_without_third_parties(case),
    )
    _without_applicant(case)
    _without_words(case)
    recorded(user, "anonymise", case, {"kept_until": last.isoformat(), **_numbers(removal)})
    transaction.on_commit(lambda: _forget(hashes))
    return removal


def anonymise_due(as_of: date) -> list[Removal]:
    """Remove what is due, at most `AT_ONCE` cases, each in a transaction of its own."""
    due = [case for case, _ in zip(due_for_anonymisation(as_of), range(AT_ONCE), strict=False)]
    return [anonymise(None, case) for case in due]


def _last_day(case: Case) -> date:
    """Asked again under the lock: an appeal may have come in between."""
    closed = case.stage in {Stage.CLOSED, Stage.FILED} and case.closed_at is not None
    pending = case.appeals.filter(outcome=AppealOutcome.PENDING).exists()
    if not closed or pending or case.anonymised_at:
        raise NotAllowedError("not_due")
    last = kept_until(case, practice_of(case.agency))
    if last > timezone.localdate():
        raise NotAllowedError("not_due", last.isoformat())
    return last


def _without_applicant(case: Case) -> None:
    applicant = case.applicant
    applicant.sealed, applicant.masked = seal(ANONYMOUS.to_bytes()), ""
    applicant.name_key = applicant.identity_key = ""
    applicant.save(update_fields=["sealed", "masked", "name_key", "identity_key"])


def _without_words(case: Case) -> None:
    case.description, case.folded, case.assistance = REMOVED, "", ""
    case.query_code_hash, case.submission_key = "", None
    case.anonymised_at = case.changed_at = timezone.now()
    case.save(
        update_fields=[
            "description",
            "folded",
            "assistance",
            "query_code_hash",
            "submission_key",
            "anonymised_at",
            "changed_at",
        ]
    )


def _without_enclosures(case: Case) -> list[str]:
    """The rows stay, since decisions and services point to them; name and bytes go."""
    hashes = [sha for sha in case.enclosures.values_list("sha256", flat=True) if sha]
    case.enclosures.update(sealed_name=seal(b""), sha256="", size=0)
    return hashes


def _without_letters(case: Case) -> list[str]:
    pairs = case.letters.values_list("pdf", "word")
    hashes = [sha for pair in pairs for sha in pair if sha]
    case.letters.update(sealed=seal(b"{}"), pdf="", word="")
    return hashes


def _without_third_parties(case: Case) -> int:
    return case.consultations.update(
        sealed=seal(ANONYMOUS.to_bytes()), masked="", about=REMOVED, reasons=""
    )


def _forget(hashes: list[str]) -> None:
    for sha256 in hashes:
        files.forget(sha256)


def _numbers(removal: Removal) -> dict[str, int]:
    return {
        "enclosures": removal.enclosures,
        "letters": removal.letters,
        "consultations": removal.consultations,
    }


def _years_after(day: date, years: int) -> date:
    """29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
