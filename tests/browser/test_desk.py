"""An officer and a reviewer at the desk, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from playwright.sync_api import Page, expect

from gongkai.annual_report import actions
from gongkai.annual_report.figures import Provenance
from gongkai.annual_report.models import Revision, StoredReport
from gongkai.specimen import LAYOUTS, invent
from tests.browser.conftest import WIDTHS
from tests.browser.test_accessibility import assert_accessible, assert_fits

pytestmark = pytest.mark.browser

WRONG = "applications.3.7.natural_person"
APPEALS = "appeals.reconsideration.total"


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    caches["shared"].clear()


@pytest.fixture
def files(tmp_path: Path) -> SimpleNamespace:
    """Report files of 2021: one with wrong sums, one of an agency unknown here, one unreadable."""

    def kept(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    def page(agency: str) -> bytes:
        report = invent(5, year=2021, agency=agency)
        for cell, figure in ((WRONG, 4321), (APPEALS, 99)):
            report = report.with_figure(cell, figure, Provenance("", "", str(figure)))
        return LAYOUTS["html"](report)[1]

    return SimpleNamespace(
        wrong=kept("财政局.html", page("青禾县财政局")),
        unknown=kept("某局.html", page("某某县某局")),
        broken=kept("空.html", b""),
        right=invent(5, year=2021, agency="青禾县财政局").figures[WRONG],
    )


@pytest.fixture
def at_desk(open_page: Callable[..., Page], log_in: Callable[..., None]) -> Callable[..., Page]:
    """A page of the desk, opened by somebody who has logged in."""

    def open_desk(user: Any, address: str = "/desk/reports/", **more: Any) -> Page:
        page = open_page("/healthz", **more)
        log_in(page, user)
        page.goto(page.url.removesuffix("/healthz") + address)
        return page

    return open_desk


def test_from_logging_in_over_upload_and_correction_to_publication(
    open_page: Callable[..., Page],
    at_desk: Callable[..., Page],
    site: SimpleNamespace,
    files: SimpleNamespace,
) -> None:
    page = open_page("/desk/reports/")
    page.fill("[name=username]", "officer")
    page.fill("[name=password]", "pass-word-1")
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="上传报告").click()
    page.set_input_files("#id_reports", files.wrong)
    page.get_by_role("button", name="上传并读取").click()
    expect(page.locator("#progress-said")).to_have_text("全部读完。")
    page.locator("#progress-list a").first.click()
    expect(page.get_by_role("button", name="定稿")).to_be_disabled()
    page.get_by_role("link", name=f"自然人 改为 {files.right:,}").first.click()
    expect(page.locator("#panel-title")).to_be_focused()
    expect(page.locator("#id_value")).to_have_value(str(files.right))
    page.get_by_role("button", name="记下更正").click()
    expect(page.locator(".notice-success")).to_contain_text("已更正")
    expect(page.locator("#panel .cell-figure")).to_contain_text(f"{files.right:,}")

    reviewer = at_desk(site.cast.reviewer, "/desk/reports/qh-cz/2021/1/")
    while (finding := reviewer.locator(".finding-error:not(.decided)").first).count():
        finding.get_by_text("处理：属实或不成立").click()
        finding.get_by_label("属实，原样保留并说明").check()
        finding.locator("textarea").fill("已核实")
        finding.get_by_role("button", name="记下处理").click()
        expect(reviewer.locator(".notice-success")).to_be_visible()
    expect(reviewer.locator(".finding.decided").first).to_contain_text("已核实")
    reviewer.get_by_role("button", name="定稿").click()
    reviewer.get_by_role("link", name="公布", exact=True).click()
    reviewer.get_by_role("button", name="公布").click()
    expect(reviewer.locator(".notice-success")).to_contain_text("任何人现在都可以看到")
    reviewer.get_by_role("link", name="看公开页面").click()
    expect(reviewer.locator("h1")).to_contain_text("2021")


def test_many_files_go_one_after_another_with_a_result_each(
    at_desk: Callable[..., Page], site: SimpleNamespace, files: SimpleNamespace
) -> None:
    page = at_desk(site.cast.officer, "/desk/upload/")
    page.set_input_files("#id_reports", [files.wrong, files.unknown, files.broken])
    page.get_by_role("button", name="上传并读取").click()
    expect(page.locator("#progress-list li")).to_have_count(3)
    expect(page.locator("#progress-list li").nth(0)).to_contain_text("已存为草稿")
    expect(page.locator("#progress-list li").nth(1)).to_contain_text("等您回答")
    expect(page.locator("#progress-list li").nth(2)).to_contain_text("文件是空的")
    page.get_by_role("link", name="看全部结果").click()
    page.get_by_role("link", name="选择机关").click()
    page.get_by_label("青禾县财政局").check()
    page.fill("#id_year", "2020")
    page.get_by_role("button", name="存为草稿").click()
    expect(page.locator(".lead")).to_contain_text("2 份已存为草稿")
    assert StoredReport.objects.filter(agency__code="qh-cz", year=2020).exists()


def test_a_file_the_server_does_not_take_is_named(
    at_desk: Callable[..., Page], site: SimpleNamespace, files: SimpleNamespace
) -> None:
    page = at_desk(site.cast.officer, "/desk/upload/")
    page.route("**/desk/upload/", lambda route: route.fulfill(status=400, body="no"))
    page.set_input_files("#id_reports", files.wrong)
    page.get_by_role("button", name="上传并读取").click()
    expect(page.locator("#progress-said")).to_contain_text("财政局.html")


def test_everything_works_without_script(
    at_desk: Callable[..., Page], site: SimpleNamespace, files: SimpleNamespace
) -> None:
    page = at_desk(site.cast.officer, "/desk/upload/", java_script_enabled=False)
    page.set_input_files("#id_reports", [files.wrong, files.broken])
    page.get_by_role("button", name="上传并读取").click()
    expect(page.locator(".lead")).to_contain_text("1 份已存为草稿")
    page.locator(".results a").first.click()
    page.locator("#cell-applications-3-7-natural_person a").click()
    page.fill("#id_value", str(files.right))
    page.fill("#id_reason", "与台账核对")
    page.get_by_role("button", name="记下更正").click()
    expect(page.locator("#panel .cell-figure")).to_contain_text(f"{files.right:,}")


def test_the_panel_opens_in_place_and_closes_back_to_its_cell(
    at_desk: Callable[..., Page], site: SimpleNamespace
) -> None:
    page = at_desk(site.cast.superuser, "/desk/reports/qh-mz/2023/1/")
    cell = page.locator("#cell-applications-1-total a")
    cell.scroll_into_view_if_needed()
    page.evaluate("window.kept = true")
    before = page.evaluate("window.scrollY")
    cell.click()
    expect(page.locator("#panel-title")).to_be_focused()
    assert page.evaluate("window.kept")
    assert abs(page.evaluate("window.scrollY") - before) < 2
    assert page.url.endswith("?cell=applications.1.total")
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
    expect(page.locator("#panel")).to_be_hidden()


def test_by_keyboard_alone(at_desk: Callable[..., Page], site: SimpleNamespace) -> None:
    page = at_desk(site.cast.superuser)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("民政")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("input[name=revision]")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/reports/qh-mz/2023/1/")
    page.keyboard.press("j")
    first = page.locator("[data-item]").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.locator("#id_value").focus()
    page.keyboard.type("jk?/")
    expect(page.locator("#id_value")).to_have_value("jk?/")
    page.locator("#id_value").fill("12")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("与台账核对")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice-success")).to_be_visible()


def test_who_comes_second_keeps_what_was_typed(
    at_desk: Callable[..., Page], site: SimpleNamespace
) -> None:
    page = at_desk(site.cast.superuser, f"/desk/reports/qh-mz/2023/1/?cell={WRONG}")
    page.fill("#id_value", "57")
    page.fill("#id_reason", "我的理由")
    held = Revision.objects.get(report__agency__code="qh-mz")
    actions.correct(site.cast.administrator, held, WRONG, 41, "先改的人")
    page.get_by_role("button", name="记下更正").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("9999 改为 41")
    expect(page.locator("#id_value")).to_have_value("57")
    page.get_by_role("button", name="记下更正").click()
    expect(page.locator("#panel .cell-figure")).to_contain_text("57")


def test_print_keeps_the_report_and_the_findings(
    at_desk: Callable[..., Page], site: SimpleNamespace
) -> None:
    page = at_desk(site.cast.superuser, "/desk/reports/qh-mz/2023/1/")
    page.emulate_media(media="print")
    expect(page.locator(".steps")).to_be_hidden()
    expect(page.locator(".site-head")).to_be_hidden()
    expect(page.locator(".finding").first).to_be_visible()
    expect(page.locator(".statutory-applications")).to_be_visible()


def test_a_misread_year_is_put_right_without_script(
    at_desk: Callable[..., Page], site: SimpleNamespace
) -> None:
    page = at_desk(site.cast.superuser, "/desk/reports/qh-mz/2023/1/", java_script_enabled=False)
    page.get_by_text("标题、格式、来源文件、起草人").click()
    page.get_by_role("link", name="更正机关、年度或标题").click()
    page.get_by_label("年度").fill("2020")
    page.get_by_label("理由").fill("封面写的是2020年")
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.locator(".notice-success")).to_contain_text("已记下")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2020")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_one_meets_on_the_way_is_accessible(
    at_desk: Callable[..., Page], site: SimpleNamespace, files: SimpleNamespace, width: str
) -> None:
    page = at_desk(site.cast.superuser, f"/desk/reports/qh-mz/2023/1/?cell={WRONG}", width=width)
    start = page.url.partition("/desk/")[0]
    for address in (
        f"/desk/reports/qh-mz/2023/1/?cell={WRONG}",
        f"/desk/reports/qh-mz/2023/1/source/?cell={WRONG}",
        "/desk/reports/qh-mz/2023/1/compare/",
        "/desk/reports/qh-mz/2023/1/discard/",
        "/desk/reports/qh-mz/2023/1/identify/",
        "/desk/reports/?state=all&year=2023",
        "/desk/reports/?q=nothing",
        "/desk/reports/qh-cz/2023/1/publish/",
        "/desk/password/",
    ):
        page.goto(start + address)
        assert_fits(page)
        assert_accessible(page)
    page.goto(start + "/desk/upload/")
    page.set_input_files("#id_reports", [files.wrong, files.unknown, files.broken])
    page.get_by_role("button", name="上传并读取").click()
    with page.expect_navigation():
        page.get_by_role("link", name="看全部结果").click()
    assert_fits(page)
    assert_accessible(page)
    with page.expect_navigation():
        page.get_by_role("link", name="选择机关").click()
    assert_fits(page)
    assert_accessible(page)
    page.goto(start + "/desk/trail/")
    page.get_by_role("button", name="核验全部记录").click()
    expect(page.locator(".notice-success")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("query", ["language=en", "text=larger", "contrast=high"])
def test_what_a_person_may_set_breaks_nothing(
    at_desk: Callable[..., Page], site: SimpleNamespace, width: str, query: str
) -> None:
    page = at_desk(site.cast.superuser, f"/preferences/?{query}&next=/desk/", width=width)
    start = page.url.partition("/desk/")[0]
    for address in (
        "/desk/",
        f"/desk/reports/qh-mz/2023/1/?cell={WRONG}",
        "/desk/upload/",
        "/desk/trail/",
    ):
        page.goto(start + address)
        assert_fits(page)
        assert_accessible(page)
