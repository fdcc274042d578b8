"""Ledgers as tests need them: cases with their lines, written in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from gongkai.casework.application.models import Applicant, Case
from gongkai.casework.ledger.models import Line
from gongkai.org.models import Agency


@dataclass(frozen=True, slots=True)
class Entry:
    """One line to write: of which case, what, on which day, recorded when.

    `reverses` is the place of the entry that is taken back, None where one is added.
    """

    case: int
    kind: str
    on: date
    applicant_kind: str = "natural_person"
    row: str = ""
    recorded_on: date | None = None
    reverses: int | None = None


def write(agency: Agency, entries: Iterable[Entry]) -> list[Line]:
    """The entries as lines of new cases of the agency, in their order."""
    entries = list(entries)
    cases = _cases(agency, entries)
    lines: list[Line] = []
    for entry in entries:
        again = lines[entry.reverses] if entry.reverses is not None else None
        on = entry.on if again is None else again.on
        lines.append(
            Line(
                case=cases[entry.case],
                agency=agency,
                kind=entry.kind if again is None else again.kind,
                on=on,
                year=on.year,
                applicant_kind=entry.applicant_kind if again is None else again.applicant_kind,
                row=entry.row if again is None else again.row,
                outcome="",
                sign=1 if again is None else -1,
                reverses=again,
                reason="" if again is None else "登记有误",
                recorded_on=entry.recorded_on or on,
                recorded_at=moment(entry.recorded_on or on),
            )
        )
        lines[-1].save()
    return lines


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def _cases(agency: Agency, entries: list[Entry]) -> dict[int, Case]:
    """A case for every number that the entries name."""
    first: dict[int, Entry] = {}
    for entry in entries:
        first.setdefault(entry.case, entry)
    taken: defaultdict[int, int] = defaultdict(int)
    for year, last in Case.objects.filter(agency=agency).values_list("year", "sequence"):
        taken[year] = max(taken[year], last)
    found = {}
    for name, entry in first.items():
        taken[entry.on.year] += 1
        found[name] = case_of(agency, entry.on, taken[entry.on.year])
    Case.objects.bulk_create(found.values())
    Applicant.objects.bulk_create(
        Applicant(case=case, kind=first[name].applicant_kind, sealed=b"")
        for name, case in found.items()
    )
    return found


def case_of(agency: Agency, received_on: date, sequence: int) -> Case:
    return Case(
        agency=agency,
        year=received_on.year,
        sequence=sequence,
        number=f"{agency.code}〔{received_on.year}〕{sequence}号",
        channel="web",
        submitted_on=received_on,
        received_on=received_on,
        stage="registered",
        description="2024 年度部门预算",
        carrier="electronic",
        delivery="online",
        folded="",
        due_on=date(received_on.year + 1, 12, 31),
        clock_state="running",
        created_at=moment(received_on),
        changed_at=moment(received_on),
    )


def received(case: int, on: date, **more: object) -> Entry:
    return Entry(case, "received", on, **more)  # type: ignore[arg-type]


def closed(case: int, on: date, row: str = "3.1", **more: object) -> Entry:
    return Entry(case, "closed", on, row=row, **more)  # type: ignore[arg-type]


def back(place: int, recorded_on: date, case: int = 1) -> Entry:
    """Takes the entry at that place back."""
    return Entry(case, "", recorded_on, recorded_on=recorded_on, reverses=place)
