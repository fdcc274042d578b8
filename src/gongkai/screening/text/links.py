"""Addresses in a text: all of them for the link checker, and those that cannot be right."""

from __future__ import annotations

import re
from typing import NamedTuple


class Link(NamedTuple):
    """An address and where it stands in the plain text."""

    address: str
    start: int
    end: int


_STOP = r"\s\u3000-\u303f\uff00-\uffef<>\""
_REST = rf"[^{_STOP}\u4e00-\u9fff“”‘’']"
_CHINESE_HOST = r"(?:[\u4e00-\u9fff-]+\.)+(?:中国|公司|网络|政务|公益|[A-Za-z]{2,})"
# An address ends where Chinese goes on, or before the punctuation of the sentence around it.
_ADDRESS = re.compile(
    rf"(?:https?|ftp|file)[:：]/{{1,3}}(?:{_CHINESE_HOST}{_REST}*|{_REST}+)|www\.{_REST}+"
    rf"|\\\\[\w.-]+\\[^{_STOP}]+|(?<![A-Za-z])[A-Za-z]:\\[^{_STOP}]+",
    re.IGNORECASE,
)
_TAIL = ".,;:!?)]}'\""


def links(text: str) -> tuple[Link, ...]:
    """Every address written out in a text, in reading order."""
    if not any(sign in text for sign in ("//", ":/", "：/", "www.", "WWW.", "\\")):
        return ()
    found = []
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_TAIL)
        found.append(Link(address, match.start(), match.start() + len(address)))
    return tuple(found)
