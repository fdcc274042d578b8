"""Lists of what is public: complete, in order, and found through an index however long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.listing import Cursor, Wish, latest, listed

DAYS = [date(2026, 1, 1 + place // 3) for place in range(17)]


def walked(wish: Wish, size: int) -> list[int]:
    """All rows, page by page to the end."""
    rows: list[int] = []
    page = listed(wish, size)
    while True:
        rows += [row.pk for row in page.rows]
        if page.after is None:
            return rows
        page = listed(_at(wish, after=page.after), size)


def _at(wish: Wish, **cursor: Cursor | None) -> Wish:
    return Wish(
        wish.agency, wish.below, wish.item, wish.catalogue_item, wish.year, wish.oldest_first,
        **cursor,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 5, 16, 17, 18])
@pytest.mark.parametrize("oldest_first", [False, True])
def test_the_pages_together_are_the_list(
    many: Callable[..., list[int]], size: int, oldest_first: bool
) -> None:
    keys = many(DAYS)
    expected = keys if oldest_first else keys[::-1]
    assert walked(Wish(oldest_first=oldest_first), size) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("oldest_first", [False, True])
def test_back_leads_to_where_one_came_from(
    many: Callable[..., list[int]], oldest_first: bool
) -> None:
    many(DAYS)
    wish = Wish(oldest_first=oldest_first)
    first = listed(wish, 5)
    second = listed(_at(wish, after=first.after), 5)
    back = listed(_at(wish, before=second.before), 5)
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]
    assert back.before is None
    assert first.before is None


@pytest.mark.django_db
def test_a_subtree_is_one_list_in_order(
    many: Callable[..., list[int]], county: SimpleNamespace
) -> None:
    keys = many(DAYS, [county.own, county.other, county.top])
    many(DAYS, [county.outside])
    assert walked(Wish(agency=county.top, below=True), 4) == keys[::-1]


@pytest.mark.django_db
def test_an_agency_alone_leaves_those_below_it_out(
    many: Callable[..., list[int]], county: SimpleNamespace
) -> None:
    own = many(DAYS, [county.top])
    many(DAYS, [county.own])
    assert walked(Wish(agency=county.top), 4) == own[::-1]


@pytest.mark.django_db
def test_a_list_is_narrowed_by_year_and_item(many: Callable[..., list[int]]) -> None:
    wanted = many([date(2025, 12, 31), date(2025, 1, 1)], item="20.7")
    many([date(2025, 5, 1)], item="20.1")
    many([date(2026, 1, 1), date(2024, 12, 31)], item="20.7")
    assert walked(Wish(year=2025, item="20.7"), 10) == wanted


@pytest.mark.django_db
def test_the_newest_come_with_agency_and_document(
    many: Callable[..., list[int]], county: SimpleNamespace
) -> None:
    many(DAYS)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert [row.agency.code for row in latest(None, 3) if row.document] == ["qh-cz"] * 3
    assert len(queries) == 2


SHAPES = {
    "all": lambda _: Wish(),
    "oldest": lambda _: Wish(oldest_first=True),
    "year": lambda _: Wish(year=2026),
    "item": lambda _: Wish(item="20.15"),
    "agency": lambda c: Wish(agency=c.own),
    "agency and item": lambda c: Wish(agency=c.own, item="20.15"),
    "agency, item, year": lambda c: Wish(agency=c.own, item="20.15", year=2026),
    "subtree": lambda c: Wish(agency=c.top, below=True),
    "later page": lambda _: Wish(after=Cursor(date(2026, 1, 3), 7)),
    "page before": lambda c: Wish(agency=c.own, before=Cursor(date(2026, 1, 3), 7)),
}


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="EXPLAIN is read as SQLite writes it")
@pytest.mark.parametrize("shape", SHAPES)
def test_no_list_is_sorted_or_read_whole(
    many: Callable[..., list[int]], county: SimpleNamespace, shape: str
) -> None:
    many(DAYS)
    with CaptureQueriesContext(connection) as queries:
        listed(SHAPES[shape](county), 5)
    keys = [query["sql"] for query in queries if "ORDER BY" in query["sql"]]
    keys = [sql for sql in keys if 'FROM "publishing_publication"' in sql]
    assert keys
    with connection.cursor() as cursor:
        for sql in keys:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(row[-1] for row in cursor.fetchall())
            assert "USING COVERING INDEX public_by_" in plan or "USING INDEX public_by_" in plan
            assert "TEMP B-TREE" not in plan


@given(st.dates(date(1000, 1, 1)), st.integers(0, 10**18))
def test_a_cursor_survives_its_address(day: date, key: int) -> None:
    assert Cursor.read(str(Cursor(day, key))) == Cursor(day, key)


@given(st.text(max_size=50))
def test_what_is_no_cursor_is_none(text: str) -> None:
    found = Cursor.read(text)
    assert found is None or isinstance(found.day, date)


@given(st.dictionaries(st.sampled_from(["item", "year", "matter", "after", "before"]), st.text()))
def test_nothing_one_can_write_into_an_address_is_an_error(given_: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(given_)
    assert isinstance(Wish.read(query), Wish)
