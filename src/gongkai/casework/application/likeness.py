"""How alike two descriptions are, whatever their spelling. Plain values."""

from __future__ import annotations

import unicodedata

from rapidfuzz import fuzz

from gongkai.publishing.search.folding import fold

ALIKE = 88.0
"""From here on two texts are shown to a person as perhaps the same request."""
COMPARED = 2_000
"""Characters of each text that are compared."""


def folded(text: str) -> str:
    """The text by which applications are compared: one width, Simplified, small letters, and
    neither blanks nor punctuation nor pictures."""
    plain = fold(unicodedata.normalize("NFKC", text))
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LN")


def likeness(one: str, other: str) -> float:
    """How alike two folded texts are, up to 100; 0 below `ALIKE`, and for empty ones."""
    if not one or not other:
        return 0.0
    if one == other:
        return 100.0
    return fuzz.ratio(one[:COMPARED], other[:COMPARED], score_cutoff=ALIKE)
