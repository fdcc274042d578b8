"""One spelling to match against: Traditional to Simplified, full width to half width, any space.

Folding replaces character by character, so that a position in the folded text is the same
position in the original and a quotation keeps the words as they were written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from gongkai.screening.simplified import simplified

_SPACES = (
    "\t\u00a0\u00ad\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\u3000\ufeff"
)
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# In running Chinese nearly every folded character is one of these; replacing them first is
# several times faster than looking each character up.
_FREQUENT = ("，", "（", "）", "：", "；", "\u3000", "\u00a0")
_GAP = re.compile(r"(\s+)")


def fold(text: str) -> str:
    """The text in one spelling, of exactly the same length.

    Traditional characters become Simplified ones (one by one, as OpenCC maps them), full-width
    letters, digits and punctuation become ASCII, compatibility ideographs and Kangxi radicals
    (which PDF files give for common characters) the ordinary ones, every kind of space a plain
    one, every kind of line end "\\n".
    """
    if text.isascii() and "\r" not in text and "\t" not in text:
        return text
    for wide in _FREQUENT:
        if wide in text:
            text = text.replace(wide, _frequent()[wide])
    folds, pattern = _table()
    if pattern.search(text) is None:
        return text
    return pattern.sub(lambda match: folds[match[0]], text)


def bare(text: str) -> str:
    """The folded text without any white space; what `squeeze` gives, without the way back."""
    if not text or text.isspace():
        return ""
    return "".join(fold(text).split())


class Squeezed:
    """Folded text without any white space, and the way back to the original.

    Spaces inside numbers and line breaks inside sentences no longer matter; `quote` gives the
    original passage, `origin` the original position of a character, `folded` the folded text with
    its white space.
    """

    __slots__ = ("_gaps", "folded", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self.folded = fold(original)
        self._gaps: tuple[list[int], list[int]] | None = None
        self.text = "".join(self.folded.split())

    def origin(self, index: int) -> int:
        """Where in the original the character at `index` of the squeezed text stands."""
        if self._gaps is None:
            self._gaps = _gaps(self.folded)
        cuts, lost = self._gaps
        return index + lost[bisect_right(cuts, index)]

    def quote(self, start: int, end: int) -> str:
        """The original passage behind `text[start:end]`; "" when that is empty."""
        if end <= start:
            return ""
        return self.original[self.origin(start) : self.origin(end - 1) + 1]


def squeeze(text: str) -> Squeezed:
    """The folded text without white space, with the way back to the original positions."""
    return Squeezed(text)


def _gaps(folded: str) -> tuple[list[int], list[int]]:
    """Squeezed positions at which white space was dropped, and how much was lost by then."""
    lengths = [len(piece) for piece in _GAP.split(folded)]  # words and white space by turns
    return list(accumulate(lengths[:-1:2])), [0, *accumulate(lengths[1::2])]


@cache
def _frequent() -> dict[str, str]:
    return {wide: " " if wide.isspace() else chr(ord(wide) - 0xFEE0) for wide in _FREQUENT}


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    folds = dict.fromkeys(_SPACES, " ") | dict.fromkeys(_LINE_ENDS, "\n")
    folds |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for block in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0xFE50, 0xFE70)):
        for char in map(chr, range(*block)):
            plain = unicodedata.normalize("NFKC", char)
            if len(plain) == 1 and plain != char:
                folds[char] = plain
    simple = simplified()
    folds |= {char: simple.get(plain, plain) for char, plain in folds.items()}
    folds = simple | folds
    return folds, re.compile(f"[{re.escape(''.join(folds))}]")
