"""Which cases a person sees, how urgent they are on a day, and how one is found again."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case as Choose
from django.db.models import DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from gongkai.casework.application.keys import key_of_name
from gongkai.casework.application.likeness import folded
from gongkai.casework.application.models import Case, ClockState, Fact
from gongkai.casework.clock.facts import ANEW
from gongkai.casework.decision.models import Assignment
from gongkai.casework.permissions import HANDLES, SEES_CASES
from gongkai.org import queries as org
from gongkai.org.models import Agency, Membership, Role, User

Person = User | AnonymousUser

OVERSEES = (Role.HEAD, Role.SUPERVISOR, Role.ADMINISTRATOR)
"""Roles that see figures without persons (`permissions.OVERSEE`)."""
UNFINISHED = Q(clock_state__in=[ClockState.RUNNING, ClockState.PAUSED])
"""Received and not yet answered; overdue or not."""
RANKS = ("overdue", "soon", "running", "unconfirmed", "paused", "done")
"""Groups of the list in the order of their urgency; `rank` is the place in it."""


def seen_by(user: Person) -> QuerySet[Case]:
    """The cases of the agencies where the person has a part in them."""
    rows = Case.objects.filter(agency__in=org.agencies_of(user, SEES_CASES))
    return rows.select_related("agency", "applicant", "officer", "unit")


def claimed() -> Exists:
    """Whether somebody works on a case who still may: whose account is open and who handles the
    cases of its agency."""
    return Exists(
        Membership.objects.filter(
            user=OuterRef("officer"),
            user__is_active=True,
            agency=OuterRef("agency"),
            role__in=HANDLES,
        )
    )


def officers_of(agency: Agency) -> QuerySet[User]:
    """Who handles the cases of the agency."""
    rows = User.objects.filter(
        is_active=True, memberships__agency=agency, memberships__role__in=HANDLES
    )
    return rows.distinct().order_by("full_name", "pk")


def handled_by(user: Person) -> QuerySet[Agency]:
    """The agencies that still exist for which the person enters and handles applications."""
    return org.agencies_of(user, HANDLES).filter(active=True)


def overseen_by(user: Person) -> QuerySet[Agency]:
    """The agencies whose figures the person watches over."""
    return org.agencies_of(user, OVERSEES)


def overdue(as_of: date) -> Q:
    """Cases whose answer is late on the day (条例第三十三条).

    A pause ends by itself once those who were asked have kept silent for too long.
    """
    return Q(clock_state=ClockState.RUNNING, due_on__lt=as_of) | Q(
        clock_state=ClockState.PAUSED, resumes_on__lt=as_of, due_latest_on__lt=as_of
    )


def standing_still(as_of: date) -> Q:
    """Cases that wait for somebody else, so that their clock stands on the day."""
    paused = Q(clock_state=ClockState.PAUSED)
    return paused & (Q(resumes_on__isnull=True) | Q(resumes_on__gte=as_of))


def due_by(day: date, as_of: date) -> Q:
    """Cases whose clock runs on `as_of`, due after it and by `day`."""
    running = Q(clock_state=ClockState.RUNNING, due_on__range=(as_of, day))
    return running | Q(
        clock_state=ClockState.PAUSED, resumes_on__lt=as_of, due_latest_on__range=(as_of, day)
    )


def by_urgency(rows: QuerySet[Case], as_of: date, soon: date) -> QuerySet[Case]:
    """The cases with `rank`, their place in `RANKS`, and `counts_on`, the day due on `as_of`;
    what is due by `soon` is urgent."""
    lapsed = Q(clock_state=ClockState.PAUSED, resumes_on__lt=as_of)
    day = Choose(When(lapsed, then=F("due_latest_on")), default=F("due_on"))
    groups = (
        overdue(as_of),
        due_by(soon, as_of),
        Q(clock_state=ClockState.RUNNING) | lapsed,
        Q(clock_state=ClockState.NOT_RECEIVED),
        Q(clock_state=ClockState.PAUSED),
    )
    ranks = [When(group, then=Value(place)) for place, group in enumerate(groups)]
    return rows.annotate(
        counts_on=_dated(day),
        rank=Choose(*ranks, default=Value(len(ranks)), output_field=IntegerField()),
    )


def decided_anew() -> Exists:
    """Whether a case has been taken up again after an answer."""
    return Exists(Fact.objects.filter(case=OuterRef("pk"), kind__in=ANEW, struck_at=None))


def _dated(day: Choose) -> Choose:
    day.output_field = DateField()
    return day


def holding(text: str) -> Q:
    """Number, here or in an older ledger, document number or description holds the words.

    It does not matter how they are spelled.
    """
    words = Q(number__icontains=text) | Q(document_number__icontains=text)
    words |= Q(old_number__icontains=text)
    plain = folded(text)
    return words | Q(folded__contains=plain) if plain else words


def named(name: str) -> Q:
    """Cases of an applicant of exactly that name; width, case and blanks do not matter."""
    key = key_of_name(name)
    return Q(applicant__name_key=key) if key else Q(pk__in=[])


def assigned_to(user: User) -> QuerySet[Assignment]:
    """The questions put to the units and agencies for which the person is liaison officer,
    open ones first, then by day due. A liaison officer of a unit sees those of that unit."""
    if user.is_superuser:
        return _in_order(Assignment.objects.filter(recalled_at=None))
    posts = Membership.objects.filter(user=user, role=Role.LIAISON_OFFICER)
    reach = Q(pk__in=[])
    for post in posts:
        if post.unit_id:
            reach |= Q(unit_id=post.unit_id)
        else:
            reach |= Q(unit__agency_id=post.agency_id) | Q(agency_id=post.agency_id)
    return _in_order(Assignment.objects.filter(reach, recalled_at=None))


def _in_order(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    open_first = F("replied_at").asc(nulls_first=True)
    return rows.select_related("unit", "agency", "case", "case__agency").order_by(
        open_first, "due_on", "pk"
    )
