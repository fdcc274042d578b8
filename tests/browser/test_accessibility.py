"""axe finds nothing serious on any page, wide or narrow, in either language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from gongkai.specimen import LAYOUTS, invent
from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.browser

PUBLIC = (
    "/",
    "/reports/",
    "/reports/?q=nothing",
    "/reports/read/",
    "/reports/qh-cz/2023/",
    "/reports/compare/",
    "/reports/compare/?year=2023&measure=refused&agency=qh-cz",
    "/nowhere/",
    "/desk/login/",
)
DESK = (
    "/desk/",
    "/desk/reports/",
    "/desk/upload/",
    "/desk/trail/",
    "/desk/password/",
    "/desk/reports/qh-mz/2023/1/",
    "/desk/reports/qh-mz/2023/1/source/",
    "/desk/reports/qh-mz/2023/1/history/",
    "/desk/reports/qh-cz/2023/1/",
    "/desk/reports/qh-cz/2023/1/compare/",
)


def assert_accessible(page: Page) -> None:
    # What is folded away must be as good as what is open.
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
    found = Axe().run(page).response["violations"]
    grave = [
        (v["id"], v["impact"], [node["html"][:160] for node in v["nodes"][:4]])
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]
    assert not grave


def assert_fits(page: Page) -> None:
    """The page itself never scrolls sideways; wide tables do, inside their frame."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_the_check_notices_grey_on_grey(
    open_page: Callable[..., Page], site: SimpleNamespace
) -> None:
    page = open_page("/")
    page.evaluate("document.querySelector('h1').style.color = '#bbb'")
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages(open_page: Callable[..., Page], site: SimpleNamespace, width: str) -> None:
    page = open_page("/", width=width)
    start = page.url.rstrip("/")
    for address in PUBLIC:
        page.goto(start + address)
        assert_fits(page)
        assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_desk_pages(
    open_page: Callable[..., Page],
    site: SimpleNamespace,
    log_in: Callable[..., None],
    width: str,
) -> None:
    page = open_page("/", width=width)
    log_in(page, site.cast.superuser)
    start = page.url.rstrip("/")
    for address in DESK:
        response = page.goto(start + address)
        assert response
        assert response.status == 200, address
        assert_fits(page)
        assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_result_and_a_refusal(
    open_page: Callable[..., Page], site: SimpleNamespace, tmp_path: Path, width: str
) -> None:
    report = invent(5, year=2023, agency="青禾县财政局")
    total = "applications.3.7.natural_person"
    wrong = report.with_figure(total, 4321, report.provenance.get(total))
    file = tmp_path / "报告.html"
    file.write_bytes(LAYOUTS["html"](wrong)[1])
    page = open_page("/reports/read/", width=width)
    page.set_input_files("#id_report", file)
    page.click("text=读取并核对")
    assert_fits(page)
    assert_accessible(page)
    page.goto(page.url)
    page.fill("#id_text", "不是年报")
    page.click("text=读取并核对")
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("query", ["language=en", "size=larger", "contrast=high"])
def test_what_a_reader_may_set_breaks_nothing(
    open_page: Callable[..., Page], site: SimpleNamespace, width: str, query: str
) -> None:
    page = open_page(f"/preferences/?{query}", width=width)
    start = page.url.rstrip("/")
    for address in ("/", "/reports/", "/reports/qh-cz/2023/", "/reports/compare/"):
        page.goto(start + address)
        assert_fits(page)
        assert_accessible(page)


@pytest.mark.parametrize("address", ["/desk/", "/desk/figures/", "/desk/appeals/"])
def test_the_whole_menu_of_the_desk_is_to_be_seen_on_a_phone(
    open_page: Callable[..., Page],
    site: SimpleNamespace,
    log_in: Callable[..., None],
    address: str,
) -> None:
    page = open_page("/", width="phone")
    log_in(page, site.cast.superuser)
    page.goto(page.url.rstrip("/") + address)
    ends = page.locator(".side-nav a").evaluate_all(
        "links => links.map(link => link.getBoundingClientRect().right)"
    )
    assert len(ends) > 8
    assert max(ends) <= 390
