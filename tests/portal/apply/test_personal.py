"""What somebody fills in reaches nobody else: no cache, address, session, log or trail."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from gongkai.project.page_cache import OFFER, Offer
from gongkai.project.page_key import Cookies, key
from gongkai.trail.models import Entry
from tests.portal.apply.conftest import ANSWERS

pytestmark = pytest.mark.django_db
Fill = Callable[..., Client]
Sent = Callable[..., SimpleNamespace]
PAGES = (*ANSWERS, "check", "published", "receipt")
PERSONAL = ("沈青禾", "110101199003070003", "13900001111", "shen@example.org", "柳溪镇一号")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_the_form_is_kept_by_anybody(fill: Fill, page: str) -> None:
    browser = fill()
    offer = Offer(("django_language",))
    response = browser.get(f"/apply/{page}/", **{OFFER: offer})
    assert response["Cache-Control"] == "no-store"
    assert not offer.accepted
    assert browser.post(f"/apply/{page}/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/apply/person/", "/track/case/"])
def test_the_page_cache_does_not_even_look_at_them(path: str) -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "x", "QUERY_STRING": ""}
    environ |= {"wsgi.url_scheme": "https"}
    assert key(environ, Cookies((), ()), forwarded=False) is None


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_taken_without_the_form_token(county: SimpleNamespace, page: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(f"/apply/{page}/", ANSWERS.get(page, {})).status_code == 403


def test_the_key_is_the_browsers_alone(client: Client, county: SimpleNamespace) -> None:
    cookie = client.post("/apply/agency/", ANSWERS["agency"]).cookies["application"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/apply/", True, "Lax")
    assert len(cookie.value) >= 40


def test_what_lies_on_the_disk_opens_with_neither_cookie_nor_file_alone(
    fill: Fill, client: Client, tmp_path: Any
) -> None:
    fill()
    key = client.cookies["application"].value
    drafts = [path for path in (tmp_path / "drafts").rglob("*") if path.is_file()]
    assert drafts
    for path in drafts:
        assert key not in str(path)
        assert not any(one.encode() in path.read_bytes() for one in PERSONAL)
        assert not path.stat().st_mode & 0o077


def test_no_address_holds_what_was_filled_in(fill: Fill) -> None:
    browser = fill(until="agency")
    for page, answers in ANSWERS.items():
        where = browser.post(f"/apply/{page}/", answers)["Location"]
        assert "?" not in where
    assert "?" not in browser.post("/apply/check/")["Location"]


def test_nothing_personal_reaches_log_trail_or_session(
    sent: Sent, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receipt = sent()
    client.post("/track/", {"number": receipt.number, "code": receipt.code})
    client.get("/track/case/")
    client.post("/apply/person/", ANSWERS["person"] | {"identity_number": "1"})
    trail = json.dumps(list(Entry.objects.values()), default=str, ensure_ascii=False)
    # What the database is told is not logged unless somebody asks for it.
    logged = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    for one in (*PERSONAL, receipt.code):
        assert one not in trail
        assert one not in "\n".join(logged)
    assert not Session.objects.exists()


def test_too_many_applications_from_one_address_are_put_off(
    fill: Fill, settings: Any, client: Client
) -> None:
    settings.APPLY_LIMIT = 1
    fill().post("/apply/check/")
    response = fill().post("/apply/check/")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "已经填写的内容还在" in response.text
    assert client.get("/apply/check/").status_code == 200


def test_a_text_of_a_megabyte_is_refused_before_it_is_read(fill: Fill) -> None:
    browser = fill(until="description")
    response = browser.post("/apply/description/", {"description": "长" * 400_000})
    assert response.status_code == 413
    assert "不超过一万字" in response.text


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_at_most_50_kb_with_style_and_script(fill: Fill, page: str) -> None:
    from tests.portal.test_site import LOOK, STATIC  # noqa: PLC0415

    look = len(LOOK) + len((STATIC / "apply.css").read_bytes())
    assert len(fill().get(f"/apply/{page}/").content) + look <= 50_000


@pytest.mark.parametrize("page", PAGES)
def test_an_english_page_of_the_form_is_english(fill: Fill, page: str) -> None:
    import re  # noqa: PLC0415

    browser = fill()
    browser.cookies["django_language"] = "en"
    text = browser.get(f"/apply/{page}/").text
    ours = re.sub(r'<[^>]*lang="zh-Hans"[^>]*>[^<]*<', "<", text)
    ours = re.sub(
        r'<textarea.*?</textarea>|value="[^"]*"|<dd>[^<]*</dd>', "", ours, flags=re.DOTALL
    )
    assert not re.findall(r"[\u4e00-\u9fff]{2,}", ours.replace("政府信息公开申请", ""))
