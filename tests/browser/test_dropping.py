"""Drop a report and see the findings: by mouse, by keyboard alone, and without script."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.specimen import LAYOUTS, invent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOTAL = "applications.3.7.natural_person"


@pytest.fixture
def wrong_report(tmp_path: Path) -> Path:
    """A report in which the total of natural persons is wrong."""
    report = invent(5, year=2023, agency="青禾县财政局")
    wrong = report.with_figure(TOTAL, 4321, report.provenance.get(TOTAL))
    file = tmp_path / "财政局.html"
    file.write_bytes(LAYOUTS["html"](wrong)[1])
    return file


def expect_findings(page: Page) -> None:
    expect(page.locator("h1")).to_contain_text("青禾县财政局")
    expect(page.locator("#findings")).to_be_visible()
    expect(page.locator(".finding-error").first).to_contain_text("4321")
    expect(page.locator(f"#cell-{TOTAL.replace('.', '-')}.marked-error")).to_have_text("4321")


def test_choosing_a_file(open_page: Callable[..., Page], wrong_report: Path) -> None:
    page = open_page("/reports/read/")
    page.set_input_files("#id_report", wrong_report)
    expect(page.locator("#chosen")).to_contain_text("财政局.html")
    page.click("text=读取并核对")
    expect_findings(page)


def test_dragging_a_file_onto_the_page(open_page: Callable[..., Page], wrong_report: Path) -> None:
    page = open_page("/reports/read/")
    content = base64.b64encode(wrong_report.read_bytes()).decode()
    transfer = page.evaluate_handle(
        """content => {
            const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], "财政局.html", {type: "text/html"}));
            return transfer;
        }""",
        content,
    )
    page.dispatch_event(".drop", "dragenter", {"dataTransfer": transfer})
    expect(page.locator(".drop.over")).to_be_visible()
    page.dispatch_event(".drop", "drop", {"dataTransfer": transfer})
    expect_findings(page)


def test_pasting_with_the_keyboard_alone(
    open_page: Callable[..., Page], wrong_report: Path
) -> None:
    page = open_page("/reports/read/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_text":
            break
    page.keyboard.insert_text(wrong_report.read_text("utf-8"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect_findings(page)
    link = page.locator(".finding-error a").first
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").startswith("#cell-")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('td, div, li') !== null")


def test_without_script(open_page: Callable[..., Page], wrong_report: Path) -> None:
    page = open_page("/reports/read/", java_script_enabled=False)
    page.set_input_files("#id_report", wrong_report)
    page.click("text=读取并核对")
    expect_findings(page)
    with page.expect_download() as download:
        page.click("text=下载 Excel")
    assert download.value.suggested_filename.endswith(".xlsx")


def test_the_focus_goes_to_what_went_wrong(open_page: Callable[..., Page]) -> None:
    page = open_page("/reports/read/")
    page.fill("#id_text", "不是年报")
    page.click("text=读取并核对")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_text")).to_have_value("不是年报")


def test_changing_the_language_keeps_the_result(
    open_page: Callable[..., Page], wrong_report: Path
) -> None:
    page = open_page("/reports/read/")
    page.set_input_files("#id_report", wrong_report)
    page.click("text=读取并核对")
    page.click("text=English")
    expect(page.locator("#findings")).to_contain_text("Findings")
    expect(page.locator(".finding-error").first).to_contain_text("4321")


def test_on_a_phone_the_row_heads_stay_in_sight(
    open_page: Callable[..., Page], wrong_report: Path
) -> None:
    page = open_page("/reports/read/", width="phone")
    page.set_input_files("#id_report", wrong_report)
    page.click("text=读取并核对")
    table = page.locator(".statutory:has(.statutory-applications)")
    table.evaluate("element => { element.scrollLeft = 400 }")
    head = page.get_by_role("rowheader", name="2.重复申请")
    box = head.bounding_box()
    assert box
    assert 0 <= box["x"] < 60


def test_nothing_moves_while_the_page_loads(open_page: Callable[..., Page]) -> None:
    page = open_page("/reports/read/")
    page.evaluate(
        """() => { window.shift = 0; new PerformanceObserver(list => {
            for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({type: "layout-shift", buffered: true}); }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.shift") < 0.01
