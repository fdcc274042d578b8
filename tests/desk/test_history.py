"""The timeline of a report, the trail, and comparison."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.org.actions import appoint
from gongkai.org.models import Role
from gongkai.specimen import invent
from gongkai.trail.models import Entry
from tests.desk.conftest import WRONG, address
from tests.stored import guards_lifted


def test_every_line_says_who_when_and_what(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision = draft(county.own)
    actions.correct(cast.officer, revision, WRONG, 41, "与台账核对")
    answer = desk(cast.officer).get(address(revision, "history/"))
    line = answer.context["lines"][0]
    assert (line.entry.actor_name, line.verb) == ("officer", "更正一格")
    assert dict(line.facts)["理由"] == "与台账核对"
    assert dict(line.facts)["哪一格"] == "（七）总计 · 自然人"
    page = answer.content.decode()
    assert "第六条" in page
    assert f'datetime="{line.entry.at.astimezone():%Y-%m-%d}' in page


def test_the_timeline_still_tells_of_a_draft_that_was_discarded(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    actions.discard(cast.officer, draft(county.own), "传错了")
    revision = draft(county.own)
    lines = desk(cast.officer).get(address(revision, "history/")).context["lines"]
    assert [line.verb for line in lines] == ["上传报告", "删除草稿", "上传报告"]


class TestComparing:
    def test_with_last_years_published_report(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
        publish: Callable[..., Revision],
    ) -> None:
        publish(draft(county.own, 2022, seed=5))
        revision = draft(county.own, 2023, change={WRONG: 41})
        was = invent(5, year=2022, agency="青禾县财政局").figures[WRONG]
        answer = desk(cast.officer).get(address(revision, "compare/"))
        rows = {row.address: row for group in answer.context["groups"] for row in group.rows}
        assert (rows[WRONG].there, rows[WRONG].here) == (was, 41)
        assert all(row.differs for row in rows.values())
        every = desk(cast.officer).get(address(revision, "compare/"), {"every": "1"})
        number = sum(len(group.rows) for group in every.context["groups"])
        assert number >= len(revision.as_report().figures)

    def test_with_the_sum_of_the_agencies_below_and_says_who_is_missing(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
        publish: Callable[..., Revision],
    ) -> None:
        for agency in (county.own, county.other):
            publish(draft(agency))
        revision = draft(county.top)
        answer = desk(cast.supervisor).get(address(revision, "compare/"), {"every": "1"})
        one = invent(5, year=2023, agency="青禾县财政局").figures[WRONG]
        rows = {row.address: row for group in answer.context["sums"] for row in group.rows}
        assert rows[WRONG].there == 2 * one
        missing = [child.agency.code for child in answer.context["below_missing"]]
        assert missing == ["qh-lx"]
        assert "1 个还没有公布" in answer.content.decode()


class TestTheTrail:
    def test_is_for_those_in_charge(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        codes = {
            name: desk(getattr(cast, name)).get("/desk/trail/").status_code
            for name in ("officer", "reviewer", "supervisor", "administrator", "superuser")
        }
        assert codes == {
            "officer": 403,
            "reviewer": 403,
            "supervisor": 200,
            "administrator": 200,
            "superuser": 200,
        }

    def test_shows_only_the_agencies_in_ones_charge(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
    ) -> None:
        draft(county.own)
        draft(county.outside)
        actions.discard(cast.officer, draft(county.own, 2022), "传错了")
        appoint(cast.stranger, county.outside, Role.SUPERVISOR)

        def objects(who: str) -> list[str]:
            page = desk(getattr(cast, who)).get("/desk/trail/").context["page"]
            return [entry.object_label for entry in page]

        assert objects("supervisor") == [
            "青禾县财政局 2022 r1",
            "青禾县财政局 2022 r1",
            "青禾县财政局 2023 r1",
        ]
        assert objects("stranger") == ["白沙县财政局 2023 r1"]
        assert len(objects("superuser")) == 4

    @pytest.mark.parametrize(
        ("query", "verbs"),
        [
            ("?q=民政", ["annual_report.upload"]),
            ("?q=officer", ["annual_report.discard"]),
            ("?verb=annual_report.discard", ["annual_report.discard"]),
            ("?q=没有这样的", []),
        ],
    )
    def test_is_searched_by_object_person_and_verb(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
        query: str,
        verbs: list[str],
    ) -> None:
        draft(county.other)
        actions.discard(cast.officer, draft(county.own), "传错了")
        page = desk(cast.supervisor).get(f"/desk/trail/{query}").context["page"]
        assert [entry.verb for entry in page] == verbs

    def test_is_verified_on_demand(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
    ) -> None:
        draft(county.own)
        client = desk(cast.supervisor)
        assert "记录完整" in client.post("/desk/trail/").content.decode()
        with guards_lifted():
            Entry.objects.filter(pk=1).update(actor_name="别人")
        page = client.post("/desk/trail/").content.decode()
        assert "记录不完整" in page
        assert "第 1 行：内容与其哈希不符，被改动过" in page
