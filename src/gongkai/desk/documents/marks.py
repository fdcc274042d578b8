"""Passages of a body marked where they stand in its HTML.

A passage is known by its place in the plain text. The HTML holds the same characters in the same
order, with tags between them and other white space; so characters that are not white space are
counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby
from operator import itemgetter

_TOKEN = re.compile(r"(<[^>]*>)|(&[#\w]+;)|([^<&]+|&)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the plain text, the `id` of what is said about it, and how grave that is."""

    start: int
    end: int
    id: str
    severity: str
    says: str = ""


def marked(html: str, plain: str, passages: Iterable[Passage]) -> str:
    """The sanitised HTML with every passage marked as a link to what is said about it.

    Of passages that overlap the first one given wins; one that is empty is passed over.
    """
    spans = sorted(_apart(_counted(plain, passages)), key=lambda span: span[0])
    return "".join(_written(html, spans)) if spans else html


def place_of(plain: str, quote: str) -> tuple[int, int] | None:
    """Where the quote stands in the text, if it does; white space makes no difference."""
    wanted = "".join(quote.split())
    if not wanted:
        return None
    places = [place for place, letter in enumerate(plain) if not letter.isspace()]
    at = "".join(plain[place] for place in places).find(wanted)
    return None if at < 0 else (places[at], places[at + len(wanted) - 1] + 1)


Span = tuple[int, int, Passage]
"""First and last counted character, from 0, the last not included."""


def _counted(plain: str, passages: Iterable[Passage]) -> Iterator[Span]:
    for passage in passages:
        first = _letters(plain[: max(passage.start, 0)])
        last = first + _letters(plain[max(passage.start, 0) : passage.end])
        if passage.start >= 0 and last > first:
            yield first, last, passage


def _letters(text: str) -> int:
    return sum(not letter.isspace() for letter in text)


def _apart(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for first, last, passage in spans:
        if all(last <= other[0] or first >= other[1] for other in kept):
            kept.append((first, last, passage))
    return kept


def _written(html: str, spans: list[Span]) -> Iterator[str]:
    """The HTML again; a mark is opened and closed within one text, never across a tag.

    Within a link a mark is no link itself.
    """
    count, linked, begun = 0, False, set[str]()
    for token in _TOKEN.finditer(html):
        if token[1]:
            linked = token[1].startswith("<a") or (linked and token[1] != "</a>")
            yield token[1]
            continue
        letters = [token[0]] if token[2] else list(token[0])
        places = _placed(letters, count, spans)
        count += sum(not unescape(letter).isspace() for letter in letters)
        for span, group in groupby(places, key=itemgetter(1)):
            text = "".join(letter for letter, _ in group)
            if span is None:
                yield text
            else:
                yield _mark(text, span[2], first=span[2].id not in begun, link=not linked)
                begun.add(span[2].id)


def _placed(letters: list[str], count: int, spans: list[Span]) -> Iterator[tuple[str, Span | None]]:
    """Each character with the span it lies in."""
    for letter in letters:
        blank = unescape(letter).isspace()
        here = count - blank
        at = next((s for s in spans if s[0] <= here < s[1] and (not blank or count < s[1])), None)
        yield letter, at
        count += not blank


def _mark(text: str, passage: Passage, *, first: bool, link: bool) -> str:
    name = f' id="at-{escape(passage.id)}"' if first else ""
    start = f'<mark class="mark-{escape(passage.severity)}"{name}>'
    if not link:
        return f"{start}{text}</mark>"
    label = f' title="{escape(passage.says)}"' if passage.says else ""
    return f'{start}<a href="#{escape(passage.id)}"{label}>{text}</a></mark>'
