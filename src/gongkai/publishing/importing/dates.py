"""Days as people and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_WRITTEN = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_CLOSED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet, with its leap day of 1900 that never was."""


def day(text: str) -> date | None:
    """The day that is written; None if it is none, such as 30 February."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _WRITTEN.fullmatch(plain) or _CLOSED.fullmatch(plain)
    if found is None:
        return _from_serial(plain)
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _from_serial(text: str) -> date | None:
    if not _SERIAL.fullmatch(text):
        return None
    return _EPOCH + timedelta(days=int(float(text)))
