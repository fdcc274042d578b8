"""An address with a number that no database holds leads to no page, and to no fault."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db

LONG = ("9" * 18, "9" * 23, "9" * 5000)


def routes(within: URLResolver, before: str = "") -> Iterator[str]:
    """Every route as it is written, from the root."""
    for entry in within.url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield here
        else:
            yield from routes(entry, here)


def test_every_whole_number_in_an_address_is_bounded() -> None:
    ours = [route for route in routes(get_resolver()) if not route.startswith("api/")]
    assert [route for route in ours if "<int:" in route] == []


@pytest.mark.parametrize("number", LONG)
@pytest.mark.parametrize(
    "address",
    [
        "/documents/{}/",
        "/documents/{}/revisions/1/",
        "/documents/1/revisions/{}/",
        "/documents/{}/document.pdf",
        "/documents/{}/share.png",
        "/documents/{}/attachments/1/a.pdf",
        "/documents/1/attachments/{}/a.pdf",
        "/documents/1/revisions/{}/attachments/1/a.pdf",
        "/reports/qh-cz/{}/",
        "/reports/qh-cz/{}/revisions/1/",
        "/reports/qh-cz/2023/revisions/{}/",
        "/reports/qh-cz/{}/revisions/1/report.pdf",
        "/sitemaps/{}.xml",
    ],
)
def test_the_public_pages_do_not_know_it(
    client: Client, county: SimpleNamespace, address: str, number: str
) -> None:
    assert client.get(address.format(number)).status_code == 404


@pytest.mark.parametrize("number", LONG)
@pytest.mark.parametrize(
    "address",
    [
        "documents/{}/",
        "documents/{}/edit/",
        "documents/1/attachments/{}/a.pdf",
        "org/people/{}/",
        "org/tokens/{}/revoke/",
        "register/qh-cz/documents/{}/",
        "register/qh-cz/year/{}/",
        "register/qh-cz/year/{}/x/",
        "register/qh-cz/campaigns/{}/",
        "register/qh-cz/tallies/{}/",
        "register/qh-cz/tallies/{}/sheet/",
        "catalogue/qh-cz/items/{}/",
        "catalogue/qh-cz/duties/{}/excuse/",
        "reports/qh-cz/{}/",
        "reports/qh-cz/{}/1/",
        "reports/qh-cz/2023/{}/",
        "reports/qh-cz/2023/{}/source/",
    ],
)
def test_nor_do_the_pages_of_the_staff(
    cast: SimpleNamespace, county: SimpleNamespace, address: str, number: str
) -> None:
    client = Client()
    client.force_login(cast.superuser, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/desk/{address.format(number)}").status_code in {404, 405}


@pytest.mark.parametrize("number", LONG)
@pytest.mark.parametrize(
    "address",
    ["documents/{}", "documents/{}/revisions", "agencies/qh-cz/reports/{}", "documents?after={}"],
)
def test_nor_does_the_interface(client: Client, db: None, address: str, number: str) -> None:
    assert 400 <= client.get(f"/api/v1/{address.format(number)}").status_code < 500


@pytest.mark.parametrize("number", LONG)
@pytest.mark.parametrize(
    "query", ["after=20240101-{}", "before=20240101-{}", "matter={}", "year={}", "page={}"]
)
@pytest.mark.parametrize("address", ["/register/", "/agencies/qh-cz/", "/withdrawals/"])
def test_nor_is_it_a_fault_in_a_query(
    client: Client, county: SimpleNamespace, address: str, query: str, number: str
) -> None:
    assert client.get(f"{address}?{query.format(number)}").status_code < 500
