"""A case from the counter to the answer in a real browser: by keyboard, without script, narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.casework import actions
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import ApplicantKind, Case, Channel, Practice
from gongkai.casework.application.person import Person
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.queries import open_decision
from gongkai.org.models import Agency, Membership, Role, Unit, User
from tests.browser.conftest import WIDTHS
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.casework.conftest import APPLICANT
from tests.desk.cases.paper import page_of

pytestmark = pytest.mark.browser

OTHER = Person(name="白沙水务咨询有限公司", telephone="13900003333")


@pytest.fixture
def work(transactional_db: None, cast: SimpleNamespace) -> SimpleNamespace:
    """The office of `own` with a case in each of the stages that look different."""
    own = Agency.objects.get(code="qh-cz")
    own.court, own.reconsideration_organ = "青禾县人民法院", own.superior
    own.save(update_fields=["court", "reconsideration_organ"])
    Practice.objects.create(
        agency=own, letter_mark="青财公复", online_reconsideration="复议服务平台"
    )
    today = timezone.localdate()

    def received(ago: int = 0, **more: Any) -> Case:
        usual: dict[str, Any] = {
            "agency": own,
            "channel": Channel.COUNTER,
            "submitted_on": today - timedelta(days=ago),
            "kind": ApplicantKind.NATURAL_PERSON,
            "person": APPLICANT,
            "description": "青禾县二〇二五年度城乡供水保障资金的分配方案",
        }
        return actions.receive(cast.officer, Application(**{**usual, **more})).case

    made = SimpleNamespace(
        cast=cast,
        own=own,
        late=received(ago=60, description="二〇二四年县财政局办公会议纪要"),
        soon=received(ago=24, description="政府采购供应商名单和成交金额"),
        fresh=received(),
        mail=received(channel=Channel.EMAIL, description="二〇二六年部门预算公开情况"),
        paused=received(
            ago=4,
            description="水费标准",
            person=OTHER,
            kind=ApplicantKind.COMMERCIAL,
        ),
        drafted=received(ago=9, description="财政补贴发放名册"),
    )
    actions.ask_correction(cast.officer, made.paused, "请写明年度", on=today)
    unit = Unit.objects.create(agency=own, code="ys", name="预算股")
    due = today + timedelta(days=5)
    actions.assign(
        cast.officer, made.drafted, "有没有名册，能不能公开", on=today, due_on=due, unit=unit
    )
    search = actions.Search(today, "预算股、档案室", "补贴、名册", "有一册", "许某", found=True)
    actions.record_search(cast.officer, made.drafted, search)
    text = Draft(outcome="A3", ground="N15_TP", answer="姓名和账号", reasons="属于个人隐私")
    decision = actions.draft(cast.officer, made.drafted, text)
    file = Incoming("list.pdf", "application/pdf", page_of("TEL 13900001111"))
    made.given = actions.provide(cast.officer, decision, file, "发放名册")
    liaison = User.objects.create(username="liaison", full_name="liaison", password="!")
    Membership.objects.create(user=liaison, agency=own, role=Role.LIAISON_OFFICER)
    made.liaison = liaison
    return made


@pytest.fixture
def at(open_page: Callable[..., Page], log_in: Callable[[Page, User], None]) -> Callable[..., Page]:
    """A page of the desk as somebody sees it."""

    def opened(user: User, address: str, **context: Any) -> Page:
        page = open_page("/desk/login/", **context)
        log_in(page, user)
        page.goto(page.url.split("/desk/")[0] + address)
        return page

    return opened


def addresses(work: SimpleNamespace) -> list[tuple[User, str]]:
    """Every kind of page, with somebody who sees it."""
    officer, fresh, drafted = work.cast.officer, work.fresh.pk, work.drafted.pk
    return [
        (officer, "/desk/cases/"),
        (officer, "/desk/cases/?view=all&sort=due"),
        (officer, "/desk/cases/new/"),
        (officer, f"/desk/cases/{fresh}/"),
        (officer, f"/desk/cases/{drafted}/"),
        (officer, f"/desk/cases/{work.paused.pk}/"),
        (officer, f"/desk/cases/{fresh}/do/ask-correction/"),
        (officer, f"/desk/cases/{fresh}/do/consult/"),
        (officer, f"/desk/cases/{fresh}/do/assign/"),
        (officer, f"/desk/cases/{drafted}/decision/"),
        (officer, f"/desk/cases/{drafted}/decision/files/{work.given.pk}/blacken/"),
        (officer, f"/desk/cases/{drafted}/review/"),
        (officer, f"/desk/cases/{work.paused.pk}/letters/"),
        (officer, "/desk/cases/calendar/"),
        (officer, "/desk/cases/often/"),
        (officer, f"/desk/cases/{fresh}/pattern/"),
        (work.cast.reviewer, "/desk/figures/"),
        (work.cast.reviewer, "/desk/cases/practice/qh-cz/"),
        (work.liaison, "/desk/assigned/"),
        (work.liaison, f"/desk/assigned/{work.drafted.assignments.get().pk}/"),
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_serious_is_found_and_no_page_scrolls_sideways(work, at, width):
    for user, address in addresses(work):
        page = at(user, address, width=width)
        expect(page.locator("h1")).to_be_visible()
        assert_fits(page)
        assert_accessible(page)


def test_pages_in_english_and_high_contrast(work, at):
    address = f"/desk/cases/{work.drafted.pk}/"
    page = at(work.cast.officer, address, extra_http_headers={"Accept-Language": "en"})
    page.evaluate("document.documentElement.dataset.contrast = 'high'")
    page.evaluate("document.documentElement.dataset.size = 'larger'")
    assert_accessible(page)


def test_the_list_is_walked_by_keyboard_and_the_urgent_comes_first(work, at):
    page = at(work.cast.officer, "/desk/cases/")
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text(work.late.number)
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text(work.soon.number)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('/desk/')[0]}/desk/cases/{work.soon.pk}/")


def test_slash_leads_to_the_search(work, at):
    page = at(work.cast.officer, "/desk/cases/")
    page.keyboard.press("/")
    page.keyboard.type("采购")
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(1)


def test_a_click_on_the_day_due_leads_to_how_it_was_computed(work, at):
    page = at(work.cast.officer, f"/desk/cases/{work.fresh.pk}/", width="phone")
    page.locator(".due-link").click()
    expect(page.locator("#counted li").first).to_be_in_viewport()
    assert "第三十三条" in page.locator("#counted").inner_text()


def test_a_form_that_is_refused_keeps_what_was_typed(work, at):
    page = at(work.cast.officer, f"/desk/cases/{work.late.pk}/do/ask-correction/")
    page.get_by_label("需要补正的内容").fill("请写明会议的日期")
    page.get_by_role("button", name="告知补正").click()
    expect(page.get_by_role("alert")).to_contain_text("答复期限已过")
    expect(page.get_by_label("需要补正的内容")).to_have_value("请写明会议的日期")


def test_only_what_the_outcome_needs_is_asked(work, at):
    page = at(work.cast.officer, f"/desk/cases/{work.fresh.pk}/decision/")
    expect(page.get_by_label("不予公开的依据")).to_be_hidden()
    page.get_by_label("不予公开", exact=True).check()
    expect(page.get_by_label("不予公开的依据")).to_be_visible()
    expect(page.get_by_label("负责公开的机关")).to_be_hidden()
    page.get_by_label("不属于本机关负责公开").check()
    expect(page.get_by_label("负责公开的机关")).to_be_visible()


def test_an_answer_is_drafted_and_handed_in_without_script(work, at):
    page = at(work.cast.officer, f"/desk/cases/{work.fresh.pk}/", java_script_enabled=False)
    page.get_by_role("link", name="拟写处理决定").click()
    page.get_by_label("已主动公开").check()
    page.get_by_label("获取的方式、途径和时间").fill("青禾县人民政府网站")
    page.get_by_role("button", name="保存并送审").click()
    expect(page.locator("#messages")).to_contain_text("已送审")
    decision = open_decision(work.fresh)
    assert decision is not None
    assert decision.state == "checking"


def test_a_box_is_drawn_with_the_mouse_and_what_is_under_it_is_gone(work, at):
    address = f"/desk/cases/{work.drafted.pk}/decision/files/{work.given.pk}/blacken/"
    page = at(work.cast.officer, address)
    picture = page.locator("#page")
    frame = picture.bounding_box()
    assert frame
    left, top = frame["x"] + frame["width"] * 0.05, frame["y"] + frame["height"] * 0.35
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + frame["width"] * 0.8, top + frame["height"] * 0.25, steps=4)
    page.mouse.up()
    expect(picture.locator("rect.box")).to_have_count(1)
    page.get_by_role("button", name="涂黑", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("已涂黑")
    work.given.refresh_from_db()
    assert len(work.given.boxes) == 1


def test_parts_are_covered_without_script(work, at):
    address = f"/desk/cases/{work.drafted.pk}/decision/files/{work.given.pk}/blacken/"
    page = at(work.cast.officer, address, java_script_enabled=False)
    page.get_by_label("凡有这些字的地方都涂黑").fill("13900001111")
    page.get_by_role("button", name="涂黑", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("已涂黑")


def test_an_application_is_entered_by_keyboard_on_a_phone(work, at):
    page = at(work.cast.officer, "/desk/cases/new/", width="phone")
    page.get_by_label("姓名或者单位名称").fill("许青苗")
    page.get_by_label("联系电话").fill("13900002222")
    page.get_by_label("所需信息的名称、文号或者特征").fill("县城路灯电费的支出明细")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="登记", exact=True).press("Enter")
    expect(page.locator("h1")).to_have_text("政府信息公开申请回执")
    assert Case.objects.latest("pk").description == "县城路灯电费的支出明细"
    assert_fits(page)


def test_a_liaison_officer_replies(work, at):
    page = at(work.liaison, "/desk/assigned/")
    assert "沈" not in page.locator("main").inner_text()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_label("办理意见").fill("有名册，姓名和账号不能公开")
    page.get_by_role("button", name="回复").click()
    expect(page.get_by_text("已回复").first).to_be_visible()
