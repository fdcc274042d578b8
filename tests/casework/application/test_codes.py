"""The query code is long, plain, bound to its case, and told from a million others."""

from __future__ import annotations

import pytest

from gongkai.casework.application import codes


def test_a_code_has_twelve_characters_without_lookalikes():
    for n in range(200):
        plain = codes.code_of(codes.submission_key(str(n), b"")).replace("-", "")
        assert len(plain) == codes.LENGTH
        assert not set(plain) & set("01OILl")


def test_the_same_form_gives_the_same_code_and_another_text_another():
    assert codes.submission_key("a", b"x") == codes.submission_key("a", b"x")
    assert codes.submission_key("a", b"x") != codes.submission_key("a", b"y")
    assert codes.submission_key("a", b"x") != codes.submission_key("b", b"x")


@pytest.mark.parametrize("typed", ["ABCD-EFGH-JKMN", "abcdefghjkmn", " abcd efgh jkmn "])
def test_a_code_is_known_however_it_is_typed(typed):
    assert codes.fits(codes.digest("X-2026-0001", "ABCD-EFGH-JKMN"), "X-2026-0001", typed)


def test_a_code_fits_its_own_case_alone():
    stored = codes.digest("X-2026-0001", "ABCD-EFGH-JKMN")
    assert not codes.fits(stored, "X-2026-0002", "ABCD-EFGH-JKMN")
    assert not codes.fits("", "X-2026-0001", "")
