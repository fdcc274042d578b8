"""Days as a calendar program reads them (RFC 5545). Plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

LONGEST = 75
"""Bytes of a line; what is longer goes on in the next after a blank."""
Event = tuple[date, str, str]


def calendar(name: str, events: Iterable[Event], now: datetime) -> bytes:
    """A calendar of whole days: day, words, address. Equal events have equal identifiers."""
    lines = _lines(name, events, now)
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most `LONGEST` bytes, no character cut in two."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LONGEST:
            yield piece
            piece = " "
        piece += character
    yield piece


def _lines(name: str, events: Iterable[Event], now: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gongkai//Cases//ZH")
    yield f"X-WR-CALNAME:{_text(name)}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
    for day, words, address in events:
        yield "BEGIN:VEVENT"
        yield f"UID:{hashlib.sha256(f'{words}|{address}'.encode()).hexdigest()[:32]}@gongkai"
        yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_text(words)}"
        yield f"URL:{address}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _text(words: str) -> str:
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(plain.split())
