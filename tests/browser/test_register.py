"""Pages of register and catalogue in a real browser: by keyboard, on a phone, without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.publishing import actions
from gongkai.publishing.actions import Count
from gongkai.publishing.register.models import Campaign, Tally
from tests.browser.conftest import WIDTHS
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.publishing.register.conftest import bring_over

pytestmark = pytest.mark.browser

TODAY = timezone.localdate()
YEAR = TODAY.year - 1
LONG = "关于进一步规范全县行政事业单位国有资产出租出借处置以及收益收缴管理工作有关事项的若干规定"
PAGES = (
    "/desk/register/",
    "/desk/register/qh-cz/",
    "/desk/register/qh-cz/documents/{document}/",
    "/desk/register/qh-cz/documents/{document}/enter/",
    "/desk/register/qh-cz/usual/",
    f"/desk/register/qh-cz/year/{YEAR}/",
    f"/desk/register/qh-cz/year/{YEAR}/proactive.licensing.decisions/",
    "/desk/register/qh-cz/campaigns/",
    "/desk/register/qh-cz/campaigns/start/",
    "/desk/register/qh-cz/campaigns/{campaign}/",
    f"/desk/register/qh-cz/tallies/{YEAR}/",
    "/desk/register/qh-cz/tallies/import/",
    "/desk/catalogue/",
    "/desk/catalogue/qh-cz/",
    "/desk/catalogue/qh-mz/",
    "/desk/catalogue/qh-cz/add/",
    "/desk/catalogue/qh-cz/import/",
    "/desk/catalogue/qh-cz/duties/",
    "/desk/catalogue/qh-cz/columns/",
)


@pytest.fixture
def held(transactional_db: None, cast: SimpleNamespace, county: SimpleNamespace) -> SimpleNamespace:
    """A register with two documents, a clean-up, a tally, and a suggested catalogue."""
    with transaction.atomic():
        brought = bring_over(
            cast.administrator,
            county.own,
            [
                {"title": LONG, "formed_on": date(YEAR, 3, 1)},
                {"title": "供水管理办法", "expires_on": TODAY + timedelta(days=5)},
            ],
        )
        actions.noted_in_bulk(cast.administrator, brought)
    count = Count(None, "licence", YEAR, 3, Decimal(12))
    actions.report_tally(cast.officer, county.own, count)
    actions.suggest_catalogue(cast.officer, county.own)
    return SimpleNamespace(
        document=brought[0].document_id,
        campaign=actions.start_campaign(cast.officer, county.own, "2026年清理", TODAY).pk,
        cast=cast,
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_accessible_and_fit(
    open_page: Callable[..., Page],
    held: SimpleNamespace,
    log_in: Callable[..., None],
    width: str,
) -> None:
    page = open_page("/", width=width)
    log_in(page, held.cast.administrator)
    start = page.url.rstrip("/")
    for address in PAGES:
        page.goto(start + address.format(document=held.document, campaign=held.campaign))
        assert_fits(page)
        assert_accessible(page)


def test_a_month_is_reported_with_the_keyboard_alone(
    open_page: Callable[..., Page], held: SimpleNamespace, log_in: Callable[..., None]
) -> None:
    page = open_page("/")
    log_in(page, held.cast.officer)
    page.goto(page.url.rstrip("/") + f"/desk/register/qh-cz/tallies/{YEAR}/")
    page.get_by_label("行政处罚 2月", exact=True).focus()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已记下 1 个数")).to_be_visible()
    assert Tally.objects.get(matter="penalty", month=2).amount == 7


def test_a_clean_up_is_decided_without_script(
    open_page: Callable[..., Page], held: SimpleNamespace, log_in: Callable[..., None]
) -> None:
    page = open_page("/", java_script_enabled=False)
    log_in(page, held.cast.officer)
    page.goto(page.url.rstrip("/") + f"/desk/register/qh-cz/campaigns/{held.campaign}/")
    page.get_by_label("选中 供水管理办法").check()
    page.get_by_label("废止").check()
    page.get_by_label("理由").fill("上位法已废止")
    page.get_by_role("button", name="记下意见").click()
    expect(page.get_by_text("1 / 2 份已有意见")).to_be_visible()
    assert Campaign.objects.get().decisions.get(decision="repeal").reason == "上位法已废止"
