"""The words on a black box, as a stencil: a picture of one bit that no program reads as text."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import pikepdf

from gongkai.screening.files.pdf.opened import rendering
from gongkai.screening.redaction.boxes import Area
from gongkai.screening.redaction.drawing import Drawing
from gongkai.typesetting import Faces, Press

LIMIT_LABEL = 40
_SCALE = 8.0  # dots to the point, of letters of 20 points
_BRIGHT = 128
_FILLED = 0.7  # of a box's height or width, at most
_LEAST_HEIGHT = 4.0  # points: less nobody reads
_FONTS = ("Noto Sans CJK SC", "Noto Serif CJK SC", "DejaVu Sans")


@cache
def _press() -> Press:
    return Press(files("gongkai.screening.redaction") / "label.typ", _faces)


def _faces(_families: frozenset[str]) -> Faces:
    """A label is set with whatever is installed: what it covers is covered without it too."""
    return {"label": _FONTS}


class Stencil:
    """A label as a picture in a file; one for all boxes."""

    def __init__(self, opened: pikepdf.Pdf, label: str) -> None:
        page = _press().set({"label": label[:LIMIT_LABEL]}, format="pdf").made
        with rendering(bytes(page)) as rendered:
            drawing = Drawing(rendered[0], scale=_SCALE)
            grey, self._width, self._height = drawing.pixels()[0::3], drawing.width, drawing.height
            drawing.close()
        self.picture = opened.make_stream(
            zlib.compress(_bits(grey, self._width)),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            ImageMask=True,
            Width=self._width,
            Height=self._height,
            BitsPerComponent=1,
            Filter=pikepdf.Name.FlateDecode,
        )

    def instructions(self, areas: Sequence[Area], height: float) -> bytes:
        """What draws the label in white in the middle of each area that has the room."""
        return b"\n".join(self._drawn(areas, height))

    def _drawn(self, areas: Sequence[Area], height: float) -> Iterator[bytes]:
        ratio = self._width / self._height
        for left, top, right, bottom in areas:
            high = min(bottom - top, (right - left) / ratio) * _FILLED
            if high < _LEAST_HEIGHT:
                continue
            wide = high * ratio
            x, y = (left + right - wide) / 2, height - (top + bottom + high) / 2
            yield f"q 1 g {wide:.2f} 0 0 {high:.2f} {x:.2f} {y:.2f} cm /Label Do Q".encode()


def _bits(grey: bytes, width: int) -> bytes:
    """A bit for each dot, 0 where ink is; a line begins with a new byte."""
    lines = []
    for start in range(0, len(grey), width):
        row = "".join("0" if dot < _BRIGHT else "1" for dot in grey[start : start + width])
        row += "1" * (-width % 8)
        lines.append(int(row, 2).to_bytes(len(row) // 8, "big"))
    return b"".join(lines)
