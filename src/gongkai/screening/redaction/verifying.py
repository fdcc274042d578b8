"""A second look at a redacted file, by ways that making it does not take.

Its letters are read, its pictures unpacked and its objects searched; what must not be there any
more is told by the original, not by what the redaction says of itself.
"""

from __future__ import annotations

import ctypes
import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.screening.files import pictures
from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.pdf import drawn, objects
from gongkai.screening.files.pdf.opened import rendering, unpacked
from gongkai.screening.files.pdf.revisions import ends
from gongkai.screening.redaction import entering, searching
from gongkai.screening.redaction.boxes import Area, Box, near, placed, share
from gongkai.screening.redaction.letters import Letter, displayed, letters

LeakCode = Literal["text", "picture", "same_picture", "words", "beside_pages", "revision", "pages"]
_LEFT = 0.3  # of a letter beneath a box
_WHOLE = 0.99
_DOTS = {raw.FPDFBitmap_Gray: 1, raw.FPDFBitmap_BGR: 3}  # bytes a dot of the pictures made
_JPEG = b"\xff\xd8"
_DARK = 48  # of 255: JPEG does not keep black quite black beside white
_ALLOWED_ROOT = {"/Type", "/Pages", "/Lang", "/Version"}
_BESIDE = {
    *("/Metadata", "/EF", "/AF", "/StructTreeRoot", "/Outlines", "/Threads", "/B", "/Thumb"),
    *("/PieceInfo", "/AcroForm", "/Names", "/ActualText", "/Alternates", "/OCProperties"),
}


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that should be gone: what it is and on which page, counted from 1, 0 for the
    file as a whole. It never holds what was found."""

    code: LeakCode
    page: int = 0


def verify(redacted: bytes, boxes: Iterable[Box], original: bytes) -> tuple[Leak, ...]:
    """What is left of what stood beneath the boxes; empty if nothing is.

    Raises UnsafeFileError for files that cannot be read, BoxError for boxes off the pages.
    """
    deadline = Deadline()
    areas = placed(boxes, entering.sizes(original, deadline))
    found: list[Leak] = []
    with rendering(redacted) as opened:
        if len(opened) != len(entering.sizes(original, deadline)):
            return (Leak("pages"),)
        for number, own in areas.items():
            found += _on_page(opened, number, own, deadline)
    found += _same_pictures(redacted, original, areas)
    found += [Leak("words", page) for page in searching.words_left(redacted, original, areas)]
    found += _around(redacted)
    return tuple(dict.fromkeys(found))


def _on_page(
    opened: pdfium.PdfDocument, number: int, areas: list[Area], deadline: Deadline
) -> Iterator[Leak]:
    page = opened[number]
    try:
        every = [one for one in letters(page, deadline) if not one.blank]
        if any(_is_beneath(one, areas) for one in every):
            yield Leak("text", number + 1)
        if not _is_black(page, areas, deadline):
            yield Leak("picture", number + 1)
    finally:
        page.close()


def _is_beneath(one: Letter, areas: list[Area]) -> bool:
    sides = (one.ink, one.cell)
    return any(share(side, area) >= _LEFT for side in sides for area in near(areas, side))


def _is_black(page: pdfium.PdfPage, areas: list[Area], deadline: Deadline) -> bool:
    """Whether the page is one picture, black within the areas, with stencils and text on it."""
    covered: set[Area] = set()
    for one in drawn.drawn(page):
        deadline.check()
        if one.kind == raw.FPDF_PAGEOBJ_TEXT and drawn.is_invisible(one.handle):
            continue
        if one.kind != raw.FPDF_PAGEOBJ_IMAGE:
            return False
        if _is_stencil(one, page):
            continue
        box = displayed(one.box, page.get_bbox(), page.get_rotation())
        if not _is_black_within(one, box, areas):
            return False
        covered |= {area for area in areas if share(area, box) > _WHOLE}
    return covered == set(areas)


def _is_stencil(one: drawn.Drawn, page: pdfium.PdfPage) -> bool:
    about = raw.FPDF_IMAGEOBJ_METADATA()
    found = raw.FPDFImageObj_GetImageMetadata(one.handle, page, about)
    return bool(found) and about.bits_per_pixel == 1


def _is_black_within(one: drawn.Drawn, box: Area, areas: list[Area]) -> bool:
    """Whether the dots of a picture, which takes up `box`, are black within the areas."""
    bitmap = raw.FPDFImageObj_GetBitmap(one.handle)
    if not bitmap:
        return False
    try:
        return not any(_bright(bitmap, box, area) for area in areas)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _bright(bitmap: Any, box: Area, area: Area) -> bool:
    """Whether a picture has any dot in an area that is not black, or cannot be told."""
    dot = _DOTS.get(raw.FPDFBitmap_GetFormat(bitmap))
    if dot is None:
        return True
    width, height = raw.FPDFBitmap_GetWidth(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
    stride = raw.FPDFBitmap_GetStride(bitmap)
    across, down = width / (box[2] - box[0]), height / (box[3] - box[1])
    left, right = math.ceil((area[0] - box[0]) * across), math.floor((area[2] - box[0]) * across)
    top, bottom = math.ceil((area[1] - box[1]) * down), math.floor((area[3] - box[1]) * down)
    start, length = max(left, 0) * dot, (min(right, width) - max(left, 0)) * dot
    held = raw.FPDFBitmap_GetBuffer(bitmap)
    for row in range(max(top, 0), min(bottom, height)):
        line = ctypes.string_at(held + row * stride + start, max(length, 0))
        if line and max(line) > _DARK:
            return True
    return False


def _same_pictures(
    redacted: bytes, original: bytes, areas: Mapping[int, list[Area]]
) -> Iterator[Leak]:
    """Pictures that a box lies on and no page without a box shows, still in the file."""
    with rendering(original) as opened:
        beneath = {
            digest: number
            for number, own in areas.items()
            for digest in _shown(opened, number, own)
        }
        if not beneath:
            return
        for number in set(range(len(opened))) - set(areas):
            for digest in _shown(opened, number, None):
                beneath.pop(digest, None)
    with unpacked(redacted) as structured:
        streams = (o for o in structured.objects if isinstance(o, pikepdf.Stream))
        held = {_digest(bytes(stream.read_raw_bytes())) for stream in streams}
    for digest, number in beneath.items():
        if digest in held:
            yield Leak("same_picture", number + 1)


def _shown(opened: pdfium.PdfDocument, number: int, areas: list[Area] | None) -> set[bytes]:
    """The pictures of a page, of those areas if any are given, told by their bytes."""
    page = opened[number]
    found: set[bytes] = set()
    try:
        for one in drawn.drawn(page):
            if one.kind != raw.FPDF_PAGEOBJ_IMAGE:
                continue
            box = displayed(one.box, page.get_bbox(), page.get_rotation())
            if areas is None or any(share(box, area) > 0 for area in areas):
                found.add(_digest(_bytes_of(one)))
    finally:
        page.close()
    return found


def _bytes_of(one: drawn.Drawn) -> bytes:
    size = raw.FPDFImageObj_GetImageDataRaw(one.handle, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFImageObj_GetImageDataRaw(one.handle, buffer, size)
    return buffer.raw


def _digest(data: bytes) -> bytes:
    """What tells a picture; a JPEG is the same with and without what its camera wrote."""
    if data.startswith(_JPEG):
        data = pictures.stripped_quietly(data)
    return hashlib.sha256(data).digest()


def _around(redacted: bytes) -> Iterator[Leak]:
    """What a redacted file never has beside its pages, and earlier revisions."""
    with unpacked(redacted) as opened:
        entries, _ = objects.walk(opened)
        if set(opened.Root.keys()) - _ALLOWED_ROOT or "/Info" in opened.trailer:
            yield Leak("beside_pages")
        if any(entry.key in _BESIDE for entry in entries):
            yield Leak("beside_pages")
    places = ends(redacted)
    if len(places) != 1 or redacted[places[-1] :].strip(b"\0 \t\r\n"):
        yield Leak("revision")
