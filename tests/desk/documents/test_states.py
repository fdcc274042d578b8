"""What the page of a document says of its state: each thing once, and only while it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.desk.documents import presence, words
from gongkai.desk.todo.page import nav_count
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication
from tests.desk.documents.conftest import address, said

Desk = Callable[..., Client]
Written = Callable[..., Document]


def english(client: Client, page: str) -> str:
    client.get("/preferences/?language=en")
    return said(client.get(page))


@pytest.mark.parametrize("page", ["", "edit/", "discard/", "versions/", "print/", "relate/"])
def test_a_draft_without_a_title_is_called_so_everywhere(
    cast: SimpleNamespace, desk: Desk, written: Written, page: str
) -> None:
    shown = said(desk(cast.drafter).get(address(written(title=""), page)))
    assert "（未命名）" in shown
    assert "<h1></h1>" not in shown
    assert "<title> " not in shown


def test_lists_call_a_draft_without_a_title_so(
    cast: SimpleNamespace, desk: Desk, written: Written
) -> None:
    written(title="")
    for page in ("/desk/", "/desk/documents/"):
        assert "（未命名）" in said(desk(cast.drafter).get(page))
    assert "(Untitled)" in english(desk(cast.drafter), "/desk/")


def test_what_is_missing_is_said_once_and_can_only_be_filled_in(
    cast: SimpleNamespace, desk: Desk, written: Written
) -> None:
    page = said(desk(cast.drafter).get(address(written(topic=""))))
    assert "送审前还缺" in page
    assert "没有填写“主题分类”" not in page
    assert "metadata.missing" not in page


def test_a_discarded_document_demands_nothing_any_more(
    cast: SimpleNamespace, desk: Desk, written: Written
) -> None:
    document = written(kind="normative_document", topic="")
    presence.arrived(cast.officer, document)
    before = said(desk(cast.drafter).get(address(document)))
    actions.discard(cast.drafter, document, "不发了")
    after = said(desk(cast.drafter).get(address(document)))
    for demand in ("三同步", "正在编辑这份文件", "送审前还缺"):
        assert demand in before
        assert demand not in after


def test_what_was_taken_down_is_said_to_be_that_alone(
    cast: SimpleNamespace, desk: Desk, published: Callable[..., Publication]
) -> None:
    document = published().document
    client = desk(cast.reviewer)
    assert "已办结" in said(client.get(address(document)))
    actions.withdraw(cast.reviewer, document, reason="有误", public_note="更正中。")
    badge = '<span class="badge badge-done">已办结</span>'
    for page in (address(document), "/desk/documents/?stage=all"):
        shown = said(client.get(page))
        assert "已撤下" in shown
        assert badge not in shown


def test_whoever_publishes_reads_why_there_is_no_interpretation(
    cast: SimpleNamespace, desk: Desk, approved: Callable[..., Document]
) -> None:
    document = approved()
    actions.exempt(cast.reviewer, document, "内容简明，不作解读")
    assert "内容简明，不作解读" in said(desk(cast.reviewer).get(address(document, "publish/")))


def test_the_badge_counts_what_the_page_lists_and_each_once(
    cast: SimpleNamespace,
    desk: Desk,
    written: Written,
    submitted: Callable[..., Document],
    approved: Callable[..., Document],
) -> None:
    written(title="又是草稿又超期", formed_on=date(2026, 1, 5))
    submitted(title="送审的")
    approved(title="待公布的")
    user = cast.drafter
    shown = desk(user).get("/desk/").context
    listed = {str(item) for item in shown["drafts"]} | {
        str(item.document) for item in (*shown["overdue"], *shown["soon"])
    }
    assert "又是草稿又超期" in listed
    assert nav_count(user) == len(listed)
    assert nav_count(cast.reviewer) >= len({"送审的", "待公布的"})


def test_the_timeline_says_what_was_remarked_and_answered(
    cast: SimpleNamespace, desk: Desk, submitted: Callable[..., Document]
) -> None:
    document = submitted()
    remark = actions.remark(cast.reviewer, document, "请写明时间", "冬季供水保障工作")
    opened = document.rounds.get()
    actions.send_back(cast.reviewer, document, seen=opened.content_hash, comment="见意见")
    actions.answer(cast.drafter, remark, "已写明时间")
    lines = desk(cast.drafter).get(address(document)).context["lines"]
    told = {line.verb: dict(line.facts) for line in lines}
    asked = {"针对": "冬季供水保障工作", "意见": "请写明时间"}
    assert told["提出修改意见"] == asked
    assert told["答复修改意见"] == {**asked, "答复": "已写明时间"}


def test_every_verb_of_publishing_has_a_name() -> None:
    code = "".join(file.read_text() for file in Path(actions.__file__).parent.glob("*.py"))
    called = set(re.findall(r'recorded\(\s*\w+,\s*"(\w+)"', code))
    called |= set(re.findall(r'trail\.record\(\s*\w+,\s*"publishing\.(\w+)"', code))
    assert "register" in called
    assert {f"publishing.{verb}" for verb in called} <= set(words.VERBS)
