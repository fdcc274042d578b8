"""A correction or a fee that did not come in time: page, list and what waits lead to the end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Charge
from gongkai.desk.cases.lapsed import lapsed
from gongkai.desk.todo import cases as todo
from tests.desk.cases.conftest import at

LONG_AGO = 40


@pytest.fixture
def asked(office, received, today):
    """Taken up, and a correction asked for within four working days, whose notice went out."""

    def make(ago=LONG_AGO, *, sent=True, days=4):
        case = actions.take_up(office.officer, received(ago=ago))
        day = today - timedelta(days=ago)
        actions.ask_correction(office.officer, case, "写明年度", on=day, days=days)
        if sent:
            out(office, case, day)
        case.refresh_from_db()
        return case

    return make


def out(office, case, day: date) -> None:
    """The notice of the case is put into the post."""
    actions.dispatch(office.officer, case.letters.get(), actions.Sending("post", posted_on=day))


def last_day(case, today) -> date:
    return lapsed([case], today)[case.pk].until


def test_the_page_says_that_the_time_is_over_and_leads_to_the_end(asked, desk, officer, today):
    case = asked()
    page = desk(officer).get(at(case)).content.decode()
    assert f"补正期限 {last_day(case, today)} 已过，申请人没有补正" in page
    assert at(case, "do/abandon/") in page
    assert "今天收到的话" not in page


def test_the_list_says_so(asked, desk, officer, today):
    case = asked()
    page = desk(officer).get("/desk/cases/").content.decode()
    assert f"补正期限 {last_day(case, today)} 已过" in page
    assert at(case, "do/abandon/") in page


def test_it_stands_among_what_waits_and_counts(asked, desk, officer, today):
    before = todo.count(officer, today)
    case = asked()
    page = desk(officer).get("/desk/").content.decode()
    assert "补正、缴费期限已过，可以不再处理" in page
    assert at(case, "do/abandon/") in page
    assert todo.count(officer, today) == before + 1


def test_while_the_time_runs_nothing_of_it_is_said(asked, desk, officer, today):
    case = asked(ago=2, days=15)
    assert lapsed([case], today) == {}
    assert "今天收到的话" in desk(officer).get(at(case)).content.decode()
    assert not todo.given_up(officer, today)


def test_on_the_last_day_it_is_not_over(asked, today):
    case = asked()
    day = last_day(case, today)
    assert lapsed([case], day) == {}
    assert lapsed([case], day + timedelta(days=1))


def test_who_was_never_told_has_let_nothing_pass(asked, today):
    assert lapsed([asked(sent=False)], today) == {}


def test_once_its_end_is_drafted_nothing_is_left_to_say(asked, officer, today):
    case = asked()
    actions.abandon(officer, case, "correction", on=today)
    case.refresh_from_db()
    assert lapsed([case], today) == {}


def test_a_fee_that_was_not_paid_is_told_likewise_once_its_notice_is_known_to_have_arrived(
    office, received, desk, today
):
    case = received(ago=60)
    day = today - timedelta(days=58)
    actions.charge(
        office.officer, case, Charge.Basis.PAGE, 101, on=day, payment_method="非税收入缴款码"
    )
    out(office, case, day)
    page = desk(office.officer).get(at(case)).content.decode()
    assert "收费通知的送达日期没有登记" in page
    assert "申请人没有缴费" not in page
    service = case.letters.get().services.get()
    actions.record_service(office.officer, service, signed_for_on=day)
    page = desk(office.officer).get(at(case)).content.decode()
    assert "申请人没有缴费" in page


def test_while_a_fee_is_awaited_the_page_says_that_its_days_are_presumed(
    office, received, desk, today
):
    case = received(ago=5)
    actions.charge(
        office.officer, case, Charge.Basis.PAGE, 101, on=today, payment_method="非税收入缴款码"
    )
    page = desk(office.officer).get(at(case)).content.decode()
    assert "缴费期限暂从送出次日起算" in page


def test_giving_up_an_unpaid_fee_asks_how_its_notice_is_known_to_have_arrived(
    office, received, desk, today
):
    case = received(ago=60)
    day = today - timedelta(days=58)
    actions.charge(
        office.officer, case, Charge.Basis.PAGE, 101, on=day, payment_method="非税收入缴款码"
    )
    out(office, case, day)
    client, path = desk(office.officer), at(case, "do/abandon/")
    seen = client.get(path).context["seen"]
    said = {"what": "fee", "on": today.isoformat(), "arrival": "", "seen": seen}
    assert "收费通知何时到达申请人没有登记" in client.post(path, said).content.decode()
    client.post(path, {**said, "arrival": "申请人来电问过缴款码"})
    assert case.decisions.get().findings == "申请人来电问过缴款码"


def test_cases_are_asked_for_together(asked, django_assert_num_queries, today):
    made = [asked().pk, asked(ago=41).pk]
    cases = list(Case.objects.filter(pk__in=made).select_related("agency"))
    with django_assert_num_queries(2):
        assert len(lapsed(cases, today)) == 2
