"""The list of cases: the urgent first, narrowed by what stands in the address."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.casework import actions
from gongkai.casework.actions import finding
from gongkai.casework.application.models import Case, Channel
from gongkai.casework.queries import by_urgency, overdue, seen_by, standing_still
from gongkai.desk.cases import workbook
from gongkai.law.outcomes import outcome
from gongkai.trail.models import Entry
from tests.casework.conftest import APPLICANT


def rows(answer):
    return [row.case for row in answer.context["rows"]]


@pytest.fixture
def late(received):
    """Received so long ago that its answer is overdue."""
    return received(ago=60, description="去年的会议纪要")


def test_what_is_overdue_stands_first_and_says_so(received, late, desk, officer):
    young = received()
    answer = desk(officer).get("/desk/cases/")
    assert rows(answer) == [late, young]
    assert "超期未答复" in answer.content.decode()
    assert "badge-overdue" in answer.content.decode()


def test_overdue_hangs_on_the_day_it_is_asked(received, db):
    case = received()
    assert not Case.objects.filter(overdue(case.due_on)).exists()
    assert Case.objects.filter(overdue(case.due_on + timedelta(days=1))).get() == case


def test_what_waits_for_a_correction_is_not_overdue(office, received, today):
    case = received(ago=3)
    actions.ask_correction(office.officer, case, "请写明年度", on=today)
    later = today + timedelta(days=200)
    assert not Case.objects.filter(overdue(later)).exists()
    assert Case.objects.filter(standing_still(later)).get() == case


def test_a_pause_that_silence_has_ended_is_overdue_after_its_latest_day(office, received, today):
    case = received()
    asked = actions.Asked("third_party", APPLICANT, "合同附件")
    actions.consult(office.officer, case, [asked], on=today)
    case.refresh_from_db()
    assert case.resumes_on < case.due_latest_on
    ranked = by_urgency(Case.objects.all(), case.due_latest_on + timedelta(days=1), date.max)
    assert ranked.get().rank == 0
    assert ranked.get().counts_on == case.due_latest_on


def test_nobody_sees_the_cases_of_another_agency(received, colleague, supervisor, stranger):
    received()
    for user in (colleague, supervisor, stranger):
        assert not seen_by(user).exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("view=overdue", ["late"]),
        ("view=unconfirmed", ["mail"]),
        ("view=all&channel=email", ["mail"]),
        ("view=all&kind=research", []),
        ("q=会议 纪要", ["late"]),
        ("view=done", []),
    ],
)
def test_the_list_is_narrowed_by_its_address(received, late, desk, officer, query, found):
    mail = received(channel=Channel.EMAIL, description="预算")
    known = {"late": late, "mail": mail}
    assert rows(desk(officer).get(f"/desk/cases/?{query}")) == [known[name] for name in found]


def test_a_case_is_found_by_its_number(received, late, desk, officer):
    case = received()
    assert rows(desk(officer).get(f"/desk/cases/?q={case.number}")) == [case]


def test_a_name_is_looked_for_exactly_and_the_trail_says_so_without_the_name(
    received, desk, officer
):
    case = received()
    client = desk(officer)
    assert rows(client.post("/desk/cases/named/", {"name": " 沈 青禾 "})) == [case]
    assert rows(client.post("/desk/cases/named/", {"name": "沈青"})) == []
    lines = Entry.objects.filter(verb="casework.find_named")
    assert [line.details for line in lines] == [{"found": 1}, {"found": 0}]
    assert not lines.filter(details_json__contains="沈").exists()


def test_a_name_never_stands_in_an_address(desk, officer):
    assert desk(officer).get("/desk/cases/named/?name=沈青禾").status_code == 405


def test_the_workbook_holds_the_list_with_masked_names(received, late, desk, officer):
    received()
    answer = desk(officer).get("/desk/cases/export.xlsx?view=overdue")
    sheet = load_workbook(BytesIO(answer.content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert [line[0] for line in lines[1:]] == [late.number]
    assert lines[1][3] == "沈*"
    assert Entry.objects.get(verb="casework.export_list").details == {"count": 1}


def test_the_workbook_tells_the_result_in_words(received, desk, officer):
    case = received(ago=8)
    Case.objects.filter(pk=case.pk).update(outcome="A4", answered_on=timezone.localdate())
    answer = desk(officer).get("/desk/cases/export.xlsx?view=all")
    lines = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert lines[1][-1] == outcome("A4", on=timezone.localdate()).words("zh")


def test_a_workbook_that_does_not_hold_all_says_so(received, desk, officer, monkeypatch):
    monkeypatch.setattr(workbook, "MOST", 1)
    received()
    received(description="另一件")
    answer = desk(officer).get("/desk/cases/export.xlsx")
    lines = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(lines) == 3
    assert lines[2][0] == "共 2 件，这里只有前 1 件。请缩小范围，分几次导出。"


def test_a_name_with_more_cases_than_are_listed_says_how_many(received, desk, officer, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 1)
    received()
    last = received(description="另一件")
    shown = desk(officer).post("/desk/cases/named/", {"name": "沈青禾"})
    assert rows(shown) == [last]
    assert "找到 2 件。 这里列出最近的 1 件。" in shown.content.decode()


def test_who_only_reviews_takes_no_list_away(received, desk, secrecy):
    received()
    assert desk(secrecy).get("/desk/cases/export.xlsx").status_code == 403


def test_the_navigation_counts_what_is_not_answered(received, desk, officer):
    received()
    shown = desk(officer).get("/desk/cases/").content.decode()
    assert '申请 <span class="count">1</span>' in shown


def test_strangers_have_no_such_page_in_their_navigation(desk, stranger):
    assert '"/desk/cases/"' not in desk(stranger).get("/desk/").content.decode()
