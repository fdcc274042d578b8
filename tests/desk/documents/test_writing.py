"""Writing a document: with and without script, alone and with others, nobody's text is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongkai.desk import keeping
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.document.versions import content_of
from tests.desk.documents.conftest import FIELDS, address, said
from tests.publishing.conftest import content

NEW = "/desk/documents/new/qh-cz/"
BY_SCRIPT = {"X-Fragment": "json"}


def fields(document: Document, **more: str) -> dict[str, str]:
    """What the form of the document holds, with changes."""
    document.refresh_from_db()
    head = document.head
    assert head is not None
    kept = {**FIELDS, "body": "各乡镇人民政府：\n现就做好冬季供水保障工作通知如下。"}
    return {**kept, "base": str(head.number), "writer": str(document.created_by_id), **more}


class TestANewDocument:
    def test_is_asked_for_its_kind_first(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.drafter)
        page = said(client.get("/desk/documents/new/"))
        assert "行政规范性文件" in page
        answer = client.get("/desk/documents/new/?agency=qh-cz&kind=news")
        assert answer["Location"] == f"{NEW}?kind=news"
        assert client.get(answer["Location"]).context["form"]["kind"].value() == "news"

    def test_an_agency_of_others_cannot_be_chosen(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        answer = desk(cast.drafter).get("/desk/documents/new/?agency=qh-mz&kind=news")
        assert answer.status_code == 422

    def test_without_script_a_plain_text_becomes_paragraphs(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        answer = desk(cast.drafter).post(NEW, FIELDS)
        document = Document.objects.select_related("head").get()
        assert answer["Location"] == address(document)
        assert document.head is not None
        assert content_of(document.head) == content(body=document.head.body)
        assert document.head.body.count("<p>") == 2

    def test_may_be_kept_with_hardly_anything_in_it(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        desk(cast.drafter).post(NEW, {"kind": "notice", "disclosure": "proactive"})
        assert Document.objects.count() == 1

    def test_a_second_click_makes_no_second_document(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.drafter)
        places = {client.post(NEW, FIELDS)["Location"] for _ in range(3)}
        assert len(places) == 1
        assert Document.objects.count() == 1

    def test_a_script_learns_where_the_document_is(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        answer = desk(cast.drafter).post(NEW, {**FIELDS, "autosave": "1"}, headers=BY_SCRIPT)
        document = Document.objects.get()
        told = answer.json()
        assert (told["state"], told["number"]) == ("saved", 1)
        assert told["url"] == address(document, "edit/")


class TestWhatDoesNotFit:
    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("title", "长" * 301, "最多 300 个字，现在有 301 个"),
            ("topic", "长" * 101, "最多 100 个字，现在有 101 个"),
            ("title", "标题\0", "空"),
            ("formed_on", "2026-02-30", "没有这一天"),
            ("formed_on", "某日", "没有这一天"),
            ("item", "99.9", "99.9"),
            ("kind", "poem", "poem"),
            ("catalogue_item", "4711", "选项"),
            ("disclosure", "secret", "secret"),
        ],
    )
    def test_is_said_at_the_field_and_what_was_typed_stays(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
        name: str,
        value: str,
        words: str,
    ) -> None:
        document = written()
        typed = fields(document, body="刚刚写的一段", **{name: value})
        answer = desk(cast.drafter).post(address(document, "edit/"), typed)
        page = said(answer)
        assert answer.status_code == 422
        assert name in answer.context["form"].errors
        assert 'class="error-summary"' in page
        assert words in page or len(words) == 1
        assert name == "catalogue_item" or value.replace("\0", "") in page
        assert "刚刚写的一段" in page
        assert document.versions.count() == 1

    def test_no_browser_cuts_what_is_pasted(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        page = said(desk(cast.drafter).get(address(written(), "edit/")))
        assert "maxlength" not in page.split('id="link-dialog"')[0]

    def test_of_dates_that_contradict_each_other_both_are_marked(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        typed = fields(document, effective_on="2026-12-01", expires_on="2026-01-01")
        answer = desk(cast.drafter).post(address(document, "edit/"), typed)
        assert answer.status_code == 422
        page = said(answer)
        for name in ("effective_on", "expires_on"):
            assert f'href="#id_{name}"' in page
            assert re.search(rf'name="{name}"[^>]*aria-invalid="true"', page)

    def test_script_in_the_body_is_gone(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        body = "<p onclick=x>一</p><script>alert(1)</script><img src=x onerror=y>"
        typed = fields(document, body=body, written_as="html")
        desk(cast.drafter).post(address(document, "edit/"), typed)
        document.refresh_from_db()
        assert document.head is not None
        assert "script" not in document.head.body
        assert "onclick" not in document.head.body


class TestSaving:
    def test_without_a_change_makes_no_version(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        answer = desk(cast.drafter).post(address(document, "edit/"), fields(document), follow=True)
        assert "没有改动" in said(answer)
        assert document.versions.count() == 1

    def test_a_text_laid_over_a_table_keeps_the_table(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written(body="<p>甲</p><table><tr><td>一</td><td>二</td></tr></table>")
        typed = fields(document, body="甲乙\n一\t二")
        desk(cast.drafter).post(address(document, "edit/"), typed)
        document.refresh_from_db()
        assert document.head is not None
        assert "<td>一</td>" in document.head.body
        assert "<p>甲乙</p>" in document.head.body

    def test_by_itself_is_marked_so_and_tells_the_time(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        typed = fields(document, title="改过的标题", autosave="1")
        told = desk(cast.drafter).post(address(document, "edit/"), typed, headers=BY_SCRIPT).json()
        assert told["state"] == "saved"
        assert told["number"] == 2
        assert len(told["at"]) == 5
        assert document.versions.get(number=2).autosaved

    def test_an_approved_document_is_warned_of_first(
        self, cast: SimpleNamespace, desk: Callable[..., Client], approved: Callable[..., Document]
    ) -> None:
        page = said(desk(cast.drafter).get(address(approved(), "edit/")))
        assert "审核失效" in page
        assert "data-voids" in page

    def test_a_document_in_review_is_not_open_for_writing(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document = submitted()
        client = desk(cast.drafter)
        assert client.get(address(document, "edit/")).status_code == 409
        typed = fields(document, title="改过的标题", body="刚刚写的")
        answer = client.post(address(document, "edit/"), typed)
        assert answer.status_code == 409
        assert "刚刚写的" in said(answer)
        assert document.versions.count() == 1


class TestTwoPeople:
    def test_see_each_other(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        desk(cast.drafter).get(address(document, "edit/"))
        other = desk(cast.officer)
        assert "drafter 正在编辑" in said(other.get(address(document, "edit/")))
        told = other.post(address(document, "beat/")).json()
        assert told["others"] == ["drafter"]
        assert told["head"] == 1
        desk(cast.drafter).post(address(document, "beat/"), {"leaving": "1"})
        assert other.post(address(document, "beat/")).json()["others"] == []

    @pytest.fixture
    def conflict(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> SimpleNamespace:
        """officer saved on version 1, and so did drafter after that."""
        document = written(body="<p>一</p><p>二</p>")
        mine = fields(document, body="一\n二改", title="我的标题")
        theirs = fields(document, body="一改\n二", title="对方的标题", writer=str(cast.officer.pk))
        desk(cast.officer).post(address(document, "edit/"), theirs)
        answer = desk(cast.drafter).post(address(document, "edit/"), mine)
        return SimpleNamespace(document=document, page=answer["Location"])

    def test_are_shown_both_texts(
        self, cast: SimpleNamespace, desk: Callable[..., Client], conflict: SimpleNamespace
    ) -> None:
        page = said(desk(cast.drafter).get(conflict.page))
        for words in ("我的标题", "对方的标题", "二改", "一改", "两稿都没有丢"):
            assert words in page
        assert str(Document.objects.get()) == "对方的标题"

    @pytest.mark.parametrize(
        ("choice", "title", "body"),
        [
            ({"take": "own"}, "我的标题", "<p>一</p>\n<p>二改</p>\n"),
            ({"take": "other"}, "对方的标题", "<p>一改</p>\n<p>二</p>\n"),
            (
                {"field-title": "other", "piece-1": "both"},
                "对方的标题",
                "<p>一改</p>\n<p>二</p>\n<p>一</p>\n<p>二改</p>\n",
            ),
        ],
    )
    def test_choose_and_nothing_is_lost(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        conflict: SimpleNamespace,
        choice: dict[str, str],
        title: str,
        body: str,
    ) -> None:
        desk(cast.drafter).post(conflict.page, {"base": "2", **choice})
        document = Document.objects.select_related("head").get()
        assert document.head is not None
        assert (document.head.title, document.head.body) == (title, body)
        titles = set(document.versions.values_list("title", flat=True))
        assert titles >= {"我的标题", "对方的标题"}

    def test_a_third_save_in_between_is_another_conflict(
        self, cast: SimpleNamespace, desk: Callable[..., Client], conflict: SimpleNamespace
    ) -> None:
        third = content(title="又一稿", body="<p>三</p>")
        actions.save(cast.officer, conflict.document, third, base=2)
        answer = desk(cast.drafter).post(conflict.page, {"base": "2", "take": "own"})
        assert "/conflict/" in answer["Location"]
        assert str(Document.objects.get()) == "又一稿"

    def test_a_script_is_told_and_led_to_the_page(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        mine = fields(document, title="我的标题", autosave="1")
        actions.save(cast.officer, document, content(title="对方的标题"), base=1)
        told = desk(cast.drafter).post(address(document, "edit/"), mine, headers=BY_SCRIPT).json()
        assert told["state"] == "conflict"
        assert told["by"] == "officer"
        assert told["url"] == address(document, "conflict/3/")


class TestASessionThatHasEnded:
    def log_in(self, client: Client, kept: str, name: str = "drafter", word: str = "1") -> Any:
        sent = {"username": name, "password": f"pass-word-{word}", "kept": kept, "next": "/desk/"}
        return client.post("/desk/login/", sent)

    def test_the_text_survives_the_log_in_without_script(
        self, cast: SimpleNamespace, written: Callable[..., Document]
    ) -> None:
        document = written()
        client = Client()
        typed = fields(document, title="过期前写的", body="过期前写的一段")
        answer = client.post(address(document, "edit/"), typed)
        assert answer.status_code == 401
        assert "没有丢" in said(answer)
        wrong = self.log_in(client, answer.context["kept"], word="2")
        kept = wrong.context["kept"]
        page = self.log_in(client, kept)
        fresh = dict(page.context["kept"].fields)
        assert page.context["kept"].path == address(document, "edit/")
        assert fresh["body"] == "过期前写的一段"
        client.post(page.context["kept"].path, fresh)
        assert str(Document.objects.get()) == "过期前写的"

    def test_a_new_document_survives_too(self, cast: SimpleNamespace) -> None:
        client = Client()
        answer = client.post(NEW, {**FIELDS, "writer": str(cast.drafter.pk)})
        page = self.log_in(client, answer.context["kept"])
        client.post(page.context["kept"].path, dict(page.context["kept"].fields))
        assert str(Document.objects.get()) == FIELDS["title"]

    def test_nobody_else_is_shown_it(
        self, cast: SimpleNamespace, written: Callable[..., Document]
    ) -> None:
        document = written()
        client = Client()
        answer = client.post(address(document, "edit/"), fields(document, body="私下写的"))
        after = self.log_in(client, answer.context["kept"], name="officer")
        assert after.status_code == 302
        assert "私下写的" not in said(after)

    def test_what_is_not_ours_is_passed_over(self, cast: SimpleNamespace) -> None:
        forged = keeping.sealed("/desk/", [("writer", str(cast.drafter.pk))])[:-2] + "xx"
        for kept in (forged, "x" * 10_000, "\0", ""):
            assert self.log_in(Client(), kept).status_code == 302

    def test_a_script_is_told_by_the_status(
        self, cast: SimpleNamespace, written: Callable[..., Document]
    ) -> None:
        document = written()
        answer = Client().post(address(document, "edit/"), fields(document), headers=BY_SCRIPT)
        assert (answer.status_code, answer.content) == (401, b"")

    def test_a_page_of_another_user_is_not_saved_over_this_one(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        typed = fields(document, title="别人写的")
        client = desk(cast.officer)
        assert client.post(address(document, "edit/"), typed).status_code == 302
        answer = client.post(address(document, "edit/"), typed, headers=BY_SCRIPT)
        assert answer.status_code == 409
        assert document.versions.count() == 1


class TestPasting:
    def test_what_word_gives_comes_back_clean_with_word_of_what_went(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        pasted = (
            '<html><body><p class=MsoNormal style="mso-x:y"><span lang=EN-US '
            'style="font-size:16pt">关于供水</span><script>1</script></p></body></html>'
        )
        told = desk(cast.drafter).post("/desk/documents/paste/", {"html": pasted}).json()
        assert "关于供水" in told["html"]
        assert "style" not in told["html"]
        assert any("排版代码" in words for words in told["removed"])
        assert any("脚本" in words for words in told["removed"])

    def test_plain_text_becomes_paragraphs(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        told = desk(cast.drafter).post("/desk/documents/paste/", {"text": "一\n二"}).json()
        assert told["html"].count("<p>") == 2
        assert told["removed"] == []
