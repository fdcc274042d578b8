"""Columns that are not kept up are counted, and red only where the site would fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from gongkai.law.columns import thresholds
from gongkai.publishing import actions
from gongkai.publishing.catalogue.entry import Entry
from gongkai.publishing.catalogue.health import Measure, health
from gongkai.publishing.publication.models import Publication
from tests.publishing.register.conftest import TODAY

DAY = timedelta(days=1)
BLANK = Entry(matter="机构职能", since=date(2025, 1, 1), code="a", item="20.2")


def measures(found: object) -> dict[str, tuple[int, bool]]:
    return {m.check: (m.count, m.fails) for m in found.measures}  # type: ignore[attr-defined]


def test_news_grow_old_in_two_weeks_and_notices_in_six_months(
    county: SimpleNamespace, publish: Callable[..., Publication]
) -> None:
    publish(kind="news")
    publish(kind="notice")
    for days, stale in ((14, 0), (15, 1), (180, 1), (190, 2)):
        found = health(county.top, TODAY + days * DAY)
        assert len(found.stale) == stale, days
        assert not measures(found)["stale"][1]


def test_a_kind_that_keeps_no_column_is_not_a_column(
    county: SimpleNamespace, publish: Callable[..., Publication]
) -> None:
    publish(kind="official_document")
    assert health(county.top, TODAY + 900 * DAY).columns == ()


def test_the_home_page_fails_after_two_weeks_without_anything_new(
    county: SimpleNamespace, publish: Callable[..., Publication]
) -> None:
    publish(kind="official_document")
    assert measures(health(county.top, TODAY + 14 * DAY))["home"] == (0, False)
    assert measures(health(county.top, TODAY + 15 * DAY))["home"] == (1, True)


def test_a_site_with_nothing_public_fails(county: SimpleNamespace) -> None:
    found = health(county.other, TODAY)
    assert found.last is None
    assert measures(found)["home"] == (1, True)
    assert found.fails


def test_what_was_taken_down_no_longer_keeps_its_column_fresh(
    cast: SimpleNamespace, county: SimpleNamespace, publish: Callable[..., Publication]
) -> None:
    made = publish(kind="news")
    actions.withdraw(cast.reviewer, made.document, reason="有误", public_note="有误")
    (column,) = health(county.top, TODAY).columns
    assert (column.last, column.days, column.stale) == (None, None, True)


def test_an_item_without_any_document_is_a_blank_column(
    cast: SimpleNamespace, county: SimpleNamespace, publish: Callable[..., Publication]
) -> None:
    for number in range(5):
        item = actions.add_item(cast.officer, county.own, replace(BLANK, code=f"a{number}"))
    assert measures(health(county.top, TODAY))["blank"] == (5, True)
    publish(kind="organisation", catalogue_item=item.pk)
    assert measures(health(county.top, TODAY))["blank"] == (4, False)
    assert not health(county.top, TODAY, subtree=False).blank


def test_an_item_no_longer_listed_is_no_column(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.add_item(cast.officer, county.own, replace(BLANK, until=TODAY - DAY))
    assert health(county.top, TODAY).blank == ()


def test_a_duty_overdue_for_long_makes_its_item_a_neglected_column_once(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    monthly = replace(BLANK, period="month", days=1, since=date(2025, 1, 1))
    actions.add_item(cast.officer, county.own, monthly)
    found = health(county.top, TODAY)
    assert [item.code for item in found.neglected] == ["a"]
    assert measures(found)["neglected"] == (1, False)


@pytest.mark.parametrize(("count", "fails"), [(4, False), (5, True), (6, True)])
def test_it_is_red_only_from_the_threshold_on(count: int, fails: bool) -> None:
    limit = thresholds(on=TODAY).stale_columns
    assert Measure("stale", count, limit).fails is fails
