"""Reading an arrangement of days off: what is accepted, and what an error says."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.arrangements import (
    ArrangementError,
    notices,
    read_arrangement,
    region_prefix,
)

LOCAL = """
reference = "an invented notice"
published = 2026-03-01
region = "450000"

[[holidays]]
name = "a local festival"
start = 2026-04-20
end = 2026-04-21
workdays = [2026-04-25]

[[holidays]]
name = "one day"
start = 2026-06-01
"""


def test_a_local_arrangement():
    found = read_arrangement(LOCAL)
    assert found.reference == "an invented notice"
    assert found.published == date(2026, 3, 1)
    assert (found.region, found.year) == ("45", None)
    assert found.holidays[0].days == (date(2026, 4, 20), date(2026, 4, 21))
    assert found.holidays[0].workdays == (date(2026, 4, 25),)
    assert found.holidays[1].days == (date(2026, 6, 1),)


def test_the_notices_that_come_with_the_system():
    assert [(n.year, n.reference, n.published) for n in notices()] == [
        (2025, "国办发明电〔2024〕12号", date(2024, 11, 12)),
        (2026, "国办发明电〔2025〕7号", date(2025, 11, 4)),
    ]


HOLIDAY = '[[holidays]]\nname = "x"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("reference", "not TOML"),
        ("a = " + "[" * 10000, "not TOML"),
        ("", "holidays: write at least one"),
        ('reference = "r"\nholidays = 3', "holidays: write at least one"),
        ('reference = "r"\nholidays = [3]', "holidays 1: write it as a table"),
        (f"{HOLIDAY}start = 2026-01-01", "reference: write a text"),
        (f'reference = "r"\nholiday = 1\n{HOLIDAY}', "holiday: there is no such key"),
        (f'reference = "r"\n{HOLIDAY}', "holidays 1: write a start, or workdays"),
        (f'reference = "r"\n{HOLIDAY}begin = 1', "holidays 1, begin: there is no such key"),
        (f'reference = "r"\n{HOLIDAY}start = "2026-01-01"', "start: '2026-01-01' is not a date"),
        (f'reference = "r"\n{HOLIDAY}start = 2026-01-01T00:00:00', "start: .* is not a date"),
        (f'reference = "r"\n{HOLIDAY}workdays = 2026-01-01', "workdays: write a list"),
        (f'reference = "r"\n{HOLIDAY}workdays = [1]', "workdays: 1 is not a date"),
        (f'reference = "r"\n{HOLIDAY}start = 2026-01-02\nend = 2026-01-01', "end: 2026-01-01"),
        (f'reference = "r"\n{HOLIDAY}start = 2026-01-02\nend = 9999-01-01', "end: 9999-01-01"),
        (f'reference = "r"\nregion = 45\n{HOLIDAY}start = 2026-01-02', "region: write the code"),
        (f'reference = "r"\nregion = "4"\n{HOLIDAY}start = 2026-01-02', "region: '4' is not"),
        (f'reference = "r"\nyear = "2026"\n{HOLIDAY}start = 2026-01-02', "year: write a number"),
        (f'reference = "r"\npublished = 3\n{HOLIDAY}start = 2026-01-02', "published: 3 is not"),
        (
            f'reference = "r"\nyear = 2026\nregion = "45"\n{HOLIDAY}start = 2026-01-02',
            "year: .* only for the whole country",
        ),
        (
            f'reference = "r"\n{HOLIDAY}start = 2026-01-02\nworkdays = [2026-01-02]',
            "2026-01-02 is named both",
        ),
    ],
)
def test_an_error_names_the_place_and_what_to_write(text, message):
    with pytest.raises(ArrangementError, match=message):
        read_arrangement(text)


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("45", "45"),
        ("450000", "45"),
        ("4501", "4501"),
        ("450100", "4501"),
        ("450103", "450103"),
        ("110000", "11"),
        ("450103002", "450103002"),
        ("450103002000", "450103002"),
        ("450103002001", "450103002001"),
        ("450000000000", "45"),
    ],
)
def test_a_code_stands_for_all_that_begin_alike(code, prefix):
    assert region_prefix(code) == prefix


@pytest.mark.parametrize("code", ["", "4", "451", "abc", "４５００００", "4501031", "00"])
def test_what_is_no_code(code):
    with pytest.raises(ArrangementError, match="write its six digits"):
        region_prefix(code)
