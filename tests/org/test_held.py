"""The roles a person holds are asked of the database whenever something is about to change."""

from __future__ import annotations

from gongkai.org.actions import appoint, dismiss
from gongkai.org.held import asked_once, held
from gongkai.org.models import Role
from gongkai.org.permissions import holds


def test_a_role_reaches_its_agency_or_everything_below(county, cast):
    (own,) = held(cast.officer)
    assert [own.reaches(a.path) for a in (county.own, county.other, county.top)] == [
        True,
        False,
        False,
    ]
    (over,) = held(cast.administrator)
    assert all(over.reaches(a.path) for a in (county.top, county.own, county.other))
    assert not over.reaches(county.outside.path)


def test_a_page_that_only_shows_asks_once(county, cast, django_assert_num_queries):
    with django_assert_num_queries(1), asked_once():
        assert holds(cast.drafter, county.own, Role.DRAFTER)
        assert not holds(cast.drafter, county.own, Role.HEAD)


def test_a_role_taken_away_is_gone_at_once_everywhere_else(county, cast):
    with asked_once():
        assert holds(cast.drafter, county.own, Role.DRAFTER)
    dismiss(cast.drafter, county.own, Role.DRAFTER)
    assert not holds(cast.drafter, county.own, Role.DRAFTER)
    appoint(cast.drafter, county.other, Role.DRAFTER)
    assert holds(cast.drafter, county.other, Role.DRAFTER)


def test_what_was_asked_within_one_page_is_not_known_in_the_next(county, cast):
    with asked_once():
        held(cast.drafter)
    dismiss(cast.drafter, county.own, Role.DRAFTER)
    with asked_once():
        assert not holds(cast.drafter, county.own, Role.DRAFTER)
