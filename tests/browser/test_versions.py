"""What changed in a decision, as a reviewer sees it in a real browser: narrow, wide, no script."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.casework import actions
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import ApplicantKind, Channel, Practice
from gongkai.casework.decision.content import Draft, ItemDraft
from gongkai.casework.decision.models import Check, Decision
from gongkai.org.models import Agency, User
from tests.browser.conftest import WIDTHS
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.casework.conftest import APPLICANT
from tests.desk.cases.paper import page_of

pytestmark = pytest.mark.browser

FIRST = Draft(
    answer="讨论稿中的分配系数",
    reasons="讨论稿是处理决定作出前形成的。\n尚未形成决定，公开会影响讨论。\n第三段照旧。",
    items=(
        ItemDraft("二〇二五年度供水保障资金分配方案", "A2"),
        ItemDraft("方案的讨论稿", "A4", "N16_PROCESS", "过程性信息"),
    ),
)
SECOND = Draft(
    answer="讨论稿中的分配系数和测算表",
    reasons="讨论稿是行政决定作出前形成的。\n尚未形成决定，公开会影响讨论。\n第三段照旧。\n另见会商记录。",
    items=(
        ItemDraft("二〇二五年度供水保障资金分配方案", "A2"),
        ItemDraft("方案的讨论稿", "A4", "N16_PROCESS", "过程性信息，含尚未定稿的测算"),
    ),
)


@pytest.fixture
def decision(transactional_db: None, cast: SimpleNamespace) -> Decision:
    """Sent back by the reviewer of secrecy, changed, and handed in again."""
    own = Agency.objects.get(code="qh-cz")
    own.court, own.reconsideration_organ = "青禾县人民法院", own.superior
    own.save(update_fields=["court", "reconsideration_organ"])
    Practice.objects.create(
        agency=own, letter_mark="青财公复", online_reconsideration="复议服务平台"
    )
    application = Application(
        agency=own,
        channel=Channel.COUNTER,
        submitted_on=timezone.localdate(),
        kind=ApplicantKind.NATURAL_PERSON,
        person=APPLICANT,
        description="青禾县二〇二五年度城乡供水保障资金的分配方案",
    )
    case = actions.receive(cast.officer, application).case
    draft = actions.draft(cast.officer, case, FIRST)
    file = Incoming("plan.pdf", "application/pdf", page_of("Budget"))
    actions.provide(cast.officer, draft, file, "分配方案")
    seen = actions.hand_in(cast.officer, case).content_hash
    actions.check(
        cast.secrecy_reviewer,
        case,
        Check.Step.SECRECY,
        seen=seen,
        approved=False,
        comment="请写明测算表",
    )
    actions.draft(cast.officer, case, SECOND)
    return actions.hand_in(cast.officer, case)


@pytest.fixture
def at(open_page: Callable[..., Page], log_in: Callable[[Page, User], None]) -> Callable[..., Page]:
    """A page of the desk as somebody sees it."""

    def opened(user: User, address: str, **context: Any) -> Page:
        page = open_page("/desk/login/", **context)
        log_in(page, user)
        page.goto(page.url.split("/desk/")[0] + address)
        return page

    return opened


@pytest.mark.parametrize("width", WIDTHS)
def test_a_reviewer_sees_what_changed_since_they_sent_it_back(decision, cast, at, width):
    page = at(cast.secrecy_reviewer, f"/desk/cases/{decision.case_id}/review/", width=width)
    changed = page.locator("section", has=page.locator("#changed"))
    expect(changed.locator("ins").first).to_be_visible()
    expect(changed).to_contain_text("和测算表")
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_two_versions_are_chosen_and_compared_without_script(decision, cast, at, width):
    address = f"/desk/cases/{decision.case_id}/decision/versions/"
    page = at(cast.officer, address, width=width, java_script_enabled=False)
    page.get_by_role("button", name="比较选中的两稿").click()
    expect(page.locator("#difference")).to_contain_text("第 2 稿到第 3 稿")
    expect(page.locator("del").first).to_have_text("处理")
    assert_fits(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_versions_are_readable_for_everybody(decision, cast, at, width):
    _, first, second = decision.versions.order_by("number").values_list("pk", flat=True)
    address = f"/desk/cases/{decision.case_id}/decision/versions/?from={first}&to={second}"
    page = at(cast.officer, address, width=width)
    expect(page.locator("h1")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
