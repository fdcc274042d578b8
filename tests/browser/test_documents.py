"""A document from draft to withdrawal in a real browser: by keyboard, without script, by two."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from gongkai.org.models import Agency, User
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from tests.browser.conftest import WIDTHS
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.publishing.conftest import REVIEWERS, content

pytestmark = pytest.mark.browser

FAR = 90
"""Stops of the Tab key within which everything on a page is reached."""
FOUND = "<p>联系人身份证号110101199003074557。</p><p>请于11月底前办结。</p>"


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    caches["shared"].clear()


@pytest.fixture
def office(transactional_db: None, cast: SimpleNamespace) -> SimpleNamespace:
    """The cast, with one document in each stage."""
    own = Agency.objects.get(code="qh-cz")

    def draft(**more: Any) -> Document:
        made = actions.create(cast.drafter, own, content(**more))
        return Document.objects.select_related("head", "agency").get(pk=made.pk)

    def approve(document: Document) -> Document:
        opened = actions.submit(cast.drafter, document)
        for _, role in opened.steps:
            person = getattr(cast, REVIEWERS[role])
            actions.approve(person, document, seen=opened.content_hash, comment="同意")
        document.refresh_from_db()
        return document

    submitted = draft(title="正在审核的通知", body=FOUND)
    actions.submit(cast.drafter, submitted)
    actions.remark(cast.reviewer, submitted, "请核对期限", "请于11月底前办结")
    public = approve(draft(title="公布了的通知"))
    actions.publish(cast.reviewer, public)
    return SimpleNamespace(
        cast=cast,
        draft=draft(title="还在写的通知"),
        submitted=submitted,
        approved=approve(draft(title="待公布的通知")),
        public=public,
    )


@pytest.fixture
def at_desk(open_page: Callable[..., Page], log_in: Callable[..., None]) -> Callable[..., Page]:
    """A page of the desk, opened by somebody who has logged in."""

    def open_desk(user: User, address: str = "/desk/", **more: Any) -> Page:
        page = open_page("/healthz", **more)
        log_in(page, user)
        page.goto(page.url.removesuffix("/healthz") + address)
        return page

    return open_desk


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the control has the focus."""
    for _ in range(FAR):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{FAR} stops of Tab do not reach {wanted}")


