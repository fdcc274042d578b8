"""The kinds of letters: to whom, with which number, and what they must say."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.dated import NotInForceError
from gongkai.law.letters import (
    NumberError,
    element,
    letter,
    letter_of,
    letters,
    number,
    optional_elements,
    required_elements,
)
from gongkai.law.outcomes import outcomes
from gongkai.law.remedies import remedy

TODAY = date(2026, 3, 2)


def says(code: str, given=None) -> list[str]:
    return [found.code for found in required_elements(code, on=TODAY, remedy=given)]


def test_every_outcome_has_its_own_letter_and_every_answer_its_outcome() -> None:
    told = [known.letter for known in outcomes(on=TODAY)]
    assert len(set(told)) == len(told)
    assert {known.code for known in letters(on=TODAY) if known.answer} == set(told)


def test_every_letter_goes_to_whom_its_outcome_says() -> None:
    for known in outcomes(on=TODAY):
        assert letter_of(known.code, on=TODAY).addressee == known.addressee


def test_twelve_letters_and_sheets_move_a_case_along() -> None:
    assert [known.code for known in letters(on=TODAY) if not known.answer] == [
        "application_form",
        "registration",
        "receipt",
        "correction_notice",
        "reasons_notice",
        "extension_notice",
        "third_party_consultation",
        "consultation_reply",
        "consultation_notice",
        "agency_consultation",
        "assistance_request",
        "fee_notice",
    ]


def test_what_moves_a_case_along_prints_no_remedy() -> None:
    without = {known.code for known in letters(on=TODAY) if not known.remedy}
    moving = {known.code for known in letters(on=TODAY) if not known.answer}
    assert without == moving | {"withdrawn", "delayed"}


def test_a_letter_prints_a_remedy_exactly_where_its_outcome_has_one() -> None:
    for known in outcomes(on=TODAY):
        given = remedy(known.code, decided_on=TODAY, ground_article="14", previous_disclosed=False)
        assert letter_of(known.code, on=TODAY).remedy is bool(given.elements)


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("correction_notice", {"correction_items", "correction_period", "consequence"}),
        ("extension_notice", {"extension_reasons", "new_due"}),
        ("third_party_consultation", {"consulted_information", "reply_period", "consequence"}),
        ("agency_consultation", {"consulted_information", "reply_period", "consequence"}),
        ("fee_notice", {"fee_basis", "fee_amount", "fee_breakdown", "payment_method"}),
        ("receipt", {"query_code", "answer_due", "received_on"}),
    ],
)
def test_what_moves_a_case_along_says_what_is_to_be_done(code: str, needed: set[str]) -> None:
    assert needed <= set(says(code))


def test_a_refusal_says_provision_reasons_and_that_reconsideration_comes_first() -> None:
    given = remedy("A4", decided_on=TODAY, ground_article="14")
    assert says("denied", given) == [
        "title",
        "number",
        "addressee",
        "issuer",
        "date_and_seal",
        "applicant_name",
        "request_facts",
        "legal_basis",
        "decision",
        "withheld_information",
        "ground_provision",
        "reasons",
        "remedy",
        "reconsideration_first",
    ]


def test_a_letter_with_a_remedy_is_not_checked_without_it() -> None:
    with pytest.raises(ValueError, match="remedy"):
        says("denied")


def test_what_may_be_said_besides() -> None:
    assert [e.code for e in optional_elements("not_existing", on=TODAY)] == ["search_scope"]
    assert optional_elements("fee_notice", on=TODAY) == ()


def test_every_element_named_exists_in_both_languages() -> None:
    given = remedy("A3", decided_on=TODAY, ground_article="14", delivered_online=True)
    for known in letters(on=TODAY):
        chosen = given if known.remedy else None
        told = (
            *required_elements(known.code, on=TODAY, remedy=chosen),
            *optional_elements(known.code, on=TODAY),
        )
        assert all(e.words("zh") and e.words("en") for e in told)
    with pytest.raises(KeyError):
        element("purpose")


def test_a_sheet_without_number_needs_none() -> None:
    assert "number" not in says("receipt")
    assert letter("receipt", on=TODAY).number == ""


def test_there_was_no_fee_notice_before_2021() -> None:
    with pytest.raises(NotInForceError):
        letter("fee_notice", on=date(2020, 12, 31))


@pytest.mark.parametrize(
    ("mark", "year", "serial", "expected"),
    [
        ("示公复", 2026, 3, "示公复〔2026〕3号"),
        ("示公复", 2026, 1024, "示公复〔2026〕1024号"),
        ("ZJ公告", 2026, 1, "ZJ公告〔2026〕1号"),
        ("𠮷公复", 2026, 1, "𠮷公复〔2026〕1号"),
        ("字" * 20, 2026, 1, "字" * 20 + "〔2026〕1号"),
    ],
)
def test_a_number_has_mark_full_year_and_serial_without_zeros(
    mark: str, year: int, serial: int, expected: str
) -> None:
    assert number(mark, year, serial) == expected


@pytest.mark.parametrize(
    ("mark", "year", "serial", "reason"),
    [
        ("", 2026, 1, "mark"),
        ("字" * 21, 2026, 1, "mark"),
        ("示 公复", 2026, 1, "mark"),
        ("示公复〔", 2026, 1, "mark"),
        ("示公复1", 2026, 1, "mark"),
        ("示公复\n", 2026, 1, "mark"),
        ("😀", 2026, 1, "mark"),
        ("示公复", 26, 1, "year"),
        ("示公复", 2026, 0, "serial"),
    ],
)
def test_a_number_that_cannot_be_says_why(mark: str, year: int, serial: int, reason: str) -> None:
    with pytest.raises(NumberError) as refused:
        number(mark, year, serial)
    assert refused.value.reason == reason
