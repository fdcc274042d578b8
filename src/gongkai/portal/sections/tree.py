"""The catalogue of what must be published, as a tree with what there is under each item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext

from gongkai.annual_report.speech import speech
from gongkai.law import catalogue
from gongkai.org import queries as org
from gongkai.org.models import Agency, Level
from gongkai.portal.counts import Counted
from gongkai.publishing.catalogue.models import CatalogueItem

LEVELS: dict[str, catalogue.Level] = {
    Level.PROVINCE: "province",
    Level.CITY: "prefecture",
    Level.COUNTY: "county",
    Level.TOWNSHIP: "township",
}
GOVERNMENTS = frozenset(LEVELS)


@dataclass(frozen=True, slots=True)
class Branch:
    """One item: its number in the law, its label, how many documents there are."""

    code: str
    place: str
    label: str
    documents: int | None


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the law with its items."""

    label: str
    branches: tuple[Branch, ...]


def tree(found: Counted, agency: Agency | None, on: date) -> list[Article]:
    """Articles 20 and 21: what binds the agency, and whatever else there are documents under."""
    level = level_of(agency) if agency else None
    by_article: dict[str, list[Branch]] = {"20": [], "21": []}
    for item in catalogue.items(on=on):
        number = found.of("item", item.code)
        bound = item.binds(level) if level else not item.levels
        if bound or number:
            article, _, point = item.article.partition("(")
            chinese = speech() == "zh"
            place = point.rstrip(")") if chinese or not point else item.code.partition(".")[2]
            label = item.label if chinese else item.label_en
            by_article[article].append(Branch(item.code, place, label, number))
    titles = {"20": gettext("条例第二十条"), "21": gettext("条例第二十一条")}
    return [Article(titles[key], tuple(rows)) for key, rows in by_article.items() if rows]


def level_of(agency: Agency) -> catalogue.Level | None:
    """The level by which article 21 binds: a department's is that of its government.

    None for a street office, which is no government and no department.
    """
    if agency.level in GOVERNMENTS:
        return LEVELS[agency.level]
    if agency.level != Level.DEPARTMENT:
        return None
    above = [placed.level for placed in org.above(agency) if placed.level in GOVERNMENTS]
    return LEVELS[above[-1]] if above else None


def own_items(agency: Agency, on: date) -> list[CatalogueItem]:
    """The items of the agency's own catalogue on that day, in its order."""
    listed = CatalogueItem.objects.filter(agency=agency, since__lte=on)
    return list(listed.filter(Q(until__isnull=True) | Q(until__gte=on)))
