"""What stands where on a printed page; all lengths in mm from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber

MM = 25.4 / 72
ABOVE, BELOW = 0.88, 0.12  # of the size: where a Chinese character stands about its baseline


@dataclass(frozen=True)
class Line:
    text: str
    size: float  # pt
    left: float
    right: float
    top: float
    bottom: float
    font: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Box:
    left: float
    right: float
    top: float
    bottom: float
    colour: object = None

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    pictures: list[Box]
    bars: list[Box]

    def line(self, start: str) -> Line:
        return next(line for line in self.lines if line.text.startswith(start))

    @property
    def body(self) -> list[Line]:
        return [line for line in self.lines if 36 < line.top < 262]


def pages(data: bytes) -> list[Page]:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return [
            Page(
                list(_lines(page)), [_box(it) for it in page.images], [_box(r) for r in page.rects]
            )
            for page in pdf.pages
        ]


def text(page: Page) -> str:
    return "".join(line.text for line in page.lines)


def _lines(page: pdfplumber.page.Page) -> Iterator[Line]:
    def place(char: dict[str, Any]) -> tuple[float, float]:
        return round(char["matrix"][5], 1), round(char["size"], 2)

    chars = sorted(page.chars, key=lambda char: (-place(char)[0], place(char)[1], char["x0"]))
    for (baseline, size), group in groupby(chars, key=place):
        line = list(group)
        down = float(page.height) - baseline
        yield Line(
            "".join(char["text"] for char in line).strip(),
            size,
            min(char["matrix"][4] for char in line) * MM,
            max(char["x1"] for char in line) * MM,
            (down - ABOVE * size) * MM,
            (down + BELOW * size) * MM,
            line[0]["fontname"],
        )


def _box(it: dict[str, float]) -> Box:
    return Box(
        it["x0"] * MM,
        it["x1"] * MM,
        it["top"] * MM,
        it["bottom"] * MM,
        it.get("non_stroking_color"),
    )