def press(page: Page, name: str, role: Any = "button") -> None:
    """Reach a button or link by Tab and press it by Enter."""
    tab_to(page, page.get_by_role(role, name=name, exact=True).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def approve_all(at_desk: Callable[..., Page], cast: SimpleNamespace, title: str) -> None:
    """Each reviewer opens the document from their list of work and approves, by keyboard."""
    for who, step in (
        ("reviewer", "初审"),
        ("secrecy_reviewer", "保密审查"),
        ("signatory", "签发"),
    ):
        page = at_desk(getattr(cast, who))
        expect(page.get_by_role("heading", name="待我审核")).to_be_visible()
        page.keyboard.press("j")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        press(page, f"{step}通过")
        expect(page.locator(".notice-success")).to_contain_text("已通过")


def write(page: Page) -> Document:
    """Begin a document, write it and hand it in, from the list of work on."""
    press(page, "起草文件", "link")
    press(page, "开始写")
    tab_to(page, page.get_by_label("名称"))
    page.keyboard.type("关于清理河道的通知")
    tab_to(page, page.locator("#rich"))
    page.keyboard.type("各乡镇人民政府：")
    page.keyboard.press("Enter")
    page.keyboard.type("请于月底前")
    page.keyboard.press("Control+b")
    page.keyboard.type("清理完毕")
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_contain_text("已保存")
    tab_to(page, page.get_by_label("成文日期"))
    page.get_by_label("成文日期").fill("2026-11-02")
    tab_to(page, page.get_by_label("主题分类"))
    page.keyboard.type("水利")
    press(page, "保存")
    expect(page.locator("#text strong")).to_have_text("清理完毕")
    press(page, "送审")
    expect(page.locator(".notice-success")).to_contain_text("已送审")
    return Document.objects.get()


def amend(page: Page) -> None:
    """Change the name of a document that is public, and hand it in again."""
    press(page, "修订")
    tab_to(page, page.get_by_label("名称"))
    page.keyboard.press("End")
    page.keyboard.type("（修订）")
    press(page, "保存")
    press(page, "送审")


def test_from_draft_to_withdrawal_by_keyboard_alone(
    transactional_db: None, at_desk: Callable[..., Page], cast: SimpleNamespace
) -> None:
    page = at_desk(cast.drafter)
    site = page.url.removesuffix("/desk/")
    document = write(page)
    desk, public = (f"{site}/{room}documents/{document.pk}/" for room in ("desk/", ""))
    assert page.url == desk

    approve_all(at_desk, cast, "关于清理河道的通知")
    head = at_desk(cast.reviewer, f"/desk/documents/{document.pk}/")
    press(head, "公布", "link")
    press(head, "公布")
    head.goto(public)
    expect(head.get_by_role("heading", level=1)).to_have_text("关于清理河道的通知")

    page.goto(desk)
    amend(page)
    approve_all(at_desk, cast, "关于清理河道的通知（修订）")
    head.goto(f"{desk}publish/")
    tab_to(head, head.get_by_label("更新说明"))
    head.keyboard.type("更正名称。")
    press(head, "公布")
    head.goto(public)
    expect(head.get_by_role("heading", level=1)).to_have_text("关于清理河道的通知（修订）")

    head.goto(desk)
    press(head, "撤下", "link")
    tab_to(head, head.get_by_label("理由"))
    head.keyboard.type("误发")
    tab_to(head, head.get_by_label("公开说明"))
    head.keyboard.type("内容有误，正在更正。")
    press(head, "撤下")
    answer = head.goto(public)
    assert answer
    assert answer.status == 410
    expect(head.locator("main")).to_contain_text("内容有误，正在更正。")


def test_without_script_a_document_is_written_and_handed_in(
    transactional_db: None, at_desk: Callable[..., Page], cast: SimpleNamespace
) -> None:
    page = at_desk(cast.drafter, "/desk/documents/new/qh-cz/", java_script_enabled=False)
    page.get_by_label("名称").fill("关于除雪的通知")
    page.get_by_role("textbox", name="正文").fill("各乡镇：\n请及时除雪。")
    page.get_by_label("成文日期").fill("2026-11-02")
    page.get_by_label("主题分类").fill("交通")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="送审").click()
    expect(page.locator(".notice-success")).to_contain_text("已送审")
    assert Document.objects.get().stage == "in_review"


