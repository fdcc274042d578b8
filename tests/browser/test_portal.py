"""The public pages in a browser: found, read, printed, by anyone and without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongkai.org.actions import appoint
from gongkai.org.models import Role
from gongkai.publishing import actions
from gongkai.publishing.document import attachments
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.review.findings import findings
from gongkai.publishing.search.pull import pull_once
from tests.browser.conftest import WIDTHS
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.publishing.conftest import content

pytestmark = pytest.mark.browser

LONG = (
    "关于转发《关于进一步规范服务收费管理有关事项的通知》并做好秋季学期收费公示工作有关问题的" * 2
)
TABLE = "<table><caption>任务表</caption><thead><tr>" + "<th>乡镇名称和责任单位</th>" * 9
TABLE += "</tr></thead><tbody><tr>" + "<td>柳溪镇人民政府</td>" * 9 + "</tr></tbody></table>"
BODY = f'<h2>一、要求</h2><p>保障<a href="https://water.example/">供水</a>。</p>{TABLE}'


@pytest.fixture
def public(
    transactional_db: None, cast: SimpleNamespace, county: SimpleNamespace, settings: Any,
    tmp_path: Path,
) -> SimpleNamespace:  # fmt: skip
    """A notice with a file, two revisions and a rule under it; a repealed rule; one withdrawn."""
    settings.HOME = tmp_path
    for role in Role:
        appoint(cast.superuser, county.own, role)

    def begin(**more: Any) -> Document:
        return actions.create(cast.drafter, county.own, content(**more))

    def release(document: Document, note: str = "") -> Publication:
        opened = actions.submit(cast.drafter, document)
        for judged in findings(opened.version):
            fingerprint = judged.found.fingerprint
            actions.judge(cast.superuser, document, fingerprint, "harmless", "已核实")
        reviewers = {"head": cast.reviewer} | {
            name: getattr(cast, name)
            for name in ("secrecy_reviewer", "legality_reviewer", "signatory")
        }
        for _, role in opened.steps:
            actions.approve(
                reviewers[role],
                document,
                seen=opened.content_hash,
                comment="同意，急件",
                urgent=True,
            )
        document.refresh_from_db()
        if document.head and document.head.kind == "normative_document":
            actions.exempt(cast.reviewer, document, "内容简明")
        return actions.publish(cast.reviewer, document, note)

    notice = begin(title="冬季供水通知", body=BODY)
    actions.attach(cast.drafter, notice, attachments.kept("附表.txt", b"text" * 900, "txt"))
    notice.refresh_from_db()
    published = release(notice)
    actions.amend(cast.drafter, notice)
    notice.refresh_from_db()
    changed = content(title="冬季供水通知", body=f"{BODY}<p>更正。</p>")
    actions.save(cast.drafter, notice, changed, base=notice.head.number)
    notice.refresh_from_db()
    release(notice, "附表更正。")
    old = begin(title="旧办法", kind="normative_document", formed_on=date(2024, 1, 2))
    release(old)
    repealing = begin(title=LONG, document_number="")
    actions.relate(cast.drafter, repealing, "repeals", old, since=date(2026, 11, 3))
    release(repealing)
    gone = release(begin(title="撤回的公告"))
    actions.withdraw(cast.reviewer, gone.document, reason="内部", public_note="发布有误。")
    while pull_once():
        pass
    return SimpleNamespace(
        notice=published.document_id, old=old.pk, long=repealing.pk, gone=gone.document_id
    )


def addresses(public: SimpleNamespace) -> list[str]:
    sections = ("guide", "rules", "catalogue", "reports", "apply")
    return [
        "/",
        "/agencies/",
        "/agencies/qh-cz/",
        "/agencies/qh-mz/",
        *(f"/agencies/qh-cz/{section}/" for section in sections),
        "/agencies/qh-cz/catalogue/?item=20.15",
        *(f"/sections/{section}/" for section in ("guide", "rules", "catalogue", "apply")),
        f"/documents/{public.notice}/",
        f"/documents/{public.notice}/revisions/1/",
        f"/documents/{public.old}/",
        f"/documents/{public.long}/",
        f"/documents/{public.gone}/",
        "/documents/999/",
        "/search/",
        "/search/?q=供水&kind=official_document",
        "/search/?q=没有的词",
        "/register/?state=repealed",
        "/reports/",
        "/withdrawals/",
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_is_accessible(
    open_page: Callable[..., Page], public: SimpleNamespace, width: str
) -> None:
    page = open_page("/", width=width)
    start = page.url.rstrip("/")
    for address in addresses(public):
        page.goto(start + address)
        assert_fits(page)
        assert_accessible(page)


@pytest.mark.parametrize("query", ["size=larger", "contrast=high", "language=en"])
def test_large_text_and_high_contrast_break_nothing_on_a_phone(
    open_page: Callable[..., Page], public: SimpleNamespace, query: str
) -> None:
    page = open_page(f"/preferences/?{query}", width="phone")
    start = page.url.rstrip("/")
    for address in addresses(public):
        page.goto(start + address)
        assert_fits(page)
        assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_public_already_is_offered_to_who_applies_for_it(
    open_page: Callable[..., Page], public: SimpleNamespace, width: str
) -> None:
    page = open_page("/apply/description/?agency=qh-cz", width=width)
    page.fill("#id_description", "冬季供水")
    page.locator("main .button-primary").first.click()
    page.wait_for_url("**/apply/published/")
    expect(page.locator("main").get_by_text("冬季供水通知")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)


def test_on_a_phone_a_narrow_table_fits_and_a_wide_one_says_that_it_scrolls(
    open_page: Callable[..., Page], public: SimpleNamespace
) -> None:
    page = open_page(f"/documents/{public.notice}/", width="phone")
    expect(page.get_by_text("表格较宽，可以左右滑动。")).to_be_visible()
    frame = page.locator(".official .table-wrap")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    narrow = "<tr><td>负责收费公示工作的责任单位</td><td>县发展和改革局、县教育局</td></tr>"
    frame.locator("table").evaluate(f"table => {{ table.innerHTML = '{narrow}' }}")
    assert frame.evaluate("frame => frame.scrollWidth == frame.clientWidth")


def test_a_citizen_finds_a_document_in_two_steps_without_script(
    open_page: Callable[..., Page], public: SimpleNamespace
) -> None:
    page = open_page("/", java_script_enabled=False)
    page.fill("#q", "供水")
    page.click("form.search button")
    page.click("text=冬季供水通知")
    expect(page.locator("h1")).to_have_text("冬季供水通知")


def test_suggestions_are_used_with_the_keyboard_alone(
    open_page: Callable[..., Page], public: SimpleNamespace
) -> None:
    page = open_page("/")
    box = page.get_by_role("combobox")
    box.focus()
    page.keyboard.type("冬季供水")
    option = page.get_by_role("option", name="冬季供水通知")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    page.keyboard.type(" ")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowUp")
    active = page.locator('[role="option"][aria-selected="true"]')
    expect(box).to_have_attribute("aria-activedescendant", str(active.get_attribute("id")))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.rpartition("/documents/")[1] or "/search/" in page.url


def test_what_was_not_found_is_applied_for_with_the_words_filled_in(
    open_page: Callable[..., Page], public: SimpleNamespace
) -> None:
    page = open_page("/search/?q=没有的词")
    page.click("text=没有公开的，申请公开")
    expect(page.get_by_label("所需信息的名称")).to_have_value("没有的词")


def test_the_description_for_machines_is_data_that_the_policy_lets_be(
    open_page: Callable[..., Page], public: SimpleNamespace
) -> None:
    page = open_page(f"/documents/{public.notice}/")
    described = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    )
    assert described["name"] == "冬季供水通知"


def test_the_skip_link_leads_to_the_text(
    open_page: Callable[..., Page], public: SimpleNamespace
) -> None:
    page = open_page(f"/documents/{public.notice}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_on_paper_navigation_is_gone_and_addresses_are_printed(
    open_page: Callable[..., Page], public: SimpleNamespace
) -> None:
    page = open_page(f"/documents/{public.notice}/")
    page.emulate_media(media="print")
    for gone in (".site-head", ".site-foot", ".breadcrumbs", ".actions"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".metadata")).to_be_visible()
    printed = page.evaluate(
        "getComputedStyle(document.querySelector('.official a'), '::after').content"
    )
    assert "https://water.example/" in printed or "attr(href)" in printed
    expect(page.locator(".print-only").first).to_contain_text(f"/documents/{public.notice}/")
