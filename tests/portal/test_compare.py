"""Agencies and years side by side."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.test import Client
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(county: SimpleNamespace, publish: Callable[..., object]) -> SimpleNamespace:
    publish(county.own, 2022)
    publish(county.own, 2023)
    publish(county.town, 2023, seed=9)
    return county


def ranked(client: Client, query: str = "") -> object:
    return client.get(f"/reports/compare/{query}").context["charts"][0]


def test_at_first_all_agencies_and_the_latest_years(client: Client, three: object) -> None:
    chart = ranked(client)
    assert chart.head == ("机关", "2022", "2023")
    assert [row[0] for row in chart.rows] == ["青禾县财政局", "青禾县柳溪镇人民政府"]


def test_a_year_without_a_report_is_not_a_zero(client: Client, three: object) -> None:
    assert ranked(client).rows[1][1] is None
    assert "不是零" in client.get("/reports/compare/").text


@pytest.mark.parametrize(
    ("query", "agencies", "years"),
    [
        ("?agency=qh-cz", ["青禾县财政局"], ["2022", "2023"]),
        ("?year=2023", ["青禾县财政局", "青禾县柳溪镇人民政府"], ["2023"]),
        ("?level=township&year=2023", ["青禾县柳溪镇人民政府"], ["2023"]),
        ("?q=财政&year=2022", ["青禾县财政局"], ["2022"]),
        (
            f"?year={'9' * 5000}",
            ["青禾县财政局", "青禾县柳溪镇人民政府"],
            ["2022", "2023"],
        ),
        (
            "?year=x&agency=&measure=nothing",
            ["青禾县财政局", "青禾县柳溪镇人民政府"],
            ["2022", "2023"],
        ),
    ],
)
def test_the_form_chooses(
    client: Client, three: object, query: str, agencies: list[str], years: list[str]
) -> None:
    chart = ranked(client, query)
    assert [row[0] for row in chart.rows] == agencies
    assert list(chart.head[1:]) == years


def test_the_measure_can_be_chosen(client: Client, three: object) -> None:
    assert ranked(client, "?measure=refused").title == "不予公开（件）"


def test_the_choice_stays_in_the_form(client: Client, three: object) -> None:
    page = client.get("/reports/compare/?agency=qh-cz&year=2023&measure=refused").text
    assert '<option value="refused" selected>' in page
    assert 'value="qh-cz" checked' in page
    assert 'value="2023" checked' in page
    assert 'value="2022" checked' not in page


def test_nothing_to_compare_says_so(client: Client) -> None:
    assert "没有可以比较的报告" in client.get("/reports/compare/").text


def test_many_agencies_are_paged(
    client: Client, three: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.portal.comparing.AGENCIES_A_PAGE", 1)
    assert len(ranked(client).rows) == 1
    assert "第 1 页，共 2 页" in client.get("/reports/compare/").text


def test_the_workbook_holds_every_measure_of_all_agencies(
    client: Client, three: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.portal.comparing.AGENCIES_A_PAGE", 1)
    response = client.get("/reports/compare/compare.xlsx?measure=received")
    book = load_workbook(BytesIO(response.content))
    first, everything = book.worksheets
    assert [cell.value for cell in first[1]] == ["机关", 2022, 2023]
    assert first.max_row == 3
    assert everything.max_row == 4
    assert everything["B2"].value == "qh-cz"


def test_the_workbook_says_the_same_as_the_page(client: Client, three: object) -> None:
    response = client.get("/reports/compare/compare.xlsx")
    first = load_workbook(BytesIO(response.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=2)]
    assert rows == [list(row) for row in ranked(client).rows]


def test_the_number_of_queries_does_not_grow_with_the_agencies(
    client: Client,
    three: SimpleNamespace,
    publish: Callable[..., object],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    publish(three.other, 2023, seed=3)
    with django_assert_max_num_queries(6):
        client.get("/reports/compare/")
