"""A PDF without what hides in it: each page is drawn before and after and must look the same."""

from __future__ import annotations

import pikepdf
import pypdfium2 as pdfium

from gongkai.screening.files.limits import LIMIT_PAGES, Deadline
from gongkai.screening.files.pdf import structure, structure_clean
from gongkai.screening.files.pdf.objects import Number
from gongkai.screening.files.pdf.opened import rendering, unpacked
from gongkai.screening.files.pdf.redrawing import MismatchError, Plan, redraw
from gongkai.screening.files.pdf.rendered import Picture
from gongkai.screening.files.pdf.text import PageText

_SAME = 24  # greys: a smoothed edge may differ by this much


def cleaned(data: bytes, deadline: Deadline) -> bytes:
    """The copy, as clean as it can be made while every page looks the same.

    On a page that would look different the text beneath it stays in; if that is not enough, the
    form does. Raises UnsafeFileError as `unpacked` and `rendering` do.
    """
    expected = _without_remarks(data)
    spared: set[int] = set()
    for attempt, forms in enumerate((True, True, True, False)):
        copy = structure_clean.cleaned(_without_texts(data, spared, deadline), forms=forms)
        different = _different(expected, copy, deadline)
        if not different:
            return copy
        spared |= different if attempt == 0 else set(range(LIMIT_PAGES))
    return data


def _different(expected: bytes, copy: bytes, deadline: Deadline) -> set[int]:
    """The pages, from 0, that do not look as expected."""
    with rendering(expected) as one, rendering(copy) as other:
        if len(one) != len(other):
            return set(range(len(one)))
        return {n for n in range(len(one)) if not _same_page(one, other, n, deadline)}


def _same_page(
    one: pdfium.PdfDocument, other: pdfium.PdfDocument, number: int, deadline: Deadline
) -> bool:
    deadline.check()
    pages = one[number], other[number]
    try:
        before, after = (Picture(page) for page in pages)
        return before.size == after.size and not before.differs_anywhere(after, _SAME)
    finally:
        for page in pages:
            page.close()


def _without_remarks(data: bytes) -> bytes:
    """The file as it is to look: only the signs that stand for remarks are gone."""
    with unpacked(data) as opened:
        structure_clean.drop_remarks(opened)
        return structure_clean.saved(opened)


def _without_texts(data: bytes, spared: set[int], deadline: Deadline) -> bytes:
    """Take text that does not show, and what is on hidden layers, out of the pages."""
    with rendering(data) as rendered, unpacked(data) as opened:
        layers = {one.objgen for one in structure.hidden_layers(opened)}
        touched = False
        for number in set(range(len(rendered))) - spared:
            deadline.check()
            page = rendered[number]
            try:
                touched |= _redraw(opened, number, PageText(page, deadline), layers)
            finally:
                page.close()
        return structure_clean.saved(opened) if touched else data


def _redraw(opened: pikepdf.Pdf, number: int, text: PageText, layers: set[Number]) -> bool:
    gone = {
        place
        for one in text.concealed()
        if not one.kept and one.code != "pdf.hidden_layer"
        for place in one.numbers
    }
    on_layer = layers and any(one.layered for one in text.objects)
    if not gone and not on_layer:
        return False
    plan = Plan(text.objects, text.glyphs(), gone, layers)
    try:
        redraw(opened, opened.pages[number], plan)
    except MismatchError:
        return False
    return True
