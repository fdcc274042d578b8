"""Find a published report, look at it, print it, compare."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_from_the_start_page_to_a_report_in_two_steps(
    open_page: Callable[..., Page], site: SimpleNamespace
) -> None:
    page = open_page("/", java_script_enabled=False)
    page.locator(".site-nav").get_by_text("年报", exact=True).click()
    page.click("text=青禾县财政局 2023")
    expect(page.locator("h1")).to_contain_text("青禾县财政局")
    expect(page.locator("#chart-flow .finding-line")).to_contain_text("2022年至2023年")
    page.locator("#chart-flow summary").click()
    expect(page.locator("#chart-flow table")).to_be_visible()


def test_a_finding_leads_to_its_cell(open_page: Callable[..., Page], site: SimpleNamespace) -> None:
    page = open_page("/reports/qh-cz/2023/")
    page.locator(".finding-error a").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_print_keeps_the_report_and_drops_what_is_for_the_screen(
    open_page: Callable[..., Page], site: SimpleNamespace
) -> None:
    page = open_page("/reports/qh-cz/2023/")
    page.emulate_media(media="print")
    expect(page.locator(".site-head")).to_be_hidden()
    expect(page.locator(".actions").first).to_be_hidden()
    expect(page.locator(".metadata")).to_be_visible()
    expect(page.locator(".statutory-applications")).to_be_visible()


def test_choosing_agencies_and_years_to_compare(
    open_page: Callable[..., Page], site: SimpleNamespace
) -> None:
    page = open_page("/reports/compare/", java_script_enabled=False)
    page.locator("summary", has_text="选择机关").click()
    page.get_by_label("青禾县财政局").check()
    page.get_by_label("2022").uncheck()
    page.select_option("#measure", "refused")
    page.get_by_role("button", name="比较").click()
    expect(page.locator("#chart-ranking h3")).to_have_text("不予公开（件）")
    expect(page.locator("#chart-ranking thead th")).to_have_text(["机关", "2023"])
    with page.expect_download() as download:
        page.click("text=下载 Excel")
    assert download.value.suggested_filename == "gongkai-compare.xlsx"


def test_text_size_is_kept_from_page_to_page(
    open_page: Callable[..., Page], site: SimpleNamespace
) -> None:
    page = open_page("/reports/")
    page.locator("summary", has_text="字号").click()
    page.click("text=特大字号")
    page.goto(page.url + "read/")
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert size == "24px"
