"""Pages around the cases: questions to units, days due, figures, practice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.feed import CalendarFeed
from gongkai.casework.application.models import Practice
from gongkai.casework.decision.models import Assignment
from gongkai.casework.letter.seals import Seal
from gongkai.desk.cases.ics import folded
from gongkai.desk.cases.month import entries
from gongkai.org.models import Membership, Unit
from tests.desk.cases.conftest import PNG


@pytest.fixture
def question(case, officer, county, today):
    """Put to the budget unit of `own`."""
    unit = Unit.objects.create(agency=county.own, code="ys", name="预算股")
    due = today + timedelta(days=5)
    return actions.assign(officer, case, "有没有分配方案", on=today, due_on=due, unit=unit)


def test_a_liaison_officer_sees_the_question_and_nothing_about_who_applied(question, desk, liaison):
    client = desk(liaison)
    shown = client.get("/desk/assigned/").content.decode()
    one = client.get(f"/desk/assigned/{question.pk}/").content.decode()
    for page in (shown, one):
        assert "有没有分配方案" in page
        assert "沈" not in page
        assert question.case.description not in page


def test_a_liaison_officer_replies(question, desk, liaison):
    address = f"/desk/assigned/{question.pk}/"
    assert desk(liaison).post(address, {"reply": ""}).status_code == 422
    assert desk(liaison).post(address, {"reply": "有，可以公开"}).status_code == 302
    question.refresh_from_db()
    assert question.reply == "有，可以公开"


def test_a_liaison_officer_of_another_unit_sees_nothing(question, desk, liaison, county):
    other = Unit.objects.create(agency=county.own, code="fg", name="法规股")
    Membership.objects.filter(user=liaison).update(unit=other)
    assert desk(liaison).get(f"/desk/assigned/{question.pk}/").status_code == 404


def test_the_officer_is_led_from_the_question_to_the_case(question, desk, officer, colleague):
    address = f"/desk/assigned/{question.pk}/"
    assert desk(officer).get(address).url == f"/desk/cases/{question.case_id}/"
    assert desk(colleague).get(address).status_code == 404


def test_the_month_holds_the_days_due(case, desk, officer):
    shown = desk(officer).get(f"/desk/cases/calendar/?month={case.due_on:%Y-%m}")
    assert case.number in shown.content.decode()


def test_a_calendar_program_is_told_numbers_and_days_and_nothing_else(case, desk, officer, client):
    address = desk(officer).post("/desk/cases/calendar/subscribe/").context["address"]
    answer = client.get(address)
    text = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{case.due_on:%Y%m%d}" in text
    assert case.number in text
    assert case.description not in text
    assert "沈" not in text
    assert "no-store" in answer["Cache-Control"]


def test_a_new_address_ends_the_one_before_and_none_is_kept(case, desk, officer, client):
    first = desk(officer).post("/desk/cases/calendar/subscribe/").context["address"]
    second = desk(officer).post("/desk/cases/calendar/subscribe/").context["address"]
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert CalendarFeed.objects.get().hash not in second
    desk(officer).post("/desk/cases/calendar/subscribe/", {"end": "1"})
    assert client.get(second).status_code == 404


def test_who_has_left_has_no_calendar(case, desk, officer, client):
    address = desk(officer).post("/desk/cases/calendar/subscribe/").context["address"]
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert client.get(address).status_code == 404


def test_lines_of_a_calendar_are_short_and_cut_no_character():
    line = "SUMMARY:" + "答复期限" * 30
    pieces = list(folded(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def test_a_supervisor_sees_figures_and_no_case(case, desk, supervisor, received):
    received(ago=60, description="去年的会议纪要")
    shown = desk(supervisor).get("/desk/figures/")
    text = shown.content.decode()
    assert shown.context["total"].overdue == 1
    assert "县财政局" in text
    assert "沈" not in text
    assert case.number not in text
    assert "/desk/cases/?" not in text


def test_the_share_answered_in_time(office, case, desk, head, today):
    office.signed(case)
    letter = case.letters.get()
    dispatch(office.officer, letter, Sending("post", posted_on=today))
    shown = desk(head).get("/desk/figures/")
    assert shown.context["rate"] == "100.0%"
    assert shown.context["charts"][0].key == "outcomes"
    assert "<svg" in shown.content.decode()


def test_what_is_overdue_and_not_answered_counts_as_late(office, case, desk, head, received, today):
    office.signed(case)
    dispatch(office.officer, case.letters.get(), Sending("post", posted_on=today))
    received(ago=60)
    assert desk(head).get("/desk/figures/").context["rate"] == "50.0%"


def test_what_came_in_is_what_was_answered_withdrawn_and_is_left(
    office, case, officer, desk, head, received, today
):
    office.signed(case)
    dispatch(office.officer, case.letters.get(), Sending("post", posted_on=today))
    actions.withdraw(officer, received(), on=today)
    received(ago=400)
    received()
    total = desk(head).get(f"/desk/figures/?year={today.year}").context["total"]
    assert (total.carried, total.received, total.answered, total.withdrawn) == (1, 3, 1, 1)
    assert total.unfinished == 2


def test_the_calendar_says_what_each_case_is_about(case, desk, officer):
    page = desk(officer).get(f"/desk/cases/calendar/?month={case.due_on:%Y-%m}").content.decode()
    assert case.description[:15] in page


def test_a_question_that_is_late_is_not_told_as_a_late_answer(question, desk, officer, today):
    yesterday = today - timedelta(days=1)
    Assignment.objects.update(due_on=yesterday)
    ((_, entry),) = entries(officer, yesterday, today, today)
    assert (entry.label, entry.about) == ("交办期限，超期", "有没有分配方案")


@pytest.mark.parametrize("who", ["officer", "stranger", "secrecy"])
def test_figures_are_for_those_who_watch_over_agencies(case, desk, who, request):
    assert desk(request.getfixturevalue(who)).get("/desk/figures/").status_code == 403


def test_how_often_somebody_applies_is_shown_masked_and_not_judged(received, desk, officer):
    cases = [received(description=f"第{n}号文件") for n in "一二三"]
    shown = desk(officer).get("/desk/cases/often/").content.decode()
    assert "沈*" in shown
    assert "沈青禾" not in shown
    one = desk(officer).get(f"/desk/cases/{cases[0].pk}/pattern/")
    assert one.context["total"] == 3
    assert "系统不作判断" in one.content.decode()


PRACTICE = {
    "unconfirmed": "never",
    "unconfirmed_days": "5",
    "exclusion_start": "delivered",
    "restart_after_payment": "on",
    "correction_days": "10",
    "partial_remedy": "split",
    "legality": "refusals",
    "letter_mark": "青财公复",
    "letter_style": "letter",
    "online_reconsideration": "复议服务平台",
    "keep_years": "10",
    "keep_years_appealed": "30",
}


def test_the_head_sets_the_practice_and_open_cases_are_reckoned_anew(
    office, case, desk, head, county, today
):
    actions.ask_correction(office.officer, case, "请写明年度", on=today)
    case.refresh_from_db()
    answer = desk(head).post(f"/desk/cases/practice/{county.own.code}/", PRACTICE)
    assert answer.status_code == 302
    assert Practice.objects.get(agency=county.own).correction_days == 10
    again = desk(head).post(f"/desk/cases/practice/{county.own.code}/", PRACTICE)
    assert again.status_code == 422


def test_agencies_below_follow_the_practice_above(desk, cast, county):
    answer = desk(cast.administrator).post(
        f"/desk/cases/practice/{county.top.code}/", {**PRACTICE, "letter_mark": "青公复"}
    )
    assert answer.status_code == 302
    assert practice_of(county.other).letter_mark == "青公复"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("unconfirmed_days", "0"),
        ("correction_days", "61"),
        ("keep_years", "9999"),
        ("keep_years_appealed", "0"),
    ],
)
def test_a_number_out_of_range_is_said_at_its_field(name, number, desk, head, county):
    said = {**PRACTICE, name: number}
    answer = desk(head).post(f"/desk/cases/practice/{county.own.code}/", said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]


def test_a_seal_is_put_on_letters_from_a_day_on(desk, head, county, today):
    address = f"/desk/cases/practice/{county.own.code}/seal/"
    said = {"kind": "seal", "width": "42", "valid_from": today.isoformat()}
    png = SimpleUploadedFile("seal.png", PNG, "image/png")
    assert desk(head).post(address, {**said, "png": png}).status_code == 302
    wrong = SimpleUploadedFile("seal.png", b"no picture", "image/png")
    answer = desk(head).post(address, {**said, "png": wrong})
    assert answer.status_code == 422
    assert Seal.objects.get().agency == county.own


@pytest.mark.parametrize("who", ["officer", "stranger", "supervisor"])
def test_others_set_no_practice(desk, county, who, request):
    client = desk(request.getfixturevalue(who))
    assert client.get(f"/desk/cases/practice/{county.own.code}/").status_code == 404
    assert client.get("/desk/cases/practice/").status_code == 403
