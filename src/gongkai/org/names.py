"""Agency names folded for finding and keyed for sorting."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any


@cache
def _to_simplified() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  loads its dictionaries on import

    return OpenCC("t2s")


def folded(text: str) -> str:
    """The text as it is compared: Simplified, half-width, lower case, without spaces."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(str(_to_simplified().convert(plain)).lower().split())


def pinyin(text: str) -> list[str]:
    """The syllables of a Chinese text without tones; other characters stand as they are."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  loads its dictionaries on import

    return [str(syllable) for syllable in lazy_pinyin(folded(text))]


def sort_key(name: str) -> str:
    """Orders names by pinyin, as Chinese lists are ordered when no official order is given."""
    return " ".join(pinyin(name))[:200]


def search_text(*names: str) -> str:
    """Every form a name is looked up by, one a line: folded, pinyin, and pinyin initials."""
    lines: list[str] = []
    for name in filter(None, names):
        syllables = pinyin(name)
        lines += [folded(name), "".join(syllables), "".join(s[0] for s in syllables)]
    return "\n" + "\n".join(dict.fromkeys(lines)) + "\n"
