"""An officer puts right of which agency and year a draft is."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from tests.desk.conftest import address


@pytest.fixture
def form(county: SimpleNamespace) -> Callable[..., dict[str, object]]:
    def filled(revision: Revision, **more: object) -> dict[str, object]:
        return {
            "seen": revision.content_hash,
            "agency": county.own.pk,
            "year": revision.report.year,
            "title": "青禾县财政局年度报告",
            "reason": "封面写的是2022年",
            **more,
        }

    return filled


def test_the_page_is_reached_from_the_draft_and_leads_to_where_it_went(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    form: Callable[..., dict[str, object]],
) -> None:
    revision, client = draft(county.own), desk(cast.officer)
    there = address(revision, "identify/")
    assert f'href="{there}"' in client.get(address(revision)).content.decode()
    assert client.get(there).status_code == 200
    answer = client.post(there, form(revision, year=2022), follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/reports/qh-cz/2022/1/"
    assert "青禾县财政局年度报告" in answer.content.decode()


def test_the_history_says_it_in_words(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    form: Callable[..., dict[str, object]],
) -> None:
    revision, client = draft(county.own), desk(cast.officer)
    client.post(address(revision, "identify/"), form(revision, year=2022))
    page = client.get("/desk/reports/qh-cz/2022/1/history/").content.decode()
    assert "更正机关、年度或标题" in page
    assert "2023 改为 2022" in page
    assert "封面写的是2022年" in page


def test_what_does_not_fit_is_said_and_stays_in_the_form(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    form: Callable[..., dict[str, object]],
) -> None:
    kept, revision = draft(county.own, 2022), draft(county.own, 2023)
    client = desk(cast.officer)
    there = address(revision, "identify/")
    foreign = client.post(there, form(revision, agency=county.other.pk))
    assert foreign.status_code == 422
    taken = client.post(there, form(revision, year=2022))
    assert taken.status_code == 409
    assert "已有未公布的草稿" in taken.content.decode()
    assert "封面写的是2022年" in taken.content.decode()
    kept.refresh_from_db()
    assert kept.report.year == 2022


def test_it_is_for_drafts_and_for_those_who_correct(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision = draft(county.own)
    assert desk(cast.reviewer).get(address(revision, "identify/")).status_code == 403
    assert "identify/" not in desk(cast.reviewer).get(address(revision)).content.decode()
    actions.freeze(cast.reviewer, revision)
    assert desk(cast.officer).get(address(revision, "identify/")).status_code == 409


def test_two_people_at_once_are_told_of_each_other(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    form: Callable[..., dict[str, object]],
) -> None:
    revision = draft(county.own)
    answer = desk(cast.officer).post(
        address(revision, "identify/"), form(revision, year=2022, seen="0" * 64)
    )
    assert answer.status_code == 409
    revision.refresh_from_db()
    assert revision.report.year == 2023
