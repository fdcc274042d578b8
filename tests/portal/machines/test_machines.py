"""What machines read: feeds, site maps, linked data, data sets, meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client

from gongkai.portal.machines import sitemaps
from gongkai.publishing.publication.models import Publication

pytestmark = pytest.mark.django_db

Release = Callable[..., Publication]

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def feed(client: Client, path: str = "/feed.atom") -> Xml.Element:
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return Xml.fromstring(response.content)


def said(element: Xml.Element, name: str) -> str | None:
    return element.findtext(f"{ATOM}{name}")


def linked(page: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(text) for text in found]


def metas(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', page))


# Feeds


def test_an_entry_is_known_by_the_address_of_its_document(
    client: Client, release: Release, revise: Release
) -> None:
    publication = release()
    before = feed(client).find(f"{ATOM}entry")
    revise(publication, title="更正后的名称")
    after = feed(client).find(f"{ATOM}entry")
    assert before is not None
    assert after is not None
    assert said(before, "id") == said(after, "id")
    assert said(after, "id") == f"http://testserver/documents/{publication.document_id}/"
    assert said(after, "title") == "更正后的名称"
    assert (said(before, "updated") or "") <= (said(after, "updated") or "")


def test_a_feed_is_as_new_as_its_newest_entry(client: Client, release: Release) -> None:
    release()
    release(title="第二件")
    found = feed(client)
    moments = [entry.findtext(f"{ATOM}updated") or "" for entry in found.iter(f"{ATOM}entry")]
    assert said(found, "updated") == max(moments)


def test_an_empty_feed_is_a_feed(client: Client, db: None) -> None:
    assert said(feed(client), "updated") == "2019-05-15T00:00:00Z"


def test_what_was_withdrawn_is_told_to_those_who_keep_it(
    client: Client, release: Release, withdraw: Callable[..., Any]
) -> None:
    publication = release()
    withdraw(publication, "发布有误。")
    found = feed(client)
    gone = found.find(f"{TOMBSTONE}deleted-entry")
    assert gone is not None
    assert gone.get("ref") == f"http://testserver/documents/{publication.document_id}/"
    assert found.find(f"{ATOM}entry") is None


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("/feed.atom", {"甲", "乙"}),
        ("/agencies/qh/feed.atom", {"甲", "乙"}),
        ("/agencies/qh-cz/feed.atom", {"甲"}),
        ("/sections/catalogue/20.7.atom", {"乙"}),
    ],
)
def test_there_is_a_feed_of_the_site_an_agency_and_an_item(
    client: Client, county: SimpleNamespace, release: Release, path: str, titles: set[str]
) -> None:
    release(title="甲")
    release(title="乙", agency=county.other, item="20.7")
    found = {said(entry, "title") for entry in feed(client, path).iter(f"{ATOM}entry")}
    assert found == titles


@pytest.mark.parametrize("path", ["/agencies/nobody/feed.atom", "/sections/catalogue/99.atom"])
def test_a_feed_of_nothing_is_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


# Site maps


def test_the_site_map_leads_to_every_public_document_and_no_other(
    client: Client, release: Release, withdraw: Callable[..., Any]
) -> None:
    publication, gone = release(title="甲"), release(title="乙")
    withdraw(gone)
    index = Xml.fromstring(client.get("/sitemap.xml").content)
    paths = [urlsplit(loc.text or "").path for loc in index.iter(f"{SITEMAP}loc")]
    assert paths == ["/sitemaps/pages.xml", "/sitemaps/1.xml"]
    response = client.get("/sitemaps/1.xml")
    found = Xml.fromstring(b"".join(response.streaming_content))
    assert [loc.text for loc in found.iter(f"{SITEMAP}loc")] == [
        f"http://testserver/documents/{publication.document_id}/"
    ]


def test_a_file_of_the_site_map_holds_a_fixed_range(
    client: Client, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [release(title=f"件{n}").document_id for n in range(3)]
    monkeypatch.setattr(sitemaps, "RANGE", keys[1])
    index = client.get("/sitemap.xml").text
    assert "/sitemaps/1.xml" in index
    assert "/sitemaps/2.xml" in index
    second = b"".join(client.get("/sitemaps/2.xml").streaming_content).decode()
    assert f"/documents/{keys[0]}/" not in second
    assert f"/documents/{keys[1]}/" in second


@pytest.mark.parametrize("number", [0, 2, 10**12])
def test_a_range_without_documents_is_not_found(
    client: Client, release: Release, number: int
) -> None:
    release()
    assert client.get(f"/sitemaps/{number}.xml").status_code == 404


def test_every_page_of_the_site_map_is_there(client: Client, county: SimpleNamespace) -> None:
    found = Xml.fromstring(client.get("/sitemaps/pages.xml").content)
    for loc in found.iter(f"{SITEMAP}loc"):
        path = urlsplit(loc.text or "").path
        assert client.get(path).status_code == 200, path


def test_robots_are_led_to_the_site_map(client: Client) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text


# Linked data and data sets


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("normative_document", "Legislation"),
        ("statistics", "Report"),
        ("notice", "DigitalDocument"),
    ],
)
def test_a_document_is_described_by_what_it_is(
    client: Client, release: Release, kind: str, type_: str
) -> None:
    publication = release(kind=kind)
    described, way = linked(client.get(f"/documents/{publication.document_id}/").text)
    assert described["@type"] == type_
    assert described["name"] == publication.title
    assert described["publisher"]["name"] == "青禾县财政局"
    assert way["@type"] == "BreadcrumbList"
    assert [step["position"] for step in way["itemListElement"]] == [1, 2, 3, 4, 5]


def test_no_text_breaks_out_of_its_description(client: Client, release: Release) -> None:
    title = "</script><script>alert(1)</script><!--&"
    page = client.get(f"/documents/{release(title=title).document_id}/").text
    assert "<script>alert" not in page
    assert linked(page)[0]["name"] == title


def test_an_agency_is_described(client: Client, county: SimpleNamespace) -> None:
    described = linked(client.get("/agencies/qh-cz/").text)[0]
    assert (described["@type"], described["name"]) == ("GovernmentOrganization", "青禾县财政局")


def test_every_data_set_can_be_fetched(client: Client, county: SimpleNamespace) -> None:
    catalogue = json.loads(client.get("/catalogue.jsonld").content)
    assert catalogue["@type"] == "dcat:Catalog"
    assert len(catalogue["dcat:dataset"]) == 5
    for dataset in catalogue["dcat:dataset"]:
        for distribution in dataset["dcat:distribution"]:
            address = urlsplit(distribution["dcat:downloadURL"]["@id"]).path
            response = client.get(address)
            assert response.status_code == 200
            kind = distribution["dcat:mediaType"]["@id"].partition("media-types/")[2]
            assert response["Content-Type"].startswith(kind)


# Meta elements (国办发〔2017〕47号)


def test_the_page_of_a_document_has_the_meta_elements_of_the_guide(
    client: Client, release: Release, settings: Any
) -> None:
    settings.SITE_ID_CODE = "9901210001"
    publication = release(keywords="供水 保障", summary="部署供水。", source="县供水公司")
    found = metas(client.get(f"/documents/{publication.document_id}/").text)
    assert found["ArticleTitle"] == publication.title
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", found["PubDate"])
    assert found["ContentSource"] == "县供水公司"
    assert found["Keywords"] == "供水 保障"
    assert found["Author"] == "青禾县财政局"
    assert found["Description"] == "部署供水。"
    assert found["Url"] == f"http://testserver/documents/{publication.document_id}/"
    assert found["SiteIDCode"] == "9901210001"
    assert found["SiteDomain"] == "testserver"
    assert found["ColumnName"]
    assert found["ColumnType"]


def test_a_meta_element_that_is_not_set_is_left_out(client: Client, db: None) -> None:
    assert "SiteIDCode" not in metas(client.get("/").text)