class TestTheEditor:
    @pytest.fixture
    def page(self, office: SimpleNamespace, at_desk: Callable[..., Page]) -> Page:
        return at_desk(office.cast.drafter, f"/desk/documents/{office.draft.pk}/edit/")

    def saved(self, page: Page) -> str:
        """Save by the keyboard and give the body that was kept."""
        page.keyboard.press("Control+s")
        expect(page.locator("#saved")).to_contain_text("已保存")
        document = Document.objects.select_related("head").get(head__title="还在写的通知")
        assert document.head is not None
        return document.head.body

    def test_makes_headings_lists_and_alignment(self, page: Page) -> None:
        page.locator("#rich p").last.click()
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        page.keyboard.type("一、要求")
        page.keyboard.press("Control+Alt+1")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="编号").click()
        page.keyboard.type("检查")
        page.keyboard.press("Enter")
        page.keyboard.type("上报")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.keyboard.type("财政局")
        page.get_by_role("button", name="右对齐").click()
        body = self.saved(page)
        assert "<h2>一、要求</h2>" in body
        assert "<ol>\n<li>检查</li>\n<li>上报</li>\n</ol>" in body
        assert '<p class="align-right">财政局</p>' in body

    def test_makes_a_table_and_takes_everything_back(self, page: Page) -> None:
        before = page.locator("#rich").inner_html()
        page.locator("#rich p").last.click()
        page.get_by_role("button", name="表格", exact=True).click()
        page.get_by_label("列", exact=True).fill("2")
        page.get_by_role("button", name="插入").click()
        page.keyboard.type("乡镇")
        page.get_by_role("button", name="加一行").click()
        page.get_by_role("button", name="删这一列").click()
        body = self.saved(page)
        assert body.count("<tr>") == 4
        assert body.count("<th>") == 1
        for _ in range(12):
            page.keyboard.press("Control+z")
        assert page.locator("#rich").inner_html() == before

    def test_links_what_is_selected(self, page: Page) -> None:
        page.locator("#rich p").last.click()
        page.keyboard.press("Home")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Control+k")
        page.get_by_label("地址").fill("https://example.org/notice")
        page.keyboard.press("Enter")
        assert '<a href="https://example.org/notice">现</a>' in self.saved(page)

    def test_cleans_what_word_gives_and_says_what_went(self, page: Page) -> None:
        page.locator("#rich p").last.click()
        page.keyboard.press("End")
        page.evaluate(
            """() => {
                const data = new DataTransfer();
                data.setData("text/html", '<p class=MsoNormal style="mso-x:1">从Word来</p>');
                data.setData("text/plain", "从Word来");
                const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true,
                    cancelable: true});
                document.getElementById("rich").dispatchEvent(event);
            }"""
        )
        expect(page.locator("[data-removed]")).to_contain_text("排版代码")
        assert "从Word来" in self.saved(page)

    def test_the_toolbar_is_one_stop_and_arrows_go_along_it(self, page: Page) -> None:
        tab_to(page, page.get_by_label("段落样式"))
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("button", name="加粗")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator("#rich")).to_be_focused()

    def test_saves_by_itself(self, page: Page) -> None:
        page.evaluate("document.getElementById('editor').dataset.every = '1'")
        page.get_by_label("名称").fill("自己保存的通知")
        expect(page.locator("#saved")).to_contain_text("已保存", timeout=8000)
        assert Document.objects.filter(head__title="自己保存的通知", head__autosaved=True).exists()

    def test_two_people_see_each_other_and_neither_loses_a_word(
        self, page: Page, office: SimpleNamespace, at_desk: Callable[..., Page]
    ) -> None:
        other = at_desk(office.cast.officer, f"/desk/documents/{office.draft.pk}/edit/")
        expect(other.locator("#presence")).to_contain_text("drafter 正在编辑")
        other.get_by_label("主题分类").fill("对方的主题")
        other.keyboard.press("Control+s")
        expect(other.locator("#saved")).to_contain_text("已保存")
        page.get_by_label("文号").fill("我的文号")
        page.keyboard.press("Control+s")
        expect(page.locator("#saved")).to_contain_text("officer 刚刚保存了另一稿")
        page.get_by_role("link", name="对照两稿").click()
        page.get_by_label("对方的主题").check()
        page.get_by_role("button", name="按选择合并").click()
        expect(page.get_by_label("主题分类")).to_have_value("对方的主题")
        expect(page.get_by_label("文号")).to_have_value("我的文号")

    def test_a_refused_save_names_the_fields_and_offers_nothing_that_is_in_the_form(
        self, page: Page
    ) -> None:
        page.get_by_label("名称").fill("长" * 301)
        page.locator("#rich p").last.click()
        page.keyboard.type("正文 里有空格")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.locator(".error-summary")).to_contain_text("名称：最多 300 个字")
        expect(page.get_by_label("名称")).to_have_value("长" * 301)
        expect(page.locator("#recovered")).to_be_hidden()

    def test_a_lost_session_keeps_the_text_and_gives_it_back_after_the_log_in(
        self, page: Page, office: SimpleNamespace, log_in: Callable[..., None]
    ) -> None:
        page.context.clear_cookies(name="sessionid")
        page.locator("#rich p").last.click()
        page.keyboard.type("过期后写的")
        page.keyboard.press("Control+s")
        expect(page.locator("#saved")).to_contain_text("登录已过期")
        log_in(page, office.cast.drafter)
        page.reload()
        page.get_by_role("button", name="放回编辑框").click()
        expect(page.locator("#rich")).to_contain_text("过期后写的")
        page.keyboard.press("Control+s")
        expect(page.locator("#saved")).to_contain_text("已保存")
        page.reload()
        expect(page.locator("#recovered")).to_be_hidden()


