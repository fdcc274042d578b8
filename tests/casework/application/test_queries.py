"""What else the same applicant sent, and who else asks for the same: shown, never decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gongkai.casework.application import queries
from gongkai.casework.application.models import Stage
from gongkai.org.models import Agency
from tests.casework.conftest import APPLICANT, DESCRIPTION

pytestmark = pytest.mark.django_db
ANOTHER = replace(APPLICANT, name="林一", identity_number="", telephone="01066667777")


def test_the_same_request_of_the_same_applicant_is_a_duplicate(received):
    first = received(ago=20)
    again = received(description=f"申请公开：{DESCRIPTION}。")
    received(description="柳溪镇敬老院的床位情况")
    assert [one.case for one in queries.duplicates(again)] == [first]


def test_the_same_request_of_another_is_alike_and_no_duplicate(received):
    mine, other = received(), received(person=ANOTHER)
    assert queries.duplicates(mine) == []
    assert [(one.case, one.same_applicant) for one in queries.alike(mine)] == [(other, False)]


def test_a_duplicate_is_seen_before_it_is_entered(received, application):
    first = received(ago=3)
    this = queries.sought_by(application())
    assert [one.case for one in queries.duplicates(this)] == [first]
    assert first.stage == Stage.REGISTERED


def test_an_applicant_is_known_by_number_however_the_name_is_written(received):
    first = received()
    second = received(person=replace(APPLICANT, name="沈 青禾"), description="别的")
    assert list(queries.of_same_applicant(second)) == [first]


def test_how_many_ask_for_the_same_counts_people_and_not_applications(received):
    case = received()
    for _ in range(2):
        received(person=ANOTHER)
    received(person=replace(ANOTHER, name="周二"))
    assert queries.asked_by_many(queries.alike(case)) == 3


def test_how_often_somebody_applies_is_counted_by_month_and_year(received, today):
    cases = [received(ago=days, description=f"第{days}份") for days in (0, 1, 400)]
    received(person=ANOTHER)
    found = queries.frequency(cases[0], today)
    assert found.total == 3
    assert sum(found.by_month.values()) == 3
    assert found.by_year[(today - timedelta(days=400)).year] == 1


def test_who_applies_often_is_listed_by_the_latest_case(received, county, today):
    for n in range(3):
        last = received(description=f"第{n}份")
    received(person=ANOTHER)
    own = Agency.objects.filter(pk=county.own.pk)
    [found] = queries.frequent(own, today - timedelta(days=30), today, 2)
    assert found == (last.pk, 3)


def test_nothing_is_offered_while_there_is_no_index():
    assert queries.offers(DESCRIPTION) == []
    assert queries.offers("  ") == []
