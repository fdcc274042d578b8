"""Personal data is found by its own arithmetic and never quoted whole."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening.text import masked, numbers
from gongkai.screening.text.masking import masked_name
from gongkai.screening.text.spelling import fold
from tests.screening.text.tables import (
    CARD,
    ID,
    PERSONAL,
    TRADER,
    bank_card,
    credit_code,
    found,
    id_card,
    passage,
    rows,
)

PLAIN = PERSONAL["clean"]["sentences"]


@pytest.mark.parametrize(("code", "severity", "sentence"), rows(PERSONAL["found"]))
def test_personal_data_is_found(code: str, severity: str, sentence: str) -> None:
    assert (code, severity) in {(finding.code, finding.severity) for finding in found(sentence)}


@pytest.mark.parametrize("sentence", PLAIN)
def test_what_only_looks_like_it_is_left_alone(sentence: str) -> None:
    assert [f.code for f in found(sentence) if f.code.startswith("personal")] == []


@pytest.mark.parametrize(("code", "severity", "sentence"), rows(PERSONAL["found"]))
def test_no_finding_holds_a_whole_number(code: str, severity: str, sentence: str) -> None:
    whole = re.findall(r"\d{7,}", re.sub("[ -]", "", fold(passage(sentence))))
    for finding in found(sentence):
        said = re.sub("[ -]", "", fold(finding.quote + finding.zh + finding.en))
        if finding.code not in ("personal.sole_trader", "personal.name_list"):
            assert not any(number in said for number in whole)


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(0, 999))
def test_one_wrong_digit_makes_it_no_identity_number(born: date, serial: int) -> None:
    number = id_card(f"119999{born:%Y%m%d}{serial:03}")
    assert numbers.id_card(number)
    for index in range(17):
        wrong = number[:index] + str((int(number[index]) + 1) % 10) + number[index + 1 :]
        assert not numbers.id_card(wrong)


@given(st.from_regex(r"62[0-9]{13,16}", fullmatch=True).filter(str.isascii))
def test_one_wrong_digit_makes_it_no_card_number(first: str) -> None:
    number = bank_card(first)
    assert numbers.luhn(number)
    for index in range(len(number)):
        wrong = number[:index] + str((int(number[index]) + 1) % 10) + number[index + 1 :]
        assert not numbers.luhn(wrong)


@pytest.mark.parametrize(
    "first",
    ["19999919900307123", "11000019900307123", "11999919901307123", "11999919900230123"],
    ids=["no province", "no prefecture", "no month", "no day"],
)
def test_a_right_check_digit_alone_makes_no_identity_number(first: str) -> None:
    assert not numbers.id_card(id_card(first))
    assert numbers.id_card(ID)
    assert numbers.id_card(ID.lower())


def test_a_credit_code_has_its_check_character() -> None:
    assert numbers.credit_code(TRADER)
    assert not numbers.credit_code(TRADER[:-1] + ("0" if TRADER[-1] != "0" else "1"))
    assert numbers.credit_code(credit_code("11330199MB0A1B2C3"))


@pytest.mark.parametrize(
    ("quote", "hidden"),
    [
        (ID, ID[:3] + "*" * 15),
        ("138 1234 5678", "138 **** ****"),
        ("１３８１２３４５６７８", "１３８********"),
        ("zhang.ming@example.com", "z***@example.com"),
        ("机密★10年", "机密★10年"),
    ],
)
def test_a_quotation_is_masked(quote: str, hidden: str) -> None:
    assert masked(quote) == hidden


@given(st.text(st.sampled_from("0123456789 -xX张@.a"), max_size=40))
def test_masking_leaves_no_run_of_five_digits(quote: str) -> None:
    hidden = masked(quote)
    assert not re.search(r"\d{5}", hidden)
    assert masked(hidden) == hidden


def test_a_name_is_masked_but_for_its_first_character() -> None:
    assert masked_name("欧阳建国") == "欧***"


def test_a_card_number_is_not_taken_for_an_identity_number() -> None:
    codes = [finding.code for finding in found(f"卡号{CARD}")]
    assert codes == ["personal.bank_card"]


def test_a_number_in_an_address_of_the_web_is_no_telephone_number() -> None:
    assert found("见https://www.example.cn/13812345678/a") == ()


def test_the_cells_of_a_row_are_not_one_number() -> None:
    assert [f.code for f in found("1381→2345678") if f.code == "personal.mobile"] == []


def scripts() -> list[str]:
    """The identity number in digits of other scripts and shapes."""
    starts = {"Arabic": 0x660, "Persian": 0x6F0, "mathematical": 0x1D7CE, "full width": 0xFF10}
    made = [ID.translate({48 + n: start + n for n in range(10)}) for start in starts.values()]
    shapes = ("⓪①②③④⑤⑥⑦⑧⑨", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉")
    return made + [ID.translate(str.maketrans("0123456789", shape)) for shape in shapes]


@pytest.mark.parametrize("number", scripts())
def test_digits_of_every_script_and_shape_are_digits(number: str) -> None:
    (finding,) = [f for f in found(f"号码{number}。") if f.code == "personal.id_card"]
    assert finding.quote[3:] == "*" * 15


@pytest.mark.parametrize("sentence", ["①{id}", "{id}②", "①13812345678", "13812345678¹"])
def test_a_mark_of_a_list_or_note_beside_a_number_is_no_digit_of_it(sentence: str) -> None:
    assert any(f.severity == "error" for f in found(sentence))


def cut(number: str, *places: int, by: str) -> str:
    ends = [0, *places, len(number)]
    return by.join(number[start:end] for start, end in pairwise(ends))


@pytest.mark.parametrize("by", ["\n", "\t", " \n"])
@pytest.mark.parametrize("place", [1, 6, 14, 17])
def test_an_identity_number_cut_in_two_is_found(place: int, by: str) -> None:
    text = f"号码\t{cut(ID, place, by=by)}\t无"
    (finding,) = [f for f in found(text) if f.code == "personal.id_card"]
    assert re.fullmatch(r"\d{1,3}\*{15,17}", re.sub(r"\s", "", finding.quote))


def test_an_identity_number_with_a_cell_for_each_digit_is_found() -> None:
    assert "personal.id_card" in {f.code for f in found("号码\t" + "\t".join(ID))}


@pytest.mark.parametrize("by", ["\n", "\t"])
def test_a_bank_card_cut_in_two_is_found(by: str) -> None:
    text = f"卡号{cut(CARD, 10, by=by)}"
    assert "personal.bank_card" in {f.code for f in found(text)}


def test_two_telephone_numbers_in_neighbouring_cells_are_no_bank_card() -> None:
    first = bank_card("622345676234567")
    assert "personal.bank_card" not in {f.code for f in found(f"{first[:8]}\t{first[8:]}")}


def test_two_numbers_that_make_no_identity_number_together_are_left_alone() -> None:
    assert found(f"{ID[:9]}\t{ID[9:17]}\t{(int(ID[17]) + 1) % 10 if ID[17] != 'X' else 1}") == ()
