"""One spelling to search by, of exactly the length of the original.

Traditional characters become Simplified ones, full width becomes half width, compatibility forms
become ordinary ones and capitals small letters. Each character is replaced by one character, so
that a position in the folded text is the same position in the original, and so that what a
character becomes does not hang on its neighbours: a part of a text is found as the whole is.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from gongkai.screening.simplified import simplified

_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20))
_END = 0x2FA20
_ALWAYS = {"乾": "干", "瞭": "了", "藉": "借", "覆": "复", "於": "于", "徵": "征", "著": "着"}
"""Characters that are Simplified in some words and not in others (乾燥, 乾隆): one spelling for
both, or a part of the word would be spelt otherwise than the whole."""


def fold(text: str) -> str:
    """The text in the one spelling; `len(fold(text)) == len(text)`."""
    if text.isascii():
        return text.lower()
    return text.translate(_table())


@cache
def _table() -> str:
    """The folded character at the place of each code; a string is looked up faster than a dict."""
    simple = simplified(_IDEOGRAPHS) | _ALWAYS
    folds = _compatible()
    table = [folds.get(code, chr(code)) for code in range(_END)]
    table = [simple.get(char, char) for char in table]
    return "".join(simple.get(char, char) for char in table)  # 苧 → 苎, by way of 薴


def _compatible() -> dict[int, str]:
    """What NFKC and small letters make of each character of which they make another single one."""
    folds = {}
    for code in (*range(0xD800), *range(0xF900, 0x10000), *range(0x2F800, _END)):
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        small = plain.lower() if len(plain) == 1 else char.lower()
        if small != char and len(small) == 1:
            folds[code] = small
    return folds
