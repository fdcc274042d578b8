"""What an item brings round is a duty, until something of that period is public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.org.actions import appoint
from gongkai.org.models import Role
from gongkai.publishing import actions
from gongkai.publishing.catalogue import queries
from gongkai.publishing.catalogue.entry import Entry
from gongkai.publishing.catalogue.models import CatalogueItem, Duty
from gongkai.publishing.document.models import Document
from gongkai.publishing.document.versions import content_of
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.refusal import NotAllowedError

AS_OF = date(2026, 11, 27)
QUARTERLY = Entry(
    matter="季度统计", since=date(2026, 1, 1), code="stat", item="20.4", period="quarter", days=20
)


@pytest.fixture
def item(cast: SimpleNamespace, county: SimpleNamespace) -> CatalogueItem:
    made = actions.add_item(cast.officer, county.own, QUARTERLY)
    Duty.objects.all().delete()
    CatalogueItem.objects.update(duties_until=None)
    return made


@pytest.fixture
def fulfil(publish: Callable[..., Publication], item: CatalogueItem) -> Callable[..., Publication]:
    """Publishes the statistics of a quarter."""

    def make(period: str = "2026Q1", **more: Any) -> Publication:
        return publish(
            title=f"{period}统计", kind="statistics", catalogue_item=item.pk, period=period, **more
        )

    return make


def duty(period: str) -> Duty:
    return Duty.objects.get(period=period)


def test_a_period_that_is_over_is_a_duty_with_its_last_day(item: CatalogueItem) -> None:
    assert actions.make_duties(date(2026, 7, 1)) == 2
    found = Duty.objects.values_list("period", "due_on")
    assert list(found) == [("2026Q1", date(2026, 4, 29)), ("2026Q2", date(2026, 7, 28))]


def test_duties_are_made_once_and_asking_again_looks_at_no_item(
    item: CatalogueItem, django_assert_num_queries: Callable[..., Any]
) -> None:
    assert actions.make_duties(AS_OF) == 3
    with django_assert_num_queries(1):
        assert actions.make_duties(AS_OF) == 0
    assert actions.make_duties(date(2027, 1, 1)) == 1


def test_an_item_without_a_period_makes_no_duty(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.add_item(cast.officer, county.own, replace(QUARTERLY, period=""))
    assert actions.make_duties(AS_OF) == 0


def test_publishing_fulfils_the_duty_of_that_period_and_no_other(
    item: CatalogueItem, fulfil: Callable[..., Publication]
) -> None:
    actions.make_duties(AS_OF)
    made = fulfil("2026Q2")
    assert duty("2026Q2").fulfilled_by == made
    assert duty("2026Q2").fulfilled_on == made.published_on
    assert duty("2026Q1").fulfilled_by is None


def test_what_was_published_before_the_duty_was_made_fulfils_it(
    item: CatalogueItem, fulfil: Callable[..., Publication]
) -> None:
    made = fulfil("2026Q1")
    actions.make_duties(AS_OF)
    assert duty("2026Q1").fulfilled_by == made


def test_taking_it_down_opens_the_duty_again_and_another_publication_closes_it(
    cast: SimpleNamespace, item: CatalogueItem, fulfil: Callable[..., Publication]
) -> None:
    actions.make_duties(AS_OF)
    first = fulfil()
    actions.withdraw(cast.reviewer, first.document, reason="数据有误", public_note="数据有误")
    assert duty("2026Q1").fulfilled_by is None
    assert duty("2026Q1").fulfilled_on is None
    again = fulfil()
    assert duty("2026Q1").fulfilled_by == again


def test_of_two_publications_the_first_counts_and_when_it_goes_the_other(
    cast: SimpleNamespace, item: CatalogueItem, fulfil: Callable[..., Publication]
) -> None:
    actions.make_duties(AS_OF)
    first, second = fulfil(), fulfil()
    assert duty("2026Q1").fulfilled_by == first
    actions.withdraw(cast.reviewer, first.document, reason="重复", public_note="重复公布")
    assert duty("2026Q1").fulfilled_by == second


def test_a_revision_for_another_period_fulfils_that_one_instead(
    cast: SimpleNamespace,
    item: CatalogueItem,
    fulfil: Callable[..., Publication],
    approve: Callable[..., Document],
) -> None:
    actions.make_duties(AS_OF)
    first = fulfil("2026Q1")
    document = actions.amend(cast.drafter, first.document)
    said = replace(content_of(first.version), period="2026Q2")
    actions.save(cast.drafter, document, said, base=first.version.number)
    document.refresh_from_db()
    second = actions.publish(cast.reviewer, approve(document), "所属期更正")
    assert duty("2026Q1").fulfilled_by is None
    assert duty("2026Q2").fulfilled_by == second


def test_a_revision_of_the_same_period_leaves_the_day_it_was_fulfilled(
    cast: SimpleNamespace,
    item: CatalogueItem,
    fulfil: Callable[..., Publication],
    approve: Callable[..., Document],
) -> None:
    actions.make_duties(AS_OF)
    first = fulfil("2026Q1")
    document = actions.amend(cast.drafter, first.document)
    said = replace(content_of(first.version), summary="更正一处数据")
    actions.save(cast.drafter, document, said, base=first.version.number)
    document.refresh_from_db()
    actions.publish(cast.reviewer, approve(document), "数据更正")
    assert duty("2026Q1").fulfilled_by == first


def test_overdue_is_what_nobody_has_met_or_excused_after_its_last_day(
    cast: SimpleNamespace, county: SimpleNamespace, item: CatalogueItem
) -> None:
    actions.make_duties(AS_OF)
    late = queries.overdue(county.top, date(2026, 7, 28))
    assert [d.period for d in late] == ["2026Q1"]
    assert queries.overdue(county.top, date(2026, 7, 29)).count() == 2
    assert not queries.overdue(county.top, AS_OF, subtree=False).exists()
    assert not queries.overdue(county.other, AS_OF).exists()
    actions.excuse_duty(cast.officer, duty("2026Q1"), "本季度不开展调查")
    assert [d.period for d in queries.overdue(None, date(2026, 7, 29))] == ["2026Q2"]
    counts = queries.duty_counts(county.own, date(2026, 7, 29))
    assert (counts.overdue, counts.open, counts.done, counts.excused) == (1, 1, 0, 1)


def test_an_excuse_has_a_reason_and_is_the_agencys_to_give(
    cast: SimpleNamespace, item: CatalogueItem, fulfil: Callable[..., Publication]
) -> None:
    actions.make_duties(AS_OF)
    with pytest.raises(NotAllowedError, match="reason"):
        actions.excuse_duty(cast.officer, duty("2026Q1"), " ")
    for who in (cast.drafter, cast.colleague, cast.supervisor):
        with pytest.raises(NotAllowedError, match="role"):
            actions.excuse_duty(who, duty("2026Q1"), "没有")
    fulfil()
    with pytest.raises(NotAllowedError) as refused:
        actions.excuse_duty(cast.officer, duty("2026Q1"), "没有")
    assert refused.value.reason == "already_fulfilled"


def test_another_rhythm_makes_open_duties_anew_and_keeps_what_was_done(
    cast: SimpleNamespace, item: CatalogueItem, fulfil: Callable[..., Publication]
) -> None:
    actions.make_duties(AS_OF)
    fulfil("2026Q1")
    actions.change_item(cast.officer, item, replace(QUARTERLY, days=10))
    assert duty("2026Q1").due_on == date(2026, 4, 29)
    assert duty("2026Q2").due_on == date(2026, 7, 14)
    actions.change_item(cast.officer, item, replace(QUARTERLY, period="", days=10))
    assert list(Duty.objects.values_list("period", flat=True)) == ["2026Q1"]


def test_an_item_that_ended_brings_nothing_round_any_more(
    cast: SimpleNamespace, item: CatalogueItem
) -> None:
    actions.make_duties(AS_OF)
    actions.end_item(cast.officer, item, date(2026, 6, 30), "改为年度统计")
    assert list(Duty.objects.values_list("period", flat=True)) == ["2026Q1", "2026Q2"]
    assert actions.make_duties(date(2028, 1, 1)) == 0


def test_a_provisional_day_is_counted_again_when_the_calendar_is_known(
    item: CatalogueItem,
) -> None:
    actions.make_duties(AS_OF)
    Duty.objects.filter(period="2026Q3").update(due_on=date(2026, 1, 1), provisional=True)
    CatalogueItem.objects.update(duties_until=AS_OF - timedelta(days=1))
    actions.make_duties(AS_OF)
    assert (duty("2026Q3").due_on, duty("2026Q3").provisional) == (date(2026, 11, 3), False)


def test_who_answers_for_a_duty_is_the_head_of_the_office_or_its_officers(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    found = queries.responsible([county.own.pk, county.other.pk, county.town.pk])
    assert found == {county.own.pk: [cast.reviewer], county.other.pk: [cast.colleague]}
    appoint(cast.stranger, county.other, Role.HEAD)
    assert queries.responsible([county.other.pk])[county.other.pk] == [cast.stranger]
