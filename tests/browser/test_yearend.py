"""The pages of the year's end in a real browser: by keyboard, on a phone, without script."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision, Submission
from tests.annual_report.compiling.books import keep
from tests.browser.conftest import WIDTHS
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.desk.yearend.conftest import FIGURES, TEXTS, YEAR

pytestmark = pytest.mark.browser

PAGES = (
    "/desk/reports/",
    "/desk/reports/compile/",
    f"/desk/reports/compile/qh-cz/{YEAR}/",
    f"/desk/reports/compile/qh-cz/{YEAR}/cells/applications.1.total/",
    f"/desk/reports/compile/qh-cz/{YEAR}/cells/records.channels.web/",
    f"/desk/reports/compile/qh-cz/{YEAR}/cells/records.documents.published/",
    f"/desk/reports/compile/qh-cz/{YEAR}/cells/appeals.reconsideration.total/",
    f"/desk/reports/compile/qh-cz/{YEAR}/cells/proactive.licensing.decisions/",
    f"/desk/reports/compile/qh-cz/{YEAR}/cells/proactive.normative_documents.made/",
    f"/desk/reports/qh-cz/{YEAR}/1/narrative/",
    f"/desk/reports/qh-cz/{YEAR}/1/?cell=applications.1.total",
    f"/desk/reports/qh-cz/{YEAR}/1/?cell=records.channels.web",
    f"/desk/reports/qh-mz/{YEAR}/1/narrative/",
    f"/desk/reports/yearend/qh/{YEAR}/",
    f"/desk/reports/yearend/qh/{YEAR}/of/qh-cz/",
    f"/desk/reports/yearend/qh/{YEAR}/of/qh-mz/",
    f"/desk/reports/yearend/qh/{YEAR}/sum/",
    f"/desk/reports/yearend/qh/{YEAR}/sum/applications.1.total/",
    f"/desk/reports/yearend/qh/{YEAR}/sum/records.channels.web/",
)


@pytest.fixture
def ended(
    transactional_db: None, cast: SimpleNamespace, county: SimpleNamespace
) -> SimpleNamespace:
    """`own` has a draft from its books, `other` was accepted, the town was reminded."""
    for agency in (county.own, county.other):
        keep(agency, cast.administrator, YEAR, FIGURES)
        actions.compile_draft(cast.administrator, agency, YEAR, timezone.localdate())
    other = Revision.objects.get(report__agency=county.other)
    actions.narrate(cast.administrator, other, TEXTS)
    actions.accept(cast.supervisor, actions.submit(cast.administrator, other))
    actions.remind(cast.supervisor, county.town, YEAR, "请于周五前报送年度报告。")
    return SimpleNamespace(cast=cast, county=county)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_accessible_and_fit(
    open_page: Callable[..., Page],
    ended: SimpleNamespace,
    log_in: Callable[..., None],
    width: str,
) -> None:
    page = open_page("/", width=width)
    log_in(page, ended.cast.administrator)
    start = page.url.rstrip("/")
    for address in PAGES:
        page.goto(start + address)
        assert_fits(page)
        assert_accessible(page)


def test_a_figure_picked_in_the_table_goes_where_the_cursor_was(
    open_page: Callable[..., Page], ended: SimpleNamespace, log_in: Callable[..., None]
) -> None:
    page = open_page("/")
    log_in(page, ended.cast.officer)
    page.goto(page.url.rstrip("/") + f"/desk/reports/qh-cz/{YEAR}/1/narrative/")
    text = page.locator("#text-6")
    text.fill("收到件。")
    text.evaluate("text => text.setSelectionRange(2, 2)")
    page.locator('td[data-address="applications.1.total"]').click()
    expect(text).to_have_value("收到{applications.1.total}件。")
    page.keyboard.press("End")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("收到3件。")).to_be_visible()


def test_a_figure_of_the_text_opens_its_panel_and_leads_to_its_records(
    open_page: Callable[..., Page], ended: SimpleNamespace, log_in: Callable[..., None]
) -> None:
    page = open_page("/")
    log_in(page, ended.cast.officer)
    page.goto(page.url.rstrip("/") + f"/desk/reports/qh-cz/{YEAR}/1/")
    page.locator('.document a.told[title="网上提交的申请"]').focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="看它数的是什么").click()
    expect(page.locator("table.data tbody tr")).to_have_count(3)


def test_a_figure_without_a_cell_is_put_in_for_this_year_whatever_is_chosen_beside_it(
    open_page: Callable[..., Page], ended: SimpleNamespace, log_in: Callable[..., None]
) -> None:
    page = open_page("/")
    log_in(page, ended.cast.officer)
    page.goto(page.url.rstrip("/") + f"/desk/reports/qh-cz/{YEAR}/1/narrative/")
    page.locator("#text-6").fill("")
    page.locator("#pick").select_option("records.channels.web")
    page.locator("#told").evaluate(
        "told => told.append(new Option('上年', 'previous.', true, true))"
    )
    page.locator("#into").select_option("6")
    page.get_by_role("button", name="插入", exact=True).click()
    expect(page.locator("#text-6")).to_have_value("{records.channels.web}")


def test_a_figure_is_put_in_and_the_text_is_saved_with_the_keyboard_alone(
    open_page: Callable[..., Page], ended: SimpleNamespace, log_in: Callable[..., None]
) -> None:
    page = open_page("/")
    log_in(page, ended.cast.officer)
    page.goto(page.url.rstrip("/") + f"/desk/reports/qh-cz/{YEAR}/1/narrative/")
    page.locator("#text-6").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("共")
    page.locator("#pick").select_option("applications.3.7.total")
    page.get_by_role("button", name="插入", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("件")
    page.get_by_role("button", name="保存正文").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("正文已保存")).to_be_visible()
    assert Revision.objects.get(report__agency=ended.county.own).as_report().sections[5].text == (
        "共2件"
    )


def test_a_report_goes_up_and_is_accepted_without_script(
    open_page: Callable[..., Page], ended: SimpleNamespace, log_in: Callable[..., None]
) -> None:
    draft = Revision.objects.get(report__agency=ended.county.own)
    actions.narrate(ended.cast.administrator, draft, TEXTS)
    page = open_page("/", java_script_enabled=False)
    start = page.url.rstrip("/")
    log_in(page, ended.cast.reviewer)
    page.goto(start + f"/desk/reports/qh-cz/{YEAR}/1/")
    page.get_by_role("button", name="报送").click()
    expect(page.get_by_text("等待审核").first).to_be_visible()
    log_in(page, ended.cast.supervisor)
    page.goto(start + "/desk/reports/")
    page.get_by_role("link", name="份报告等待审核").click()
    page.get_by_role("link", name="县财政局").click()
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_text("已审核通过，计入汇总。")).to_be_visible()
    assert Submission.objects.get(agency=ended.county.own).step == "accepted"
