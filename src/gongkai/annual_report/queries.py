"""Reading stored reports. Lists come without the bodies of reports and are meant to be paged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

from gongkai.annual_report.cells import picked
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.measures import Measure
from gongkai.annual_report.models import OPEN, PUBLIC, Revision, State, StoredReport
from gongkai.annual_report.permissions import SEES_DRAFTS
from gongkai.org import queries as org
from gongkai.org.models import Agency, User

PAGE_SIZE = 50
ORDER = ("-report__year", "report__agency__position", "report__agency__sort_key", "report_id")

Row = TypeVar("Row", bound=Model)


def paged(
    rows: QuerySet[Row] | Sequence[Row], number: int | str | None, size: int = PAGE_SIZE
) -> Page[Row]:
    """A page of the rows; a number that is none or out of range gives the nearest page."""
    return Paginator(rows, size).get_page(number or 1)


# What everybody may see


def published(
    *,
    text: str = "",
    year: int | None = None,
    level: str = "",
    agency: Agency | None = None,
    below: Agency | None = None,
) -> QuerySet[Revision]:
    """The published revisions, newest year first, then in the order of agencies.

    `text` is looked for in the agency's names (see `org.queries.found_by`), `level` is one of
    `org.models.Level`, `below` takes an agency and everything under it.
    """
    rows = Revision.objects.filter(state=State.PUBLISHED)
    if text.strip():
        rows = rows.filter(report__agency__in=org.found_by(text))
    if year is not None:
        rows = rows.filter(report__year=year)
    if level:
        rows = rows.filter(report__agency__level=level)
    if agency is not None:
        rows = rows.filter(report__agency=agency)
    if below is not None:
        rows = rows.filter(report__agency__in=org.under(below))
    return _listed(rows)


def _listed(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    return rows.select_related("report__agency", "source").defer("body").order_by(*ORDER)


def published_years(agency: Agency | None = None) -> list[int]:
    """The years for which anything is published, newest first."""
    rows = Revision.objects.filter(state=State.PUBLISHED)
    if agency is not None:
        rows = rows.filter(report__agency=agency)
    return list(rows.order_by("-report__year").values_list("report__year", flat=True).distinct())


def publishing_agencies() -> QuerySet[Agency]:
    """Agencies that have published at least one report."""
    return Agency.objects.filter(
        pk__in=Revision.objects.filter(state=State.PUBLISHED).values("report__agency")
    )


def public_history(agency_code: str, year: int) -> list[Revision]:
    """The public revisions of one report, the published one first, with their bodies.

    Empty if nothing was ever published: what is not published is not even said to exist.
    """
    return list(
        Revision.objects.filter(
            report__agency__code=agency_code, report__year=year, state__in=PUBLIC
        )
        .select_related("report__agency", "source")
        .order_by("-number")
    )


# What the desk sees


def visible_reports(user: User | AnonymousUser) -> QuerySet[StoredReport]:
    """Reports the user may see drafts of, newest year first."""
    return (
        StoredReport.objects.filter(agency__in=org.agencies_of(user, SEES_DRAFTS))
        .select_related("agency")
        .order_by("-year", "agency__position", "agency__sort_key", "pk")
    )


def open_revisions(
    user: User | AnonymousUser, *, state: str = "", text: str = "", year: int | None = None
) -> QuerySet[Revision]:
    """Drafts and frozen revisions the user may see."""
    rows = Revision.objects.filter(
        state__in=[state] if state else OPEN,
        report__agency__in=org.agencies_of(user, SEES_DRAFTS),
    )
    if text.strip():
        rows = rows.filter(report__agency__in=org.found_by(text))
    if year is not None:
        rows = rows.filter(report__year=year)
    return _listed(rows).select_related("report__agency", "source", "created_by")


def revision(agency_code: str, year: int, number: int) -> Revision | None:
    """One revision with all that a page about it needs."""
    return (
        Revision.objects.filter(report__agency__code=agency_code, report__year=year, number=number)
        .select_related("report__agency__superior", "source", "created_by", "published_by")
        .first()
    )


def revisions(report: StoredReport) -> QuerySet[Revision]:
    """Every revision of a report, newest first, without bodies."""
    return (
        report.revisions.select_related("source", "created_by", "published_by")
        .defer("body")
        .order_by("-number")
    )


# Figures over years and agencies


@dataclass(frozen=True, slots=True)
class Point:
    """An agency's measures in one year, by measure code; None where the report has no figure."""

    agency_id: int
    year: int
    values: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Agencies × years. `points` has no entry where nothing is published."""

    agencies: Sequence[Agency]
    years: Sequence[int]
    points: dict[tuple[int, int], Point] = field(default_factory=dict)

    def value(self, agency: Agency, year: int, measure: str) -> Figure:
        """The measure of that agency in that year; None if unknown."""
        point = self.points.get((agency.pk, year))
        return point.values.get(measure) if point else None


def series(agency: Agency, measures: Collection[Measure]) -> list[Point]:
    """The measures of one agency's published reports, oldest year first. One query."""
    rows = Revision.objects.filter(report__agency=agency, state=State.PUBLISHED)
    return sorted(_points(rows, measures), key=lambda point: point.year)


def matrix(
    agencies: Sequence[Agency], years: Sequence[int], measures: Collection[Measure]
) -> Matrix:
    """The measures of those agencies' published reports in those years. One query.

    `agencies` is best one page of them (`paged(publishing_agencies(), …)`).
    """
    rows = Revision.objects.filter(
        state=State.PUBLISHED, report__agency__in=[a.pk for a in agencies], report__year__in=years
    )
    points = {(point.agency_id, point.year): point for point in _points(rows, measures)}
    return Matrix(agencies, years, points)


def _points(rows: QuerySet[Revision], measures: Collection[Measure]) -> list[Point]:
    addresses = [address for measure in measures for address in measure.cells]
    return [
        Point(agency_id, year, {measure.code: measure.value(cells) for measure in measures})
        for agency_id, year, cells in picked(rows, addresses)
    ]
