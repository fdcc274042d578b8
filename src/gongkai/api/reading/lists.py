"""Agencies, withdrawals, the register, catalogues and annual reports."""

from __future__ import annotations

from datetime import date

from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Path, Query, Router

from gongkai.annual_report import queries as reports
from gongkai.annual_report.figures import to_json
from gongkai.annual_report.models import Revision, State
from gongkai.api.failures import Failure
from gongkai.api.fields import Code, Year
from gongkai.api.reading import shapes
from gongkai.api.reading.asked import FAILS, agency_named, public
from gongkai.api.reading.wishes import AgenciesWish, Paged, RegisterWish, ReportsWish
from gongkai.org import queries as org
from gongkai.org.models import Agency
from gongkai.publishing.catalogue import queries as catalogues
from gongkai.publishing.publication import queries
from gongkai.publishing.publication.models import Withdrawal
from gongkai.publishing.register import queries as registers
from gongkai.publishing.register.queries import Record

router = Router(tags=["public"])

MOST_REPORTS = 1_000_000


@router.get(
    "/agencies",
    response={200: shapes.Agencies, **FAILS},
    operation_id="agencies",
    summary="机关 · Agencies",
)
@public(*AgenciesWish.model_fields)
def agencies(request: HttpRequest, wish: Query[AgenciesWish]) -> shapes.Agencies:  # noqa: ARG001
    """Every agency in the order of the tree; with `under`, that one and all below it."""
    rows = Agency.objects.filter(active=True)
    if wish.under:
        top = org.agency(wish.under)
        if top is None:
            raise Failure(404, "unknown_agency", "query.under")
        rows = rows.filter(path__startswith=top.path)
    found = {row.pk: row for row in rows.select_related("superior")}
    ordered = [found[pk] for pk in org.tree_order(rows)]
    return shapes.Agencies(agencies=[_agency(row) for row in ordered])


@router.get(
    "/withdrawals",
    response={200: shapes.Withdrawals, **FAILS},
    operation_id="withdrawals",
    summary="撤回的信息 · What was withdrawn",
)
@public(*Paged.model_fields)
def withdrawals(request: HttpRequest, wish: Query[Paged]) -> shapes.Withdrawals:  # noqa: ARG001
    """The public trace of everything that was taken down, the newest first."""
    rows, limit = queries.traces(), wish.limit
    if wish.cursor:
        last = Withdrawal.objects.filter(pk=wish.cursor).first()
        if last is None:
            raise Failure(404, "not_found", "query.cursor")
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(rows[: limit + 1])
    more = found[limit - 1].pk if len(found) > limit else None
    return shapes.Withdrawals(withdrawals=[_trace(row) for row in found[:limit]], next=more)


@router.get(
    "/register",
    response={200: shapes.Register, **FAILS},
    operation_id="register",
    summary="现行有效的规章和规范性文件 · What is in force",
)
@public(*RegisterWish.model_fields)
def register(request: HttpRequest, wish: Query[RegisterWish]) -> shapes.Register:  # noqa: ARG001
    """What was in force on the day, amended or not; today if none is given, or one to come. What
    was taken down from the site is left out."""
    today = timezone.localdate()
    day: date = min(wish.on or today, today)
    found = registers.in_force(
        agency_named(wish.agency),
        day,
        wish.kind,
        subtree=wish.scope == "subtree",
        public_only=True,
    )
    end = wish.cursor + wish.limit
    return shapes.Register(
        on=day,
        kind=wish.kind,
        documents=[_registered(record) for record in found[wish.cursor : end]],
        next=end if end < len(found) else None,
    )


