"""How the columns of the site are kept up, held against 国办秘函〔2019〕19号."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Max, QuerySet

from gongkai.law.columns import Thresholds, thresholds
from gongkai.law.kinds import Kind, kinds
from gongkai.org.models import Agency
from gongkai.publishing.catalogue import queries
from gongkai.publishing.catalogue.models import CatalogueItem, Duty
from gongkai.publishing.publication.models import Publication, PublicState

Check = Literal["home", "stale", "neglected", "blank"]


@dataclass(frozen=True, slots=True)
class KindColumn:
    """The column of one kind of documents of one agency. `last` is the day of the newest that is
    public, None where everything was taken down; `days` how long ago, `stale` whether too long."""

    agency: Agency
    kind: Kind
    last: date | None
    days: int | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that fails a site: how many there are and from how many on it does."""

    check: Check
    count: int
    limit: int

    @property
    def fails(self) -> bool:
        """Whether the site would fail for this alone."""
        return self.count >= self.limit


@dataclass(frozen=True, slots=True)
class Health:
    """The state of all columns on a day, each number with the list it counts."""

    as_of: date
    rule: Thresholds
    last: date | None
    columns: tuple[KindColumn, ...]
    neglected: tuple[CatalogueItem, ...]
    blank: tuple[CatalogueItem, ...]

    @property
    def stale(self) -> tuple[KindColumn, ...]:
        """Columns without anything new for too long, the longest first."""
        found = (column for column in self.columns if column.stale)
        return tuple(sorted(found, key=lambda c: (c.last or date.min, c.agency.path)))

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What would fail the site, in the order of the rule."""
        quiet = self.last is None or self.last < self.rule.oldest("home", self.as_of)
        return (
            Measure("home", int(quiet), 1),
            Measure("stale", len(self.stale), self.rule.stale_columns),
            Measure("neglected", len(self.neglected), self.rule.neglected_columns),
            Measure("blank", len(self.blank), self.rule.blank_columns),
        )

    @property
    def fails(self) -> bool:
        """Whether any one of them fails the site."""
        return any(measure.fails for measure in self.measures)


def health(agency: Agency, as_of: date, *, subtree: bool = True) -> Health:
    """The columns of the agency and, with `subtree`, of all below it, on that day.

    A column is a kind of documents (要闻、公告、政策文件) of an agency that has ever had one,
    and an item of its catalogue.
    """
    rule = thresholds(on=as_of)
    newest = _public(agency, subtree=subtree).filter(published_on__lte=as_of)
    return Health(
        as_of=as_of,
        rule=rule,
        last=newest.aggregate(last=Max("published_on"))["last"],
        columns=tuple(_columns(agency, as_of, rule, subtree=subtree)),
        neglected=tuple(_neglected(agency, as_of, rule, subtree=subtree)),
        blank=tuple(queries.blank(agency, as_of, subtree=subtree)),
    )


def _columns(agency: Agency, as_of: date, rule: Thresholds, *, subtree: bool) -> list[KindColumn]:
    told = {kind.code: kind for kind in kinds() if kind.column}
    ever = _of(Publication.objects.filter(kind__in=told), agency, subtree=subtree)
    pairs = set(ever.order_by().values_list("agency", "kind").distinct())
    public = _public(agency, subtree=subtree).filter(kind__in=told, published_on__lte=as_of)
    rows = public.order_by().values_list("agency", "kind").annotate(last=Max("published_on"))
    last = {(key, kind): day for key, kind, day in rows}
    agencies = Agency.objects.in_bulk({key for key, _ in pairs})
    found = []
    for key, code in pairs:
        kind, day = told[code], last.get((key, code))
        stale = day is None or day < rule.oldest(kind.column, as_of)
        days = (as_of - day).days if day else None
        found.append(KindColumn(agencies[key], kind, day, days, stale))
    return sorted(found, key=lambda c: (c.agency.path, c.kind.code))


def _neglected(
    agency: Agency, as_of: date, rule: Thresholds, *, subtree: bool
) -> list[CatalogueItem]:
    """Items with a duty that has been overdue for long; each is one column."""
    found: dict[int, CatalogueItem] = {}
    for duty in queries.overdue(agency, as_of, subtree=subtree):
        if is_long_overdue(duty, as_of, rule):
            found.setdefault(duty.item_id, duty.item)
    return list(found.values())


def is_long_overdue(duty: Duty, as_of: date, rule: Thresholds) -> bool:
    """Whether the duty has been overdue for so long that its column counts as neglected."""
    return (as_of - duty.due_on).days > rule.neglected_days


def _public(agency: Agency, *, subtree: bool) -> QuerySet[Publication]:
    return _of(Publication.objects.filter(state=PublicState.PUBLIC), agency, subtree=subtree)


def _of(rows: QuerySet[Publication], agency: Agency, *, subtree: bool) -> QuerySet[Publication]:
    if subtree:
        return rows.filter(agency__path__startswith=agency.path)
    return rows.filter(agency=agency)
