"""The start page: two steps to a document, one to an application."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import gongkai.portal
from gongkai.org.actions import add_agency
from gongkai.org.models import Agency
from gongkai.publishing.publication import visiting
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.search.pull import rebuild

pytestmark = pytest.mark.django_db

Release = Callable[..., Publication]

STATIC = Path(gongkai.portal.__file__).parent / "static" / "gongkai"
LOOK = b"".join((STATIC / name).read_bytes() for name in ("gongkai.css", "gongkai.js"))


def figures(page: str) -> list[tuple[str, str]]:
    """Address and value of the figures."""
    return re.findall(r'<dd><a href="([^"]+)">([\d,]+)</a></dd>', page)


def test_how_often_the_site_was_read_this_year_is_said(client: Client, county: Any) -> None:
    assert "今年本站页面被浏览" not in client.get("/").text
    visiting.keep({"page": 1_234}, timezone.localdate())
    assert "今年本站页面被浏览 1,234 次" in client.get("/").text


def test_the_newest_documents_and_all_agencies_are_one_step_away(
    client: Client, county: SimpleNamespace, release: Release
) -> None:
    publication = release()
    page = client.get("/").text
    assert f'href="/documents/{publication.document_id}/"' in page
    for code in ("qh", "qh-cz", "qh-mz", "qh-lx", "bs-cz"):
        assert f'href="/agencies/{code}/"' in page


def test_the_five_sections_and_the_application_are_there(
    client: Client, county: SimpleNamespace
) -> None:
    page = client.get("/").text
    for section in ("guide", "rules", "catalogue", "apply"):
        assert f'href="/sections/{section}/"' in page
    assert 'href="/reports/"' in page
    assert "申请公开分三步" in page


def test_a_figure_counts_what_it_leads_to(
    client: Client, county: SimpleNamespace, release: Release, publish: Callable[..., Any]
) -> None:
    release()
    release(kind="interpretation", title="解读")
    release(kind="normative_document", title="办法")
    publish(county.own, 2023)
    year = timezone.localdate().year
    assert [(url.replace("&amp;", "&"), value) for url, value in figures(client.get("/").text)] == [
        (f"/search/?year={year}&sort=date", "3"),
        (f"/search/?year={year}&kind=interpretation&sort=date", "1"),
        ("/register/", "1"),
        ("/reports/", "1"),
    ]


def test_what_is_withdrawn_is_not_counted(
    client: Client, county: SimpleNamespace, release: Release, withdraw: Callable[..., Any]
) -> None:
    withdraw(release())
    assert figures(client.get("/").text)[0][1] == "0"


def test_an_empty_installation_has_a_start_page(client: Client, db: None) -> None:
    page = client.get("/").text
    assert "还没有公布的文件" in page
    assert "还没有登记的机关" in page


def test_a_count_made_before_the_index_caught_up_is_kept_by_nobody(
    client: Client,
    county: SimpleNamespace,
    release: Release,
    indexed: Callable[[], None],
) -> None:
    release()
    assert client.get("/")["Cache-Control"] == "no-store"
    indexed()
    response = client.get("/")
    assert "Cache-Control" not in response
    assert figures(response.text)[0][1] == "1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_ORGANISER", "青禾县人民政府办公室"),
        ("SITE_CONTACT", "0990-5550100"),
        ("SITE_ID_CODE", "9901210001"),
        ("ICP", "青ICP备00000001号"),
        ("POLICE_RECORD", "青公网安备 00000000000001号"),
    ],
)
def test_the_footer_shows_what_is_set(
    client: Client, db: None, settings: Any, name: str, value: str
) -> None:
    assert value not in client.get("/").text
    setattr(settings, name, value)
    assert value in client.get("/").text


def test_the_site_bears_its_name(client: Client, db: None, settings: Any) -> None:
    settings.SITE_NAME = "青禾县政府信息公开"
    page = client.get("/").text
    assert " - 青禾县政府信息公开</title>" in page
    assert '<meta name="SiteName" content="青禾县政府信息公开">' in page


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/agencies/", "/agencies/qh/", "/sections/catalogue/"),
        *("/agencies/qh/catalogue/?below=1", "/search/?q=供水保障", "/search/?kind=notice"),
    ],
)
def test_a_page_full_of_documents_is_at_most_50_kb_at_first_view(
    client: Client,
    county: SimpleNamespace,
    many: Callable[..., list[int]],
    indexed: Callable[[], None],
    path: str,
) -> None:
    for number in range(33):
        name = f"青禾县第{number}某某管理局"
        add_agency(code=f"qh-{number:02}", name=name, level="department", superior=county.top)
    days = [date(2026 - place % 8, 1, 1 + place % 28) for place in range(40)]
    title = "关于进一步做好冬季城乡供水保障和管网防冻工作的通知"
    text = f"各乡镇要做好供水保障工作。{'全面排查管网阀门，及时处置隐患。' * 30}"
    many(days, list(Agency.objects.all()), title=title, body=f"<p>{text}</p>")
    rebuild()
    response = client.get(path)
    assert response.status_code == 200
    assert len(response.content + LOOK) <= 50_000
