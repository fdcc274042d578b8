"""What else is there of the same applicant, or with the same words. A person decides about it.

Nothing here refuses an application. Whether they are too many (条例第三十五条), whether one repeats
another (第三十六条), and whether what many ask for should be published (第四十四条) is judged by an
officer who sees the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from gongkai.casework.application.intake import Application
from gongkai.casework.application.keys import identity_key, name_key
from gongkai.casework.application.likeness import ALIKE, COMPARED, folded, likeness
from gongkai.casework.application.models import Case
from gongkai.org.models import Agency
from gongkai.publishing.search import queries as published

LOOKED_BACK = timedelta(days=3 * 366)
MOST_COMPARED = 2_000
"""The latest cases of the agency that are compared word by word."""
OFFERED = 5


class Alike(NamedTuple):
    """Another case like this one: how alike the words are (0 to 100), and whether by the same."""

    case: Case
    likeness: float
    same_applicant: bool


class Frequency(NamedTuple):
    """How often one applicant has applied to one agency, by month ("2026-03") and by year."""

    by_month: dict[str, int]
    by_year: dict[int, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_year.values())


class Often(NamedTuple):
    """An applicant who applied to one agency so many `times`, by the key of the `latest` case."""

    latest: int
    times: int


class Sought(NamedTuple):
    """What others are compared with: a case, or an application that is not one yet."""

    agency_id: int
    folded: str
    name_key: str
    identity_key: str
    day: date
    pk: int = 0


def sought(case: Case) -> Sought:
    """The case as something to compare with."""
    applicant = case.applicant
    return Sought(
        case.agency_id,
        case.folded,
        applicant.name_key,
        applicant.identity_key,
        case.submitted_on,
        case.pk,
    )


def sought_by(application: Application) -> Sought:
    """An application before it is entered: what is like it is shown first."""
    return Sought(
        application.agency.pk,
        folded(application.description),
        name_key(application.person),
        identity_key(application.person),
        application.submitted_on,
    )


def alike(this: Case | Sought) -> list[Alike]:
    """Cases of the same agency with similar words, the most alike first, of whomever."""
    this = sought(this) if isinstance(this, Case) else this
    own = set(of_same_applicant(this).values_list("pk", flat=True))
    found = [
        Alike(other, degree, other.pk in own)
        for other in _recent(this)
        if (degree := likeness(this.folded, other.folded)) >= ALIKE
    ]
    return sorted(found, key=lambda one: (-one.likeness, not one.same_applicant, -one.case.pk))


def duplicates(this: Case | Sought) -> list[Alike]:
    """Those among them that the same applicant sent."""
    return [one for one in alike(this) if one.same_applicant]


def asked_by_many(near: Iterable[Alike]) -> int:
    """How many different applicants asked for much the same (条例第四十四条), by the cases alike to
    one of them, that one included."""
    others = [one.case.pk for one in near if not one.same_applicant]
    keys = Case.objects.filter(pk__in=others).values_list(
        "applicant__identity_key", "applicant__name_key"
    )
    return 1 + len({identity or name for identity, name in keys})


def of_same_applicant(this: Case | Sought) -> QuerySet[Case]:
    """The other cases at the agency of who has the same identity number, or the same name where
    none is on record."""
    this = sought(this) if isinstance(this, Case) else this
    if this.identity_key:
        same = Q(applicant__identity_key=this.identity_key)
        same |= Q(applicant__identity_key="", applicant__name_key=this.name_key)
    elif this.name_key:
        same = Q(applicant__name_key=this.name_key)
    else:
        return Case.objects.none()
    return Case.objects.filter(same, agency_id=this.agency_id).exclude(pk=this.pk)


def under_other_names(case: Case) -> int:
    """How many cases at the agency have the identity number of this one and another name."""
    applicant = case.applicant
    if not (applicant.identity_key and applicant.name_key):
        return 0
    same = Case.objects.filter(
        agency_id=case.agency_id, applicant__identity_key=applicant.identity_key
    )
    return same.exclude(applicant__name_key__in=["", applicant.name_key]).count()


def frequency(case: Case, as_of: date) -> Frequency:
    """How often the applicant of the case has applied up to the day, this case included."""
    days = list(
        of_same_applicant(case)
        .filter(submitted_on__lte=as_of)
        .values_list("submitted_on", flat=True)
    )
    if case.submitted_on <= as_of:
        days.append(case.submitted_on)
    months = Counter(f"{day:%Y-%m}" for day in sorted(days))
    return Frequency(dict(months), dict(Counter(day.year for day in sorted(days))))


def frequent(agencies: QuerySet[Agency], since: date, until: date, least: int) -> list[Often]:
    """Applicants who applied to one of the agencies at least so often between the days: agency by
    agency, most often first."""
    cases = Case.objects.filter(agency__in=agencies, submitted_on__range=(since, until))
    person = Coalesce(NullIf("applicant__identity_key", Value("")), "applicant__name_key")
    often = (
        cases.exclude(applicant__name_key="")
        .values("agency", who=person)
        .annotate(times=Count("pk"), latest=Max("pk"))
        .filter(times__gte=least)
    )
    rows = often.order_by("agency__path", "-times", "-latest").values_list("latest", "times")
    return [Often(latest, times) for latest, times in rows]


def offers(text: str, limit: int = OFFERED) -> list[published.Hit]:
    """What is published already on these words; [] for none, and while there is no index."""
    words = " ".join(text[:100].split())
    if not words:
        return []
    try:
        return list(published.search(published.Query(words=words, limit=limit)).hits)
    except published.Unavailable:
        return []


def _recent(this: Sought) -> Iterator[Case]:
    """The latest cases of the agency whose length allows them to be alike at all."""
    rows = Case.objects.filter(
        agency_id=this.agency_id,
        submitted_on__gte=this.day - LOOKED_BACK,
        anonymised_at=None,
    ).exclude(pk=this.pk)
    length = min(len(this.folded), COMPARED)
    for row in rows.order_by("-id")[:MOST_COMPARED]:
        other = min(len(row.folded), COMPARED)
        if 200 * min(length, other) >= ALIKE * (length + other):
            yield row
