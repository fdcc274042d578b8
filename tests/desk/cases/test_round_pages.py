"""From which day and on what a case is decided anew is put right at the desk."""

from __future__ import annotations

from datetime import timedelta

from django.utils import translation

from gongkai.desk.cases.decision_forms import ground_choices
from tests.casework.test_reopening import after, fresh
from tests.desk.cases.conftest import at
from tests.desk.cases.test_anew_pages import anew, closed, done, order

__all__ = ["anew", "closed", "order"]


def address(case):
    fact = case.facts.get(kind__in=["ordered_anew", "taken_up_anew"], struck_at=None)
    return f"{at(case)}do/correct-round/{fact.pk}/"


def test_the_head_finds_it_at_the_fact_and_the_officer_does_not(anew, desk, head, officer):
    assert address(anew) in desk(head).get(at(anew)).content.decode()
    assert address(anew) not in desk(officer).get(at(anew)).content.decode()
    assert desk(officer).get(address(anew)).status_code == 403


def test_the_day_is_changed_and_the_clock_follows(anew, order, desk, head, today):
    client, day = desk(head), today - timedelta(days=6)
    form = client.get(address(anew)).context["form"]
    assert form["appeal"].value() == str(order.pk)
    said = {"appeal": str(order.pk), "on": day.isoformat(), "reason": "看错了邮戳"}
    done(client, address(anew), said)
    assert fresh(anew).due_on == after(anew, day, 20)
    shown = client.get(at(anew))
    assert "更正重新办理" in shown.content.decode()
    assert "看错了邮戳" in shown.content.decode()


def test_it_may_turn_out_to_be_the_agencys_own(anew, desk, head, today):
    said = {"appeal": "", "on": today.isoformat(), "reason": "没有责令"}
    done(desk(head), address(anew), said)
    assert fresh(anew).facts.filter(kind="taken_up_anew", struck_at=None).exists()


def test_grounds_are_cited_in_the_language_of_the_page():
    with translation.override("en"):
        assert ("N14_SECRET", "Article 14 State secret") in ground_choices()
    with translation.override("zh-hans"):
        assert dict(ground_choices())["N14_SECRET"].startswith("第十四条 ")
