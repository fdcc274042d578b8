"""The periods the law sets: all of them, each under the rule of its day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from gongkai.law.terms import TermNotInForceError, all_terms, term, terms

TODAY = date(2026, 3, 2)

# id, variant: length and unit in force on 2 March 2026 (None: for the agency to set)
LENGTHS = {
    ("D01", ""): (20, "working_days"),
    ("D02", ""): (7, "working_days"),
    ("D03", ""): (None, "working_days"),
    ("D04", ""): (20, "working_days"),
    ("D05", ""): (20, "working_days"),
    ("D06", ""): (15, "working_days"),
    ("D07", ""): (15, "working_days"),
    ("D08", ""): (20, "working_days"),
    ("D11", ""): (None, "years"),
    ("D12", ""): (60, "days"),
    ("D13", ""): (1, "years"),
    ("D14", ""): (6, "months"),
    ("D15", ""): (15, "days"),
    ("D16", "ordinary"): (10, "working_days"),
    ("D16", "summary"): (5, "working_days"),
    ("D17", "ordinary"): (60, "days"),
    ("D17", "summary"): (30, "days"),
    ("D18", ""): (45, "days"),
    ("D22", ""): (1, "years"),
    ("D23", ""): (6, "months"),
    ("D24", ""): (5, "years"),
    ("D25", ""): (20, "working_days"),
    ("D26", "judgment"): (15, "days"),
    ("D26", "ruling"): (10, "days"),
    ("D27", ""): (7, "working_days"),
    ("D28", ""): (20, "days"),
    ("D29", ""): (7, "working_days"),
    ("D30", ""): (2, "working_days"),
    ("D31", ""): (3, "working_days"),
    ("D32", ""): (3, "days"),
    ("D33", ""): (15, "working_days"),
    ("D34", ""): (20, "working_days"),
    ("D35", ""): (6, "months"),
}
DATES = {"D09": (1, 31), "D10": (3, 31), "D19": (2, 20), "D20": (3, 10), "D21": (3, 31)}


@pytest.mark.parametrize(("key", "expected"), LENGTHS.items())
def test_length_in_force(key, expected):
    found = term(key[0], variant=key[1], on=TODAY)
    assert (found.length, found.unit) == expected


@pytest.mark.parametrize(("id_", "month_day"), DATES.items())
def test_fixed_days_of_the_yearly_report(id_, month_day):
    found = term(id_, on=TODAY)
    assert (found.unit, found.length) == ("date", None)
    assert found.day_after(2025) == date(2026, *month_day)


def test_all_35_are_there_and_nothing_else():
    in_force = {(t.id, t.variant) for t in terms(on=TODAY)}
    assert in_force == LENGTHS.keys() | {(id_, "") for id_ in DATES}
    assert {id_ for id_, _ in in_force} == {f"D{number:02}" for number in range(1, 36)}


def test_one_rule_a_day():
    assert set(Counter((t.id, t.variant, t.valid_from) for t in all_terms()).values()) == {1}


@pytest.mark.parametrize(
    ("on", "answer", "extension"),
    [
        (date(2008, 5, 1), 15, 15),
        (date(2019, 5, 14), 15, 15),
        (date(2019, 5, 15), 20, 20),
    ],
)
def test_the_time_to_answer_changed_with_the_regulations(on, answer, extension):
    assert term("D04", on=on).length == answer
    assert term("D05", on=on).length == extension


@pytest.mark.parametrize(("on", "months"), [(date(2015, 4, 30), 3), (date(2015, 5, 1), 6)])
def test_the_time_to_sue_changed_with_the_procedure_law(on, months):
    assert term("D14", on=on).length == months


def test_before_its_first_rule_a_term_is_not_in_force():
    with pytest.raises(
        TermNotInForceError, match=r"D25 .* only from 2025-06-01, not on 2025-05-31"
    ):
        term("D25", on=date(2025, 5, 31))
    assert "D25" not in {t.id for t in terms(on=date(2025, 5, 31))}


def test_a_term_that_does_not_exist():
    with pytest.raises(KeyError, match="no term 'D99'"):
        term("D99", on=TODAY)


def test_a_variant_must_be_named():
    with pytest.raises(KeyError, match="its variants are ordinary, summary"):
        term("D16", on=TODAY)


def test_a_length_is_no_day():
    with pytest.raises(ValueError, match="D04 is a length of time"):
        term("D04", on=TODAY).day_after(2025)


@pytest.mark.parametrize("rule", all_terms(), ids=lambda t: f"{t.id}-{t.variant}-{t.valid_from}")
class TestEveryRule:
    def test_says_what_from_when_and_by_which_article(self, rule):
        assert rule.matter
        assert rule.matter_en
        assert rule.start
        assert rule.start_en
        assert rule.articles
        assert bool(rule.consequence) == bool(rule.consequence_en)

    def test_has_exactly_one_measure(self, rule):
        assert [rule.length, rule.suggested, rule.month_day].count(None) == 2
        assert (rule.unit == "date") == (rule.month_day is not None)

    def test_says_what_is_uncertain(self, rule):
        assert not rule.uncertain or rule.note


def test_what_the_law_leaves_open_is_marked():
    uncertain = {t.id for t in terms(on=TODAY) if t.uncertain}
    usual = {"D02", "D03", "D04", "D05", "D11", "D23", "D25"}
    assert uncertain == usual | {"D29", "D30", "D31", "D33", "D34"}
    assert all(t.uncertain for t in terms(on=TODAY) if t.suggested)
