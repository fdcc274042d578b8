"""Two texts that came from one: where they agree, and where a person has to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gongkai.publishing.document.content import METADATA, Content
from gongkai.publishing.document.pairing import same
from gongkai.publishing.document.rich_text import read, sanitised, written


@dataclass(frozen=True, slots=True)
class Piece:
    """Some paragraphs of the two bodies. `number` counts those to choose from 1; 0 where both
    say the same."""

    own: str
    other: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A detail of the metadata in which the two differ."""

    name: str
    own: Any
    other: Any


def pieces(own: str, other: str) -> list[Piece]:
    """The two bodies side by side, cut where they begin and cease to differ."""
    mine, theirs = _blocks(own), _blocks(other)
    made: list[Piece] = []
    number = start = i = j = 0
    for row, column in [*same(theirs, mine), (len(theirs), len(mine))]:
        if (row, column) != (i, j):
            made += _agreed(mine[start:j])
            number += 1
            made.append(Piece("".join(mine[j:column]), "".join(theirs[i:row]), number))
            start = column
        i, j = row + 1, column + 1
    return [*made, *_agreed(mine[start:])]


def _agreed(blocks: Sequence[str]) -> list[Piece]:
    text = "".join(blocks)
    return [Piece(text, text)] if text else []


def fields(own: Content, other: Content) -> list[Field]:
    """The metadata in which the two contents differ, in the order of the form."""
    return [
        Field(name, getattr(own, name), getattr(other, name))
        for name in METADATA
        if getattr(own, name) != getattr(other, name)
    ]


def merged(own: Content, other: Content, choices: Mapping[str, str]) -> Content:
    """The content somebody has chosen: "piece-3" and "field-title" → "own", "other" or "both".

    What is not chosen stays as the person who chooses had typed it.
    """
    body = _body(pieces(own.body, other.body), choices)
    theirs = {
        field.name: field.other
        for field in fields(own, other)
        if choices.get(f"field-{field.name}") == "other"
    }
    return replace(own, **theirs, body=sanitised(body))


def _body(parts: Sequence[Piece], choices: Mapping[str, str]) -> str:
    chosen = []
    for part in parts:
        choice = choices.get(f"piece-{part.number}", "own") if part.number else "own"
        if choice in {"other", "both"}:
            chosen.append(part.other)
        if choice != "other":
            chosen.append(part.own)
    return "".join(chosen)


def _blocks(body: str) -> list[str]:
    return [written([block]) for block in read(body)]
