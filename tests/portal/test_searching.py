"""Searching: what is found is public, whatever one types is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from gongkai.publishing.publication.models import Publication

pytestmark = pytest.mark.django_db

Release = Callable[..., Publication]
Index = Callable[[], None]


def titles(page: str) -> list[str]:
    """The titles of the hits, marks included."""
    return re.findall(r'<p class="title"><a href="/documents/\d+/">(.*?)</a>', page)


def test_a_hit_shows_what_was_asked_for_in_title_and_text(
    client: Client, release: Release, indexed: Index
) -> None:
    release(title="冬季供水通知", body="<p>各单位要保障供水。</p>")
    release(title="公路养护办法", document_number="3号", body="<p>养护。</p>")
    indexed()
    page = client.get("/search/", {"q": "供水"}).text
    assert titles(page) == ["冬季<mark>供水</mark>通知"]
    assert "保障<mark>供水</mark>" in page
    assert "找到 1 件" in page


def test_what_is_found_is_only_text(client: Client, release: Release, indexed: Index) -> None:
    release(title="供水<script>alert(1)</script>", body="<p>供水</p>")
    indexed()
    page = client.get("/search/", {"q": "供水<script>\"'"}).text
    assert "<script>alert" not in page
    assert 'value="供水&lt;script&gt;&quot;&#x27;"' in page


def test_what_was_withdrawn_is_not_shown_even_before_the_index_knows(
    client: Client, release: Release, indexed: Index, withdraw: Callable[..., Any]
) -> None:
    publication = release(title="冬季供水通知")
    indexed()
    withdraw(publication)
    assert "冬季" not in client.get("/search/", {"q": "供水"}).text
    suggested = client.get("/search/suggestions/", {"q": "冬季供水"}).json()["suggestions"]
    assert not [row for row in suggested if row["url"]]


def test_filters_are_links_with_counts(
    client: Client, county: SimpleNamespace, release: Release, indexed: Index
) -> None:
    release(title="供水一", kind="notice")
    release(title="供水二", kind="plan", item="20.3", agency=county.other)
    indexed()
    page = client.get("/search/", {"q": "供水"}).text
    link = re.search(r'href="([^"]+kind=plan[^"]*)"[^>]*>规划计划</a> <span class="count">1<', page)
    assert link
    narrowed = client.get(link[1].replace("&amp;", "&")).text
    assert titles(narrowed) == ["<mark>供水</mark>二"]
    assert "清除条件" in narrowed


def test_a_filter_is_taken_off_by_its_own_link(
    client: Client, release: Release, indexed: Index
) -> None:
    release(title="供水", kind="notice")
    indexed()
    page = client.get("/search/", {"q": "供水", "kind": "notice"}).text
    chosen = re.search(
        r'<a href="([^"]+)"[^>]*aria-current="true"><span[^>]*>✕</span> 通知公告', page
    )
    assert chosen
    assert "kind" not in chosen[1]


def test_filters_are_kept_when_one_searches_again(
    client: Client, county: SimpleNamespace, indexed: Index
) -> None:
    kept = {"agency": "qh", "year": "2026", "item": "20.1", "kind": "notice"}
    kept |= {"validity": "in_force", "sort": "date"}
    page = client.get("/search/", {"q": "供水"} | kept).text
    assert dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page)) == kept


def test_the_chosen_agency_is_named(
    client: Client, county: SimpleNamespace, release: Release, indexed: Index
) -> None:
    release(title="供水")
    indexed()
    page = client.get("/search/", {"q": "供水", "agency": "qh-cz"}).text
    assert "县财政局</a>" in page


def test_an_agency_is_searched_with_all_below_it(
    client: Client, county: SimpleNamespace, release: Release, indexed: Index
) -> None:
    release(title="供水")
    indexed()
    assert titles(client.get("/search/", {"agency": "qh"}).text) == ["供水"]
    assert titles(client.get("/search/", {"agency": "bs-cz"}).text) == []


def test_a_document_is_found_by_its_number(
    client: Client, release: Release, indexed: Index
) -> None:
    release(document_number="青财发〔2026〕15号", title="甲")
    release(document_number="青财发〔2026〕16号", title="乙")
    indexed()
    assert "甲" in titles(client.get("/search/", {"q": "青财发[2026]15"}).text)[0]


def test_results_are_paged(client: Client, release: Release, indexed: Index) -> None:
    for number in range(11):
        release(title=f"供水{number}", body="<p>略。</p>")
    indexed()
    first = client.get("/search/?q=供水").text
    assert len(titles(first)) == 10
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = client.get(following[1].replace("&amp;", "&")).text
    assert len(titles(second)) == 1
    assert 'rel="prev"' in second


def test_no_hit_says_what_to_try_and_offers_to_apply_with_the_words(
    client: Client, county: SimpleNamespace, indexed: Index
) -> None:
    page = client.get("/search/", {"q": "找不到的词", "agency": "qh-cz"}).text
    assert "没有找到“找不到的词”" in page
    assert "/apply/description/?agency=qh-cz&amp;words=%E6%89%BE" in page
    assert "去掉机关、年份等条件" in page


def test_while_there_is_no_index_the_page_says_so_and_leads_elsewhere(
    client: Client, db: None, settings: Any, tmp_path: Any
) -> None:
    settings.HOME = tmp_path / "nothing"
    response = client.get("/search/", {"q": "供水"})
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "/sections/catalogue/" in response.text
    assert client.get("/search/suggestions/?q=供").json() == {"suggestions": []}


def test_nobody_keeps_what_was_found(client: Client, db: None, indexed: Index) -> None:
    assert client.get("/search/?q=供水")["Cache-Control"] == "no-store"


def test_suggestions_lead_to_words_and_documents(
    client: Client, release: Release, indexed: Index
) -> None:
    publication = release(title="冬季供水通知")
    indexed()
    suggested = client.get("/search/suggestions/", {"q": "冬季供水"}).json()["suggestions"]
    assert {
        "text": "冬季供水通知",
        "kind": "title",
        "url": f"/documents/{publication.document_id}/",
    } in suggested


NAMES = st.sampled_from(["q", "agency", "year", "item", "kind", "validity", "sort", "page"])


@property_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(NAMES, st.text(max_size=60)))
def test_nothing_one_can_ask_is_an_error(
    client: Client, indexed: Index, asked: dict[str, str]
) -> None:
    assert client.get("/search/", asked).status_code == 200
    assert client.get("/search/suggestions/", asked).status_code == 200
