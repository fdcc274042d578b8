"""Clean-ups of the register at the desk."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.register.models import Campaign
from tests.desk.registers.conftest import TODAY, Open
from tests.publishing.register.conftest import fresh


def test_a_clean_up_is_begun_decided_and_closed_with_a_draft(
    send: Open, read: Open, norm: Callable[..., Document]
) -> None:
    one, two = norm(title="供水管理办法"), norm(title="养老服务办法")
    begun = send("/desk/register/qh-cz/campaigns/start/", {"title": "2026年清理", "as_of": TODAY})
    campaign = Campaign.objects.get()
    at = f"/desk/register/qh-cz/campaigns/{campaign.pk}/"
    assert "0 / 2 份已有意见" in begun
    assert "disabled" in begun
    nothing = send(at, {"decision": "keep", "reason": "好"}, status=422)
    assert "没有选中任何文件" in nothing
    said = {"document": one.pk, "decision": "repeal", "reason": "上位法已废止"}
    assert "1 / 2 份已有意见" in send(at, said)
    assert "2 / 2 份已有意见" in send(at, {"verb": "rest", "decision": "keep", "reason": "合规"})
    assert "养老服务办法" not in read(f"{at}?decision=repeal")
    assert "结果公告的草稿已经起草" in send(f"{at}close/", {})
    assert "清理意见还没有生效" in read(at)
    assert fresh(one).validity == fresh(two).validity == "in_force"
    assert "重新打开" in send(f"{at}reopen/", {"reason": "漏了一份"})


def test_a_clean_up_that_is_not_decided_cannot_be_closed(
    cast: SimpleNamespace, county: SimpleNamespace, send: Open, norm: Callable[..., Document]
) -> None:
    norm()
    campaign = actions.start_campaign(cast.officer, county.own, "清理", TODAY)
    shown = send(f"/desk/register/qh-cz/campaigns/{campaign.pk}/close/", {})
    assert "还有文件没有清理意见" in shown
    assert not Document.objects.filter(stage="draft").exists()


@pytest.mark.parametrize("key", ["0", "abc", "99999999999999999999", "-1", "²"])
def test_a_forged_document_in_a_clean_up_is_refused(
    cast: SimpleNamespace,
    county: SimpleNamespace,
    send: Open,
    norm: Callable[..., Document],
    key: str,
) -> None:
    norm()
    campaign = actions.start_campaign(cast.officer, county.own, "清理", TODAY)
    at = f"/desk/register/qh-cz/campaigns/{campaign.pk}/"
    send(at, {"document": key, "decision": "keep", "reason": "好"}, status=422)


@pytest.mark.parametrize("who", ["drafter", "supervisor", "colleague"])
def test_others_decide_nothing_in_a_clean_up(
    cast: SimpleNamespace,
    county: SimpleNamespace,
    send: Open,
    norm: Callable[..., Document],
    who: str,
) -> None:
    document = norm()
    campaign = actions.start_campaign(cast.officer, county.own, "清理", TODAY)
    at = f"/desk/register/qh-cz/campaigns/{campaign.pk}/"
    send(at, {"document": document.pk, "decision": "keep", "reason": "好"}, who, 403)
    send(f"{at}close/", {}, who, 403)
