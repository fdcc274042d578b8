"""The time to keep a case is over: who applied, every paper and every word of it are removed.

No national rule names a term for these files; it is to be the shortest that their purpose needs
(个人信息保护法第十九条), and each agency sets it (`Practice`). Until then everything is kept that
the agency may have to prove before a court (法释〔2025〕8号第五条至第七条). Afterwards nothing
needs the words any more, and they have to be deleted (个人信息保护法第四十七条). Number, days,
outcome, digests and the ledger stay (`forgetting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongkai import files
from gongkai.casework import permissions
from gongkai.casework.actions import forgetting
from gongkai.casework.actions.allowing import ask, locked
from gongkai.casework.actions.forgetting import REMOVED
from gongkai.casework.actions.recording import recorded
from gongkai.casework.appeal.models import Appeal, AppealOutcome
from gongkai.casework.appeal.queries import instances
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.keeping import last_day, years_after
from gongkai.casework.application.models import Case, Practice, Stage
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User
from gongkai.trail import actions as trail

AT_ONCE = 100


class Removal(NamedTuple):
    """What was removed of a case, or of appeals about none, in numbers: rows by table
    (`forgetting.Table.code`), files."""

    number: str
    kept_until: date
    rows: dict[str, int]
    files: int

    def __str__(self) -> str:
        """One line of a report; nobody is named."""
        rows = ", ".join(f"{table} {count}" for table, count in sorted(self.rows.items()))
        return f"{self.number}  kept until {self.kept_until}  files {self.files}, {rows}"


def due_for_anonymisation(as_of: date) -> Iterator[Case]:
    """Closed cases whose time was over by the day, the oldest first. One under appeal never is."""
    pending = Appeal.objects.filter(outcome=AppealOutcome.PENDING)
    rows = (
        Case.objects.filter(stage__in=(Stage.CLOSED, Stage.FILED), anonymised_at=None)
        .exclude(closed_at=None)
        .exclude(Exists(pending.filter(case=OuterRef("pk"))))
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
    own = last_day(case, practice)
    return max(own, case.keep_until or own)


@transaction.atomic
def anonymise(user: User | None, case: Case) -> Removal:
    """Remove who applied, the enclosures, letters and files given out, and all words of the case.

    `user` None is the background work. Raises "role", "not_due".
    """
    case = locked(case.pk)
    if user is not None:
        ask(user, permissions.RETAIN, case.agency)
    last = _last_day(case)
    hashes = forgetting.hashes_of(case)
    _without_words(case)
    removal = Removal(case.number, last, forgetting.empty(case), len(hashes))
    details = {"kept_until": last.isoformat(), "removed": removal.rows, "files": removal.files}
    recorded(user, "anonymise", case, details)
    transaction.on_commit(lambda: _forget(hashes))
    return removal


def anonymise_due(as_of: date) -> list[Removal]:
    """Remove what is due, at most `AT_ONCE` cases and suits, each in a transaction of its own."""
    due = list(islice(due_for_anonymisation(as_of), AT_ONCE))
    removed = [anonymise(None, case) for case in due]
    suits = list(islice(appeals_due(as_of), AT_ONCE - len(removed)))
    return [*removed, *(anonymise_appeal(None, first) for first in suits)]


def appeals_due(as_of: date) -> Iterator[Appeal]:
    """Appeals about no case whose time was over by the day, by their first instance, the oldest
    first. None of which an instance is open, or an order has not been carried out."""
    rows = Appeal.everything.filter(case=None, follows=None, anonymised_at=None)
    for first in rows.select_related("agency").order_by("opened_on", "id").iterator():
        last = _kept_until(instances(first))
        if last is not None and last <= as_of:
            yield first


@transaction.atomic
def anonymise_appeal(user: User | None, appeal: Appeal) -> Removal:
    """Remove all words of an appeal about no case with its instances; kinds, days, results and
    figures stay.

    `user` None is the background work. Raises "role", "not_due".
    """
    if user is not None:
        ask(user, permissions.RETAIN, appeal.agency)
    keys = [one.pk for one in instances(appeal)]
    line = list(Appeal.everything.select_for_update(of=("self",)).filter(pk__in=keys))
    apart = appeal.case_id is None and appeal.follows_id is None
    last = _kept_until(line) if apart and not line[0].anonymised_at else None
    if last is None or last > timezone.localdate():
        raise NotAllowedError("not_due", last.isoformat() if last else "")
    removal = Removal(f"appeal {appeal.pk}", last, forgetting.empty_appeals(keys), 0)
    Appeal.everything.filter(pk__in=keys).update(anonymised_at=timezone.now())
    details = {"kept_until": last.isoformat(), "removed": removal.rows}
    for one in line:
        trail.record(user, "casework.anonymise_appeal", one, label=one.agency.name, details=details)
    return removal


def _kept_until(line: Sequence[Appeal]) -> date | None:
    """The last day on which the instances are kept whole: the agency's years for what was
    contested, after the last of them ended. None while one has not, or an order waits."""
    ends = [_end(one) for one in line]
    if None in ends:
        return None
    years = practice_of(line[0].agency).keep_years_appealed
    return years_after(max(end for end in ends if end is not None), years)


def _end(appeal: Appeal) -> date | None:
    """When nothing was left to be done about it."""
    if appeal.struck_at is not None:
        return timezone.localdate(appeal.struck_at)
    if appeal.redo_by is not None:
        return appeal.redone_on
    return appeal.concluded_on


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


def _without_words(case: Case) -> None:
    emptied: dict[str, Any] = {
        "description": REMOVED,
        "document_number": "",
        "assistance": "",
        "folded": "",
        "query_code_hash": "",
        "submission_key": None,
    }
    case.anonymised_at = case.changed_at = timezone.now()
    for name, value in emptied.items():
        setattr(case, name, value)
    case.save(update_fields=[*emptied, "anonymised_at", "changed_at"])


def _forget(hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        files.forget(sha256)
