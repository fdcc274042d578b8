"""A judgment that took effect is tried anew: it counts nowhere by itself, and in the place of the
judgment only if it ends with another one (行政诉讼法第九十条)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.annual_report.compile import compile_report
from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal, AppealKind
from gongkai.casework.appeal.queries import line_of
from tests.casework.handling import refusal

RECONSIDERED, DIRECT, _ = AppealKind
COLUMNS = ("upheld", "corrected", "other", "pending", "total")
JUDGED = (1, 0, 0, 0, 1)
CORRECTED = (0, 1, 0, 0, 1)
NOTHING = (0, 0, 0, 0, 0)


def opening(on, kind=DIRECT):
    return actions.Opening(kind, "青禾县人民法院", "不服旧答复", on)


@pytest.fixture
def suit(county, legality):
    """A suit that was brought and judged on a day."""

    def make(on, code="claims_dismissed", **more):
        made = actions.open_appeal_elsewhere(legality, county.own, opening(on))
        return actions.conclude(legality, made, code, on=on, **more)

    return make


@pytest.fixture
def ended(today):
    """The day on which a retrial ends: in June of last year."""
    return date(today.year - 1, 6, 2)


@pytest.fixture
def december(ended):
    return date(ended.year - 1, 12, 2)


@pytest.fixture
def january(ended):
    return date(ended.year, 1, 6)


@pytest.fixture
def retrial(suit, legality, december, january):
    return actions.open_retrial(legality, suit(december), opening(january))


def counted(agency, year, as_of=None):
    as_of = as_of or date(year, 12, 31)
    figures = compile_report(agency, year, as_of).report.figures
    return tuple(figures[f"appeals.litigation_direct.{column}"] for column in COLUMNS)


def test_while_it_is_heard_the_judgment_counts_and_nothing_else(retrial, county, december, ended):
    assert (retrial.counted, retrial.follows.counted) == (False, True)
    assert counted(county.own, december.year) == JUDGED
    assert counted(county.own, ended.year) == NOTHING


@pytest.mark.parametrize("code", ["retrial_refused", "judgment_upheld", "retrial_ended"])
def test_an_end_that_leaves_the_judgment_changes_nothing(
    retrial, legality, county, december, ended, code
):
    actions.conclude(legality, retrial, code, on=ended)
    assert counted(county.own, december.year) == JUDGED
    assert counted(county.own, ended.year) == NOTHING


def test_another_judgment_counts_from_its_day_and_earlier_years_stay(
    retrial, legality, county, december, ended
):
    actions.conclude(legality, retrial, "annulled", on=ended)
    assert counted(county.own, december.year) == JUDGED
    assert counted(county.own, ended.year) == CORRECTED
    assert counted(county.own, ended.year, ended - timedelta(days=1)) == NOTHING


def test_within_a_year_the_suit_counts_once(suit, legality, county, january, ended):
    first = suit(january)
    made = actions.open_retrial(legality, first, opening(january))
    actions.conclude(legality, made, "annulled", on=ended)
    assert counted(county.own, ended.year) == CORRECTED
    assert counted(county.own, ended.year, ended - timedelta(days=1)) == JUDGED


def test_it_may_follow_the_second_instance(suit, legality, county, january, ended):
    second = actions.open_second_instance(legality, suit(january), opening(january))
    actions.conclude(legality, second, "claims_dismissed", on=january)
    made = actions.open_retrial(legality, second, opening(january))
    assert counted(county.own, ended.year) == JUDGED
    actions.conclude(legality, made, "unlawful", on=ended)
    assert counted(county.own, ended.year) == CORRECTED
    assert [one.instance for one in line_of(made)] == [1, 2, 3]


def test_what_was_ordered_is_carried_out_until_another_judgment(suit, legality, january, ended):
    first = suit(january, "ordered", ordered="公开")
    made = actions.open_retrial(legality, first, opening(january))
    first.refresh_from_db()
    assert first.redo_by
    actions.conclude(legality, made, "claims_dismissed", on=ended)
    first.refresh_from_db()
    assert (first.redo_by, first.counted) == (None, False)


def test_it_has_results_of_its_own(retrial, suit, legality, january, ended):
    kept = (actions.conclude, legality, retrial)
    assert refusal(*kept, "not_accepted", on=ended) == "not_appealable"
    open_suit = actions.open_appeal_elsewhere(legality, retrial.agency, opening(january))
    other = (actions.conclude, legality, open_suit, "judgment_upheld")
    assert refusal(*other, on=ended) == "not_appealable"


def test_only_a_suit_that_was_judged_is_tried_anew_and_once(
    retrial, county, legality, december, january, ended
):
    first = retrial.follows
    again = (actions.open_retrial, legality)
    assert refusal(*again, first, opening(january)) == "not_appealable"
    assert refusal(*again, retrial, opening(january)) == "not_appealable"
    asked = opening(december, RECONSIDERED)
    reconsidered = actions.open_appeal_elsewhere(legality, county.own, asked)
    actions.conclude(legality, reconsidered, "upheld", on=december)
    assert refusal(*again, reconsidered, asked) == "not_appealable"
    assert refusal(actions.open_second_instance, legality, retrial, opening(ended)) == (
        "not_appealable"
    )


def test_one_entered_by_mistake_gives_its_place_back(retrial, legality, county, ended, december):
    actions.conclude(legality, retrial, "annulled", on=ended)
    actions.strike_appeal(legality, retrial, "误登")
    assert Appeal.objects.get().counted
    assert counted(county.own, ended.year) == NOTHING
    assert counted(county.own, december.year) == JUDGED


def test_a_result_put_right_takes_the_place_and_gives_it_back(retrial, legality, county, ended):
    actions.conclude(legality, retrial, "judgment_upheld", on=ended)
    now = actions.Stated(opening(retrial.opened_on), concluded_on=ended)
    actions.amend_appeal(legality, retrial, with_result(now, "annulled"), "看错了主文")
    assert counted(county.own, ended.year) == CORRECTED
    actions.amend_appeal(legality, retrial, with_result(now, "retrial_refused"), "看错了主文")
    assert counted(county.own, ended.year) == NOTHING
    assert Appeal.objects.get(retrial=False).counted


def with_result(now, code):
    return actions.Stated(now.opening, result=code, concluded_on=now.concluded_on)
