"""Invented reports: the same every time, and every sum of the form holds."""

import re
from decimal import Decimal

import pytest

from gongkai.law.forms import form
from gongkai.specimen import invent
from gongkai.specimen.tables import SIZES

SEEDS = range(40)


def broken_sums(report):
    """The codes of all sums of the form that do not hold, computed plainly here."""
    layout = form(report.form)
    broken = []
    for rule in layout.sums:
        if rule.table == "appeals":
            lines = [(f"appeals.{g.code}.", "") for g in layout.appeal_groups]
        elif rule.across == "columns":
            lines = [(f"applications.{row}.", "") for row in layout.row_codes]
        else:
            lines = [("applications.", f".{column}") for column in layout.column_codes]
        for before, after in lines:
            left = sum(report.figures[before + code + after] for code in rule.left)
            right = sum(report.figures[before + code + after] for code in rule.right)
            if left != right:
                broken.append(rule.rule)
    return broken


@pytest.mark.parametrize("version", ["2019", "2021"])
@pytest.mark.parametrize("size", SIZES)
def test_every_sum_holds_in_every_size_and_form(version, size):
    for seed in SEEDS:
        assert broken_sums(invent(seed, version=version, size=size)) == []


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_every_cell_of_the_form_is_there(version):
    report = invent(1, version=version)
    assert list(report.figures) == list(form(version).addresses)


def test_the_same_seed_gives_the_same_report_and_another_seed_another():
    assert invent(7) == invent(7)
    assert len({invent(seed).title for seed in SEEDS}) > 20


def test_the_form_follows_the_year():
    assert invent(1, year=2020).form == "2019"
    assert invent(1, year=2021).form == "2021"


def test_a_village_reports_nothing_but_zero():
    assert set(invent(3, size="none").figures.values()) == {0}


def test_a_city_handles_thousands():
    assert max(invent(s, size="city").figures["applications.1.total"] for s in SEEDS) > 2000


def test_fees_come_with_up_to_six_decimals():
    fees = [invent(s, size="city").figures["proactive.fees.amount_wan"] for s in range(200)]
    places = {-fee.as_tuple().exponent for fee in fees if isinstance(fee, Decimal)}
    assert 6 in places
    assert max(places) == 6


@pytest.mark.parametrize("seed", SEEDS)
def test_next_year_takes_over_what_was_pending_and_the_stock(seed):
    first = invent(seed, year=2022)
    second = invent(seed + 1, previous=first, size="medium")
    assert second.agency == first.agency
    assert second.year == 2023
    assert second.row("2") == first.row("4")
    for row in ("regulations", "normative_documents"):
        stock = {c: second.figures[f"proactive.{row}.{c}"] for c in ("made", "repealed")}
        before = first.figures[f"proactive.{row}.in_force"]
        after = second.figures[f"proactive.{row}.in_force"]
        assert after == before + stock["made"] - stock["repealed"]


def test_a_2021_form_report_can_follow_one_in_the_2019_form():
    first = invent(5, year=2020, size="large")
    second = invent(6, previous=first, size="large")
    assert (first.form, second.form) == ("2019", "2021")
    assert second.row("2") == first.row("4")
    assert broken_sums(second) == []


def test_the_text_names_the_figures_of_the_tables():
    report = invent(11, size="large")
    overview = report.section(1).text
    assert f"{report.figures['applications.1.total']}件" in overview
    assert f"{report.figures['applications.3.7.total']}件" in overview


def test_the_problem_section_differs_from_last_year():
    first = invent(1, year=2022, size="medium")
    second = invent(2, previous=first, size="medium")
    sentences = [set(re.split(r"[。，：\n]", r.section(5).text)) for r in (first, second)]
    repeated = {s for s in sentences[0] & sentences[1] if len(s) > 10}
    assert repeated == set()


def test_the_overview_stays_within_the_length_the_form_allows():
    longest = max(len(invent(s).section(1).text) for s in range(200))
    assert longest < form("2021").overview_limit
