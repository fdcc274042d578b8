"""Pinyin initials, under which titles are suggested while letters are typed."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import rjieba

from gongkai.publishing.search.folding import fold
from gongkai.publishing.search.words import HAN

LONGEST = 8
SHORTEST = 2
_HAN_RUNS = re.compile(f"[{HAN}]+")


def initials(title: str) -> str:
    """Beginnings of the initials from every word on, joined by spaces: 低保标准 gives "db dbb …".

    From 2 to 8 letters each: whoever types dbbz finds it, and so does who types bz.
    """
    found: dict[str, None] = {}
    for run in _HAN_RUNS.findall(fold(title)):
        letters = "".join(map(_initial, run))
        place = 0
        for word in rjieba.cut(run, False):
            for end in range(place + SHORTEST, min(place + LONGEST, len(letters)) + 1):
                found[letters[place:end]] = None
            place += len(word)
    return " ".join(found)


@cache
def _table() -> Any:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  loads its dictionaries on import

    return lambda char: lazy_pinyin(char, style=Style.FIRST_LETTER, errors="ignore")


@cache
def _initial(char: str) -> str:
    """The letter a character is typed by; "?" where it has none, as no letter typed is."""
    found = _table()(char)
    return str(found[0])[:1] if found and found[0] else "?"
