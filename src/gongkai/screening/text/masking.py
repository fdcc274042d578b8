"""Personal data made unrecognisable, so that pages and the trail never hold what was found."""

from __future__ import annotations

import re

from gongkai.screening.text.spelling import fold, numerals

_NUMBER = re.compile(r"[A-Za-z]?\d(?:[ \t\n-]{0,3}\d){4,}(?:[ \t\n-]{0,3}[xX])?")
_MAIL = re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*(?=@)")
_KEPT = 3


def masked(quote: str) -> str:
    """The quotation with numbers of five digits or more and mail names hidden.

    The first three characters of a number stay, so that a person who has the document before them
    finds the place; the length stays as well.
    """
    spelt = numerals(fold(quote))
    folded = list(spelt)
    for match in _NUMBER.finditer(spelt):
        for index in range(match.start() + _KEPT, match.end()):
            if folded[index] not in " \t\n-":
                folded[index] = "*"
    text = "".join(
        before if now == plain else now
        for before, plain, now in zip(quote, spelt, folded, strict=True)
    )
    return _MAIL.sub(lambda match: match[1] + "***", text)


def masked_name(name: str) -> str:
    """A name by its first character: 张*, 欧**."""
    return name[:1] + "*" * (len(name) - 1)


def masked_address(address: str) -> str:
    """The first six characters of an address; where it goes on is hidden."""
    return masked(address[:6]) + ("…" if len(address) > 6 else "")
