"""Markings are found however they are set; the words of the law are no markings."""

from __future__ import annotations

import pytest

from tests.screening.text.tables import MARKINGS, found

MARKED = [(code, passage) for code, passages in MARKINGS["found"].items() for passage in passages]
PLAIN = MARKINGS["clean"]["sentences"]


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(MARKED) >= 60
    assert len(PLAIN) >= 60


@pytest.mark.parametrize(("code", "passage"), MARKED)
def test_a_marking_is_found(code: str, passage: str) -> None:
    assert code in {finding.code for finding in found(passage)}


@pytest.mark.parametrize("passage", PLAIN)
def test_words_that_are_no_marking_are_left_alone(passage: str) -> None:
    assert [finding.code for finding in found(passage) if "secrecy" in finding.code] == []


@pytest.mark.parametrize("passage", [passage for code, passage in MARKED if "marking" in code])
def test_a_marking_blocks_until_somebody_decides(passage: str) -> None:
    assert {f.severity for f in found(passage) if f.code == "secrecy.marking"} == {"error"}


def test_a_marking_is_quoted_as_it_stands() -> None:
    (finding,) = [f for f in found("青禾县¶　机　密★１０年　¶正文") if f.code == "secrecy.marking"]
    assert finding.quote == "机　密★１０年"
