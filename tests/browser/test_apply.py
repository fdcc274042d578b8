"""The form in a browser: by keyboard, without script, on a phone, in large print, by anyone."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from gongkai.casework.application.models import Case, Practice
from tests.browser.conftest import WIDTHS
from tests.browser.test_accessibility import assert_accessible, assert_fits

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
WANTED = "青禾县二〇二五年度城乡供水保障资金的分配方案"


@pytest.fixture(autouse=True)
def place(
    transactional_db: None, county: SimpleNamespace, settings: Any, tmp_path: Path
) -> SimpleNamespace:
    """An agency that takes what is sent as received, so that the receipt has a day due."""
    settings.HOME = tmp_path
    settings.FILES = tmp_path / "files"
    settings.PERSON_KEYS = str(tmp_path)
    settings.APPLY_LIMIT = settings.TRACK_LIMIT = 0
    Practice.objects.create(agency=county.own, unconfirmed="submission")
    county.own.telephone, county.own.address = "0990-1234567", "青禾县人民路1号"
    county.own.save()
    return county


def scan() -> dict[str, Any]:
    data = BytesIO()
    Image.new("RGB", (60, 40), "white").save(data, "PNG")
    return {"name": "身份证.png", "mimeType": "image/png", "buffer": data.getvalue()}


def go(page: Page) -> None:
    page.locator("main .button-primary").first.click()


def walk(page: Page, look: Callable[[], None] = lambda: None) -> None:
    """From the entrance of an agency to the receipt; `look` at every page on the way."""
    look()
    page.get_by_role("link", name="在线申请").click()
    look()
    page.fill("#id_description", WANTED)
    go(page)
    look()
    page.get_by_label("自然人").check()
    go(page)
    page.fill("#id_name", "沈青禾")
    look()
    go(page)
    page.fill("#id_telephone", "13900001111")
    look()
    go(page)
    page.set_input_files("#id_identity", scan())
    look()
    go(page)
    look()
    go(page)
    look()
    go(page)
    expect(page.locator("h1")).to_have_text("申请已提交")
    look()


def keys(page: Page) -> tuple[str, str]:
    """Number and code on the receipt."""
    number, code = page.locator(".keys dd").all_inner_texts()
    return number, code


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_on_the_way_is_accessible_and_fits(open_page: Open, width: str) -> None:
    page = open_page("/agencies/qh-cz/apply/", width=width)

    def look() -> None:
        assert_fits(page)
        assert_accessible(page)

    walk(page, look)
    number, code = keys(page)
    start = page.url.split("/apply")[0]
    page.goto(f"{start}/track/")
    look()
    page.fill("#number", number)
    page.fill("#code", code)
    go(page)
    expect(page.locator("h1")).to_have_text("已收到")
    look()
    page.goto(f"{start}/track/withdraw/")
    look()
    page.goto(f"{start}/track/contact/")
    look()
    page.fill("#id_telephone", "12")
    go(page)
    expect(page.locator(".error-summary")).to_be_focused()
    look()
    page.fill("#id_telephone", "13811112222")
    page.press("#id_telephone", "Enter")
    expect(page.get_by_role("status").first).to_have_text("联系方式已更改。")
    look()
    page.goto(f"{start}/verify/")
    look()
    page.goto(f"{start}/apply/agency/")
    go(page)
    expect(page.locator(".error-summary")).to_be_focused()
    look()


@pytest.mark.parametrize("query", ["language=en", "size=larger", "contrast=high"])
def test_large_print_and_the_rest_break_nothing(open_page: Open, query: str) -> None:
    page = open_page(f"/preferences/?{query}", width="phone")
    start = page.url.rstrip("/")
    for path in ("agencies/qh-cz/apply/", "apply/agency/", "apply/description/", "apply/person/"):
        page.goto(f"{start}/{path}")
        assert_fits(page)
        assert_accessible(page)
    for path in ("apply/contact/", "apply/files/", "track/", "verify/"):
        page.goto(f"{start}/{path}")
        assert_fits(page)
        assert_accessible(page)


def test_it_works_without_script(open_page: Open) -> None:
    page = open_page("/agencies/qh-cz/apply/", java_script_enabled=False)
    walk(page)
    assert Case.objects.get().description == WANTED


def test_it_works_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/apply/description/?agency=qh-cz")

    def to(selector: str) -> None:
        """Tabs on until the field has the focus."""
        for _ in range(60):
            if page.locator(selector).evaluate("e => e === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached")

    def continue_(path: str) -> None:
        to("main .button-primary")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/apply/{path}/")

    to("#id_description")
    page.keyboard.type("供水")
    continue_("kind")
    to("#id_kind_0")
    page.keyboard.press("Space")
    continue_("person")
    to("#id_name")
    page.keyboard.type("沈青禾")
    to("#id_identity_number")
    page.keyboard.type("110101199003070003")
    page.keyboard.press("Enter")
    page.wait_for_url("**/apply/contact/")
    to("#id_telephone")
    page.keyboard.type("13900001111")
    continue_("files")
    continue_("assistance")
    continue_("check")
    continue_("receipt")
    assert Case.objects.count() == 1


def test_back_and_forward_show_what_was_answered(open_page: Open) -> None:
    page = open_page("/apply/description/?agency=qh-cz")
    page.fill("#id_description", WANTED)
    go(page)
    page.get_by_label("商业企业").check()
    go(page)
    page.go_back()
    expect(page.get_by_label("商业企业")).to_be_checked()
    page.go_back()
    expect(page.locator("#id_description")).to_have_value(WANTED)
    page.go_forward()
    expect(page.get_by_label("商业企业")).to_be_checked()


def test_another_language_keeps_what_was_typed(open_page: Open) -> None:
    page = open_page("/apply/description/?agency=qh-cz")
    page.fill("#id_description", WANTED)
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("What information do you want")
    expect(page.locator("#id_description")).to_have_value(WANTED)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Who applies")


def test_an_error_can_be_followed_to_its_field(open_page: Open) -> None:
    page = open_page("/apply/description/?agency=qh-cz")
    go(page)
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(page.locator("#id_description")).to_be_focused()


def test_a_scan_that_is_too_large_is_told_before_it_is_sent(open_page: Open) -> None:
    page = open_page("/apply/files/")
    large = {"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"0" * 11_000_000}
    page.set_input_files("#id_identity", large)
    expect(page.locator("#chosen-identity")).to_contain_text("文件超过 10 MB")


def test_home_leads_to_the_first_page_of_the_form_in_one_click(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("link", name="申请公开", exact=True).last.click()
    expect(page.locator("input[name=agency]").first).to_be_visible()


def test_the_printed_receipt_has_the_code_and_no_buttons(open_page: Open) -> None:
    page = open_page("/agencies/qh-cz/apply/")
    walk(page)
    page.emulate_media(media="print")
    expect(page.locator(".keys")).to_be_visible()
    expect(page.locator("main .actions")).to_be_hidden()
    expect(page.locator(".site-head")).to_be_hidden()
