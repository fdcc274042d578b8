"""Lists of what is public, a page at a time, at the same price in the first year and the tenth.

A page is told by the row it begins after (keyset), never by its number, and every list that can be
asked for here is in the order of an index. Any other combination of filters is a search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict

from gongkai.org import queries as org
from gongkai.org.models import Agency
from gongkai.publishing.publication.models import Publication, PublicState

PAGE_SIZE = 20
MOST_AGENCIES = 80
"""Agencies of a subtree that are asked each for its own next rows. A larger subtree holds so much
of everything that the list is found by walking along the days."""
_ANY = -1
"""Stands for an agency in a question that is put for each of several."""

Key = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of a row in the order of publication."""

    day: date
    id: int

    def __str__(self) -> str:
        return f"{self.day:%Y%m%d}-{self.id}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """The cursor as it stands in an address, None if it is none."""
        day, dash, pk = text[:40].partition("-")
        if not (dash and len(day) == 8 and (day + pk).isascii() and (day + pk).isdecimal()):
            return None
        try:
            return cls(date(int(day[:4]), int(day[4:6]), int(day[6:])), int(pk))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Wish:
    """What to list. `below` takes everything under the agency as well; no agency means all.

    `after` and `before` are the rows the page lies between, at most one of them is given.
    """

    agency: Agency | None = None
    below: bool = False
    item: str = ""
    catalogue_item: int | None = None
    year: int | None = None
    oldest_first: bool = False
    after: Cursor | None = None
    before: Cursor | None = None

    @classmethod
    def read(cls, query: QueryDict, agency: Agency | None = None) -> Wish:
        """The wish a query makes. What is not understood is left out."""
        catalogue_item = query.get("matter", "")[:12]
        known = catalogue_item.isascii() and catalogue_item.isdecimal()
        after = Cursor.read(query.get("after", ""))
        return cls(
            agency=agency,
            below=bool(query.get("below")),
            item=query.get("item", "")[:10],
            catalogue_item=int(catalogue_item) if known else None,
            year=year_in(query.get("year", "")),
            oldest_first=query.get("sort") == "oldest",
            after=after,
            before=None if after else Cursor.read(query.get("before", "")),
        )


PARAMETERS = ("below", "item", "matter", "year", "sort", "after", "before")
"""What `Wish.read` looks at."""


def year_in(text: str) -> int | None:
    """A year of four digits, None for anything else."""
    fits = len(text) == 4 and text.isascii() and text.isdecimal() and text != "0000"
    return int(text) if fits else None


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a list; `after` and `before` lead to the next and the previous one."""

    rows: list[Publication]
    after: Cursor | None = None
    before: Cursor | None = None


def listed(wish: Wish, size: int = PAGE_SIZE) -> Slice:
    """The page of the list that was wished for."""
    backwards = wish.before is not None
    keys = _keys(wish, size + 1)
    more = len(keys) > size
    keys = keys[:size]
    if backwards:
        keys.reverse()
    if not keys:
        return Slice([])
    first, last = Cursor(*keys[0]), Cursor(*keys[-1])
    return Slice(
        rows_of(pk for _, pk in keys),
        after=last if more or backwards else None,
        before=first if (more if backwards else wish.after is not None) else None,
    )


def days(wish: Wish) -> tuple[date, date] | None:
    """The first and the last day of the whole list, found at its two ends; None if it is empty."""
    whole = replace(wish, after=None, before=None, oldest_first=True)
    first = _keys(whole, 1)
    last = _keys(replace(whole, oldest_first=False), 1)
    return (first[0][0], last[0][0]) if first and last else None


def latest(agency: Agency | None, count: int, *, below: bool = False) -> list[Publication]:
    """The newest publications of the agency, or of all."""
    return listed(Wish(agency=agency, below=below), count).rows


def rows_of(keys: Iterable[int]) -> list[Publication]:
    """The publications with these keys, in their order, with agency and document."""
    wanted = list(keys)
    rows = Publication.objects.order_by().select_related("agency", "document").in_bulk(wanted)
    return [rows[key] for key in wanted if key in rows]


def _keys(wish: Wish, limit: int) -> list[Key]:
    """The first keys beyond the cursor, in the order in which they are read from it."""
    descending = wish.oldest_first == (wish.before is not None)
    rows = _narrowed(wish)
    if wish.agency is None:
        return list(_ordered(rows, wish, descending)[:limit])
    if not wish.below:
        return list(_ordered(rows.filter(agency=wish.agency), wish, descending)[:limit])
    keys = list(org.under(wish.agency).order_by().values_list("pk", flat=True))
    if len(keys) == Agency.objects.count():
        return list(_ordered(rows, wish, descending)[:limit])
    if len(keys) > MOST_AGENCIES:
        return list(_ordered(rows.filter(agency__in=keys), wish, descending)[:limit])
    of_one = _ordered(rows.filter(agency=_ANY), wish, descending)[:limit]
    return sorted(_of_each(of_one, keys), reverse=descending)[:limit]


def _of_each(of_one: QuerySet[Publication, Key], agencies: Sequence[int]) -> Iterator[Key]:
    """The first keys of each of the agencies, in one question: each part reads its own index."""
    sql, params = of_one.query.sql_with_params()
    part = f"SELECT * FROM ({sql}) AS part"  # noqa: S608  written by Django, values apart
    parts = " UNION ALL ".join(part for _ in agencies)
    values = [key if value == _ANY else value for key in agencies for value in params]
    with connection.cursor() as cursor:
        cursor.execute(parts, values)
        for day, key in cursor.fetchall():
            yield (date.fromisoformat(day) if isinstance(day, str) else day), key


def _ordered(
    rows: QuerySet[Publication], wish: Wish, descending: bool
) -> QuerySet[Publication, Key]:
    """Keys of the rows beyond the cursor. The first condition is a range of the index; the second
    takes out what is left of the cursor's own day."""
    cursor = wish.after or wish.before
    if cursor and descending:
        rows = rows.filter(published_on__lte=cursor.day)
        rows = rows.exclude(published_on=cursor.day, id__gte=cursor.id)
    elif cursor:
        rows = rows.filter(published_on__gte=cursor.day)
        rows = rows.exclude(published_on=cursor.day, id__lte=cursor.id)
    sign = "-" if descending else ""
    ordered = rows.order_by(f"{sign}published_on", f"{sign}id")
    return ordered.values_list("published_on", "id")


def _narrowed(wish: Wish) -> QuerySet[Publication]:
    rows = Publication.objects.filter(state=PublicState.PUBLIC)
    if wish.year:
        rows = rows.filter(
            published_on__gte=date(wish.year, 1, 1), published_on__lte=date(wish.year, 12, 31)
        )
    if wish.catalogue_item is not None:
        rows = rows.filter(catalogue_item=wish.catalogue_item)
    return rows.filter(item=wish.item) if wish.item else rows
