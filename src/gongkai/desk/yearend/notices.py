"""What a person has to know of reports on their way up: reminders, returns, what waits for them."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual_report.models import Reminder, Revision, Step, Submission
from gongkai.annual_report.permissions import SEES_DRAFTS
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role, User

OWED_BY = (Role.CASE_OFFICER, Role.HEAD)
ACCEPTED_BY = (Role.SUPERVISOR, Role.ADMINISTRATOR)
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Notices:
    """Reminders that were not followed, returned reports, and offices at which reports wait."""

    reminders: tuple[Reminder, ...]
    returned: tuple[Submission, ...]
    waiting: tuple[tuple[Agency, int, int], ...]


def notices(user: User) -> Notices:
    """What stands on the page of reports of that person; `waiting` is office, year and number."""
    return Notices(_reminders(user), _returned(user), _waiting(user))


def submission_of(revision: Revision) -> Submission | None:
    """How the revision last stood with the office above, if it was submitted."""
    rows = revision.submissions.select_related("to", "submitted_by", "decided_by")
    return rows.order_by("-id").first()


def oversees(user: User) -> bool:
    """Whether the person sees reports of any agency that has others below it."""
    rows = org.agencies_of(user, SEES_DRAFTS)
    return rows.filter(subordinates__active=True).exists()


def _reminders(user: User) -> tuple[Reminder, ...]:
    own = org.agencies_of(user, OWED_BY)
    rows = Reminder.objects.filter(agency__in=own).select_related("agency", "by")
    standing = {
        (one.agency_id, one.year)
        for one in Submission.objects.filter(
            agency__in=own, step__in=[Step.SUBMITTED, Step.ACCEPTED]
        )
    }
    left = [row for row in rows[: SHOWN * 5] if (row.agency_id, row.year) not in standing]
    return tuple(left[:SHOWN])


def _returned(user: User) -> tuple[Submission, ...]:
    rows = Submission.objects.filter(
        agency__in=org.agencies_of(user, OWED_BY),
        step=Step.RETURNED,
        revision__state="draft",
    ).select_related("agency", "to", "revision")
    latest = {row.revision_id: row for row in rows.order_by("id")}
    return tuple(latest.values())[:SHOWN]


def _waiting(user: User) -> tuple[tuple[Agency, int, int], ...]:
    rows = Submission.objects.filter(
        to__in=org.agencies_of(user, ACCEPTED_BY), step=Step.SUBMITTED
    ).select_related("to")
    found: dict[tuple[Agency, int], int] = {}
    for row in rows:
        found[row.to, row.year] = found.get((row.to, row.year), 0) + 1
    return tuple((agency, year, number) for (agency, year), number in found.items())
