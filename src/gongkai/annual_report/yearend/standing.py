"""The reports a supervising office awaits: who has not submitted, who was late, what disagrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils import timezone

from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.models import Reminder, Revision, State, Step, Submission
from gongkai.annual_report.review import Judged, findings
from gongkai.annual_report.yearend import rules
from gongkai.annual_report.yearend.receiving import awaited
from gongkai.annual_report.yearend.rolling_up import BOOK
from gongkai.law.forms import Address
from gongkai.org.models import Agency


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How one agency's report stands: due when, done when, what its check says, how often it was
    reminded.

    `done_on` is the day it was first submitted or published. `findings` are all that nobody has
    decided about, as the page of the report shows them, without those that were known when the
    report was accepted, which are `known`. `contradictions` are errors and figures that disagree.
    """

    agency: Agency
    due: rules.Due
    state: rules.State
    done_on: date | None
    late: bool
    submission: Submission | None
    revision: Revision | None
    findings: tuple[Finding, ...]
    known: tuple[Finding, ...]
    reminders: tuple[Reminder, ...]

    @property
    def contradictions(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if is_contradiction(finding))


@dataclass(frozen=True, slots=True)
class Standing:
    """The agencies a report is awaited of, in official order."""

    agency: Agency
    year: int
    as_of: date
    units: tuple[UnitStanding, ...]

    @property
    def missing(self) -> tuple[UnitStanding, ...]:
        """Who has not submitted, or whose report was returned."""
        return tuple(unit for unit in self.units if unit.state not in rules.DONE)

    @property
    def late(self) -> tuple[UnitStanding, ...]:
        return tuple(unit for unit in self.units if unit.late)

    @property
    def contradicting(self) -> tuple[UnitStanding, ...]:
        return tuple(unit for unit in self.units if unit.contradictions)


CONTRADICTING = ("sum.", "year.", "narrative.", "rollup.")
"""Rules about figures that disagree: among themselves, with last year's, the text, the parts."""


def is_contradiction(finding: Finding) -> bool:
    """Whether it is an error, or says that figures disagree."""
    if finding.severity == "error":
        return True
    return finding.severity != "note" and finding.code.startswith(CONTRADICTING)


def undecided(judged: Iterable[Judged]) -> tuple[Finding, ...]:
    """What nobody has decided about."""
    return tuple(one.finding for one in judged if one.undecided)


_STATES: dict[str, rules.State] = {
    Step.SUBMITTED: "submitted",
    Step.RETURNED: "returned",
    Step.ACCEPTED: "accepted",
}


def standing(
    agency: Agency, year: int, as_of: date, below: Sequence[Agency] | None = None
) -> Standing:
    """Everything the office of the agency has to know of the reports below on one page.

    With `below` it looks at these agencies only, which must be among those it awaits reports of.
    """
    below = awaited(agency) if below is None else below
    rows = Submission.objects.filter(agency__in=below, year=year)
    found = _Found(
        _latest(rows.select_related("revision__report__agency").order_by("id")),
        _first_days(below, year),
        _revisions(below, year),
        _reminders(below, year),
    )
    return Standing(agency, year, as_of, tuple(_unit(a, year, as_of, found) for a in below))


@dataclass(frozen=True, slots=True)
class _Found:
    """What is stored of the reports of a year, by the key of the agency."""

    submissions: dict[int, Submission]
    done_on: dict[int, date]
    revisions: dict[int, Revision]
    reminders: defaultdict[int, list[Reminder]]


@dataclass(frozen=True, slots=True)
class Departure:
    """A cell of a report that the books tell otherwise now than it was reported."""

    address: Address
    reported: Figure
    counted: Figure


def departures(revision: Revision, as_of: date) -> list[Departure]:
    """Where a compiled report that is final or public differs from what its books say on that day.

    A difference is put right by a correction, which has its reason and is public. Of rolled-up
    reports and those from files nothing is told: their figures come from elsewhere.
    """
    if not _from_books(revision):
        return []
    return differing(
        revision, compile_report(revision.report.agency, revision.report.year, as_of).report
    )


