"""Texts that ask for the same are found alike, however they are spelt."""

from __future__ import annotations

import pytest

from gongkai.casework.application.likeness import ALIKE, folded, likeness

TEXT = "青禾县2025年度供水保障资金分配方案"


@pytest.mark.parametrize(
    "other",
    [
        "青禾縣2025年度供水保障資金分配方案",
        "青禾县２０２５年度　供水保障资金 分配方案。",
        "《青禾县2025年度供水保障资金分配方案》🙏",
    ],
)
def test_spelling_makes_no_difference(other):
    assert likeness(folded(TEXT), folded(other)) == 100


def test_a_word_more_is_still_alike():
    assert likeness(folded(TEXT), folded("申请公开" + TEXT)) >= ALIKE


def test_another_subject_is_not():
    assert likeness(folded(TEXT), folded("柳溪镇2024年低保对象名单的公示情况")) == 0


def test_nothing_is_like_nothing():
    assert likeness("", "") == 0
