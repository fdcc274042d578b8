"""What holds for every page."""

from __future__ import annotations

import gzip
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

import gongkai.portal

pytestmark = pytest.mark.django_db

STATIC = Path(gongkai.portal.__file__).parent / "static" / "gongkai"
PAGES = [
    "/",
    "/search/",
    "/register/",
    "/withdrawals/",
    "/agencies/",
    "/agencies/qh-cz/",
    "/agencies/qh-cz/guide/",
    "/agencies/qh-cz/rules/",
    "/agencies/qh-cz/catalogue/",
    "/agencies/qh-cz/reports/",
    "/agencies/qh-cz/apply/",
    "/sections/guide/",
    "/sections/catalogue/",
    "/sections/apply/?words=供水",
    "/reports/",
    "/reports/read/",
    "/reports/qh-cz/2023/",
    "/reports/compare/",
    "/nowhere/",
]


@pytest.fixture
def published(county: SimpleNamespace, publish: Callable[..., object]) -> None:
    publish(county.own, 2022)
    publish(county.own, 2023, change={"applications.3.7.natural_person": 9999})


@pytest.mark.parametrize("address", PAGES)
def test_a_page_obeys_its_own_security_policy(
    client: Client, published: None, address: str
) -> None:
    response = client.get(address)
    assert "style-src 'self'" in response["Content-Security-Policy"]
    scripts = r"<script(?! type=\"application/ld\+json\">)(?![^>]*\bsrc=)"
    assert not re.search(rf"<style|\sstyle=|\son[a-z]+=|{scripts}", response.text)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_loads_nothing_from_elsewhere(client: Client, published: None, address: str) -> None:
    page = client.get(address).text
    assert not re.search(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?//', page)


def without_charts(page: str) -> bytes:
    return re.sub(r"<figure.*?</figure>", "", page, flags=re.DOTALL).encode()


LOOK = b"".join((STATIC / name).read_bytes() for name in ("gongkai.css", "gongkai.js"))
OF_REPORTS = (STATIC / "reports.css").read_bytes()


@pytest.mark.parametrize("address", [page for page in PAGES if "2023" not in page])
def test_the_first_view_is_at_most_50_kb_without_charts(
    client: Client, published: None, address: str
) -> None:
    assert len(without_charts(client.get(address).text) + LOOK) <= 50_000


def test_a_report_with_its_tables_is_at_most_20_kb_on_the_wire(
    client: Client, published: None
) -> None:
    response = client.get("/reports/qh-cz/2023/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    page = without_charts(gzip.decompress(response.content).decode())
    assert len(gzip.compress(page)) + len(gzip.compress(LOOK + OF_REPORTS)) <= 20_000


@pytest.mark.parametrize("address", PAGES)
def test_headings_go_down_one_level_at_a_time(
    client: Client, published: None, address: str
) -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])", client.get(address).text)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize("address", PAGES)
def test_no_public_page_sets_a_cookie(client: Client, published: None, address: str) -> None:
    assert not client.get(address).cookies


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_has_no_chinese_of_ours(
    client: Client, published: None, address: str
) -> None:
    client.cookies["django_language"] = "en"
    page = client.get(address).text
    ours = re.sub(r"<article.*?</article>", "", page, flags=re.DOTALL)
    machines = r'<meta [^>]*>|<script type="application/ld.json">.*?</script>'
    ours = re.sub(machines, "", ours, flags=re.DOTALL)
    ours = re.sub(r'<(\w+)[^>]*lang="zh[^>]*>.*?</\1>', "", ours, flags=re.DOTALL)
    ours = re.sub(r"青禾县财政局|青禾县财政局\d+年[^<]*|font-family=\"[^\"]*\"", "", ours)
    names = re.sub(r"(?:\d{4})?年?政府信息公开(?:工作)?年度报告", "", ours)
    assert not re.findall(r"[\u4e00-\u9fff]{2,}", names)


@pytest.mark.parametrize("lookup", ["/nowhere/", "/reports/nobody/2023/"])
def test_a_page_that_is_not_there_looks_like_the_others(client: Client, lookup: str) -> None:
    response = client.get(lookup)
    assert response.status_code == 404
    assert "没有这一页" in response.text
    assert 'action="/search/"' in response.text
    assert 'class="site-head"' in response.text


def test_a_failure_of_ours_is_a_page_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("gongkai.portal.published.queries.published_years", broken)
    client.raise_request_exception = False
    response = client.get("/reports/")
    assert response.status_code == 500
    assert "系统出了问题" in response.text
    assert "broken on purpose" not in response.text


def test_the_health_of_the_installation(client: Client) -> None:
    assert client.get("/healthz").text == "ok\n"


def test_robots_stay_away_from_the_desk(client: Client) -> None:
    assert "Disallow: /desk/" in client.get("/robots.txt").text


def test_the_language_is_chosen_by_a_link_and_remembered(client: Client) -> None:
    page = client.get("/reports/?q=a")
    assert "/preferences/?language=en&amp;next=%2Freports%2F%3Fq%3Da" in page.text
    back = client.get("/preferences/?language=en&next=%2Freports%2F%3Fq%3Da")
    assert (back.status_code, back["Location"]) == (302, "/reports/?q=a")
    assert "Name of agency" in client.get("/reports/").text


def test_large_text_and_high_contrast_are_remembered(client: Client) -> None:
    client.get("/preferences/?size=larger")
    client.get("/preferences/?contrast=high")
    assert '<html lang="zh-Hans" data-size="larger" data-contrast="high">' in client.get("/").text
    client.get("/preferences/?size=normal")
    assert "data-size" not in client.get("/").text


def test_a_forged_preference_counts_as_none(client: Client) -> None:
    client.cookies["size"] = 'x" onload="'
    assert '<html lang="zh-Hans">' in client.get("/").text


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "x:y"])
def test_preferences_never_lead_elsewhere(client: Client, address: str) -> None:
    assert client.get("/preferences/", {"next": address})["Location"] == "/"


@pytest.mark.parametrize("address", PAGES[:-1])
def test_a_page_cannot_be_changed_by_post_without_a_token(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(address).status_code in {400, 403, 405}
