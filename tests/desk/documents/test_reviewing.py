"""A document on its page: what was found, who decides, what was remarked, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongkai.org.actions import appoint
from gongkai.org.models import Role
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication, Relation, Schedule, Withdrawal
from gongkai.publishing.review.findings import findings
from gongkai.publishing.review.models import Decision, Remark, Verdict
from tests.desk.documents.conftest import address, said, seen
from tests.publishing.conftest import content

SECRET = "<p>此件为机密★10年，请妥善保管。</p>"
STEPS = {"first_reading": "reviewer", "secrecy": "secrecy_reviewer", "signature": "signatory"}


def decide(client: Client, document: Document, how: str = "approve/", **more: str) -> Any:
    return client.post(address(document, how), seen(document, **more))


LAWS = "《政府信息公开条例》第十七条、《保密法》第三十五条、《保密法实施条例》第四十二条"


class TestReview:
    def test_goes_from_draft_to_public_by_the_buttons_alone(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        desk(cast.drafter).post(address(document, "submit/"), seen(document))
        for step, who in STEPS.items():
            decide(desk(getattr(cast, who)), document, step=step)
        client = desk(cast.reviewer)
        assert client.get(address(document, "publish/")).context["index_number"].endswith("00001")
        answer = client.post(address(document, "publish/"), seen(document), follow=True)
        assert "已公布" in said(answer)
        assert Publication.objects.get().state == "public"

    def test_only_the_reviewer_whose_step_is_due_is_asked(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document = submitted()
        asked = {
            who: "初审通过" in said(desk(getattr(cast, who)).get(address(document)))
            for who in ("drafter", "reviewer", "secrecy_reviewer", "signatory", "superuser")
        }
        assert [who for who, yes in asked.items() if yes] == ["reviewer"]

    def test_the_others_read_whose_part_it_is(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        page = said(desk(cast.secrecy_reviewer).get(address(submitted())))
        assert "现在是初审，由公开办负责人审核" in page

    def test_a_return_needs_its_reason_and_keeps_what_was_typed(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document, client = submitted(), desk(cast.reviewer)
        answer = decide(client, document, "return/", step="first_reading")
        assert answer.status_code == 422
        assert "请写明理由" in said(answer)
        decide(client, document, "return/", step="first_reading", comment="请补充电话")
        page = said(desk(cast.drafter).get(address(document, "edit/")))
        assert "请补充电话" in page

    def test_of_two_who_approve_at_once_one_decides_and_the_other_is_told_who(
        self,
        cast: SimpleNamespace,
        county: SimpleNamespace,
        desk: Callable[..., Client],
        submitted: Callable[..., Document],
    ) -> None:
        appoint(cast.stranger, county.own, Role.HEAD)
        document = submitted()
        decide(desk(cast.reviewer), document, step="first_reading")
        answer = decide(desk(cast.stranger), document, step="first_reading", comment="我也同意")
        assert answer.status_code == 409
        assert "reviewer 已于" in said(answer)
        assert "我也同意" in said(answer)
        assert Decision.objects.count() == 1

    def test_a_second_click_on_approve_decides_nothing_more(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document, client = submitted(), desk(cast.reviewer)
        for _ in range(3):
            decide(client, document, step="first_reading")
        assert Decision.objects.count() == 1

    def test_a_second_click_on_submit_opens_no_second_round(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document, client = written(), desk(cast.drafter)
        sent = seen(document)
        for _ in range(3):
            client.post(address(document, "submit/"), sent)
        assert document.rounds.count() == 1

    def test_content_that_changed_under_the_reviewer_is_not_approved(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document = submitted()
        sent = {"seen": "0" * 64, "step": "first_reading"}
        answer = desk(cast.reviewer).post(address(document, "approve/"), sent)
        assert answer.status_code == 409
        assert "您打开以后内容有了变化" in said(answer)

    def test_what_is_missing_is_listed_and_keeps_the_button_shut(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written(formed_on=None, topic="")
        page = said(desk(cast.drafter).get(address(document)))
        assert '<button disabled aria-describedby="why-submit">' in page
        assert "成文日期" in page
        answer = desk(cast.drafter).post(address(document, "submit/"), seen(document), follow=True)
        assert "必填的内容没有填写" in said(answer)


class TestFindings:
    def test_are_marked_in_the_text_and_block_the_reviewer_until_decided(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document, client = submitted(body=SECRET), desk(cast.reviewer)
        head = document.head
        assert head is not None
        marks = [item.found.fingerprint for item in findings(head)]
        assert marks
        page = said(client.get(address(document)))
        assert 'class="mark-error"' in page
        assert decide(client, document, step="first_reading").status_code == 409
        for mark in marks:
            sent = {"fingerprint": mark, "ruling": "harmless", "reason": "旧文引用", "decided": ""}
            assert client.post(address(document, "judge/"), sent).status_code == 422
            desk(cast.secrecy_reviewer).post(address(document, "judge/"), sent)
        assert "旧文引用" in said(client.get(address(document)))
        assert decide(client, document, step="first_reading").status_code == 302

    @pytest.mark.parametrize(
        "change", [{"reason": " "}, {"ruling": "fine"}, {"fingerprint": "0" * 32}]
    )
    def test_a_decision_needs_a_ruling_a_reason_and_a_finding(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        submitted: Callable[..., Document],
        change: dict[str, str],
    ) -> None:
        document = submitted(body=SECRET)
        assert document.head is not None
        mark = findings(document.head)[0].found.fingerprint
        sent = {"fingerprint": mark, "ruling": "mistaken", "reason": "误报", "decided": ""}
        answer = desk(cast.reviewer).post(address(document, "judge/"), {**sent, **change})
        assert answer.status_code == 422
        assert not Verdict.objects.exists()

    def test_a_decision_that_somebody_else_has_taken_is_not_overwritten(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document = submitted(body=SECRET)
        assert document.head is not None
        mark = findings(document.head)[0].found.fingerprint
        actions.judge(cast.secrecy_reviewer, document, mark, "mistaken", "先说的")
        sent = {"fingerprint": mark, "ruling": "harmless", "reason": "后说的", "decided": ""}
        answer = desk(cast.secrecy_reviewer).post(address(document, "judge/"), sent)
        assert answer.status_code == 409
        assert "后说的" in said(answer)
        assert "其他人刚刚改动" in said(answer)
        assert Verdict.objects.get(fingerprint=mark).reason == "先说的"


class TestRemarks:
    def test_stand_at_a_passage_and_are_answered_by_the_writer(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document = submitted()
        client = desk(cast.reviewer)
        client.post(
            address(document, "remark/"), {"text": "请写明时间", "quote": "冬季供水保障工作"}
        )
        made = Remark.objects.get()
        page = said(client.get(address(document)))
        assert 'class="mark-remark"' in page
        assert f'id="at-remark-{made.pk}"' in page
        decide(client, document, "return/", step="first_reading", comment="见意见")
        desk(cast.drafter).post(
            address(document, "answer/"), {"remark": str(made.pk), "text": "已补"}
        )
        made.refresh_from_db()
        assert made.answer == "已补"

    def test_without_script_a_paragraph_is_chosen_by_its_number(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document = submitted()
        desk(cast.reviewer).post(
            address(document, "remark/"), {"text": "请改", "quote": "", "paragraph": "2"}
        )
        assert Remark.objects.get().quote == "现就做好冬季供水保障工作通知如下。"

    def test_an_empty_one_is_refused(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        answer = desk(cast.reviewer).post(address(submitted(), "remark/"), {"text": ""})
        assert answer.status_code == 422
        assert "请写明意见" in said(answer)


class TestPublication:
    def test_at_a_set_time(
        self, cast: SimpleNamespace, desk: Callable[..., Client], approved: Callable[..., Document]
    ) -> None:
        document, client = approved(), desk(cast.reviewer)
        client.post(address(document, "schedule/"), seen(document, at="2099-01-05T09:00"))
        assert Schedule.objects.get().at.year == 2099
        assert "2099-01-05 09:00" in said(client.get(address(document)))
        client.post(address(document, "unschedule/"), seen(document))
        assert not Schedule.objects.exists()

    @pytest.mark.parametrize("at", ["", "明天", "2020-01-01T00:00", "2026-02-30T09:00"])
    def test_a_time_that_is_none_or_past_is_refused_and_kept_in_the_form(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        approved: Callable[..., Document],
        at: str,
    ) -> None:
        document = approved()
        answer = desk(cast.reviewer).post(address(document, "schedule/"), seen(document, at=at))
        assert answer.status_code == 422
        assert not Schedule.objects.exists()

    def test_a_second_revision_needs_a_public_note(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        approved: Callable[..., Document],
        published: Callable[..., Publication],
    ) -> None:
        document = published().document
        desk(cast.drafter).post(address(document, "amend/"), seen(document))
        document.refresh_from_db()
        actions.save(cast.drafter, document, content(title="改后的通知"), base=1)
        approved(document)
        client = desk(cast.reviewer)
        answer = client.post(address(document, "publish/"), seen(document))
        assert answer.status_code == 422
        client.post(address(document, "publish/"), seen(document, public_note="更正名称"))
        assert Publication.objects.filter(state="public").get().public_note == "更正名称"

    def test_taking_down_asks_for_the_reason_and_for_what_the_public_reads(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        published: Callable[..., Publication],
    ) -> None:
        document, client = published().document, desk(cast.reviewer)
        answer = client.post(address(document, "withdraw/"), seen(document, reason="误发"))
        assert answer.status_code == 422
        assert "误发" in said(answer)
        sent = seen(document, reason="误发", public_note="正在更正", hides_title="on")
        client.post(address(document, "withdraw/"), sent)
        made = Withdrawal.objects.get()
        assert (made.reason, made.public_note, made.names_title) == ("误发", "正在更正", False)
        assert "已撤下" in said(client.get(address(document)))

    def test_a_normative_document_waits_for_its_interpretation_or_a_reason(
        self, cast: SimpleNamespace, desk: Callable[..., Client], approved: Callable[..., Document]
    ) -> None:
        document, client = approved(kind="normative_document", item="20.1"), desk(cast.reviewer)
        assert "要与解读同步公布" in said(client.get(address(document)))
        client.post(address(document, "exempt/"), seen(document, reason="仅转发上级文件"))
        assert "仅转发上级文件" in said(client.get(address(document)))
        client.post(address(document, "publish/"), seen(document))
        assert Publication.objects.exists()

    def test_what_is_withheld_is_filed_away_and_not_offered_for_publication(
        self, cast: SimpleNamespace, desk: Callable[..., Client], approved: Callable[..., Document]
    ) -> None:
        document = approved(
            disclosure="withheld",
            ground="N16_INTERNAL",
            reason="内部事务",
            evaluate_on=date(2027, 6, 1),
        )
        client = desk(cast.reviewer)
        page = said(client.get(address(document)))
        assert "归档" in page
        assert address(document, "publish/") not in page
        client.post(address(document, "file-away/"), seen(document))
        document.refresh_from_db()
        assert document.stage == "settled"


class TestRelations:
    def test_are_found_by_number_and_said_with_their_day(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
        published: Callable[..., Publication],
    ) -> None:
        old = published(document_number="青财发〔2026〕3号", title="旧办法").document
        document, client = written(), desk(cast.drafter)
        found = client.get(address(document, "relate/?q=青财发[2026]3号"))
        assert f"?target={old.pk}" in said(found)
        sent = {"target": str(old.pk), "kind": "repeals", "since": "2026-12-01", "form": ""}
        client.post(address(document, "relate/"), sent)
        made = Relation.objects.get()
        assert (made.kind, made.target_id, made.since.isoformat()) == (
            "repeals",
            old.pk,
            "2026-12-01",
        )
        assert "旧办法" in said(client.get(address(document)))
        client.post(address(document, "unrelate/"), {"relation": str(made.pk)})
        assert not Relation.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "since", "words"),
        [
            ("repeals", "2000-01-01", "早于该文件的成文日期"),
            ("interprets", "", "只有政策解读"),
            ("marries", "", "marries"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
        kind: str,
        since: str,
        words: str,
    ) -> None:
        one, other = written(), written(title="另一份通知")
        sent = {"target": str(other.pk), "kind": kind, "since": since, "form": ""}
        answer = desk(cast.drafter).post(address(one, "relate/"), sent)
        assert answer.status_code == 422
        assert words in said(answer)

    def test_a_draft_of_others_is_neither_found_nor_related(
        self,
        cast: SimpleNamespace,
        county: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
    ) -> None:
        hidden = written(county.other, cast.colleague, title="别人的草稿")
        document, client = written(), desk(cast.drafter)
        assert "别人的草稿" not in said(client.get(address(document, "relate/?q=草稿")))
        sent = {"target": str(hidden.pk), "kind": "implements", "since": "", "form": ""}
        assert client.post(address(document, "relate/"), sent).status_code == 422


class TestTheRecord:
    def test_the_timeline_says_who_when_what_and_by_which_article(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        published: Callable[..., Publication],
    ) -> None:
        document = published().document
        lines = desk(cast.drafter).get(address(document)).context["lines"]
        told = [(line.entry.actor_name, line.verb, line.basis) for line in lines]
        assert told[0] == ("reviewer", "公布文件", "《政府信息公开条例》第十九条、第二十六条")
        assert ("secrecy_reviewer", "审核通过", LAWS) in told
        assert told[-1][:2] == ("drafter", "起草文件")

    def test_any_two_versions_are_compared_words_and_details_apart(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        after = content(
            topic="水利", body="<p>各乡镇人民政府：</p><p>现就做好春季灌溉通知如下。</p>"
        )
        actions.save(cast.drafter, document, after, base=1)
        answer = desk(cast.drafter).get(address(document, "versions/?from=2&to=1"))
        changed = [(c.label, c.before, c.after) for c in answer.context["changes"]]
        assert changed == [("主题分类", "城乡建设", "水利")]
        page = said(answer)
        assert "<del>" in page
        assert "<ins>" in page
        assert answer.context["before"].number == 1

    def test_what_was_saved_by_itself_is_folded(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        for number in range(1, 6):
            actions.save(
                cast.drafter,
                document,
                content(title=f"第{number}稿"),
                base=number,
                autosave=number < 5,
            )
        groups = desk(cast.drafter).get(address(document, "versions/")).context["groups"]
        assert [(g.version.number, len(g.autosaves)) for g in groups] == [(6, 4), (1, 0)]

    def test_the_deadline_is_explained_day_by_day(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        answer = desk(cast.drafter).get(address(written()))
        assert "20 个工作日" in said(answer)
        assert "《政府信息公开条例》第二十六条" in said(answer)
        assert {item.why for item in answer.context["skipped"]} == {"周末"}
