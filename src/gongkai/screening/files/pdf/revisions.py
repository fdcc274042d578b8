"""Earlier revisions of a PDF: each change is written behind the last, which stays in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.pdf import structure, text
from gongkai.screening.files.pdf.objects import words
from gongkai.screening.files.pdf.opened import rendering, unpacked
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Sighting, squeezed

_END = re.compile(rb"%%EOF[ \t]*\r?\n?")
_LENGTH = re.compile(rb"/Linearized[^>]*?/L\s+(\d+)")
_LIMIT_REVISIONS = 20


def ends(data: bytes) -> list[int]:
    """Where each revision ends, the first first; the last is the file as it is."""
    found = [one.end() for one in _END.finditer(data)]
    linear = _LENGTH.search(data[:2048])
    if linear:  # the first end belongs to the first page, not to a revision
        found = [end for end in found if end >= min(int(linear[1]), len(data)) - 2]
    return found


def hidden(data: bytes, shown: str, deadline: Deadline) -> Iterator[Sighting]:
    """What earlier revisions say that the last does not, one trace for each revision."""
    places = ends(data)
    tail = data[places[-1] :] if places else b""
    if tail.strip(b"\0 \t\r\n"):
        yield Sighting("pdf.trailing_data", f"{len(tail)} B")
    if len(places) < 2:
        return
    now = squeezed(shown)
    with unpacked(data) as opened:
        remarks = set(_said(opened))
    for number, end in enumerate(places[:-1][-_LIMIT_REVISIONS:], start=1):
        deadline.check()
        lost = _lost(data[:end], now, remarks, deadline)
        if lost:
            yield Sighting("pdf.earlier_revision", f"{number}: " + " / ".join(lost))


def _lost(data: bytes, now: str, remarks: set[str], deadline: Deadline) -> list[str]:
    try:
        with rendering(data) as opened:
            lines = text.shown(opened, deadline).splitlines()
        with unpacked(data) as unpacked_:
            said = set(_said(unpacked_))
    except UnsafeFileError as error:
        if error.refusal.code == "timeout":
            raise
        return []
    return [line for line in lines if squeezed(line) not in now] + sorted(said - remarks)


def _said(opened: pikepdf.Pdf) -> Iterator[str]:
    """What remarks, form fields and the document information say, and which pictures there are."""
    for page in opened.pages:
        for one in structure.remarks_on(page):
            yield words(one.get("/Contents"))
    for name, field in structure.fields(opened):
        yield f"{name}: {words(field.get('/V'))}"
    info = opened.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for key, told in structure.telling(info, ""):
            yield f"{key[1:]}: {told}"
    for value in opened.objects:
        if isinstance(value, pikepdf.Stream) and str(value.get("/Subtype")) == "/Image":
            size = len(value.read_raw_bytes())
            yield f"Image {value.get('/Width')}×{value.get('/Height')}, {size} B"
