"""Deciding about findings, and about digits that ran together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.figures import Unplaced, dumps
from gongkai.annual_report.models import Revision, Verdict
from gongkai.specimen import invent
from gongkai.trail.models import Entry
from tests.desk.conftest import WRONG, address


@pytest.fixture
def disputed(county: SimpleNamespace, draft: Callable[..., Revision]) -> Revision:
    return draft(county.own, change={WRONG: 9999})


def first_open(client: Client, revision: Revision) -> str:
    return client.get(address(revision)).context["open_remarks"][0].judged.finding.fingerprint


@pytest.mark.parametrize("who", ["officer", "reviewer", "administrator"])
@pytest.mark.parametrize(("ruling", "words"), [("accepted", "属实"), ("dismissed", "不成立")])
def test_a_verdict_with_its_reason_stands_at_the_finding(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    disputed: Revision,
    who: str,
    ruling: str,
    words: str,
) -> None:
    client = desk(getattr(cast, who))
    mark = first_open(client, disputed)
    answer = client.post(
        address(disputed, "judge/"),
        {"fingerprint": mark, "ruling": ruling, "reason": "已问过业务科", "decided": ""},
    )
    assert answer["Location"].endswith(f"#finding-{mark}")
    decided = client.get(address(disputed)).context["decided_remarks"]
    assert [r.judged.finding.fingerprint for r in decided] == [mark]
    page = client.get(address(disputed)).content.decode()
    assert "已问过业务科" in page
    assert words in page


def test_a_verdict_without_a_reason_is_asked_for_again(
    cast: SimpleNamespace, desk: Callable[..., Client], disputed: Revision
) -> None:
    client = desk(cast.officer)
    mark = first_open(client, disputed)
    answer = client.post(
        address(disputed, "judge/"), {"fingerprint": mark, "ruling": "dismissed", "reason": ""}
    )
    assert answer.status_code == 422
    assert "请写明理由" in answer.content.decode()
    assert not Verdict.objects.exists()


def test_a_verdict_is_taken_back_with_a_reason_and_the_trail_keeps_both(
    cast: SimpleNamespace, desk: Callable[..., Client], disputed: Revision
) -> None:
    client = desk(cast.officer)
    mark = first_open(client, disputed)
    verdict = actions.judge(cast.reviewer, disputed.report, mark, "accepted", "看错了")
    answer = client.post(
        address(disputed, "retract/"),
        {"fingerprint": mark, "reason": "重新核对", "decided": verdict.at.isoformat()},
    )
    assert answer.status_code == 302
    assert not Verdict.objects.exists()
    assert first_open(client, disputed) == mark
    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert verbs[-2:] == ["annual_report.judge", "annual_report.retract"]


def test_two_people_deciding_at_once_do_not_overwrite_each_other(
    cast: SimpleNamespace, desk: Callable[..., Client], disputed: Revision
) -> None:
    client = desk(cast.officer)
    mark = first_open(client, disputed)
    actions.judge(cast.reviewer, disputed.report, mark, "accepted", "审核人先定")
    answer = client.post(
        address(disputed, "judge/"),
        {"fingerprint": mark, "ruling": "dismissed", "reason": "我以为", "decided": ""},
    )
    assert answer.status_code == 409
    assert "其他人刚刚改动了这份报告" in answer.content.decode()
    assert Verdict.objects.get().reason == "审核人先定"


class TestDigitsThatRanTogether:
    CELLS = ("applications.3.2.natural_person", "applications.3.2.total")

    @pytest.fixture
    def glued(self, county: SimpleNamespace, cast: SimpleNamespace) -> Revision:
        report = invent(5, year=2023, agency=county.own.name)
        figures = {a: f for a, f in report.figures.items() if a not in self.CELLS}
        passage = Unplaced("glued", "line 40", "123", self.CELLS, ((1, 23), (12, 3)))
        whole = replace(report, figures=figures, unplaced=(passage,))
        data = dumps(whole, provenance=True).encode()
        return actions.upload(cast.officer, county.own, data, "report.json")

    def test_are_listed_with_every_reading(
        self, cast: SimpleNamespace, desk: Callable[..., Client], glued: Revision
    ) -> None:
        page = desk(cast.officer).get(address(glued)).content.decode()
        assert "2 种可能的读法" in page
        assert 'name="reading" value="1"' in page

    def test_are_settled_by_one_reading_with_a_reason(
        self, cast: SimpleNamespace, desk: Callable[..., Client], glued: Revision
    ) -> None:
        client = desk(cast.officer)
        answer = client.post(
            address(glued, "reading/"),
            {"passage": "0", "reading": "1", "reason": "看原件", "seen": glued.content_hash},
        )
        assert answer.status_code == 302
        held = Revision.objects.get().as_report()
        assert [held.figures[cell] for cell in self.CELLS] == [12, 3]
        assert {held.provenance[cell].how for cell in self.CELLS} == {"corrected"}
        assert held.provenance[self.CELLS[0]].text == "123"
        assert held.unplaced == ()
        assert Entry.objects.get(verb="annual_report.take_reading").details["reason"] == "看原件"

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({"reason": ""}, 422),
            ({"reading": "2"}, 422),
            ({"passage": "1"}, 422),
            ({"reading": "x"}, 422),
            ({"seen": "0" * 64}, 409),
        ],
    )
    def test_stay_open_when_the_choice_does_not_hold(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        glued: Revision,
        change: dict[str, str],
        status: int,
    ) -> None:
        choice = {"passage": "0", "reading": "1", "reason": "看原件", "seen": glued.content_hash}
        answer = desk(cast.officer).post(address(glued, "reading/"), choice | change)
        assert answer.status_code == status
        assert Revision.objects.get().content_hash == glued.content_hash
