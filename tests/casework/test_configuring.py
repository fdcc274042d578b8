"""What an agency may set of its own practice."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from gongkai.casework.actions.configuring import set_practice
from gongkai.casework.application.models import Practice
from gongkai.org.models import User
from tests.casework.handling import refusal

pytestmark = pytest.mark.django_db

BEYOND = [
    ("unconfirmed_days", 0),
    ("unconfirmed_days", 21),
    ("correction_days", 0),
    ("correction_days", 61),
    ("keep_years", 0),
    ("keep_years", 101),
    ("keep_years_appealed", 0),
    ("keep_years_appealed", 101),
]


@pytest.mark.parametrize(("name", "number"), BEYOND)
def test_days_and_years_beyond_the_bounds_are_refused(
    name: str, number: int, head: User, county: SimpleNamespace
) -> None:
    assert refusal(set_practice, head, county.own, {name: number}) == "out_of_bounds"
    assert not Practice.objects.exists()


@pytest.mark.parametrize(("name", "number"), BEYOND)
def test_the_database_keeps_them_within_the_bounds_as_well(
    name: str, number: int, county: SimpleNamespace
) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Practice.objects.create(agency=county.own, **{name: number})


@pytest.mark.parametrize("years", [1, 100])
def test_the_bounds_themselves_may_be_set(years: int, head: User, county: SimpleNamespace) -> None:
    assert set_practice(head, county.own, {"keep_years": years}).keep_years == years
