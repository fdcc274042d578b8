"""The case page while the clock stands still."""

from __future__ import annotations

from gongkai.casework import actions
from gongkai.casework.application.models import Case
from tests.casework.handling import told
from tests.desk.cases.conftest import at


def test_while_a_correction_is_awaited_the_day_told_is_one_that_runs_anew(
    case, desk, officer, today
):
    actions.ask_correction(officer, case, "写明年度", on=today)
    clock = desk(officer).get(at(case)).content.decode().split('id="clock"')[1]
    assert "收到补正后，自次日起重新计算20个工作日；今天收到的话，答复期限是" in clock
    assert f"如果{today}收到补正，自次日起重新计算20个工作日" in clock


def test_while_days_run_nothing_is_said_of_a_pause(case, desk, officer):
    assert desk(officer).get(at(case)).context["paused"] is None


def test_a_notice_that_lies_unsent_is_shown_until_it_goes_out(case, desk, officer, today):
    actions.ask_correction(officer, case, "写明年度", on=today)
    letter = case.letters.get()
    page = desk(officer).get(at(case)).content.decode()
    assert f"{today} 制发，还没有送出" in page
    assert "实际送出之日才算告知" in page
    assert at(case, f"letters/#letter-{letter.pk}") in page
    actions.dispatch(officer, letter, actions.Sending("post", posted_on=today))
    assert "还没有送出" not in desk(officer).get(at(case)).content.decode()


def test_an_extension_that_was_not_told_is_shown_with_the_day_that_holds(
    case, desk, head, officer, today
):
    fact = actions.extend(head, case, 10, "检索量大", on=today)
    letter, due = case.letters.get(), Case.objects.get(pk=case.pk).due_on
    page = desk(head).get(at(case)).content.decode()
    assert f"申请人没有得到告知，答复期限没有延长，仍为 {due}" in page
    assert at(case, f"letters/{letter.pk}/send/") in page
    assert "未告知，不计" in page
    assert "延期未告知" in desk(officer).get("/desk/cases/").content.decode()
    told(officer, fact)
    assert "没有得到告知" not in desk(head).get(at(case)).content.decode()
    assert "延期未告知" not in desk(officer).get("/desk/cases/").content.decode()


def test_an_extension_not_told_in_time_is_shown_as_too_late(office, received, desk, head):
    case = received(ago=80)
    actions.extend(head, case, 10, "检索量大", on=case.due_on)
    page = desk(head).get(at(case)).content.decode()
    assert f"已于 {case.due_on} 届满。告知书不能再送出" in page


def test_an_extension_not_told_is_shown_among_what_waits(case, desk, head, officer, today):
    actions.take_up(officer, case)
    fact = actions.extend(head, case, 10, "检索量大", on=today)
    assert "答复期限没有延长" in desk(officer).get("/desk/").content.decode()
    told(officer, fact)
    assert "答复期限没有延长" not in desk(officer).get("/desk/").content.decode()
