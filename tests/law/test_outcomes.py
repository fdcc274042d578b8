"""How applications end: what is counted, what is cited, what must be on record."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from gongkai.law.dated import NotInForceError
from gongkai.law.forms import VERSIONS, form
from gongkai.law.grounds import grounds
from gongkai.law.outcomes import (
    NoRowError,
    cited_with,
    combined,
    outcome,
    outcomes,
    required,
    requirement,
    requirements,
    row_of,
)
from gongkai.law.proofs import proof

TODAY = date(2026, 3, 2)
CASES = tomllib.loads((Path(__file__).parent / "outcomes.toml").read_text("utf-8"))["cases"]
CITING = [case for case in CASES if "cites" in case]


def items(case: dict) -> list[tuple[str, str | None]]:
    split = [entry.split() for entry in case["decided"]]
    return [(code, *(rest or [None])) for code, *rest in split]


def names(entries) -> set[str]:
    return {entry["name"] for entry in entries}


def test_every_worked_case_has_its_own_name() -> None:
    assert len(names(CASES)) == len(CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_counts_as_one_outcome_in_one_row(case: dict) -> None:
    on = case.get("on", TODAY)
    found = combined(items(case), on=on)
    ground = found.ground or dict(items(case)).get(found.outcome)
    assert found.outcome == case["outcome"]
    assert found.uncertain is case.get("uncertain", False)
    assert row_of(found.outcome, ground, on=on) == case["row"]
    assert row_of(found.outcome, ground, on=on, form="2019") == case.get("row_2019", case["row"])


@pytest.mark.parametrize("case", CITING, ids=lambda case: case["name"])
def test_a_letter_cites_the_articles_of_its_outcome_and_ground(case: dict) -> None:
    ((code, ground),) = items(case)
    cited = cited_with(
        code,
        [ground] if ground else [],
        on=case.get("on", TODAY),
        consulted=case.get("consulted", False),
    )
    assert list(cited) == case["cites"]


def test_there_are_22_outcomes() -> None:
    assert [o.code for o in outcomes(on=TODAY)] == [f"A{number}" for number in range(1, 23)]


def test_three_outcomes_do_not_end_a_case_and_are_not_counted() -> None:
    going_on = [o.code for o in outcomes(on=TODAY) if not o.closes]
    assert going_on == ["A18", "A19", "A20"]
    for code in going_on:
        with pytest.raises(NoRowError, match=code):
            row_of(code, on=TODAY)
        with pytest.raises(NoRowError, match=code):
            combined([("A2", None), (code, None)], on=TODAY)


def test_every_row_of_handled_applications_can_be_reached_in_both_forms() -> None:
    codes = [g.code for g in grounds(on=TODAY)]
    for version in VERSIONS:
        reached = {
            row_of(o.code, ground, on=TODAY, form=version)
            for o in outcomes(on=TODAY)
            if o.closes
            for ground in (codes if o.by_ground else [None])
        }
        rows = form(version).row_codes
        assert reached == {row for row in rows if row.startswith("3.") and row != "3.7"}


def test_a_refusal_without_a_ground_is_neither_cited_nor_counted() -> None:
    with pytest.raises(ValueError, match="ground"):
        cited_with("A4", on=TODAY)
    with pytest.raises(ValueError, match="ground"):
        row_of("A4", on=TODAY)


def test_an_answer_that_rests_on_no_ground_takes_none() -> None:
    with pytest.raises(ValueError, match="no ground"):
        cited_with("A6", ["N14_LAW"], on=TODAY)


def test_a_partial_disclosure_whose_rest_does_not_exist_cites_no_ground() -> None:
    assert cited_with("A3", on=TODAY) == ("36(二)", "37")


def test_several_grounds_are_cited_once_each() -> None:
    cited = cited_with("A4", ["N16_PROCESS", "N16_CASEFILE", "N14_LAW"], on=TODAY)
    assert cited == ("36(三)", "16(2)", "14")


def test_combining_does_not_depend_on_the_order_of_the_requests() -> None:
    closing = [(o.code, "N14_LAW" if o.by_ground else None) for o in outcomes(on=TODAY) if o.closes]
    for one, other in product(closing, closing):
        assert combined([one, other], on=TODAY) == combined([other, one], on=TODAY)


def test_a_case_without_any_decision_counts_as_nothing() -> None:
    with pytest.raises(ValueError, match="at least one"):
        combined([], on=TODAY)


def test_fees_can_lapse_only_since_there_are_fees() -> None:
    with pytest.raises(NotInForceError, match="2021-01-01"):
        outcome("A16", on=date(2020, 12, 31))


def test_an_unknown_outcome_is_told_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="A23"):
        outcome("A23", on=TODAY)


def codes(code: str, **circumstances: bool) -> list[str]:
    return [needed.code for needed in required(code, on=TODAY, **circumstances)]


def test_what_does_not_exist_was_searched_for() -> None:
    assert codes("A6") == ["search_record"]


def test_a_refusal_has_ground_review_and_reasons() -> None:
    assert codes("A4") == ["ground", "review", "reasons"]


def test_a_third_party_that_was_asked_is_settled_before_the_answer() -> None:
    for code in ("A2", "A3", "A4"):
        assert "third_party_settled" in codes(code, third_party_consulted=True)
        assert "third_party_settled" not in codes(code)


def test_disclosure_against_an_objection_needs_the_reason_and_the_letter_to_the_third_party() -> (
    None
):
    needed = ["review", "third_party_settled", "override_reason", "letter_to_third_party"]
    assert codes("A2", objection_overridden=True) == needed


def test_a_part_that_merely_does_not_exist_needs_no_ground() -> None:
    assert "ground" in codes("A3")
    assert "ground" not in codes("A3", withheld=False)


def test_the_agency_responsible_is_named_where_it_is_known() -> None:
    assert codes("A7") == ["reasons"]
    assert codes("A7", agency_known=True) == ["reasons", "agency_named_if_known"]


@pytest.mark.parametrize(
    ("code", "round_"),
    [
        ("A9", "correction_round"),
        ("A15", "correction_round"),
        ("A16", "fee_round"),
        ("A13", "reasons_round"),
        ("A11", "previous_answer"),
    ],
)
def test_what_ends_a_round_needs_the_round(code: str, round_: str) -> None:
    assert codes(code)[:1] == [round_]


def test_a_fee_is_not_given_up_before_its_notice_is_known_to_have_arrived() -> None:
    assert codes("A16") == ["fee_round", "fee_arrival"]


def test_every_requirement_and_proof_named_exists_and_is_used() -> None:
    used = {name for o in outcomes(on=TODAY) for name in o.requires}
    assert used == {known.code for known in requirements()}
    for name in used:
        assert requirement(name).words("zh")
        assert requirement(name).words("en")
    for o in outcomes(on=TODAY):
        assert all(proof(name).kept for name in o.proof)


def test_what_the_law_leaves_open_says_so() -> None:
    uncertain = {o.code for o in outcomes(on=TODAY) if o.uncertain}
    assert uncertain == {"A14", "A17", "A21", "A22"}
    assert all(o.note for o in outcomes(on=TODAY) if o.uncertain)
