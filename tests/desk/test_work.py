"""The list of work."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.desk import workload
from gongkai.org.actions import appoint
from gongkai.org.models import Role
from gongkai.specimen import invent
from tests.desk.conftest import WRONG, address


def listed(client: Client, query: str = "") -> list[tuple[str, int]]:
    rows = client.get(f"/desk/reports/{query}").context["rows"]
    return [(row.revision.report.agency.code, row.revision.report.year) for row in rows]


def test_an_empty_desk_says_what_belongs_here_and_offers_the_verb(
    cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    page = desk(cast.officer).get("/desk/reports/").content.decode()
    assert "还没有任何报告" in page
    assert 'href="/desk/upload/"' in page


def test_a_stranger_is_told_to_ask_and_offered_nothing(
    cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    page = desk(cast.stranger).get("/desk/reports/").content.decode()
    assert "请联系管理员" in page
    assert 'href="/desk/upload/"' not in page


def test_one_sees_the_reports_of_ones_own_agency_alone(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    draft(county.own)
    draft(county.other)
    assert listed(desk(cast.officer)) == [("qh-cz", 2023)]
    assert listed(desk(cast.supervisor)) == [("qh-cz", 2023), ("qh-mz", 2023)]


def test_what_is_published_is_no_work_until_it_is_corrected(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    revision = publish(draft(county.own))
    client = desk(cast.officer)
    assert listed(client) == []
    assert listed(client, "?state=published") == [("qh-cz", 2023)]
    actions.revise(cast.officer, revision)
    assert listed(client) == [("qh-cz", 2023)]
    assert listed(client, "?state=published") == []


def test_the_chips_count_what_the_search_leaves(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    draft(county.own)
    publish(draft(county.own, 2022))
    draft(county.other)
    chips = desk(cast.supervisor).get("/desk/reports/?q=财政").context["chips"]
    assert {chip["label"]: chip["count"] for chip in chips} == {
        "待办": 1,
        "草稿": 1,
        "已定稿": 0,
        "已公布": 1,
        "全部": 2,
    }


@pytest.mark.parametrize(
    ("query", "first"),
    [("?sort=year", 2021), ("?sort=-year", 2023), ("?sort=agency", 2023), ("?sort=nonsense", 2023)],
)
def test_columns_sort_either_way(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    query: str,
    first: int,
) -> None:
    for year in (2022, 2023, 2021):
        draft(county.own, year)
    assert listed(desk(cast.officer), query)[0] == ("qh-cz", first)


@pytest.mark.parametrize(
    ("query", "years"), [("-findings", [2022, 2023]), ("findings", [2023, 2022])]
)
def test_the_list_is_put_in_order_by_what_is_open(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    query: str,
    years: list[int],
) -> None:
    draft(county.own, 2022, change={WRONG: 9999})
    draft(county.own, 2023)
    assert [year for _, year in listed(desk(cast.officer), f"?sort={query}")] == years


def test_too_many_reports_are_not_weighed(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workload, "MOST_WEIGHED", 1)
    draft(county.own, 2022, change={WRONG: 9999})
    draft(county.own, 2023)
    client = desk(cast.officer)
    assert [year for _, year in listed(client, "?sort=-findings")] == [2023, 2022]
    assert "sort=-findings" not in client.get("/desk/reports/").content.decode()


def test_published_reports_are_listed_by_their_date_of_publication(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    for year in (2023, 2022):
        publish(draft(county.own, year))
    client = desk(cast.officer)
    assert "公布日期" in client.get("/desk/reports/?state=published").content.decode()
    found = listed(client, "?state=published&sort=-changed")
    assert [year for _, year in found] == [2022, 2023]


def test_findings_nobody_has_decided_about_are_counted_and_linked(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision = draft(county.own, change={WRONG: 9999})
    client = desk(cast.officer)
    before = client.get("/desk/reports/").context["rows"][0].findings["error"]
    assert before > 0
    assert f'href="{address(revision)}#findings"' in client.get("/desk/reports/").content.decode()
    page = client.get(address(revision))
    mark = page.context["open_remarks"][0].judged.finding.fingerprint
    actions.judge(cast.officer, revision.report, mark, "accepted", "原文如此")
    assert client.get("/desk/reports/").context["rows"][0].findings["error"] == before - 1


def test_a_correction_is_counted_at_once(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    right = invent(5, year=2023, agency="青禾县财政局").figures[WRONG]
    revision = draft(county.own, change={WRONG: 9999})
    client = desk(cast.officer)
    client.get("/desk/reports/")
    actions.correct(cast.officer, revision, WRONG, right, "笔误")
    assert client.get("/desk/reports/").context["rows"][0].findings["error"] == 0


def test_a_year_names_the_agencies_that_have_sent_nothing(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    draft(county.own)
    missing = desk(cast.supervisor).get("/desk/reports/?year=2023").context["missing"]
    assert [agency.code for agency in missing] == ["qh", "qh-mz", "qh-lx"]


class TestSeveralAtOnce:
    def chosen(self, *revisions: Revision) -> list[str]:
        return [f"{revision.pk}:{revision.content_hash}" for revision in revisions]

    def test_each_is_frozen_by_itself_and_a_refusal_is_named(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
    ) -> None:
        appoint(cast.reviewer, county.other, Role.HEAD)
        good, bad = draft(county.own), draft(county.other, change={WRONG: 9999})
        answer = desk(cast.reviewer).post(
            "/desk/reports/bulk/",
            {"verb": "freeze", "revision": self.chosen(good, bad), "query": "state=draft"},
            follow=True,
        )
        said = answer.content.decode()
        assert "已定稿 1 份" in said
        assert "青禾县民政局 2023 没有办成：还有未处理的错误" in said
        assert answer.redirect_chain[-1][0] == "/desk/reports/?state=draft"
        states = {r.pk: r.state for r in Revision.objects.all()}
        assert states == {good.pk: "frozen", bad.pk: "draft"}

    def test_what_changed_meanwhile_is_not_published(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
    ) -> None:
        revision = actions.freeze(cast.reviewer, draft(county.own))
        desk(cast.reviewer).post(
            "/desk/reports/bulk/", {"verb": "publish", "revision": f"{revision.pk}:{'0' * 64}"}
        )
        assert Revision.objects.get(pk=revision.pk).state == "frozen"

    def test_is_offered_to_those_who_review(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
    ) -> None:
        draft(county.own)
        box = b'name="revision"'
        offered = {
            name: box in desk(getattr(cast, name)).get("/desk/reports/").content
            for name in ("officer", "reviewer", "supervisor", "administrator")
        }
        assert offered == {
            "officer": False,
            "reviewer": True,
            "supervisor": False,
            "administrator": True,
        }

    def test_nothing_chosen_is_said(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        answer = desk(cast.officer).post("/desk/reports/bulk/", {"verb": "freeze"}, follow=True)
        assert "没有选中任何报告" in answer.content.decode()

    def test_another_verb_is_not_known(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        answer = desk(cast.officer).post("/desk/reports/bulk/", {"verb": "discard"})
        assert answer.status_code == 404

    def test_what_one_may_not_see_is_not_told_by_a_refusal(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
    ) -> None:
        hidden = draft(county.other)
        for value in (f"{hidden.pk}:x", f"0{hidden.pk}:x"):
            page = desk(cast.reviewer).post(
                "/desk/reports/bulk/", {"verb": "publish", "revision": value}, follow=True
            )
            assert county.other.label() not in page.text
            assert "没有选中任何报告" in page.text
