"""Text that a page holds and does not show.

A page is drawn with its text and without it: a character that changes no pixel of its own area
is not seen, whatever the reason. Why it is not seen is then told by its place, its mode and what
is drawn over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.pdf import drawn
from gongkai.screening.files.pdf.drawn import Box, Character, Drawn, Glyph
from gongkai.screening.files.pdf.rendered import Picture
from gongkai.screening.files.trace import Place, Sighting
from gongkai.screening.files.words import Kept, TraceCode

_VISIBLE = 10  # greys of 255: less than that nobody sees
_LEGIBLE = 0.3  # of a character's ink: with less nobody reads it
_SCAN = 0.5  # of the page's area
_LEAST_BOX = 60.0  # square points of a box that somebody drew over a picture
_DARK = 160  # red, green and blue together


@dataclass(frozen=True, slots=True)
class Concealed:
    """A piece of text that does not show, with the numbers of its characters on the page."""

    code: TraceCode
    text: str
    numbers: frozenset[int]
    kept: Kept


class PageText:
    """The text of one page with what is seen of it."""

    def __init__(self, page: pdfium.PdfPage, deadline: Deadline) -> None:
        self._page = page
        self._deadline = deadline
        self.objects = drawn.drawn(page)
        textpage = page.get_textpage()
        try:
            self.characters = drawn.characters(textpage)
        finally:
            textpage.close()
        self._by_address = {one.address: one for one in self.objects}
        self._covers = [one for one in self.objects if drawn.is_opaque(one)]
        self._boxes = [one for one in self._covers if drawn.is_box(one)]
        self._crop: Box = page.get_bbox()
        self._unseen = self._find_unseen()

    def _find_unseen(self) -> set[int]:
        """The numbers of the characters that change no pixel."""
        texts = [one for one in self.objects if one.kind == raw.FPDF_PAGEOBJ_TEXT]
        if not self.characters:
            return set()
        shown = Picture(self._page)
        drawn.set_active(texts, active=False)
        bare = Picture(self._page)
        unseen = {n for n, one in enumerate(self.characters) if not _shows(one, shown, bare)}
        pale = self._pale(unseen)
        singled = self._singled(texts, pale) if pale else bare
        unseen |= {n for n in pale if not _shows(self.characters[n], singled, bare)}
        unseen |= self._mostly_covered(texts, bare, self._beneath_boxes(unseen))
        drawn.set_active(texts, active=True)
        return unseen

    def _singled(self, texts: list[Drawn], numbers: set[int]) -> Picture:
        """The page with only the texts that some characters belong to."""
        alone = {self.characters[number].object for number in numbers}
        chosen = [one for one in texts if one.address in alone]
        drawn.set_active(chosen, active=True)
        picture = Picture(self._page)
        drawn.set_active(chosen, active=False)
        return picture

    def _mostly_covered(self, texts: list[Drawn], bare: Picture, beneath: set[int]) -> set[int]:
        """Those characters beneath boxes that lose most of their ink to them."""
        if not beneath:
            return set()
        covered = self._singled(texts, beneath)
        drawn.set_active(self._boxes, active=False)
        uncovered, ground = self._singled(texts, beneath), Picture(self._page)
        drawn.set_active(self._boxes, active=True)
        return {
            number
            for number in beneath
            if (ink := _ink(self.characters[number], uncovered, ground))
            and _ink(self.characters[number], covered, bare) <= ink * _LEGIBLE
        }

    def _beneath_boxes(self, unseen: set[int]) -> set[int]:
        """Characters whose area changes, perhaps only by a label on the box over them."""
        return {
            number
            for number, one in enumerate(self.characters)
            if number not in unseen
            and (text := self._by_address.get(one.object)) is not None
            and self._over(one, text, self._boxes)
        }

    def glyphs(self) -> dict[int, list[Glyph]]:
        """The glyphs of each text by its address."""
        textpage = self._page.get_textpage()
        try:
            return drawn.glyphs(textpage)
        finally:
            textpage.close()

    def _pale(self, unseen: set[int]) -> set[int]:
        """Pale characters whose area changes, perhaps only by darker ones at the same place."""
        texts = (one for one in self.objects if one.kind == raw.FPDF_PAGEOBJ_TEXT)
        pale = {one.address for one in texts if _is_pale(one)}
        return {n for n, one in enumerate(self.characters) if one.object in pale} - unseen

    def _over(self, one: Character, text: Drawn, covers: list[Drawn]) -> bool:
        self._deadline.check()
        return any(
            cover.at > text.at
            and not _is_apart(one.box, cover.box)
            and _share(one.box, cover.box) > 0.5
            for cover in covers
        )

    def concealed(self) -> Iterator[Concealed]:
        """The pieces of text that do not show, in the order of the page."""
        piece: list[int] = []
        for number in [*range(len(self.characters)), -1]:
            if piece and (number not in self._unseen or not self._goes_on(piece[-1], number)):
                yield self._piece(piece)
                piece = []
            if number in self._unseen:
                piece.append(number)

    def _goes_on(self, one: int, other: int) -> bool:
        before, after = self.characters[one], self.characters[other]
        return before.object == after.object and self._why(before) == self._why(after)

    def _piece(self, numbers: list[int]) -> Concealed:
        first = self.characters[numbers[0]]
        code, kept = self._why(first)
        text = "".join(self.characters[number].text for number in numbers)
        places = frozenset(self.characters[number].number for number in numbers)
        return Concealed(code, text, places, kept)

    def _why(self, one: Character) -> tuple[TraceCode, Kept]:
        text = self._by_address.get(one.object)
        if _is_apart(one.box, self._crop):
            return "pdf.outside_page", "" if text else "source_needed"
        if text is None:
            return "pdf.invisible_text", "uncertain"
        if text.layered:
            return "pdf.hidden_layer", ""
        invisible = drawn.is_invisible(text.handle)
        if self._over(one, text, self._boxes if invisible else self._covers):
            return "pdf.covered_text", ""
        if invisible:
            return ("pdf.ocr_layer", "recognised") if self._is_scan else ("pdf.invisible_text", "")
        certain = _is_pale(text) or drawn.has_own_font(text.handle)
        return "pdf.invisible_text", "" if certain else "uncertain"

    @property
    def _is_scan(self) -> bool:
        pictures = (o for o in self.objects if o.kind == raw.FPDF_PAGEOBJ_IMAGE)
        return any(_share(self._crop, one.box) >= _SCAN for one in pictures)

    def covered_pictures(self) -> Iterator[Box]:
        """Dark boxes drawn over a part of a picture, with no text on them."""
        pictures = [one for one in self.objects if one.kind == raw.FPDF_PAGEOBJ_IMAGE]
        for cover in self._boxes:
            self._deadline.check()
            colour = drawn.fill(cover.handle)
            if colour is None or sum(colour[:3]) > _DARK or _size(cover.box) < _LEAST_BOX:
                continue
            beneath = [
                one
                for one in pictures
                if one.at < cover.at
                and _share(cover.box, one.box) > 0.9
                and _share(one.box, cover.box) < 0.8
            ]
            if beneath and not self._has_label(cover):
                yield cover.box

    def _has_label(self, cover: Drawn) -> bool:
        return any(
            text.at > cover.at and _share(one.box, cover.box) > 0.9
            for one in self.characters
            if (text := self._by_address.get(one.object)) is not None
        )


def hidden(opened: pdfium.PdfDocument, deadline: Deadline) -> Iterator[Sighting]:
    """Traces of the text of all pages; recognised text beneath scans is one trace."""
    recognised: list[str] = []
    first_scan = 0
    for number in range(1, len(opened) + 1):
        deadline.check()
        page = opened[number - 1]
        try:
            text = PageText(page, deadline)
            for one in text.concealed():
                if one.code == "pdf.ocr_layer":
                    first_scan = first_scan or number
                    recognised.append(one.text)
                elif one.code != "pdf.hidden_layer":
                    yield Sighting(one.code, one.text, Place("page", number), one.kept)
            for box in text.covered_pictures():
                where = " ".join(f"{side:.0f}" for side in box)
                yield Sighting("pdf.covered_picture", where, Place("page", number), "still_beneath")
        finally:
            page.close()
    if recognised:
        content = "".join(recognised)
        yield Sighting("pdf.ocr_layer", content, Place("page", first_scan), "recognised")


def shown(opened: pdfium.PdfDocument, deadline: Deadline) -> str:
    """The text of all pages, line by line."""
    found = []
    for number in range(len(opened)):
        deadline.check()
        page = opened[number]
        textpage = page.get_textpage()
        found.append(textpage.get_text_bounded())
        textpage.close()
        page.close()
    return "\n".join(found)


def _shows(one: Character, shown: Picture, bare: Picture) -> bool:
    """Whether a character changes any pixel."""
    return shown.differs(bare, one.box, _VISIBLE)


def _ink(one: Character, shown: Picture, bare: Picture) -> int:
    """How many pixels a character changes."""
    return shown.changes(bare, one.box, _VISIBLE)


def _is_pale(text: Drawn) -> bool:
    colour = drawn.fill(text.handle)
    return colour is not None and (min(colour[:3]) > 240 or colour[3] < 12)


def _size(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def _share(box: Box, cover: Box) -> float:
    """Which part of a box lies within another, 0 to 1."""
    common = (
        max(box[0], cover[0]),
        max(box[1], cover[1]),
        min(box[2], cover[2]),
        min(box[3], cover[3]),
    )
    if common[2] < common[0] or common[3] < common[1]:
        return 0.0
    return _size(common) / max(_size(box), 1e-6) if _size(box) else 1.0


def _is_apart(box: Box, crop: Box) -> bool:
    return box[2] <= crop[0] or box[0] >= crop[2] or box[3] <= crop[1] or box[1] >= crop[3]
