"""The figures of a text that no cell holds (`gongkai.annual_report.records`), counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from gongkai.annual_report.compiling.fees import Day, charges, fees
from gongkai.annual_report.compiling.source import exact
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.records import (
    CHANNELS,
    INTERPRETATIONS,
    NOTICES,
    NOTIFIED,
    PUBLISHED,
    RECEIVED,
    RECORDS,
    REFUNDED,
    VISITS,
)
from gongkai.casework.decision.models import Charge
from gongkai.casework.ledger.models import Line
from gongkai.casework.ledger.queries import by_channel, received_by
from gongkai.law.forms import Address
from gongkai.org.models import Agency
from gongkai.publishing.publication.models import MonthOfVisits, Publication, RelationKind
from gongkai.publishing.publication.visiting import visits

Units = Sequence[tuple[Agency, date]]
"""Agencies, each with the day up to which its books are read."""
Records = QuerySet[Line] | QuerySet[Publication] | QuerySet[Charge] | QuerySet[MonthOfVisits]

_DAYS: Mapping[Address, Day] = {
    NOTICES: "notified_on",
    NOTIFIED: "notified_on",
    RECEIVED: "paid_on",
    REFUNDED: "refunded_on",
}
_AMOUNTS: Mapping[Address, str] = {
    VISITS: "number",
    NOTIFIED: "amount",
    RECEIVED: "paid_amount",
    REFUNDED: "refunded_amount",
}
"""What of the records is added up; where nothing is, they are counted."""


def recorded(units: Units, year: int, *, site: bool = False) -> dict[Address, Figure]:
    """Every such figure of the units' year, added up; with `site`, visits of the site as well."""
    by_day: defaultdict[date, list[Agency]] = defaultdict(list)
    for agency, as_of in units:
        by_day[as_of].append(agency)
    each = [_counted(agencies, year, as_of) for as_of, agencies in by_day.items()]
    return summed([*each, {VISITS: visits(year) if site else 0}])


def summed(each: Iterable[Mapping[Address, Figure]]) -> dict[Address, Figure]:
    """The figures added up, those of which nobody says anything as 0."""
    every = list(each)
    return {
        address: exact(sum((Decimal(one.get(address) or 0) for one in every), Decimal(0)))
        for address in RECORDS
    }


def behind(address: Address, agency: Agency, year: int, as_of: date) -> Records:
    """The records of the agency that such a figure counts. Raises KeyError for no such figure."""
    if address.startswith(CHANNELS) and address in RECORDS:
        channel = address.removeprefix(CHANNELS)
        return received_by(channel, [agency.pk], year, as_of).select_related("case")
    if address == VISITS:
        months = MonthOfVisits.objects.filter(year=year).order_by("month")
        return months if agency.superior_id is None else months.none()
    if address in {PUBLISHED, INTERPRETATIONS}:
        rows = published([agency], year, as_of)
        return rows if address == PUBLISHED else interpretations(rows)
    day = _DAYS[address]
    return charges([agency], year, as_of, day).select_related("case").order_by(day, "pk")


def figure_of(address: Address, rows: Records) -> Figure:
    """The figure that the records behind it make."""
    if address not in _AMOUNTS:
        return rows.count()
    amount = rows.order_by().aggregate(sum=Sum(_AMOUNTS[address]))["sum"]
    return exact(Decimal(amount or 0))


def published(agencies: Sequence[Agency], year: int, as_of: date) -> QuerySet[Publication]:
    """What was published for the first time in the year; a later revision is not counted again."""
    return Publication.objects.filter(
        agency__in=agencies, year=year, number=1, published_on__lte=as_of
    )


def interpretations(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Those among them that interpret a document."""
    return rows.filter(document__relations_out__kind=RelationKind.INTERPRETS).distinct()


def _counted(agencies: Sequence[Agency], year: int, as_of: date) -> dict[Address, Figure]:
    rows = published(agencies, year, as_of)
    charged = fees(agencies, year, as_of)
    came = by_channel([agency.pk for agency in agencies], year, as_of)
    return {
        PUBLISHED: rows.count(),
        INTERPRETATIONS: interpretations(rows).count(),
        **{f"{CHANNELS}{channel}": number for channel, number in came.items()},
        NOTICES: charged.notices,
        NOTIFIED: charged.notified,
        RECEIVED: charged.received,
        REFUNDED: charged.refunded,
    }
