"""A letter that lacks what it must contain is refused, by name."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.casework.letter.wording import named
from gongkai.casework.refusal import NotAllowedError


class IncompleteLetterError(NotAllowedError):
    """ "letter_incomplete": a letter of the `kind` lacks the `elements`, named by their codes."""

    def __init__(self, kind: str, elements: Iterable[str]) -> None:
        self.kind, self.elements = kind, tuple(elements)
        super().__init__("letter_incomplete", "、".join(map(named, self.elements)))