@router.get(
    "/agencies/{code}/catalogue",
    response={200: shapes.Catalogue, **FAILS},
    operation_id="catalogue",
    summary="主动公开基本目录 · The catalogue of an agency",
)
@public()
def catalogue(request: HttpRequest, code: Path[Code]) -> shapes.Catalogue:  # noqa: ARG001
    """The items that are listed today, each with how many documents are public under it."""
    agency = org.agency(code)
    if agency is None:
        raise Failure(404, "unknown_agency", "path.code")
    rows = catalogues.with_documents(catalogues.listed(agency, timezone.localdate()))
    names = [name for name in shapes.CatalogueItemOut.model_fields if name != "documents"]
    items = [
        shapes.CatalogueItemOut(
            **{name: getattr(row, name) for name in names},
            documents=getattr(row, "documents", 0),
        )
        for row in rows
    ]
    return shapes.Catalogue(agency=agency.code, items=items)


@router.get(
    "/annual-reports",
    response={200: shapes.Reports, **FAILS},
    operation_id="annual_reports",
    summary="年度报告 · Annual reports",
)
@public(*ReportsWish.model_fields)
def annual_reports(request: HttpRequest, wish: Query[ReportsWish]) -> shapes.Reports:
    """Those in force, the newest year first."""
    rows = reports.published(year=wish.year, agency=agency_named(wish.agency))
    end = wish.cursor + wish.limit
    # A database counts places only so far.
    found = list(rows[wish.cursor : end]) if wish.cursor < MOST_REPORTS else []
    more = end if rows.count() > end else None
    return shapes.Reports(reports=[_report(request, row) for row in found], next=more)


@router.get(
    "/annual-reports/{code}/{year}",
    response={200: shapes.ReportOut, **FAILS},
    operation_id="annual_report",
    summary="一份年度报告的数字 · The figures of one annual report",
)
@public()
def annual_report(request: HttpRequest, code: Path[Code], year: Path[Year]) -> shapes.ReportOut:
    """Text and figures in the fixed shape of the yearly form."""
    history = reports.public_history(code, year)
    current = next((row for row in history if row.state == State.PUBLISHED), None)
    if current is None:
        raise Failure(404, "not_found")
    head = _report(request, current)
    return shapes.ReportOut(**head.model_dump(), report=to_json(current.as_report()))


@router.get(
    "/health",
    response={200: shapes.Health, 422: shapes.Errors, 503: shapes.Errors},
    operation_id="health",
    summary="是否正常 · Whether the service works",
)
@public()
def health(request: HttpRequest) -> shapes.Health:  # noqa: ARG001
    """200 while the database answers, 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as away:
        raise Failure(503, "database_unavailable") from away
    return shapes.Health(status="ok")


def _agency(row: Agency) -> shapes.AgencyOut:
    names = [name for name in shapes.AgencyOut.model_fields if name != "superior"]
    values = {name: getattr(row, name) for name in names}
    return shapes.AgencyOut(**values, superior=row.superior.code if row.superior else None)


def _trace(row: Withdrawal) -> shapes.WithdrawalOut:
    publication = row.publication
    return shapes.WithdrawalOut(
        document=row.document_id,
        index_number=publication.index_number,
        title=publication.title if row.names_title else "",
        agency=publication.agency.code,
        published_on=publication.published_on,
        withdrawn_at=row.at,
        note=row.public_note,
    )


def _registered(record: Record) -> shapes.Registered:
    entry, standing = record.document, record.standing
    return shapes.Registered(
        document=entry.document_id,
        title=entry.title,
        document_number=entry.document_number,
        index_number=entry.index_number,
        agency=entry.agency.code,
        kind=entry.kind,
        made_on=entry.made_on,
        validity=standing.validity,
        since=standing.since,
        until=standing.until,
    )


def _report(request: HttpRequest, row: Revision) -> shapes.ReportHead:
    stored = row.report
    address = reverse("portal:report", args=(stored.agency.code, stored.year))
    if row.published_at is None:
        raise Failure(404, "not_found")
    return shapes.ReportHead(
        agency=stored.agency.code,
        year=stored.year,
        revision=row.number,
        published_at=row.published_at,
        url=request.build_absolute_uri(address),
    )