def differing(revision: Revision, counted: Report) -> list[Departure]:
    """The same, against figures that were counted already."""
    if not _from_books(revision):
        return []
    now = counted.figures
    return [
        Departure(address, reported, now[address])
        for address, reported in revision.as_report().figures.items()
        if now.get(address) is not None and now[address] != reported
    ]


def _from_books(revision: Revision) -> bool:
    """Whether the agency's own books were counted, and not the reports of others."""
    books = {stood.file for stood in revision.as_report().provenance.values()}
    return revision.as_of is not None and BOOK not in books


def _unit(agency: Agency, year: int, as_of: date, found: _Found) -> UnitStanding:
    due = rules.due(agency.level, year)
    submission, revision = found.submissions.get(agency.pk), found.revisions.get(agency.pk)
    state = _state(submission, revision)
    done_on = found.done_on.get(agency.pk) if state in rules.DONE else None
    open_findings, known = _findings(revision, submission)
    return UnitStanding(
        agency=agency,
        due=due,
        state=state,
        done_on=done_on,
        late=rules.is_late(due.on, state, done_on, as_of),
        submission=submission,
        revision=revision,
        findings=open_findings,
        known=known,
        reminders=tuple(found.reminders[agency.pk]),
    )


def _state(submission: Submission | None, revision: Revision | None) -> rules.State:
    if revision is not None and revision.state in {State.PUBLISHED, State.SUPERSEDED}:
        return "published"
    if submission is not None and submission.step in _STATES:
        return _STATES[submission.step]
    if revision is None:
        return "missing"
    return "draft" if revision.state == State.DRAFT else "final"


def _first_days(agencies: Sequence[Agency], year: int) -> dict[int, date]:
    """By agency, the day its report was first submitted or published, whichever came earlier."""
    submitted = Submission.objects.filter(agency__in=agencies, year=year).order_by()
    public = Revision.objects.filter(
        report__agency__in=agencies, report__year=year, published_at__isnull=False
    ).order_by()
    moments = [
        *submitted.values_list("agency").annotate(at=Min("submitted_at")),
        *public.values_list("report__agency").annotate(at=Min("published_at")),
    ]
    found: dict[int, date] = {}
    for key, at in moments:
        day = timezone.localdate(at)
        found[key] = min(day, found.get(key, day))
    return found


def _findings(
    revision: Revision | None, submission: Submission | None
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What is open, and what of it was known when the report was accepted."""
    if revision is None:
        return (), ()
    every = undecided(findings(revision))
    accepted = submission is not None and submission.step == Step.ACCEPTED
    marks = set(submission.known or ()) if submission is not None and accepted else set()
    return (
        tuple(finding for finding in every if finding.fingerprint not in marks),
        tuple(finding for finding in every if finding.fingerprint in marks),
    )


def _latest(rows: Iterable[Submission]) -> dict[int, Submission]:
    return {row.agency_id: row for row in rows}


def _revisions(agencies: Sequence[Agency], year: int) -> dict[int, Revision]:
    """The newest revision of each agency; where one is public, the public one."""
    rows = Revision.objects.filter(report__agency__in=agencies, report__year=year)
    found: dict[int, Revision] = {}
    for row in rows.select_related("report__agency").order_by("number"):
        held = found.get(row.report.agency_id)
        if held is None or held.state != State.PUBLISHED or row.state == State.PUBLISHED:
            found[row.report.agency_id] = row
    return found


def _reminders(agencies: Sequence[Agency], year: int) -> defaultdict[int, list[Reminder]]:
    found: defaultdict[int, list[Reminder]] = defaultdict(list)
    for row in Reminder.objects.filter(agency__in=agencies, year=year).order_by("at", "id"):
        found[row.agency_id].append(row)
    return found
