"""A copy of a PDF in which nothing is left beneath the boxes that somebody drew.

A page with a box becomes a picture with the dots beneath the box black, and letters without ink
over it where text stays. The copy is a new file into which only such pages, and the drawings of
the others, are taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.pdf import cleaning
from gongkai.screening.files.pdf.opened import rendering, unpacked
from gongkai.screening.files.pdf.structure_clean import drop_remarks, saved
from gongkai.screening.files.pdf.text import PageText
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.redaction import entering
from gongkai.screening.redaction.assembling import Pictured, assembled
from gongkai.screening.redaction.boxes import Area, Box, covers, placed, widened
from gongkai.screening.redaction.drawing import Drawing
from gongkai.screening.redaction.letters import Letter, letters
from gongkai.screening.redaction.sharing import to_picture
from gongkai.screening.redaction.verifying import Leak, verify

SECONDS = 300.0
_LEAKS = (
    "遮盖后仍查到残留内容，没有生成文件。请把下列页整页遮盖后再试。",
    "Something is left beneath the boxes, so no file was made. Cover these pages as a whole.",
)


class LeakError(Exception):
    """Something is left beneath a box; the copy is not given out. `leaks` say where."""

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        super().__init__(leaks)
        self.leaks = leaks

    def message(self, language: str = "zh") -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        pages = ", ".join(map(str, sorted({leak.page for leak in self.leaks if leak.page})))
        text = _LEAKS[0 if language == "zh" else 1]
        if pages:
            text += f"（{pages}）" if language == "zh" else f" ({pages})"
        return text

    def __str__(self) -> str:
        return self.message("en")


@dataclass(frozen=True, slots=True)
class Redacted:
    """The copy; the pages, counted from 1, that became pictures; how many letters went.

    `pages` holds more than the pages with a box where another page could not stay as it was.
    """

    data: bytes = field(repr=False)
    pages: tuple[int, ...]
    removed_characters: int


@dataclass(frozen=True, slots=True)
class _PageLetters:
    """The letters of a page that stay, that go, and of these the ones that were seen."""

    kept: list[Letter]
    removed: list[Letter]
    seen: list[Letter]


def blacken(pdf: bytes, boxes: Iterable[Box], *, label: str = "") -> Redacted:
    """A copy with black boxes; `pdf` itself is not touched.

    `label` stands in white on each box with room for it, as a picture. Raises UnsafeFileError for
    a file that is to be refused, BoxError for boxes that cannot be meant, and LeakError where
    anything is found beneath a box afterwards.
    """
    deadline = Deadline(SECONDS)
    boxes = tuple(boxes)
    entering.weigh(pdf)
    areas = placed(boxes, entering.sizes(pdf, deadline))
    try:
        flat = _flattened(cleaning.cleaned(pdf, deadline))
        found = _all_letters(flat, areas, deadline)
        kept = [page.kept for page in found]
        chosen = to_picture(flat, set(areas), kept, [page.removed for page in found])
        pictures = {n: _pictured(flat, n, areas.get(n, []), found[n], deadline) for n in chosen}
        copy = assembled(pdf, flat, pictures, label)
        leaks = verify(copy, boxes, pdf)
    except RecursionError as error:
        raise UnsafeFileError("too_complex") from error
    if leaks:
        raise LeakError(leaks)
    gone = sum(len(found[number].removed) for number in areas)
    return Redacted(copy, tuple(sorted(number + 1 for number in chosen)), gone)


def _flattened(pdf: bytes) -> bytes:
    """The file with remarks gone and everything else that lies on its pages drawn onto them."""
    with unpacked(pdf) as opened:
        drop_remarks(opened)
        opened.flatten_annotations("screen")
        return saved(opened)


def _all_letters(
    flat: bytes, areas: dict[int, list[Area]], deadline: Deadline
) -> list[_PageLetters]:
    with rendering(flat) as rendered:
        return [
            _page_letters(rendered, number, areas.get(number, []), deadline)
            for number in range(len(rendered))
        ]


def _page_letters(
    rendered: pdfium.PdfDocument, number: int, areas: list[Area], deadline: Deadline
) -> _PageLetters:
    deadline.check()
    page = rendered[number]
    try:
        every = [one for one in letters(page, deadline) if not one.blank]
        unseen, recognised = _unseen(page, deadline)
    finally:
        page.close()
    beneath = {
        one.number
        for one in every
        if one.number in unseen or _is_beneath(one, areas, guessed=one.number in recognised)
    }
    removed = [one for one in every if one.number in beneath]
    return _PageLetters(
        kept=[one for one in every if one.number not in beneath],
        removed=removed,
        seen=[one for one in removed if one.number not in unseen | recognised],
    )


def _unseen(page: pdfium.PdfPage, deadline: Deadline) -> tuple[set[int], set[int]]:
    """The numbers of the letters that do not show, and of those recognised in a scan."""
    unseen: set[int] = set()
    recognised: set[int] = set()
    for piece in PageText(page, deadline).concealed():
        (recognised if piece.code == "pdf.ocr_layer" else unseen).update(piece.numbers)
    return unseen, recognised


def _is_beneath(one: Letter, areas: list[Area], *, guessed: bool) -> bool:
    """Whether a letter must not be in the text of the page any more.

    Where a text was recognised in a scan its letters lie about where they are seen: what stands
    within a letter's height of a box goes as well.
    """
    if guessed:
        high = one.cell[3] - one.cell[1]
        areas = [widened(area, high) for area in areas]
    return covers(areas, one.ink) or covers(areas, one.cell)


def _pictured(
    flat: bytes, number: int, areas: list[Area], found: _PageLetters, deadline: Deadline
) -> Pictured:
    """A page as a picture; letters that are mostly beneath a box are covered as a whole."""
    with rendering(flat) as rendered:
        deadline.check()
        page = rendered[number]
        drawing = Drawing(page)
        try:
            cut = [one.ink for one in found.seen if covers(areas, one.ink)]
            drawing.paint([*areas, *cut])
            return Pictured(drawing.packed(), drawing.size, tuple(areas), tuple(found.kept))
        finally:
            drawing.close()
            page.close()
