"""What changed between two bodies, as a person reads it: paragraph by paragraph, word by word.

    for block in difference(before, after):
        ...                       # block.change says what became of it, block.pieces shows it
    fields({"title": "甲"}, {"title": "乙"})      # the metadata, apart
    plain("甲", "乙")                             # texts without markup, a line a paragraph

Taking only what was kept and removed gives the text before, taking only what was kept and added
the text after; nothing is left out and nothing invented.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from gongkai.publishing.document.pairing import aligned
from gongkai.publishing.document.rich_text import read
from gongkai.publishing.document.units import Unit, units
from gongkai.publishing.document.wording import Piece, pieces

__all__ = ["Block", "Change", "FieldChange", "Piece", "difference", "fields", "plain"]

Change = Literal["same", "restyled", "changed", "removed", "added", "moved_from", "moved_to"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or table row, and what became of it.

    `kind` is "p", "h2" to "h5", "li", "row" (cells parted by tabs), "caption" or "hr". "restyled"
    has the same words in another form: bold, a heading, a link that leads elsewhere. A paragraph
    that moved stands at its old place (removed) and at its new one (added); `partner` is the
    other's index in the result.
    """

    kind: str
    change: Change
    pieces: tuple[Piece, ...]
    partner: int | None = None

    @property
    def before(self) -> str | None:
        """The text as it was; None for what is new."""
        if self.change in ("added", "moved_to"):
            return None
        return "".join(piece.text for piece in self.pieces if piece.kind != "added")

    @property
    def after(self) -> str | None:
        """The text as it is; None for what is gone."""
        if self.change in ("removed", "moved_from"):
            return None
        return "".join(piece.text for piece in self.pieces if piece.kind != "removed")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A metadata field that differs; `pieces` shows how."""

    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


def difference(before: str, after: str) -> tuple[Block, ...]:
    """What changed from one body (HTML) to the other, in reading order.

    Raises BodyTooLongError.
    """
    return _compared(units(read(before)), units(read(after)))


def plain(before: str, after: str) -> tuple[Block, ...]:
    """What changed from one text without markup to the other; a line is a paragraph."""
    return _compared(_lines(before), _lines(after))


def fields(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of `after`, then those only `before` has.

    None and a missing field are the same as an empty one.
    """
    found = []
    for name in dict.fromkeys((*after, *before)):
        old, new = _shown(before.get(name)), _shown(after.get(name))
        if old != new:
            found.append(FieldChange(name, old, new, pieces(old, new)))
    return tuple(found)


def _lines(text: str) -> list[Unit]:
    return [Unit("p", line, "") for line in text.splitlines()]


def _compared(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Block, ...]:
    pairs, moved = aligned([unit.text for unit in old], [unit.text for unit in new])
    arrived = {place: origin for origin, place in moved.items()}
    found = []
    for i, j in pairs:
        if i is not None and j is not None:
            found.append(_pair(old[i], new[j]))
        elif i is not None:
            found.append(_alone(old[i], "moved_from" if i in moved else "removed"))
        elif j is not None:
            found.append(_alone(new[j], "moved_to" if j in arrived else "added"))
    left = {i: index for index, (i, j) in enumerate(pairs) if j is None and i is not None}
    came = {j: index for index, (i, j) in enumerate(pairs) if i is None and j is not None}
    for origin, place in moved.items():
        found[left[origin]] = replace(found[left[origin]], partner=came[place])
        found[came[place]] = replace(found[came[place]], partner=left[origin])
    return tuple(found)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _pair(old: Unit, new: Unit) -> Block:
    if old.text != new.text:
        return Block(new.kind, "changed", pieces(old.text, new.text))
    same = (old.kind, old.look) == (new.kind, new.look)
    return Block(new.kind, "same" if same else "restyled", (Piece("kept", new.text),))


def _alone(unit: Unit, change: Literal["removed", "added", "moved_from", "moved_to"]) -> Block:
    kind: Literal["removed", "added"] = (
        "removed" if change in ("removed", "moved_from") else "added"
    )
    return Block(unit.kind, change, (Piece(kind, unit.text),))
