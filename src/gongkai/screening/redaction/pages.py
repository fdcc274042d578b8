"""What an editor shows: a page as a picture, and the words on it to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.pdf.opened import rendering
from gongkai.screening.redaction import entering
from gongkai.screening.redaction.boxes import Box, BoxError, Size, joined
from gongkai.screening.redaction.drawing import Drawing
from gongkai.screening.redaction.letters import Letter, letters

LIMIT_WIDTH = 2_000
_LIMIT_DOTS = 6_000_000
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG: its width and height in dots, and its size in points as displayed."""

    png: bytes
    width: int
    height: int
    size: Size


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand together, and the box around them."""

    text: str
    box: Box


def sizes(pdf: bytes) -> list[Size]:
    """Width and height of every page as displayed, in points. Raises UnsafeFileError."""
    entering.weigh(pdf)
    return entering.sizes(pdf, Deadline(_SECONDS))


def picture(pdf: bytes, page: int, *, width: int = 1_200) -> PagePicture:
    """A page, counted from 1, so many dots wide; less where it would be too large.

    Raises BoxError "no_such_page", UnsafeFileError.
    """
    with _page(pdf, page) as opened:
        scale = min(width, LIMIT_WIDTH) / max(opened.get_size()[0], 1.0)
        drawing = Drawing(opened, scale=scale, limit=_LIMIT_DOTS)
        try:
            return PagePicture(drawing.png(), drawing.width, drawing.height, drawing.size)
        finally:
            drawing.close()


def words(pdf: bytes, page: int) -> tuple[Word, ...]:
    """The words of a page, counted from 1, in the order of its text.

    Chinese has no blanks between words: a word of it is what stands between two blanks. Raises
    BoxError "no_such_page", UnsafeFileError.
    """
    with _page(pdf, page) as opened:
        return tuple(_words(page, letters(opened, Deadline(_SECONDS))))


@contextmanager
def _page(pdf: bytes, page: int) -> Iterator[pdfium.PdfPage]:
    entering.weigh(pdf)
    with rendering(pdf) as rendered:
        if not 1 <= page <= len(rendered):
            raise BoxError("no_such_page", f"{page} > {len(rendered)}")
        opened = rendered[page - 1]
        try:
            yield opened
        finally:
            opened.close()


def _words(page: int, found: list[Letter]) -> Iterator[Word]:
    piece: list[Letter] = []
    for letter in [*found, None]:
        if letter is not None and not letter.blank:
            piece.append(letter)
        elif piece:
            left, top, right, bottom = joined(one.cell for one in piece)
            if right - left >= 1 and bottom - top >= 1:
                text = "".join(one.text for one in piece)
                yield Word(text, Box(page, left, top, right, bottom))
            piece = []
