"""What stood beneath the boxes, looked for in every string and stream of the redacted file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pikepdf

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.pdf.objects import words
from gongkai.screening.files.pdf.opened import rendering, unpacked
from gongkai.screening.files.pdf.structure import remarks_on
from gongkai.screening.redaction.boxes import Area, covers, share
from gongkai.screening.redaction.letters import UNKNOWN, Letter, displayed, letters, text_of

_LEAST_WORD = 2  # letters of a script without blanks
_LEAST_NUMBER = 6  # fewer digits stand everywhere in drawing instructions
_LEAST_BYTES = 6  # fewer are met by chance
_SPOKEN = ("/Contents", "/T", "/TU", "/V", "/DV", "/RC", "/Subj")
_CHARSETS = ("utf-8", "gb18030", "utf-16-be", "utf-16-le")


def words_left(redacted: bytes, original: bytes, areas: Mapping[int, list[Area]]) -> list[int]:
    """The pages, from 1, of which something beneath a box is still said somewhere in the file.

    What also stands outside the boxes, where everybody may read it, is not looked for.
    """
    wanted = _wanted(original, areas)
    if not wanted:
        return []
    strings = _text(redacted) + "\n" + "\n".join(_strings(redacted))
    streams = [redacted, *_streams(redacted)]
    return sorted(
        {
            page
            for word, page in wanted.items()
            if word in strings or any(spelt in data for spelt in _spelt(word) for data in streams)
        }
    )


def _wanted(original: bytes, areas: Mapping[int, list[Area]]) -> dict[str, int]:
    """What stood beneath the boxes and nowhere else, with the page it stood on."""
    deadline = Deadline()
    beneath: list[tuple[str, int]] = []
    rest: list[str] = []
    with rendering(original) as opened:
        turned = []
        for number in range(len(opened)):
            page = opened[number]
            every = letters(page, deadline)
            turned.append((page.get_bbox(), page.get_rotation()))
            page.close()
            own = areas.get(number, [])
            beneath += [(run, number + 1) for run in _runs(every, own)]
            rest.append(text_of([one for one in every if not _is_under(one, own)]))
    with unpacked(original) as structured:
        for number, sheet in enumerate(structured.pages):
            own = areas.get(number, [])
            for one in remarks_on(sheet):
                said = _said(one)
                if _lies_under(one, own, *turned[number]):
                    beneath += [(text, number + 1) for text in said]
                else:
                    rest += said
    left = "\n".join(rest)
    return {text: page for text, page in beneath if _is_telling(text) and text not in left}


def _is_under(one: Letter, areas: list[Area]) -> bool:
    return not one.blank and (covers(areas, one.ink) or covers(areas, one.cell))


def _runs(every: list[Letter], areas: list[Area]) -> Iterator[str]:
    """Letters beneath the boxes that stand one after another, without white space."""
    run = ""
    for one in every:
        if _is_under(one, areas):
            run += one.text
        elif run and (not one.blank or one.text == "\n"):
            yield run
            run = ""
    if run:
        yield run


def _is_telling(text: str) -> bool:
    least = _LEAST_WORD if not text.isascii() else _LEAST_NUMBER
    return len(text) >= least and UNKNOWN not in text


def _said(one: pikepdf.Dictionary) -> list[str]:
    """What an annotation or form field says, without white space."""
    values = [words(one.get(key)) for key in _SPOKEN]
    action = one.get("/A")
    if isinstance(action, pikepdf.Dictionary):
        values.append(words(action.get("/URI")))
    return [text for value in values if (text := "".join(value.split()))]


def _lies_under(one: pikepdf.Dictionary, areas: list[Area], crop: Area, turned: int) -> bool:
    place = one.get("/Rect")
    if not areas or not isinstance(place, pikepdf.Array) or len(place) != 4:
        return False
    x0, y0, x1, y1 = (float(side) for side in place)
    box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return any(share(displayed(box, crop, turned), area) > 0.5 for area in areas)


def _text(redacted: bytes) -> str:
    deadline = Deadline()
    found = []
    with rendering(redacted) as opened:
        for number in range(len(opened)):
            page = opened[number]
            found.append(text_of(letters(page, deadline)))
            page.close()
    return "\n".join(found)


def _strings(redacted: bytes) -> Iterator[str]:
    """Every string and name of the file's objects, without white space."""
    with unpacked(redacted) as opened:
        for value in opened.objects:
            for text in _strings_in(value, 0):
                yield "".join(text.split())


def _strings_in(value: object, depth: int) -> Iterator[str]:
    if depth > 0 and isinstance(value, pikepdf.Object) and value.is_indirect:
        return
    if isinstance(value, pikepdf.String | pikepdf.Name):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        for inner in value:
            yield from _strings_in(inner, depth + 1)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, inner in value.items():
            yield key
            yield from _strings_in(inner, depth + 1)


def _streams(redacted: bytes) -> Iterator[bytes]:
    """Every stream but the dots of pictures, unpacked where it can be."""
    with unpacked(redacted) as opened:
        for value in opened.objects:
            if isinstance(value, pikepdf.Stream) and str(value.get("/Subtype")) != "/Image":
                try:
                    yield bytes(value.read_bytes())
                except pikepdf.PdfError:
                    yield bytes(value.read_raw_bytes())


def _spelt(word: str) -> Iterator[bytes]:
    """A word as bytes, and as the digits that stand for them in a PDF."""
    for charset in _CHARSETS:
        spelt = word.encode(charset, "ignore")
        if len(spelt) >= _LEAST_BYTES:
            yield spelt
        digits = spelt.hex().encode()
        yield from {digits, digits.upper()} if len(digits) >= 2 * _LEAST_BYTES - 4 else ()
