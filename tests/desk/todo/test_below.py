"""What a supervisor is told of the agencies below on the first page of the desk."""

from __future__ import annotations

from types import SimpleNamespace

from gongkai.annual_report import actions
from gongkai.desk.todo import below
from gongkai.desk.todo.page import nav_count
from gongkai.org.actions import appoint
from gongkai.org.models import Role
from tests.desk.yearend.conftest import YEAR, books, compiled

__all__ = ["books", "compiled"]

OFFICE = f"/desk/reports/yearend/qh/{YEAR}/"


def reads(client):
    answer = client.get("/desk/")
    return answer.context, answer.content.decode()


def badge(client, label):
    """The number beside the task in the navigation."""
    entries = client.get("/desk/").context["nav"]
    return next(entry.count for entry in entries if entry.label == label)


def test_overdue_applications_are_counted_by_agency_and_lead_to_its_figures(
    received, desk, supervisor
):
    case = received(ago=60)
    received()
    context, page = reads(desk(supervisor))
    ((agency, number),) = context["cases_below"]
    assert (agency, number) == (case.agency, 1)
    assert f"/desk/figures/?agency={agency.code}" in page
    assert "超期 1 件" in page
    assert case.number not in page
    assert case.description not in page


def test_who_sees_the_cases_has_them_in_their_own_lists(received, head, today):
    appoint(head, received(ago=60).agency, Role.SUPERVISOR)
    assert below.overdue_cases(head, today) == []


def test_overdue_applications_below_count_in_the_navigation(received, supervisor):
    before = nav_count(supervisor)
    received(ago=60)
    assert nav_count(supervisor) == before + 1


def test_missing_reports_lead_to_the_page_of_the_years_end(desk, supervisor, county):
    context, page = reads(desk(supervisor))
    office = next(one for one in context["reports_below"] if one.agency == county.top)
    listed = desk(supervisor).get(f"{OFFICE}?view=missing").context["rows"]
    assert office.counted.missing == len(listed) > 0
    assert f'href="{OFFICE}?view=missing"' in page


def test_a_report_that_was_submitted_is_not_missing_any_more(
    compiled, county, cast, supervisor, today
):
    (before,) = (one.counted.missing for one in below.reports(supervisor, today))
    submitted(compiled, county, cast)
    (after,) = (one.counted.missing for one in below.reports(supervisor, today))
    assert after == before - 1


def test_reports_that_contradict_are_counted_as_the_page_of_the_years_end_does(
    compiled, county, cast, desk, supervisor, today
):
    submitted(compiled, county, cast)
    (office,) = below.reports(supervisor, today)
    listed = desk(supervisor).get(f"{OFFICE}?view=contradicting").context["rows"]
    assert office.counted.contradicting == len(listed)


def test_who_supervises_nobody_is_told_nothing_of_others(received, head, stranger, today):
    received(ago=60)
    for user in (head, stranger):
        assert below.reports(user, today) == []
        assert below.overdue_cases(user, today) == []


def test_a_submitted_report_counts_for_who_accepts_it(compiled, county, cast, desk, supervisor):
    revision = compiled(county.own)
    before = nav_count(supervisor)
    actions.submit(cast.reviewer, revision)
    assert nav_count(supervisor) == before + 1
    assert badge(desk(supervisor), "年报") == 1
    assert "下属机关报送青禾县人民政府的" in reads(desk(supervisor))[1]


def test_drafts_of_others_do_not_count_as_reports_that_wait(compiled, county, desk, supervisor):
    compiled(county.own)
    assert badge(desk(supervisor), "年报") == 0


def submitted(compiled, county, cast: SimpleNamespace):
    """The report of `own` with the office above."""
    return actions.submit(cast.reviewer, compiled(county.own))
