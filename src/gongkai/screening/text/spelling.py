"""One spelling to match against: full width to half width, Traditional to Simplified.

Character by character, so that a place in the folded text is the same place in the original.
Line ends and tabs stay what they are: they part paragraphs and cells. Digits of every script are
folded; those that are raised, lowered or in a circle only by `numerals`, for they mark notes and
lists beside a number as well as they may stand for its digits.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

from gongkai.screening.simplified import simplified
from gongkai.screening.text.invisible import IGNORED

# Nearly every folded character of running text is one of these; replacing them first is several
# times faster than looking each character up.
_FREQUENT = {"，": ",", "（": "(", "）": ")", "：": ":", "；": ";", "\u3000": " ", "\xa0": " "}
_SPACES = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_UNSEEN = re.compile(f"[{IGNORED}]")
_DASHES = "‐‑‒–—―−﹣"


def fold(text: str) -> str:
    """The text in one spelling, of exactly the same length."""
    if text.isascii():
        return text
    for wide, plain in _FREQUENT.items():
        if wide in text:
            text = text.replace(wide, plain)
    folds, pattern = _table()
    text = pattern.sub(lambda match: folds[match[0]], text) if pattern.search(text) else text
    return _UNSEEN.sub(" ", text) if _UNSEEN.search(text) else text


def numerals(folded: str) -> str:
    """A folded text with the digits folded too that are raised, lowered or in a circle."""
    if folded.isascii():
        return folded
    digits, pattern = _numerals()
    return pattern.sub(lambda match: digits[match[0]], folded)


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    folds = simplified() | _FREQUENT
    folds |= dict.fromkeys(_SPACES, " ") | dict.fromkeys(_DASHES, "-")
    folds |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    folds |= {char: digit for char, digit in _digits().items() if char.isdecimal()}
    folds |= {"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"}
    return folds, re.compile(f"[{re.escape(''.join(folds))}]")


@cache
def _numerals() -> tuple[dict[str, str], re.Pattern[str]]:
    digits = {char: digit for char, digit in _digits().items() if not char.isdecimal()}
    return digits, re.compile(f"[{re.escape(''.join(digits))}]")


@cache
def _digits() -> dict[str, str]:
    """Every character beyond ASCII that is a digit, and which."""
    chars = map(chr, range(0x80, sys.maxunicode + 1))
    return {char: str(unicodedata.digit(char)) for char in chars if char.isdigit()}
