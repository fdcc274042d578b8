"""Cases of a ledger that was kept elsewhere come in with their days, and count as they did there.

No clock ran here while they were worked on and nobody reviewed here what they were answered: they
carry the migration's name, no decision and no letter. What counts them are the ordinary lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, given
from gongkai.casework.actions.registering import fill_applicant
from gongkai.casework.actions.withdrawing import WITHDRAWN
from gongkai.casework.application.clocking import as_fact, reckoned_of, rules_of
from gongkai.casework.application.likeness import folded
from gongkai.casework.application.models import (
    Applicant,
    ApplicantKind,
    Carrier,
    Case,
    Channel,
    ClockState,
    Delivery,
    Fact,
    FactKind,
    Stage,
)
from gongkai.casework.application.numbering import next_number, written
from gongkai.casework.application.person import Person
from gongkai.casework.ledger.models import Line, LineKind
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.calendar import CalendarRangeError, WorkingCalendar
from gongkai.law.dated import NotInForceError
from gongkai.law.outcomes import NoRowError, row_of
from gongkai.org.models import Agency, User
from gongkai.org.working_days import calendar_of
from gongkai.trail import actions as trail

BASIS = "migrated"
"""Where the day of receipt comes from: the older ledger says so."""
BATCH = 500
Happened = tuple[FactKind, date, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case ended: the day, the outcome (`law.outcomes`), and the ground of a refusal."""

    on: date
    outcome: str
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrant:
    """A case as an older ledger has it. `old_number` tells it from all others of the agency;
    `happened` are facts between receipt and end. Without `ended` it is still to be answered."""

    agency: Agency
    old_number: str
    channel: Channel
    submitted_on: date
    received_on: date
    kind: ApplicantKind
    person: Person
    description: str
    document_number: str = ""
    carrier: Carrier = Carrier.PAPER
    delivery: Delivery = Delivery.POST
    happened: tuple[Happened, ...] = field(default_factory=tuple)
    ended: Ending | None = None


@transaction.atomic
def migrate(user: User, migrants: Sequence[Migrant], mark: str) -> list[Case]:
    """Take the cases over, all or none; closed ones enter the ledger with their days.

    They get numbers of the years in which they were received. Each is a line of the trail without
    names. Raises NotAllowedError "role", "reason_missing" for an empty mark, "row_unknown",
    "out_of_calendar", and IntegrityError for an old number that is here already.
    """
    mark = given(mark)[:100]
    for agency in {migrant.agency.pk: migrant.agency for migrant in migrants}.values():
        ask(user, permissions.IMPORT, agency)
    rules = _Rules()
    cases = [_case(user, migrant, mark, rules) for migrant in migrants]
    Case.objects.bulk_create(cases, batch_size=BATCH)
    pairs = list(zip(migrants, cases, strict=True))
    Applicant.objects.bulk_create((_applicant(*pair) for pair in pairs), batch_size=BATCH)
    facts = (fact for pair in pairs for fact in _facts(user, *pair))
    Fact.objects.bulk_create(facts, batch_size=BATCH)
    Line.objects.bulk_create((_received(user, *pair) for pair in pairs), batch_size=BATCH)
    Line.objects.bulk_create(_closed(user, pairs), batch_size=BATCH)
    trail.record_all(user, map(_told, cases))
    return cases


class _Rules:
    """The calendar and reading of an agency, asked for once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[WorkingCalendar, Any]] = {}

    def of(self, agency: Agency) -> tuple[WorkingCalendar, Any]:
        if agency.pk not in self._known:
            self._known[agency.pk] = (calendar_of(agency.region), rules_of(agency))
        return self._known[agency.pk]


def _case(user: User, migrant: Migrant, mark: str, rules: _Rules) -> Case:
    year = migrant.received_on.year
    sequence = next_number(migrant.agency, year)
    case = Case(
        agency=migrant.agency,
        year=year,
        sequence=sequence,
        number=written(migrant.agency, year, sequence),
        old_number=migrant.old_number,
        migrated=mark,
        channel=migrant.channel,
        submitted_on=migrant.submitted_on,
        received_on=migrant.received_on,
        receipt_basis=BASIS,
        stage=Stage.CLOSED if migrant.ended else Stage.REGISTERED,
        description=migrant.description,
        document_number=migrant.document_number,
        carrier=migrant.carrier,
        delivery=migrant.delivery,
        folded=folded(migrant.description),
        clock_state=ClockState.RUNNING,
        created_at=_began(migrant.received_on),
        created_by=user,
        changed_at=timezone.now(),
    )
    _reckon(case, _facts(user, migrant, case), rules)
    if migrant.ended:
        case.outcome, case.row = migrant.ended.outcome, _row(migrant.ended)
        case.closed_at = _began(migrant.ended.on)
    return case


def _reckon(case: Case, facts: Iterable[Fact], rules: _Rules) -> None:
    calendar, reading = rules.of(case.agency)
    plain = [as_fact(fact) for fact in facts]
    try:
        found = reckoned_of(plain, calendar, timezone.localdate(), reading)
    except (CalendarRangeError, NotInForceError) as error:
        raise NotAllowedError("out_of_calendar") from error
    for name, value in found._asdict().items():
        setattr(case, name, value)


def _row(ended: Ending) -> str:
    try:
        return row_of(ended.outcome, ended.ground or None, on=ended.on)
    except (KeyError, ValueError, NoRowError, NotInForceError) as error:
        raise NotAllowedError("row_unknown", f"{ended.outcome} {ended.ground}".strip()) from error


def _applicant(migrant: Migrant, case: Case) -> Applicant:
    applicant = Applicant(case=case)
    fill_applicant(applicant, migrant.kind, migrant.person)
    return applicant


def _facts(user: User, migrant: Migrant, case: Case) -> list[Fact]:
    told: list[Happened] = [(FactKind.RECEIVED, migrant.received_on, {"basis": BASIS})]
    told += migrant.happened
    if migrant.ended:
        withdrawn = migrant.ended.outcome == WITHDRAWN
        kind = FactKind.WITHDRAWN if withdrawn else FactKind.ANSWERED
        told.append((kind, migrant.ended.on, {}))
    now = timezone.now()
    return [
        Fact(case=case, kind=kind, on=on, details=details, recorded_at=now, recorded_by=user)
        for kind, on, details in told
    ]


def _received(user: User, migrant: Migrant, case: Case) -> Line:
    return _line(user, migrant, case, LineKind.RECEIVED, migrant.received_on)


def _closed(user: User, pairs: Iterable[tuple[Migrant, Case]]) -> Iterable[Line]:
    for migrant, case in pairs:
        if migrant.ended:
            line = _line(user, migrant, case, LineKind.CLOSED, migrant.ended.on)
            line.row, line.outcome, line.ground = case.row, case.outcome, migrant.ended.ground
            yield line


def _line(user: User, migrant: Migrant, case: Case, kind: LineKind, on: date) -> Line:
    return Line(
        case=case,
        agency=migrant.agency,
        kind=kind,
        on=on,
        year=on.year,
        applicant_kind=migrant.kind,
        recorded_on=timezone.localdate(),
        recorded_at=timezone.now(),
        recorded_by=user,
    )


def _told(case: Case) -> trail.Told:
    details = {"mark": case.migrated, "old_number": case.old_number, "row": case.row}
    return trail.Told("casework.migrate", case, case.number, details)


def _began(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
