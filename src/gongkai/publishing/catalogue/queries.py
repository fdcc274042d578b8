"""Reading the catalogue of an agency and the duties that follow from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from django.db.models import Count, Model, Q, QuerySet

from gongkai.law import catalogue as law
from gongkai.org import queries as org
from gongkai.org.models import Agency, Level, Membership, Role, User
from gongkai.publishing.catalogue.models import CatalogueItem, Duty
from gongkai.publishing.catalogue.rules import End, Every, Rhythm
from gongkai.publishing.publication.models import PublicState

Row = TypeVar("Row", bound=Model)

LAW_LEVEL: dict[str, law.Level] = {
    Level.PROVINCE: "province",
    Level.CITY: "prefecture",
    Level.COUNTY: "county",
    Level.TOWNSHIP: "township",
    Level.STREET: "township",
}


@dataclass(frozen=True, slots=True)
class DutyCounts:
    """How many duties stand how on a day."""

    overdue: int
    open: int
    done: int
    excused: int


def rhythm(item: CatalogueItem) -> Rhythm:
    """How often the item is due, as the rule reads it."""
    return Rhythm(
        every=cast("Every", item.period),
        days=item.days,
        since=item.since,
        until=item.until,
        working_days=item.working_days,
        anchor=cast("End", item.anchor),
    )


def level_of(agency: Agency) -> law.Level:
    """Whose duties of articles 20 and 21 the agency has: a department those of its government."""
    if agency.level in LAW_LEVEL:
        return LAW_LEVEL[agency.level]
    governments = [a for a in org.above(agency) if a.level in LAW_LEVEL]
    return LAW_LEVEL[governments[-1].level] if governments else "county"


def listed(agency: Agency, on: date | None = None) -> QuerySet[CatalogueItem]:
    """The items of the agency's catalogue in their order; with a day, those listed on it."""
    rows = CatalogueItem.objects.filter(agency=agency)
    if on is not None:
        rows = rows.filter(_listed_on(on))
    return rows.order_by("position", "code", "pk")


def with_documents(rows: QuerySet[CatalogueItem]) -> QuerySet[CatalogueItem]:
    """The items, each with the number of documents that are public under it."""
    is_public = Q(publications__state=PublicState.PUBLIC)
    return rows.annotate(documents=Count("publications", filter=is_public))


def blank(agency: Agency, as_of: date, *, subtree: bool = False) -> QuerySet[CatalogueItem]:
    """Items under which nothing is public at all (空白栏目)."""
    rows = CatalogueItem.objects.filter(_listed_on(as_of))
    rows = _of(rows, agency, "agency", subtree=subtree).select_related("agency")
    is_public = Q(publications__state=PublicState.PUBLIC)
    counted = rows.annotate(documents=Count("publications", filter=is_public))
    return counted.filter(documents=0).order_by("agency__path", "position", "code")


def duties(agency: Agency | None, *, subtree: bool = True) -> QuerySet[Duty]:
    """Every duty of the agency and, with `subtree`, of all below it; the earliest due first."""
    rows = Duty.objects.select_related("item__agency", "fulfilled_by")
    return _of(rows, agency, "item__agency", subtree=subtree).order_by("due_on", "pk")


def overdue(agency: Agency | None, as_of: date, *, subtree: bool = True) -> QuerySet[Duty]:
    """Duties whose last day is over and that nobody has met or excused."""
    return still_open(duties(agency, subtree=subtree)).filter(due_on__lt=as_of)


def upcoming(agency: Agency | None, as_of: date, *, subtree: bool = True) -> QuerySet[Duty]:
    """Duties that are open and not yet overdue."""
    return still_open(duties(agency, subtree=subtree)).filter(due_on__gte=as_of)


def still_open(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    """Of these duties those nobody has met or excused."""
    return rows.filter(fulfilled_by=None, excused="")


def duty_counts(agency: Agency | None, as_of: date, *, subtree: bool = True) -> DutyCounts:
    """How many duties are overdue, open, met and excused."""
    unmet = Q(fulfilled_by=None, excused="")
    found = duties(agency, subtree=subtree).aggregate(
        overdue=Count("pk", filter=unmet & Q(due_on__lt=as_of)),
        open=Count("pk", filter=unmet & Q(due_on__gte=as_of)),
        done=Count("pk", filter=Q(fulfilled_by__isnull=False)),
        excused=Count("pk", filter=Q(fulfilled_by=None) & ~Q(excused="")),
    )
    return DutyCounts(**found)


def responsible(agencies: Iterable[int]) -> dict[int, list[User]]:
    """Who answers for the duties of each agency: the heads of its disclosure office or, where
    none is appointed, its officers (条例第四条)."""
    rows = Membership.objects.filter(
        agency__in=set(agencies), role__in=(Role.HEAD, Role.CASE_OFFICER), user__is_active=True
    )
    people: defaultdict[tuple[int, str], list[User]] = defaultdict(list)
    for row in rows.select_related("user").order_by("pk"):
        people[row.agency_id, row.role].append(row.user)
    wanted = {agency for agency, _ in people}
    return {
        agency: people.get((agency, Role.HEAD)) or people[agency, Role.CASE_OFFICER]
        for agency in wanted
    }


def _listed_on(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def _of(rows: QuerySet[Row], agency: Agency | None, field: str, *, subtree: bool) -> QuerySet[Row]:
    if agency is None:
        return rows
    if subtree:
        return rows.filter(**{f"{field}__path__startswith": agency.path})
    return rows.filter(**{field: agency})
