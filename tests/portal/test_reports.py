"""The list of published reports."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(county: SimpleNamespace, publish: Callable[..., object]) -> SimpleNamespace:
    publish(county.own, 2022)
    publish(county.own, 2023)
    publish(county.town, 2023, seed=9)
    return county


def shown(client: Client, query: str = "") -> list[tuple[str, int]]:
    page = client.get(f"/reports/{query}").context["page"]
    return [(r.report.agency.name, r.report.year) for r in page]


def test_newest_year_first_then_the_official_order(client: Client, three: object) -> None:
    assert shown(client) == [
        ("青禾县财政局", 2023),
        ("青禾县柳溪镇人民政府", 2023),
        ("青禾县财政局", 2022),
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=财政", {"青禾县财政局"}),
        ("?q=lxz", {"青禾县柳溪镇人民政府"}),
        ("?year=2023", {"青禾县财政局", "青禾县柳溪镇人民政府"}),
        ("?level=township", {"青禾县柳溪镇人民政府"}),
        ("?level=township&year=2022", set()),
        ("?year=twenty&level=moon&page=-4", {"青禾县财政局", "青禾县柳溪镇人民政府"}),
    ],
)
def test_name_year_and_level_narrow_the_list(
    client: Client, three: object, query: str, names: set[str]
) -> None:
    assert {name for name, _ in shown(client, query)} == names


def test_what_was_searched_stays_in_the_form(client: Client, three: object) -> None:
    page = client.get("/reports/?q=财政&year=2023&level=department").text
    assert 'value="财政"' in page
    assert '<option value="2023" selected>' in page
    assert '<option value="department" selected>' in page


def test_the_list_says_how_many_there_are(client: Client, three: object) -> None:
    assert "共 3 份" in client.get("/reports/").text


def test_a_draft_is_not_listed(
    client: Client, county: SimpleNamespace, draft: Callable[..., object]
) -> None:
    draft(county.own)
    assert shown(client) == []


def test_an_empty_site_says_what_belongs_here(client: Client) -> None:
    assert "还没有公布的年度报告" in client.get("/reports/").text


def test_a_search_without_result_offers_a_way_back(client: Client, three: object) -> None:
    page = client.get("/reports/?q=海洋局").text
    assert "没有符合条件的报告" in page
    assert 'href="/reports/"' in page


def test_long_lists_are_paged_and_keep_the_search(
    client: Client, three: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.portal.published.PAGE_SIZE", 2)
    page = client.get("/reports/?q=青禾").text
    assert "第 1 页，共 2 页，3 条" in page
    assert "?q=%E9%9D%92%E7%A6%BE&amp;page=2" in page


def test_a_correction_shows_in_the_list(
    client: Client, cast: SimpleNamespace, three: SimpleNamespace, publish: Callable[..., object]
) -> None:
    publish(three.own, 2023, note="更正总计。", seed=6)
    assert "有更正" in client.get("/reports/?q=财政&year=2023").text