def pages(office: SimpleNamespace) -> list[tuple[User, str]]:
    """Every page of the desk for documents, with somebody who may open it."""
    cast, base = office.cast, "/desk/documents"
    day = office.draft.publish_by or timezone.localdate()
    conflict = actions.save(
        cast.officer, office.draft, content(title="另一稿", body="<p>另写</p>"), base=99
    )
    actions.save(cast.drafter, office.draft, content(title="第二稿", body="<p>重写</p>"), base=1)
    draft = f"{base}/{office.draft.pk}"
    approved = f"{base}/{office.approved.pk}"
    return [
        (cast.drafter, "/desk/"),
        (cast.reviewer, "/desk/"),
        (cast.stranger, "/desk/"),
        (cast.drafter, f"{base}/"),
        (cast.administrator, f"{base}/?stage=all&sort=due"),
        (cast.drafter, f"{base}/?q=没有这样的"),
        (cast.drafter, f"{base}/calendar/?month={day:%Y-%m}"),
        (cast.drafter, f"{base}/new/"),
        (cast.drafter, f"{base}/new/qh-cz/?kind=normative_document"),
        (cast.drafter, f"{draft}/edit/"),
        (cast.drafter, f"{draft}/"),
        (cast.drafter, f"{draft}/versions/?from=1&to=3"),
        (cast.drafter, f"{draft}/conflict/{conflict.version.number}/"),
        (cast.drafter, f"{draft}/print/"),
        (cast.drafter, f"{draft}/discard/"),
        (cast.drafter, f"{draft}/relate/?q=通知"),
        (cast.drafter, f"{draft}/relate/?target={office.public.pk}"),
        (cast.reviewer, f"{base}/{office.submitted.pk}/"),
        (cast.reviewer, f"{approved}/publish/"),
        (cast.reviewer, f"{approved}/schedule/"),
        (cast.reviewer, f"{base}/{office.public.pk}/"),
        (cast.reviewer, f"{base}/{office.public.pk}/withdraw/"),
        (cast.reviewer, f"{base}/settings/qh-cz/?kind=news"),
        (cast.administrator, f"{base}/settings/"),
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_fits(
    office: SimpleNamespace,
    open_page: Callable[..., Page],
    log_in: Callable[..., None],
    width: str,
) -> None:
    page = open_page("/healthz", width=width)
    site = page.url.removesuffix("/healthz")
    for user, address in pages(office):
        log_in(page, user)
        answer = page.goto(site + address)
        assert answer
        assert answer.status == 200, address
        assert_fits(page)
        assert_accessible(page)


@pytest.mark.parametrize("query", ["size=larger", "contrast=high"])
def test_what_a_reader_may_set_breaks_nothing(
    office: SimpleNamespace,
    open_page: Callable[..., Page],
    log_in: Callable[..., None],
    query: str,
) -> None:
    page = open_page(f"/preferences/?{query}&next=/healthz", width="phone")
    site = page.url.removesuffix("/healthz")
    for user, address in pages(office)[::3]:
        log_in(page, user)
        page.goto(site + address)
        assert_fits(page)
        assert_accessible(page)
