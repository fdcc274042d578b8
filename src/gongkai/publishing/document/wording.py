"""What changed within a paragraph, in whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

LARGEST = 20_000
"""Words compared at a time; where more differ, all of them are shown as replaced."""
_ISLAND = 2  # characters that happen to be the same between two changes and only disturb
_MARK = re.compile(r"[\s\W]")


class Piece(NamedTuple):
    """Some words and what became of them."""

    kind: Literal["kept", "removed", "added"]
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words kept, removed and added, in reading order; neighbours are of different kinds.

    A word or two that happen to be the same amid changes are shown as changed with them.
    """
    if before == after:
        return (Piece("kept", before),) if before else ()
    return tuple(_regions(_without_islands(list(_compared(_words(before), _words(after))))))


def _words(text: str) -> list[str]:
    from rjieba import cut  # noqa: PLC0415 - the dictionary takes a while to load

    words = [str(word) for word in cut(text)]
    return words if "".join(words) == text else list(text)


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    if max(len(old), len(new)) > LARGEST:
        yield Piece("removed", "".join(old))
        yield Piece("added", "".join(new))
        return
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            yield Piece("kept", "".join(old[code.src_start : code.src_end]))
        else:
            yield Piece("removed", "".join(old[code.src_start : code.src_end]))
            yield Piece("added", "".join(new[code.dest_start : code.dest_end]))


def _without_islands(found: list[Piece]) -> Iterator[Piece]:
    found = [piece for piece in found if piece.text]
    for index, piece in enumerate(found):
        if piece.kind == "kept" and 0 < index < len(found) - 1 and _disturbs(piece.text):
            yield Piece("removed", piece.text)
            yield Piece("added", piece.text)
        else:
            yield piece


def _disturbs(text: str) -> bool:
    """Whether a kept stretch is too short to help; a tab parts cells and always stands."""
    return len(text) <= _ISLAND and "\t" not in text and not _MARK.sub("", text)[1:]


def _regions(found: Iterable[Piece]) -> Iterator[Piece]:
    """Between two kept stretches first all that was removed, then all that was added."""
    removed: list[str] = []
    added: list[str] = []
    kept: list[str] = []
    for piece in (*found, Piece("kept", "")):
        if piece.kind == "kept":
            if removed or added:
                yield from _region(kept, removed, added)
                kept, removed, added = [], [], []
            kept.append(piece.text)
        elif piece.kind == "removed":
            removed.append(piece.text)
        else:
            added.append(piece.text)
    yield from _region(kept, removed, added)


def _region(kept: list[str], removed: list[str], added: list[str]) -> Iterator[Piece]:
    for kind, texts in (("kept", kept), ("removed", removed), ("added", added)):
        text = "".join(texts)
        if text:
            yield Piece(kind, text)  # type: ignore[arg-type]
