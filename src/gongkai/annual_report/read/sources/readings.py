"""Pronunciations that a careless conversion to Traditional characters writes behind some of them.

「數據」 comes out as 「數(shù)據(jù)」, all through a page; they are no part of its text.
"""

from __future__ import annotations

import re

# In every such page: no report is without 「數量」.
_SIGN = "數(shù)"
_READING = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")


def without_readings(text: str) -> str:
    """The text without the pronunciations, where it has them."""
    return _READING.sub("", text) if _SIGN in text else text
