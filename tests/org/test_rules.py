"""Credit codes and who reconsiders, as tables that a lawyer can read and extend."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.org.actions import add_agency, change_agency, move_agency
from gongkai.org.queries import reconsideration
from gongkai.org.rules import (
    CREDIT_CODE_CHARACTERS,
    Organ,
    Place,
    check_character,
    is_credit_code,
    reconsideration_organ,
)

CODES = st.text(CREDIT_CODE_CHARACTERS, min_size=17, max_size=17)


@pytest.mark.parametrize(
    ("first_seventeen", "last"),
    [
        ("91350100M000100Y4", "3"),  # the worked example of GB 32100-2015
        ("11990121MB0000001", "8"),
        ("11990121MB0000002", "B"),
        ("00000000000000000", "0"),
    ],
)
def test_the_check_character_of_a_credit_code(first_seventeen, last):
    assert check_character(first_seventeen) == last


@pytest.mark.parametrize(
    "code",
    [
        "11990121MB0000001B",  # another's check character
        "11990121MB000000",  # two characters short
        "11990121MB00000018X",  # one too many
        "11990121MB000000I8",  # I is no character of the code
        "11990121mb00000018",  # small letters
        "",
    ],
)
def test_what_is_no_credit_code(code):
    assert not is_credit_code(code)


@given(CODES, st.integers(0, 16), st.sampled_from(CREDIT_CODE_CHARACTERS))
def test_one_character_misread_is_always_found(first, place, other):
    code = first + check_character(first)
    misread = code[:place] + other + code[place + 1 :]
    assert is_credit_code(code)
    assert is_credit_code(misread) is (misread == code)


PROVINCE = Place("p", "province")
CITY = Place("c", "city")
COUNTY = Place("x", "county")
BUREAU = Place("x-1", "department")
STATION = Place("x-1-1", "department")
TOWN = Place("x-t", "township")
TOWN_OFFICE = Place("x-t-1", "department")
STREET = Place("x-s", "street")
TAX_ABOVE = Place("c-tax", "department", vertical=True)
TAX = Place("x-tax", "department", vertical=True)
BY_24, BY_24_2, BY_27 = (
    "行政复议法第二十四条第一款",
    "行政复议法第二十四条第二款",
    "行政复议法第二十七条",
)


@pytest.mark.parametrize(
    ("lineage", "organ"),
    [
        ([CITY, COUNTY, BUREAU], Organ("x", BY_24)),  # 部门 → 本级人民政府
        ([CITY, COUNTY, BUREAU, STATION], Organ("x", BY_24)),  # 派出机构 → 本级人民政府
        ([CITY, COUNTY], Organ("c", BY_24)),  # 县政府 → 市政府
        ([CITY, COUNTY, TOWN], Organ("x", BY_24)),  # 乡镇 → 县政府
        ([CITY, COUNTY, TOWN, TOWN_OFFICE], Organ("x", BY_24)),  # 乡镇不是复议机关
        ([CITY, COUNTY, STREET], Organ("x", BY_24)),  # 派出机关 → 设立它的政府
        ([PROVINCE], Organ("p", BY_24_2)),  # 省政府 → 本机关
        ([COUNTY], Organ("", BY_24)),  # the city is not in the tree
        ([CITY, TAX_ABOVE, TAX], Organ("c-tax", BY_27)),  # 垂直领导 → 上一级主管部门
        ([CITY, COUNTY, TAX], Organ("", BY_27)),  # its superior department is not in the tree
    ],
)
def test_who_reconsiders_by_law(lineage, organ):
    assert reconsideration_organ(lineage) == organ


def test_a_lineage_of_nobody_is_refused():
    with pytest.raises(ValueError, match="at least"):
        reconsideration_organ([])


def test_an_organ_entered_by_hand_goes_before_the_law(county):
    change_agency(county.own, reconsideration_organ=county.outside)
    told = reconsideration(county.own)
    assert (told.organ, told.entered) == (county.outside, True)
    assert reconsideration(county.other).organ == county.top
    assert reconsideration(county.top).organ is None


def test_the_organ_by_law_follows_a_new_superior(county):
    city = add_agency(code="city", name="云川市人民政府", level="city")
    county.top.superior = city
    assert reconsideration(county.top).organ is None
    move_agency(county.top, city)
    assert reconsideration(county.top).organ == city
