"""Lists of Word and WPS, which reach the clipboard as paragraphs with a typed marker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.publishing.document.looks import classes, declarations
from gongkai.publishing.document.markup import End, Start, Text, Token

Chunk = Sequence[Token]
"""The tokens of one paragraph from its start to its end, or a single token outside paragraphs."""

_LEVEL = re.compile(r"\bl\d+\s+level(\d)\b")
_DECIMAL = re.compile(r"(\d{1,4})[.．]")
_LETTER = re.compile(r"([a-zA-Z])[.．]")
_ROMAN = re.compile(r"([ivx]{1,6}|[IVX]{1,6})[.．]")
_ARTICLE = re.compile("第[〇零一二三四五六七八九十百千\\d]+[编章节条]")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class _Marker:
    """What a marker says: a bullet (no `kind`), or a number of a kind a list can show."""

    kind: str = ""
    number: int = 1


@dataclass(slots=True)
class _Level:
    level: int
    marker: _Marker


def listed(chunks: Iterable[Chunk]) -> Iterator[Token]:
    """The tokens with list paragraphs put into real lists, nested by their level.

    A marker that a list cannot show (一、（一）1.1) stays where it is, as text.
    """
    open_levels: list[_Level] = []
    for chunk in chunks:
        item = _item(chunk, open_levels)
        if item is not None:
            level, marker, content = item
            yield from _moved(open_levels, level, marker)
            yield from content
        elif not (open_levels and _blank(chunk)):
            yield from _closed(open_levels, 0)
            yield from _numbered(chunk)
    yield from _closed(open_levels, 0)


def _item(chunk: Chunk, open_levels: list[_Level]) -> tuple[int, _Marker, list[Token]] | None:
    first = chunk[0]
    if not isinstance(first, Start):
        return None
    level = _level(first)
    if not level:
        return None
    text, content = _parted(chunk[1:-1])
    same = next((entry for entry in open_levels if entry.level == level), None)
    marker = _read(text, same.marker if same else None)
    return None if marker is None else (level, marker, content)


def _level(first: Start) -> int:
    """The level of a list paragraph from 1; 0 if it is none."""
    match = _LEVEL.search(declarations(first.attributes.get("style", "")).get("mso-list", ""))
    return int(match[1]) if match else 0


def _numbered(chunk: Chunk) -> Chunk:
    """A paragraph whose numbering is text, with the space behind it that print has."""
    first = chunk[0]
    if not isinstance(first, Start) or len(chunk) < 2 or not _level(first):
        return chunk
    text, content = _parted(chunk[1:-1])
    if not text:
        return chunk
    gap = "\u3000" if _ARTICLE.fullmatch(text) else "" if text[-1] in "、）)．" else " "
    names = {"class": "indent"} if "align-center" not in classes(first, ()) else first.attributes
    return [Start(first.name, names), Text(text + gap), *content, chunk[-1]]


def _parted(tokens: Sequence[Token]) -> tuple[str, list[Token]]:
    """The text of the marker, and the paragraph without it."""
    marker: list[str] = []
    content: list[Token] = []
    depth = 0
    for token in tokens:
        if isinstance(token, Start) and token.name == "span":
            if depth or declarations(token.attributes.get("style", "")).get("mso-list") == "ignore":
                depth += 1
                continue
        elif isinstance(token, End) and token.name == "span" and depth:
            depth -= 1
            continue
        if not depth:
            content.append(token)
        elif isinstance(token, Text):
            marker.append(token.text)
    return "".join(marker).strip(" \t\r\n\xa0"), content


def _read(text: str, before: _Marker | None) -> _Marker | None:
    """The marker of a list item; None for numbering that must stay text."""
    if match := _DECIMAL.fullmatch(text):
        return _Marker("1", int(match[1]))
    roman = _ROMAN.fullmatch(text)
    if roman and (len(roman[1]) > 1 or (before and before.kind in "iI") or roman[1] in "iI"):
        return _Marker("i" if roman[1].islower() else "I", _roman(roman[1].lower()))
    if match := _LETTER.fullmatch(text):
        kind = "a" if match[1].islower() else "A"
        return _Marker(kind, ord(match[1]) - ord(kind) + 1)
    if len(text) == 1 and not text.isdigit() and not "\u2e80" <= text <= "\u9fff":
        return _Marker()
    return None


def _roman(digits: str) -> int:
    values = [_ROMAN_DIGITS[digit] for digit in digits]
    return sum(
        -value if any(later > value for later in values[index + 1 :]) else value
        for index, value in enumerate(values)
    )


def _moved(open_levels: list[_Level], level: int, marker: _Marker) -> Iterator[Token]:
    """From the item before to one at that level: lists closed, gone on with, or opened."""
    yield from _closed(open_levels, level)
    last = open_levels[-1] if open_levels else None
    if last and last.level == level:
        follows = not marker.kind or marker.number == last.marker.number + 1
        if last.marker.kind == marker.kind and follows:
            last.marker = marker
            yield End("li")
            yield Start("li", {})
            return
        yield from _closed(open_levels, level - 1)
    open_levels.append(_Level(level, marker))
    if marker.kind:
        yield Start("ol", {"type": marker.kind, "start": str(marker.number)})
    else:
        yield Start("ul", {})
    yield Start("li", {})


def _closed(open_levels: list[_Level], level: int) -> Iterator[Token]:
    """The end of every list deeper than that level."""
    while open_levels and open_levels[-1].level > level:
        yield End("li")
        yield End("ol" if open_levels.pop().marker.kind else "ul")


def _blank(chunk: Chunk) -> bool:
    return len(chunk) == 1 and isinstance(chunk[0], Text) and not chunk[0].text.strip()
