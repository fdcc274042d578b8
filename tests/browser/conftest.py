from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.annual_report.review import findings
from gongkai.org.models import Agency, User
from gongkai.portal import entered
from tests.browser.door import Door

CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = {"desktop": 1280, "phone": 390}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    if not CHROMIUM.exists():
        pytest.skip("no browser: install Debian's package chromium")
    # Playwright runs an event loop in this thread; Django must not take it for its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def door(live_server: Any) -> Door:
    server = live_server.thread.httpd
    door = Door(server.get_app())
    server.set_app(door)
    return door


@pytest.fixture
def open_page(
    browser: Browser, live_server: Any, door: Door, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Page]]:
    """Opens a page of the running site; at the end no page may have complained."""
    settings.DROP_LIMIT = 0
    cache.clear()
    monkeypatch.setattr(entered, "_kept", None)
    complaints: list[str] = []
    contexts = []

    def open_page(address: str = "/", *, width: str = "desktop", **context: Any) -> Page:
        viewport = {"width": WIDTHS[width], "height": 900}
        contexts.append(browser.new_context(viewport=viewport, locale="zh-CN", **context))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                message.type == "error"
                and "status of 4" not in message.text
                and complaints.append(message.text)
            ),
        )
        page.goto(live_server.url + address)
        return page

    door.open()
    yield open_page
    for context in contexts:
        context.close()
    door.shut()
    assert not complaints


@pytest.fixture
def site(
    transactional_db: None, cast: SimpleNamespace, reported: Callable[..., bytes]
) -> SimpleNamespace:
    """A published report with a wrong sum and one of the year before; a draft at the county."""
    county = Agency.objects.in_bulk(field_name="code")
    own = county["qh-cz"]

    def draft(agency: Agency, year: int, **more: Any) -> Revision:
        data = reported(agency.name, year, **more)
        return actions.upload(cast.superuser, agency, data, "report.json")

    def publish(revision: Revision) -> None:
        for judged in findings(revision):
            if judged.finding.severity == "error":
                fingerprint = judged.finding.fingerprint
                actions.judge(cast.superuser, revision.report, fingerprint, "accepted", "已核实")
        actions.publish(cast.superuser, actions.freeze(cast.superuser, revision))

    publish(draft(own, 2022, seed=8))
    publish(draft(own, 2023, change={"applications.3.7.natural_person": 9999}))
    draft(county["qh-mz"], 2023, change={"applications.3.7.natural_person": 9999})
    return SimpleNamespace(cast=cast, county=county)


@pytest.fixture
def log_in(live_server: Any) -> Callable[[Page, User], None]:
    """Gives the page the session of a user."""

    def log_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        value = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])

    return log_in
