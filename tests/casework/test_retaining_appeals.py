"""When its time is over, no word is left of an appeal that is about no case here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from gongkai.annual_report.compile import compile_report
from gongkai.casework import actions
from gongkai.casework.actions import retaining
from gongkai.casework.actions.amending_appeals import stated
from gongkai.casework.actions.forgetting import REMOVED
from gongkai.casework.appeal.models import Appeal, AppealAmendment, AppealKind
from gongkai.casework.appeal.queries import seen_by
from gongkai.jobs import work
from gongkai.trail.models import Entry
from gongkai.trail.verification import verify
from tests.casework.handling import refusal

WORDS = "慕容雪见，住青禾县桃花坞九号"
YEARS = 2
HOLDS_NO_WORDS = {"appeal.result"}


@pytest.fixture(autouse=True)
def practice(county, head) -> None:
    """What was contested is kept for two years."""
    actions.set_practice(head, county.own, {"keep_years_appealed": YEARS})


@pytest.fixture
def long_ago(today: date) -> date:
    """So long ago that nothing of it is kept any more."""
    return today - timedelta(days=366 * YEARS)


@pytest.fixture
def ended(county, legality, long_ago) -> Callable[..., Appeal]:
    """Enters a suit that ended on a day, in every column of which somebody is named."""

    def make(on: date = long_ago, kind: AppealKind = AppealKind.DIRECT, **more: Any) -> Appeal:
        opening = actions.Opening(
            kind,
            WORDS,
            WORDS,
            on,
            number=WORDS,
            contested_number=WORDS,
            contested_ground=WORDS,
            **{"joint_key": WORDS, **more},
        )
        made = actions.open_appeal_elsewhere(legality, county.own, opening)
        Appeal.objects.filter(pk=made.pk).update(
            outcome="upheld", result="claims_dismissed", concluded_on=on, ordered=WORDS
        )
        made.refresh_from_db()
        said = stated(made)
        said = replace(said, opening=replace(said.opening, about=f"{WORDS}不服"))
        return actions.amend_appeal(legality, made, said, WORDS)

    return make


def struck(user: Any, appeal: Appeal, on: date) -> None:
    actions.strike_appeal(user, appeal, WORDS)
    at = timezone.now() - (timezone.localdate() - on)
    Appeal.everything.filter(pk=appeal.pk).update(struck_at=at)


def written() -> Iterator[tuple[type[models.Model], str]]:
    """The columns in which anybody may have written anything."""
    for model in (Appeal, AppealAmendment):
        for field in model._meta.concrete_fields:
            texts = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if texts and not field.choices:
                yield model, field.name


def naming() -> set[str]:
    return {
        f"{model._meta.model_name}.{name}"
        for model, name in written()
        if any(WORDS in str(value) for value in models.QuerySet(model).values_list(name, flat=True))
    }


def due(today: date) -> list[int]:
    return [first.pk for first in retaining.appeals_due(today)]


def test_the_appeals_of_this_test_name_somebody_in_every_column(ended, legality, long_ago):
    ended()
    struck(legality, ended(), long_ago)
    columns = {f"{model._meta.model_name}.{name}" for model, name in written()}
    assert columns - HOLDS_NO_WORDS == naming()


def test_no_column_names_anybody_afterwards_and_no_table(ended, legality, long_ago, today):
    ended()
    struck(legality, ended(), long_ago)
    assert len(retaining.anonymise_due(today)) == 2
    assert naming() == set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not [row for row in cursor.fetchall() if "慕容" in str(row)], table


def test_they_go_after_the_years_of_the_agency_for_what_was_contested(ended, county, head, today):
    kept, gone = ended(on=today - timedelta(days=700)), ended()
    assert due(today) == [gone.pk]
    actions.set_practice(head, county.own, {"keep_years_appealed": 1})
    assert due(today) == [gone.pk, kept.pk]


def test_one_that_is_open_or_waits_for_what_was_ordered_stays(ended, long_ago, today):
    rows = Appeal.objects.filter
    rows(pk=ended().pk).update(outcome="pending", result="", concluded_on=None)
    rows(pk=ended().pk).update(redo_by=long_ago)
    done = ended()
    rows(pk=done.pk).update(redo_by=long_ago, redone_on=long_ago)
    assert due(today) == [done.pk]


def test_instances_go_together_after_the_last(ended, legality, long_ago, today):
    first = ended(joint_key="")
    opening = actions.Opening(AppealKind.DIRECT, WORDS, WORDS, long_ago)
    second = actions.open_second_instance(legality, first, opening)
    assert due(today) == []
    actions.conclude(legality, second, "claims_dismissed", on=today - timedelta(days=9))
    assert due(today) == []
    Appeal.objects.filter(pk=second.pk).update(concluded_on=long_ago)
    assert due(today) == [first.pk]
    retaining.anonymise_due(today)
    assert Appeal.objects.exclude(anonymised_at=None).count() == 2
    assert due(today) == []


def test_figures_stay(ended, county, long_ago, today):
    ended()
    kept = ("kind", "outcome", "result", "opened_on", "concluded_on", "counted", "instance")

    def figures() -> Any:
        rows = list(Appeal.objects.values_list(*kept))
        return rows, compile_report(county.own, long_ago.year, today).report.figures

    before = figures()
    assert before[1]["appeals.litigation_direct.upheld"] == 1
    assert len(retaining.anonymise_due(today)) == 1
    assert figures() == before


def test_the_trail_and_the_report_tell_it_in_numbers(ended, today):
    made = ended()
    (removal,) = retaining.anonymise_due(today)
    assert str(removal).startswith(f"appeal {made.pk} ")
    line = Entry.objects.get(verb="casework.anonymise_appeal")
    assert line.details["removed"] == removal.rows == {"appeal": 1, "appealamendment": 1}
    assert verify().faults == ()


def test_two_books_of_one_suit_are_still_tied(ended, county, today):
    made = ended()
    other = Appeal.objects.get(pk=made.pk)
    other.pk, other.agency, other.concluded_on = None, county.other, today
    other.save()
    retaining.anonymise_due(today)
    keys = set(Appeal.objects.values_list("joint_key", flat=True))
    assert len(keys) == 1
    assert keys != {WORDS}


def test_nothing_is_done_about_it_any_more_and_it_can_still_be_seen(ended, legality, head, today):
    made = ended()
    retaining.anonymise_due(today)
    assert refusal(actions.strike_appeal, legality, made, "误登") == "anonymised"
    assert refusal(retaining.anonymise_appeal, head, made) == "not_due"
    assert seen_by(legality).get().before == REMOVED


def test_who_may_not_set_the_time_removes_nothing(ended, officer, today):
    assert refusal(retaining.anonymise_appeal, officer, ended()) == "role"


def test_the_background_work_removes_it(ended, settings, today):
    settings.RETENTION = True
    made = ended()
    work._retain()
    made.refresh_from_db()
    assert made.anonymised_at
