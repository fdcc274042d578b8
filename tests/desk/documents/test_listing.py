"""What waits, the list with its filters, several documents at once, and the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.org.actions import appoint
from gongkai.org.models import Role
from gongkai.publishing import actions
from gongkai.publishing.catalogue.models import CatalogueItem, Duty
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication, Schedule
from tests.desk.documents.conftest import address, said
from tests.publishing.conftest import content

LIST = "/desk/documents/"
LONG_AGO = date(2026, 1, 5)


def titles(client: Client, query: str = "") -> list[str]:
    return [row.title for row in client.get(f"{LIST}{query}").context["rows"]]


def chips(client: Client, query: str = "") -> dict[str, int]:
    shown = client.get(f"{LIST}{query}").context
    return {str(c["label"]): c["count"] for c in (*shown["chips"], *shown["toggles"])}


class TestTheOverview:
    def test_is_empty_in_words_and_offers_the_verb(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        page = said(desk(cast.drafter).get("/desk/"))
        assert "没有要办的事" in page
        assert 'href="/desk/documents/new/"' in page

    def test_shows_each_person_what_waits_for_them(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
        submitted: Callable[..., Document],
        approved: Callable[..., Document],
    ) -> None:
        written(title="草稿一")
        submitted(title="送审一")
        approved(title="待发一")
        parts = {
            who: desk(getattr(cast, who)).get("/desk/").context
            for who in ("drafter", "reviewer", "signatory", "colleague")
        }
        assert [str(d) for d in parts["drafter"]["drafts"]] == ["草稿一"]
        assert [str(r.document) for r in parts["reviewer"]["reviews"]] == ["送审一"]
        assert parts["signatory"]["reviews"] == []
        assert [str(d) for d in parts["reviewer"]["ready"]] == ["待发一"]
        assert parts["drafter"]["ready"] == []
        assert parts["colleague"]["nothing"]

    def test_nobody_is_asked_to_review_what_they_wrote_or_have_decided_in_already(
        self,
        cast: SimpleNamespace,
        county: SimpleNamespace,
        desk: Callable[..., Client],
        submitted: Callable[..., Document],
    ) -> None:
        for role in (Role.HEAD, Role.SECRECY_REVIEWER):
            appoint(cast.drafter, county.own, role)
            appoint(cast.reviewer, county.own, role)
        document = submitted()
        assert desk(cast.drafter).get("/desk/").context["reviews"] == []
        seal = document.rounds.get().content_hash
        assert len(desk(cast.reviewer).get("/desk/").context["reviews"]) == 1
        actions.approve(cast.reviewer, document, seen=seal)
        assert desk(cast.reviewer).get("/desk/").context["reviews"] == []
        assert len(desk(cast.secrecy_reviewer).get("/desk/").context["reviews"]) == 1

    def test_whoever_wrote_a_sentence_is_not_asked_to_review_it(
        self,
        cast: SimpleNamespace,
        county: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
    ) -> None:
        appoint(cast.officer, county.own, Role.HEAD)
        document = written()
        actions.save(cast.officer, document, content(title="经办人改过的通知"), base=1)
        actions.submit(cast.drafter, document)
        assert desk(cast.officer).get("/desk/").context["reviews"] == []
        assert len(desk(cast.reviewer).get("/desk/").context["reviews"]) == 1

    def test_what_came_back_is_for_its_writer(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        document = submitted()
        seal = document.rounds.get().content_hash
        actions.send_back(cast.reviewer, document, seen=seal, comment="请补")
        assert desk(cast.drafter).get("/desk/").context["returned"] == [document]
        assert desk(cast.officer).get("/desk/").context["returned"] == []

    def test_overdue_stands_apart_from_soon_and_public_is_neither(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
        published: Callable[..., Publication],
    ) -> None:
        today = timezone.localdate()
        written(title="早该公开", formed_on=LONG_AGO)
        written(title="快到期", formed_on=today - timedelta(days=20))
        written(title="还早", formed_on=today)
        published(title="公开了", formed_on=LONG_AGO)
        shown = desk(cast.drafter).get("/desk/").context
        assert [str(item.document) for item in shown["overdue"]] == ["早该公开"]
        assert [str(item.document) for item in shown["soon"]] == ["快到期"]

    def test_a_set_time_that_failed_comes_first(
        self, cast: SimpleNamespace, desk: Callable[..., Client], approved: Callable[..., Document]
    ) -> None:
        soon = timezone.now() + timedelta(hours=1)
        for title in ("按时", "失败"):
            actions.schedule(cast.reviewer, approved(title=title), soon)
        Schedule.objects.filter(document__head__title="失败").update(failure="没有权限")
        shown = desk(cast.reviewer).get("/desk/")
        assert [str(row.document) for row in shown.context["scheduled"]] == ["失败", "按时"]
        assert "没有发布成" in said(shown)

    def test_a_withheld_document_comes_up_for_evaluation(
        self, cast: SimpleNamespace, desk: Callable[..., Client], approved: Callable[..., Document]
    ) -> None:
        document = approved(
            disclosure="withheld",
            ground="N16_INTERNAL",
            reason="内部事务",
            evaluate_on=timezone.localdate() + timedelta(days=5),
        )
        actions.file_away(cast.reviewer, document)
        shown = desk(cast.officer).get("/desk/").context
        assert [item.document for item in shown["evaluations"]] == [document]

    def test_a_supervisor_is_told_numbers_and_duties_and_no_titles(
        self,
        cast: SimpleNamespace,
        county: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
    ) -> None:
        written(title="不该让主管看到的草稿", formed_on=LONG_AGO)
        item = CatalogueItem.objects.create(
            agency=county.own, code="budget", matter="年度预算", since=LONG_AGO
        )
        Duty.objects.create(item=item, period="2025", due_on=LONG_AGO)
        answer = desk(cast.supervisor).get("/desk/")
        assert answer.context["elsewhere"] == [(county.own, 1)]
        assert "年度预算 2025" in said(answer)
        assert "不该让主管看到的草稿" not in said(answer)


class TestTheList:
    @pytest.fixture(autouse=True)
    def _documents(
        self,
        cast: SimpleNamespace,
        county: SimpleNamespace,
        written: Callable[..., Document],
        submitted: Callable[..., Document],
        published: Callable[..., Publication],
    ) -> None:
        written(title="甲草稿", document_number="青财发〔2026〕31号", kind="notice")
        written(title="乙草稿", user=cast.officer, formed_on=LONG_AGO)
        submitted(title="丙送审")
        published(title="丁公布")
        written(county.other, cast.colleague, title="别处的草稿")

    def test_begins_with_what_is_open_newest_first(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        assert titles(desk(cast.drafter)) == ["丙送审", "乙草稿", "甲草稿"]

    def test_counts_each_filter(self, cast: SimpleNamespace, desk: Callable[..., Client]) -> None:
        found = chips(desk(cast.drafter))
        expected = {"在办": 3, "草稿": 2, "审核中": 1, "已办结": 1, "全部": 4, "我的": 2, "超期": 1}
        assert found == expected

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?stage=draft", ["乙草稿", "甲草稿"]),
            ("?stage=all&q=公布", ["丁公布"]),
            ("?mine=1", ["丙送审", "甲草稿"]),
            ("?overdue=1", ["乙草稿"]),
            ("?kind=notice", ["甲草稿"]),
            ("?q=[2026]31号", ["甲草稿"]),
            ("?q=（2026）31", ["甲草稿"]),
            ("?sort=title", ["丙送审", "乙草稿", "甲草稿"]),
            ("?sort=due", ["乙草稿", "甲草稿", "丙送审"]),
            ("?agency=qh-mz", []),
        ],
    )
    def test_is_narrowed_and_sorted_by_its_address(
        self, cast: SimpleNamespace, desk: Callable[..., Client], query: str, found: list[str]
    ) -> None:
        assert titles(desk(cast.drafter), query) == found

    def test_holds_the_parts_of_the_list_of_work(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.reviewer)
        assert chips(client)["待我审核"] == 1
        assert titles(client, "?part=review&stage=all") == ["丙送审"]
        assert "待我审核" not in chips(desk(cast.signatory))

    def test_what_waits_for_review_costs_no_more_queries_with_more_of_it(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        submitted: Callable[..., Document],
    ) -> None:
        client = desk(cast.reviewer)
        client.get("/desk/")
        with CaptureQueriesContext(connection) as few:
            client.get("/desk/")
        for number in range(4):
            submitted(title=f"送审{number}")
        with CaptureQueriesContext(connection) as many:
            client.get("/desk/")
        assert len(many) == len(few)

    def test_an_agency_stands_for_all_below_it(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.administrator)
        assert len(titles(client, "?agency=qh&stage=all")) == 5
        assert titles(client, "?agency=qh-mz&stage=all") == ["别处的草稿"]

    def test_nothing_fits_is_said_in_words(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        assert "没有符合条件的文件" in said(desk(cast.drafter).get(f"{LIST}?q=没有这样的"))

    def test_costs_no_more_queries_with_more_documents(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        client = desk(cast.drafter)
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(LIST)
        for number in range(10):
            written(title=f"又一份{number}")
        with CaptureQueriesContext(connection) as many:
            client.get(LIST)
        assert len(many) == len(few)


class TestSeveralAtOnce:
    def send(self, client: Client, verb: str, *documents: Document, **more: str) -> str:
        for document in documents:
            document.refresh_from_db()
        chosen = [f"{d.pk}:{d.head.content_hash}" for d in documents if d.head]
        sent = {"verb": verb, "document": chosen, "query": "stage=all", **more}
        answer = client.post(f"{LIST}bulk/", sent, follow=True)
        assert answer.redirect_chain[-1][0] == f"{LIST}?stage=all"
        return said(answer)

    def test_one_refusal_stops_no_other_and_says_why(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        good, bad = written(title="齐全的"), written(title="缺日期的", formed_on=None)
        page = self.send(desk(cast.drafter), "submit", good, bad)
        assert "送审 1 份" in page
        assert "缺日期的”没有办成" in page.replace("&quot;", "”")
        good.refresh_from_db()
        bad.refresh_from_db()
        assert (good.stage, bad.stage) == ("in_review", "draft")

    def test_a_discard_asks_for_its_reason(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        assert "请写明理由" in self.send(desk(cast.drafter), "discard", document)
        self.send(desk(cast.drafter), "discard", document, reason="重复")
        document.refresh_from_db()
        assert document.stage == "discarded"

    def test_each_is_approved_by_whoever_may(
        self, cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
    ) -> None:
        one, two = submitted(title="一"), submitted(title="二")
        assert "审核通过 2 份" in self.send(desk(cast.reviewer), "approve", one, two)
        assert "现在的环节不由您审核" in self.send(desk(cast.signatory), "approve", one)

    def test_what_changed_meanwhile_is_left_alone(
        self, cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
    ) -> None:
        document = written()
        sent = {"verb": "submit", "document": f"{document.pk}:{'0' * 64}"}
        answer = desk(cast.drafter).post(f"{LIST}bulk/", sent, follow=True)
        assert "其他人刚刚改动" in said(answer)

    def test_what_one_may_not_see_is_passed_over(
        self,
        cast: SimpleNamespace,
        county: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
    ) -> None:
        hidden = written(county.other, cast.colleague, title="别处的草稿")
        page = self.send(desk(cast.drafter), "discard", hidden, reason="x")
        assert "没有选中任何文件" in page
        assert "别处的草稿" not in page

    @pytest.mark.parametrize("chosen", ["", "x", "1", ":", "9" * 40 + ":x", "\0:\0"])
    def test_nothing_that_is_chosen_breaks_it(
        self, cast: SimpleNamespace, desk: Callable[..., Client], chosen: str
    ) -> None:
        sent = {"verb": "submit", "document": chosen}
        answer = desk(cast.drafter).post(f"{LIST}bulk/", sent, follow=True)
        assert "没有选中任何文件" in said(answer)

    def test_there_are_no_other_verbs(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        assert desk(cast.drafter).post(f"{LIST}bulk/", {"verb": "withdraw"}).status_code == 404
        assert desk(cast.drafter).get(f"{LIST}bulk/").status_code == 302


class TestTheCalendar:
    def test_shows_what_falls_on_each_day(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        written: Callable[..., Document],
        approved: Callable[..., Document],
    ) -> None:
        late = written(title="早该公开", formed_on=LONG_AGO)
        assert late.publish_by is not None
        planned = timezone.make_aware(timezone.datetime(2099, 1, 5, 9, 0))
        actions.schedule(cast.reviewer, approved(title="定时的"), planned)
        client = desk(cast.reviewer)
        day = late.publish_by
        cells = client.get(f"{LIST}calendar/?month={day:%Y-%m}").context["busy"]
        found = [(c.day, e.label, e.title, e.late) for c in cells for e in c.entries]
        assert (day, "公开期限，超期", "早该公开", True) in found
        cells = client.get(f"{LIST}calendar/?month=2098-12").context["busy"]
        assert cells == []

    def test_a_month_without_anything_says_so(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        page = said(desk(cast.drafter).get(f"{LIST}calendar/?month=2031-02"))
        assert "这个月没有要记住的日子" in page
        assert "2031 年 2 月" in page


class TestSettings:
    PLAN = "/desk/documents/settings/qh-cz/"

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("reviewer", 200),
            ("administrator", 200),
            ("superuser", 200),
            ("drafter", 403),
            ("officer", 403),
            ("colleague", 403),
            ("stranger", 403),
            ("supervisor", 403),
        ],
    )
    def test_are_for_the_head_and_the_administrator(
        self, cast: SimpleNamespace, desk: Callable[..., Client], who: str, status: int
    ) -> None:
        client = desk(getattr(cast, who))
        assert client.get(self.PLAN).status_code == status
        posted = client.post(f"{self.PLAN}steps/", {"act": "usual", "seen": "x"})
        assert posted.status_code == (302 if status == 200 else 403)

    def change(self, client: Client, **sent: str) -> str:
        seen = client.get(f"{self.PLAN}?kind={sent.get('kind', '')}").context["seen"]
        return said(client.post(f"{self.PLAN}steps/", {"seen": seen, **sent}, follow=True))

    def plan(self, client: Client) -> list[tuple[str, str]]:
        return [(s.code, s.role) for s in client.get(self.PLAN).context["planned"]]

    def test_steps_are_added_moved_given_to_others_and_taken_away(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.reviewer)
        self.change(client, act="remove", step="first_reading")
        self.change(client, act="up", step="signature")
        self.change(client, act="role", step="signature", role="head")
        self.change(client, act="add", step="legality", role="legality_reviewer")
        assert self.plan(client) == [
            ("signature", "head"),
            ("secrecy", "secrecy_reviewer"),
            ("legality", "legality_reviewer"),
        ]
        self.change(client, act="usual")
        assert [code for code, _ in self.plan(client)] == ["first_reading", "secrecy", "signature"]

    def test_a_mandatory_step_cannot_go(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.reviewer)
        assert "必经环节，不能去掉" in said(client.get(self.PLAN))
        assert "这个环节是必经的" in self.change(client, act="remove", step="secrecy")
        assert ("secrecy", "secrecy_reviewer") in self.plan(client)

    def test_two_who_change_at_once_do_not_undo_each_other(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.reviewer)
        stale = client.get(self.PLAN).context["seen"]
        self.change(client, act="remove", step="first_reading")
        sent = {"seen": stale, "act": "up", "step": "signature"}
        page = said(client.post(f"{self.PLAN}steps/", sent, follow=True))
        assert "其他人刚刚改动" in page

    @pytest.mark.parametrize(
        ("pattern", "example"),
        [("{code}-{year}-{number:03}", "qh-cz-%s-001"), ("{code}", ""), ("{", ""), ("{0!r}", "")],
    )
    def test_a_pattern_shows_what_it_gives_while_it_is_typed(
        self, cast: SimpleNamespace, desk: Callable[..., Client], pattern: str, example: str
    ) -> None:
        told = desk(cast.reviewer).get(f"{self.PLAN}pattern/example/", {"pattern": pattern}).json()
        year = timezone.localdate().year
        assert told["example"] == (example % year if example else "")

    def test_a_wrong_pattern_stays_in_the_form_with_what_to_do(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        answer = desk(cast.reviewer).post(f"{self.PLAN}pattern/", {"pattern": "{code}-号"})
        assert answer.status_code == 422
        assert "{code}-号" in said(answer)
        assert "必须含 {number}" in said(answer)

    def test_with_several_agencies_one_is_chosen(
        self, cast: SimpleNamespace, county: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        assert desk(cast.reviewer).get("/desk/documents/settings/")["Location"] == self.PLAN
        appoint(cast.reviewer, county.other, Role.HEAD)
        page = said(desk(cast.reviewer).get("/desk/documents/settings/"))
        assert self.PLAN in page
        assert "/desk/documents/settings/qh-mz/" in page


def test_the_print_view_holds_the_text_and_which_version_it_is(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
) -> None:
    document = written()
    assert document.head is not None
    page = said(desk(cast.drafter).get(address(document, "print/")))
    assert "现就做好冬季供水保障工作通知如下" in page
    assert document.head.content_hash[:16] in page
