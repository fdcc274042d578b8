"""The ten cells of section two: every number is as long as its list, and the years add up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.forms import form
from gongkai.publishing import actions
from gongkai.publishing.actions import Count
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.register.queries import (
    Registered,
    counted_in_force,
    counted_repealed,
    ended_between,
    expiring,
    in_force,
    lapsed_in,
    made_between,
    made_in,
    repealed_in,
    standing_on,
)
from gongkai.publishing.register.rules import Event, timeline
from gongkai.publishing.register.yearly import ADDRESSES, proactive_rows
from tests.publishing.register.conftest import TODAY, Norm, bring_over

MADE = "proactive.normative_documents.made"
REPEALED = "proactive.normative_documents.repealed"
IN_FORCE = "proactive.normative_documents.in_force"


@pytest.fixture
def repealing(cast: SimpleNamespace, held: Norm) -> Norm:
    """Repeals a document from a day on."""

    def make(document: object, on: date) -> None:
        new = held(title="关于废止的决定", kind="official_document")
        actions.relate(cast.officer, new, "repeals", document, since=on)  # type: ignore[arg-type]

    return make  # type: ignore[return-value]


def values(found: dict[str, object]) -> dict[str, object]:
    return {address: counted.value for address, counted in found.items()}  # type: ignore[attr-defined]


def test_all_ten_cells_of_the_form_are_there_in_its_order(county: SimpleNamespace) -> None:
    found = proactive_rows(county.own, 2025, TODAY)
    assert list(found) == [a for a in form("2021").addresses if a.startswith("proactive.")]
    assert len(found) == len(ADDRESSES) == 10


def test_without_documents_the_count_is_zero_and_without_tallies_the_cell_is_blank(
    county: SimpleNamespace,
) -> None:
    found = values(proactive_rows(county.own, 2025, TODAY))
    assert found[IN_FORCE] == 0
    assert found["proactive.licensing.decisions"] is None


def test_a_year_in_the_life_of_a_register(
    county: SimpleNamespace, held: Norm, repealing: Norm
) -> None:
    held(formed_on=date(2023, 5, 1))
    old = held(formed_on=date(2023, 6, 1))
    repealing(old, date(2025, 7, 1))
    held(formed_on=date(2023, 7, 1), expires_on=date(2025, 3, 31))
    held(formed_on=date(2025, 12, 20), effective_on=date(2026, 2, 1))
    held(kind="regulation", formed_on=date(2025, 2, 1))
    found = values(proactive_rows(county.own, 2025, TODAY))
    assert (found[MADE], found[REPEALED], found[IN_FORCE]) == (1, 1, 2)
    assert found["proactive.regulations.made"] == 1
    assert len(lapsed_in(county.own, 2025)) == 1
    assert values(proactive_rows(county.own, 2024, TODAY))[IN_FORCE] == 3


def test_every_number_of_documents_is_as_long_as_its_list(
    county: SimpleNamespace, held: Norm, repealing: Norm
) -> None:
    for year in (2022, 2023, 2024):
        repealing(held(formed_on=date(year, 1, 5)), date(year + 1, 1, 1))
    for year in (2022, 2023, 2024, 2025):
        for address, counted in proactive_rows(county.own, year, TODAY).items():
            if counted.value is not None and "decisions" not in address:
                assert counted.value == len(counted.records), (year, address)


def test_decisions_and_fees_add_up_to_their_tallies(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    for month, amount in ((1, "10"), (2, "5")):
        actions.report_tally(
            cast.officer, county.own, Count(None, "penalty", 2025, month, Decimal(amount))
        )
    fee = Count(None, "fee", 2025, 3, Decimal("12345.67"))
    actions.report_tally(cast.officer, county.own, fee)
    found = proactive_rows(county.own, 2025, TODAY)
    penalties = found["proactive.penalties.decisions"]
    assert (penalties.value, len(penalties.records)) == (15, 2)
    assert penalties.missing[0].months == tuple(range(3, 13))
    assert found["proactive.fees.amount_wan"].value == Decimal("1.234567")


def test_while_the_year_lasts_it_counts_up_to_the_day(county: SimpleNamespace, held: Norm) -> None:
    held(formed_on=date(2025, 3, 1), expires_on=date(2025, 8, 31))
    assert values(proactive_rows(county.own, 2025, date(2025, 2, 1)))[MADE] == 0
    assert values(proactive_rows(county.own, 2025, date(2025, 5, 1)))[IN_FORCE] == 1
    assert values(proactive_rows(county.own, 2025, date(2025, 9, 1)))[IN_FORCE] == 0


def test_the_agencies_below_are_counted_in_when_asked_for(
    county: SimpleNamespace, held: Norm
) -> None:
    held(county.top)
    held(county.other)
    held(county.outside)
    assert values(proactive_rows(county.top, 2024, TODAY))[MADE] == 1
    assert values(proactive_rows(county.top, 2024, TODAY, subtree=True))[MADE] == 2
    assert len(in_force(None, TODAY)) == 3


def test_a_document_stands_in_the_lists_of_its_years(
    county: SimpleNamespace, held: Norm, repealing: Norm
) -> None:
    document = held(formed_on=date(2023, 5, 1))
    repealing(document, date(2025, 7, 1))
    assert [r.day for r in made_in(county.own, 2023)] == [date(2023, 5, 1)]
    assert [r.day for r in repealed_in(county.own, 2025)] == [date(2025, 7, 1)]
    assert made_in(county.own, 2025) == repealed_in(county.own, 2024) == []
    assert [r.standing.validity for r in standing_on(county.own, TODAY, *ANY)] == ["repealed"]


ANY = ("normative_document", "")


def test_the_end_of_validity_is_announced_ahead(county: SimpleNamespace, held: Norm) -> None:
    for days in (5, 20, 60, 200):
        held(title=f"{days}", expires_on=TODAY + timedelta(days=days))
    held(title="已失效", expires_on=TODAY - timedelta(days=1))
    found = [(e.document.title, e.days, e.warning) for e in expiring(TODAY, 90, county.own)]
    assert found == [("5", 5, 7), ("20", 20, 30), ("60", 60, 90)]


DAYS = st.dates(date(2020, 1, 1), date(2024, 12, 31))
LIVES = st.lists(
    st.tuples(
        DAYS,
        st.none() | DAYS,
        st.none() | DAYS,
        st.none() | DAYS,
        st.sampled_from(["repealed", "invalidated"]),
    ),
    max_size=12,
)


@given(LIVES)
def test_in_force_is_what_was_in_force_and_was_made_less_what_ended(
    lives: list[tuple[date, date | None, date | None, date | None, str]],
) -> None:
    documents = [entry(*life) for life in lives]
    for year in range(2020, 2026):
        first, last = date(year, 1, 1), date(year, 12, 31)
        made = made_between(documents, first, last)
        repealed = counted_repealed(documents, first, last)
        lapsed = ended_between(documents, first, last, {"lapsed"})
        before = counted_in_force(documents, first - timedelta(days=1))
        after = counted_in_force(documents, last)
        assert len(after) == len(before) + len(made) - len(repealed) - len(lapsed)


def entry(
    made: date, effective: date | None, expires: date | None, ends: date | None, how: str
) -> Registered:
    events = [Event("made", made, effective, max(expires, made) if expires else None)]
    if ends:
        events.append(Event(how, ends))  # type: ignore[arg-type]
    spans = timeline(events)
    return Registered(1, "", "", "", "", None, True, spans[0].since, spans)  # type: ignore[arg-type]


def test_the_register_of_a_county_is_read_in_a_moment(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    with transaction.atomic():
        rows = [{"title": f"第{n}号", "formed_on": date(2024, 1, 1)} for n in range(300)]
        brought: list[Publication] = bring_over(cast.administrator, county.own, rows)
        actions.noted_in_bulk(cast.administrator, brought)
    assert len(in_force(county.top, TODAY)) == 300
