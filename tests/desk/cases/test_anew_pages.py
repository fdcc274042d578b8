"""A case decided anew at the desk: its day, the order, and what may be done about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from gongkai.casework import actions
from gongkai.casework.actions.closing import answered
from gongkai.casework.appeal.models import AppealKind
from gongkai.casework.application.models import Case, Stage
from tests.casework.handling import DENIED
from tests.desk.cases.conftest import at

NUMBER = "青政复决〔2026〕8号"


@pytest.fixture
def closed(office, received, today):
    """Refused thirty days ago and closed."""
    case, day = received(ago=50), today - timedelta(days=30)
    office.signed(case, DENIED, on=day)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        answered(office.officer, case, day)
        case.letters.update(state="served")
        Case.objects.filter(pk=case.pk).update(stage=Stage.SERVED)
    return actions.close(office.officer, case)


@pytest.fixture
def order(closed, legality, today):
    """Ordered ten days ago to be decided anew."""
    day = today - timedelta(days=10)
    opening = actions.Opening(
        AppealKind.RECONSIDERATION, "青禾县人民政府", "不服", day, number=NUMBER
    )
    appeal = actions.open_appeal(legality, closed, opening)
    return actions.conclude(legality, appeal, "annulled_anew", on=day, ordered="重新答复")


@pytest.fixture
def anew(closed, order, head):
    return actions.reopen(head, closed, appeal=order)


def done(client, address, said):
    seen = client.get(address).context["seen"]
    assert client.post(address, {**said, "seen": seen}).status_code == 302


def test_the_day_is_shown_with_the_order_and_its_article(anew, desk, officer):
    answer = desk(officer).get(at(anew))
    shown = answer.content.decode()
    assert anew.due_on.isoformat() in shown
    assert f"青禾县人民政府 {NUMBER} 责令重新作出" in shown
    assert any("《行政复议法》第六十四条" in step.article for step in answer.context["told"])


def test_a_case_that_was_never_undone_names_no_order(closed, order, desk, officer):
    assert "责令重新作出" not in desk(officer).get(at(closed)).content.decode()


def test_what_opened_the_round_is_not_offered_to_be_struck_out(anew, desk, head):
    shown = desk(head).get(at(anew)).content.decode()
    assert "line/strike-fact" not in shown
    fact = anew.facts.get(kind="ordered_anew")
    assert f"strike-fact/{fact.pk}" not in shown


def test_the_verbs_of_a_case_under_examination_are_possible_again(anew, desk, head):
    answer = desk(head).get(at(anew))
    steps = [*answer.context["steps"], *answer.context["other_steps"]]
    why = {step.verb: step.why_not for step in steps}
    assert [why[verb] for verb in ("ask_correction", "consult", "extend", "charge")] == [""] * 4


def test_the_month_holds_the_day_of_the_case_once(anew, desk, officer):
    shown = desk(officer).get(f"/desk/cases/calendar/?month={anew.due_on:%Y-%m}")
    told = [e for week in shown.context["weeks"] for cell in week for e in cell.entries]
    assert [(e.kind, e.title) for e in told if e.title == anew.number] == [("redo", anew.number)]


def test_an_order_that_was_not_taken_up_yet_stands_in_the_month_itself(
    closed, order, desk, officer
):
    shown = desk(officer).get(f"/desk/cases/calendar/?month={order.redo_by:%Y-%m}")
    told = [e for week in shown.context["weeks"] for cell in week for e in cell.entries]
    assert [e.kind for e in told if e.title == closed.number] == ["redo"]


def test_the_head_enters_the_day_on_which_the_order_came(closed, order, desk, head, today):
    came = today - timedelta(days=3)
    said = {"appeal": order.pk, "reason": "", "on": came.isoformat()}
    done(desk(head), at(closed, "do/reopen/"), said)
    assert closed.facts.get(kind="ordered_anew").on == came


def test_the_head_puts_the_day_of_receipt_of_a_closed_case_right(closed, desk, head, today):
    day = today - timedelta(days=40)
    said = {"received_on": day.isoformat(), "reason": "签收单"}
    done(desk(head), at(closed, "do/correct-receipt/"), said)
    closed.refresh_from_db()
    assert closed.received_on == day
