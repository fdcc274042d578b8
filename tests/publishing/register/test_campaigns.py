"""A clean-up decides about every document in force; what it decided holds once it is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.document.versions import content_of
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register import campaigns, queries
from gongkai.publishing.register.models import Campaign
from tests.publishing.conftest import content
from tests.publishing.register.conftest import TODAY, Norm, fresh

BASE = date(2026, 6, 30)


@pytest.fixture
def three(held: Norm) -> list[Document]:
    return [held(title=f"青禾县{name}办法") for name in ("供水", "养老", "绿化")]


@pytest.fixture
def campaign(cast: SimpleNamespace, county: SimpleNamespace, three: list[Document]) -> Campaign:
    return actions.start_campaign(cast.officer, county.own, "2026年规范性文件清理", BASE)


@pytest.fixture
def settled(
    cast: SimpleNamespace, campaign: Campaign, three: list[Document]
) -> Callable[[], Document]:
    """Decides: the first is repealed, the second declared invalid, the third stays."""

    def make() -> Document:
        one, two, _ = (document.pk for document in three)
        actions.decide_clean_up(cast.officer, campaign, [one], "repeal", "上位法已废止")
        actions.decide_clean_up(cast.officer, campaign, [two], "invalidate", "任务已完成")
        actions.keep_the_rest(cast.officer, campaign, "符合现行规定")
        return actions.draft_result(cast.officer, campaign)

    return make


@pytest.fixture
def publish_result(
    cast: SimpleNamespace, settled: Callable[[], Document], publish: Callable[..., Publication]
) -> Callable[..., Publication]:
    def make(effective_on: date | None = None) -> Publication:
        draft = settled()
        assert draft.head is not None
        text = content_of(draft.head)
        said = {"formed_on": TODAY, "topic": "法制", "effective_on": effective_on}
        filled = type(text)(**{**{n: getattr(text, n) for n in text.__dataclass_fields__}, **said})
        actions.save(cast.drafter, draft, filled, base=1)
        return publish(fresh(draft))

    return make


def standings(three: list[Document]) -> list[str]:
    return [fresh(document).validity for document in three]


def test_it_takes_everything_in_force_on_its_day(
    cast: SimpleNamespace, county: SimpleNamespace, held: Norm, three: list[Document]
) -> None:
    held(title="已失效的办法", expires_on=BASE - timedelta(days=1))
    held(title="后来的办法", formed_on=BASE + timedelta(days=1))
    held(title="规章", kind="regulation")
    held(title="一份通知", kind="notice")
    made = actions.start_campaign(cast.officer, county.own, "清理", BASE)
    titles = {row.title for row in campaigns.decided(made)}
    assert titles == {"青禾县供水办法", "青禾县养老办法", "青禾县绿化办法", "规章"}


def test_the_government_cleans_up_with_its_departments_or_without(
    cast: SimpleNamespace, county: SimpleNamespace, held: Norm, three: list[Document]
) -> None:
    own = held(county.top, title="县政府办法")
    whole = actions.start_campaign(cast.administrator, county.top, "全县清理", BASE)
    alone = actions.start_campaign(cast.administrator, county.top, "本级清理", BASE, subtree=False)
    assert campaigns.progress(whole).total == 4
    assert [row.document_id for row in campaigns.decided(alone)] == [own.pk]


def test_where_nothing_was_in_force_there_is_nothing_to_clean_up(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        actions.start_campaign(cast.officer, county.own, "清理", BASE)
    assert refused.value.reason == "campaign_empty"


@pytest.mark.parametrize("who", ["drafter", "colleague", "supervisor", "stranger"])
def test_others_decide_nothing(
    cast: SimpleNamespace, campaign: Campaign, three: list[Document], who: str
) -> None:
    with pytest.raises(NotAllowedError, match="role"):
        actions.decide_clean_up(getattr(cast, who), campaign, [three[0].pk], "keep", "好")
    assert campaigns.progress(campaign).decided == 0


def test_a_decision_has_a_reason_and_may_be_changed(
    cast: SimpleNamespace, campaign: Campaign, three: list[Document]
) -> None:
    key = three[0].pk
    with pytest.raises(NotAllowedError, match="reason"):
        actions.decide_clean_up(cast.officer, campaign, [key], "repeal", " ")
    actions.decide_clean_up(cast.officer, campaign, [key], "repeal", "不再适用")
    actions.decide_clean_up(cast.officer, campaign, [key], "amend", "部分条款要改")
    (row,) = campaigns.decided(campaign, "amend")
    assert (row.document_id, row.reason, row.by) == (key, "部分条款要改", "officer")
    assert campaigns.progress(campaign).left == 2


def test_a_document_outside_the_clean_up_is_refused(
    cast: SimpleNamespace, campaign: Campaign, held: Norm, three: list[Document]
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        actions.decide_clean_up(cast.officer, campaign, [held().pk, three[0].pk], "keep", "好")
    assert refused.value.reason == "not_in_campaign"
    assert campaigns.progress(campaign).decided == 0


def test_it_closes_only_when_everything_is_decided(
    cast: SimpleNamespace, campaign: Campaign
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        actions.draft_result(cast.officer, campaign)
    assert refused.value.reason == "campaign_undecided"


def test_the_result_is_a_draft_with_every_document_and_decision(
    settled: Callable[[], Document],
) -> None:
    draft = settled()
    assert draft.stage == "draft"
    assert draft.head is not None
    assert draft.head.title == "关于公布2026年规范性文件清理结果的通知"
    for words in ("青禾县供水办法", "废止", "宣布失效", "继续有效", "上位法已废止"):
        assert words in draft.head.body


def test_a_title_with_markup_cannot_break_out_of_the_table(
    cast: SimpleNamespace, county: SimpleNamespace, held: Norm
) -> None:
    held(title="</td><script>alert(1)</script>办法")
    made = actions.start_campaign(cast.officer, county.own, "清理", BASE)
    actions.keep_the_rest(cast.officer, made, "好")
    draft = actions.draft_result(cast.officer, made)
    assert draft.head is not None
    assert "<script" not in draft.head.body
    assert "&lt;script&gt;" in draft.head.body


def test_nothing_takes_effect_before_the_result_is_published(
    settled: Callable[[], Document], three: list[Document]
) -> None:
    settled()
    assert standings(three) == ["in_force"] * 3


def test_a_result_that_says_something_else_than_was_decided_is_not_published(
    cast: SimpleNamespace,
    settled: Callable[[], Document],
    three: list[Document],
    publish: Callable[..., Publication],
) -> None:
    draft = settled()
    said = content(title="清理结果", body="<p>经清理，全部文件继续有效。</p>")
    actions.save(cast.drafter, draft, said, base=1)
    with pytest.raises(NotAllowedError) as refused:
        publish(fresh(draft))
    assert refused.value.reason == "result_differs"
    assert standings(three) == ["in_force"] * 3


def test_publishing_the_result_carries_out_what_was_decided(
    publish_result: Callable[..., Publication], three: list[Document], county: SimpleNamespace
) -> None:
    made = publish_result()
    assert standings(three) == ["repealed", "invalid", "in_force"]
    ended = queries.life_of(three[0])[-1]
    assert (ended.since, ended.by) == (made.published_on, made.document_id)
    assert len(queries.repealed_in(county.own, TODAY.year)) == 2


def test_a_result_that_names_a_day_takes_effect_on_it(
    publish_result: Callable[..., Publication], three: list[Document]
) -> None:
    publish_result(effective_on=TODAY + timedelta(days=10))
    assert standings(three) == ["in_force"] * 3
    assert actions.lapse_due(TODAY + timedelta(days=10)) == 3, "the result itself begins to hold"
    assert standings(three) == ["repealed", "invalid", "in_force"]


def test_a_revision_of_the_result_carries_nothing_out_twice(
    cast: SimpleNamespace,
    publish_result: Callable[..., Publication],
    approve: Callable[..., Document],
    three: list[Document],
) -> None:
    made = publish_result()
    actions.amend(cast.drafter, fresh(made.document))
    text = content_of(made.version)
    filled = type(text)(
        **{**{n: getattr(text, n) for n in text.__dataclass_fields__}, "topic": "司法"}
    )
    actions.save(cast.drafter, fresh(made.document), filled, base=made.version.number)
    actions.publish(cast.reviewer, approve(fresh(made.document)), "更正主题分类")
    assert [e.kind for e in queries.events_of(three[0])] == ["made", "repealed"]


def test_a_closed_clean_up_is_reopened_until_its_result_was_public(
    cast: SimpleNamespace,
    campaign: Campaign,
    settled: Callable[[], Document],
    three: list[Document],
) -> None:
    settled()
    with pytest.raises(NotAllowedError, match="closed"):
        actions.decide_clean_up(cast.officer, campaign, [three[0].pk], "keep", "再议")
    actions.reopen_campaign(cast.officer, campaign, "漏了一份意见")
    actions.decide_clean_up(cast.officer, campaign, [three[0].pk], "keep", "再议")
    assert campaigns.progress(campaign).by_decision["keep"] == 2


def test_a_published_result_is_not_reopened_and_is_there_for_everybody(
    cast: SimpleNamespace,
    campaign: Campaign,
    publish_result: Callable[..., Publication],
    county: SimpleNamespace,
) -> None:
    assert campaigns.result_list(campaign) == []
    publish_result()
    with pytest.raises(NotAllowedError) as refused:
        actions.reopen_campaign(cast.officer, campaign, "再看一遍")
    assert refused.value.reason == "campaign_published"
    assert list(campaigns.published(county.top)) == [campaign]
    assert [row.decision for row in campaigns.result_list(campaign)] == [
        "repeal",
        "invalidate",
        "keep",
    ]


def test_titles_that_were_taken_down_are_not_told_to_the_public(
    cast: SimpleNamespace,
    campaign: Campaign,
    publish_result: Callable[..., Publication],
    three: list[Document],
) -> None:
    publish_result()
    actions.withdraw(
        cast.reviewer, fresh(three[2]), reason="涉密", public_note="撤回", names_title=False
    )
    assert {row.document_id for row in campaigns.result_list(campaign)} == {
        three[0].pk,
        three[1].pk,
    }
