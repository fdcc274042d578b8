"""The list of work, the register of appeals and the import of a ledger in a real browser."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal, AppealKind
from gongkai.casework.application.models import Case
from tests.browser.conftest import WIDTHS
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.browser.test_cases import at, work

__all__ = ["at", "work"]

pytestmark = pytest.mark.browser

HEAD = ("编号", "受理机关", "申请人", "申请人类型", "申请方式", "收到日期", "申请内容", "备注")
ROW = ("旧1", "青禾县财政局", "沈青禾", "自然人", "当面", "2024-03-04", "分配方案", "")


@pytest.fixture
def busy(work: SimpleNamespace) -> SimpleNamespace:
    """The office with cases taken up, and appeals in each of the stages that look different."""
    officer, own, today = work.cast.officer, work.own, timezone.localdate()
    for case in (work.late, work.soon):
        actions.take_up(officer, case)

    def appeal(kind: AppealKind, number: str, ago: int, **more: Any) -> Appeal:
        day = today - timedelta(days=ago)
        usual = {"before": "青禾县人民政府", "about": "不服不予公开一九九八年会议纪要的旧答复"}
        opening = actions.Opening(
            kind, opened_on=day, number=number, copy_received_on=day, **{**usual, **more}
        )
        return actions.open_appeal_elsewhere(officer, own, opening)

    work.reply = appeal(AppealKind.RECONSIDERATION, "青政复〔2026〕3号", 3)
    work.late_reply = appeal(AppealKind.RECONSIDERATION, "青政复〔2026〕1号", 40)
    work.first = appeal(
        AppealKind.DIRECT,
        "（2026）990121行初12号",
        50,
        before="青禾县人民法院",
        contested_number="青财公复〔2023〕7号",
        contested_on=today - timedelta(days=900),
        contested_ground="条例第十六条第二款",
    )
    actions.conclude(officer, work.first, "ordered", on=today, ordered="二十个工作日内公开会议纪要")
    return work


def ledger(folder: Path) -> Path:
    """A ledger with a good row and a wrong one."""
    file = folder / "旧台账.csv"
    wrong = [ROW[0].replace("1", "2"), "没有这个局", *ROW[2:5], "不详", *ROW[6:]]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([HEAD, ROW, wrong])
    return file


def good(page: Page) -> None:
    expect(page.locator("h1")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_serious_is_found_and_no_page_scrolls_sideways(busy, at, width):
    officer = busy.cast.officer
    for address in (
        "/desk/",
        "/desk/appeals/",
        "/desk/appeals/?view=all&q=x",
        "/desk/appeals/new/",
        f"/desk/appeals/{busy.reply.pk}/",
        f"/desk/appeals/{busy.first.pk}/",
        f"/desk/appeals/{busy.reply.pk}/do/conclude/",
        f"/desk/appeals/{busy.first.pk}/do/next/",
        "/desk/cases/import/",
    ):
        good(at(officer, address, width=width))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_ledger_is_tried_its_columns_told_and_imported(busy, at, width, tmp_path):
    page = at(busy.cast.officer, "/desk/cases/import/", width=width)
    page.set_input_files("#id_file", ledger(tmp_path))
    page.get_by_role("button", name="看会发生什么").click()
    expect(page.get_by_text("没有“没有这个局”这个机关")).to_be_visible()
    good(page)
    page.get_by_label("备注").select_option("document_number")
    page.get_by_role("button", name="这样再看一次").click()
    expect(page.get_by_role("button", name="导入没有错的行")).to_be_visible()
    page.get_by_role("button", name="导入没有错的行").click()
    expect(page.locator("h1")).to_contain_text("已导入")
    good(page)


def test_each_part_of_the_work_stands_whole_in_one_of_two_columns(busy, at):
    """The longest part too: its heading is above all of it."""
    Case.objects.update(officer=busy.cast.officer)
    page = at(busy.cast.officer, "/desk/")
    parts = page.locator(".waiting > section")
    pieces = parts.evaluate_all("all => all.map(one => one.getClientRects().length)")
    columns = parts.evaluate_all("all => all.map(one => one.getBoundingClientRect().left)")
    assert (set(pieces), len(set(columns))) == ({1}, 2)


def test_the_work_is_walked_by_keyboard_from_the_overdue_on(busy, at):
    page = at(busy.cast.officer, "/desk/")
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text(busy.late.number)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('/desk/')[0]}/desk/cases/{busy.late.pk}/")


def test_an_appeal_is_entered_without_script(busy, at):
    page = at(busy.cast.officer, "/desk/appeals/new/", java_script_enabled=False)
    page.get_by_label("行政复议").check()
    page.get_by_label("复议机关或者法院").fill("青禾县人民政府")
    page.get_by_label("争议事项").fill("不服旧答复")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("h1")).to_have_text("行政复议")
