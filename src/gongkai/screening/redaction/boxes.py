"""Boxes that somebody draws on a page: where they may stand, and what they touch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

LIMIT_BOXES = 5_000
LIMIT_ON_PAGE = 1_000
_LEAST_SIDE = 0.5  # points: less is a slip of the mouse and covers nothing
_SHARE = 0.2  # of a letter: what is covered so far is meant to go

Area = tuple[float, float, float, float]
Size = tuple[float, float]

BoxCode = Literal["no_boxes", "too_many", "not_a_number", "no_area", "no_such_page", "off_page"]

_MESSAGES: dict[BoxCode, tuple[str, str]] = {
    "no_boxes": (
        "还没有标出要遮盖的地方。请先在页面上框选。",
        "Nothing is marked yet. Draw a box on a page first.",
    ),
    "too_many": (
        "遮盖框太多。请合并相邻的框，或整页不予提供。",
        "There are too many boxes. Join those side by side, or withhold pages.",
    ),
    "not_a_number": (
        "遮盖框的位置不是数字。请重新框选。",
        "A side of the box is not a number. Draw it again.",
    ),
    "no_area": (
        "遮盖框太小，盖不住任何内容。请重新框选。",
        "The box is too small to cover anything. Draw it again.",
    ),
    "no_such_page": (
        "文件里没有这一页。请核对页码。",
        "The file has no such page. Check the number of the page.",
    ),
    "off_page": (
        "遮盖框在页面之外。请重新框选。",
        "The box lies off the page. Draw it again.",
    ),
}


class BoxError(Exception):
    """A box that cannot be meant; `code` is stable, `detail` names the page or the figure."""

    def __init__(self, code: BoxCode, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def message(self, language: str = "zh") -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        text = _MESSAGES[self.code][0 if language == "zh" else 1]
        if self.detail:
            text += f"（{self.detail}）" if language == "zh" else f" ({self.detail})"
        return text

    def __str__(self) -> str:
        return self.message("en")


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle on a page, counted from 1, in points from the upper left corner of the page
    as it is displayed: turned as a viewer turns it, cut as a viewer cuts it.

    Raises BoxError: "not_a_number", "no_area" (also where the sides are swapped), "no_such_page".
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, self.area)):
            raise BoxError("not_a_number", f"p. {self.page}")
        if min(self.x1 - self.x0, self.y1 - self.y0) < _LEAST_SIDE:
            raise BoxError("no_area", f"p. {self.page}")
        if self.page < 1:
            raise BoxError("no_such_page", str(self.page))

    @property
    def area(self) -> Area:
        """The sides: left, top, right, bottom."""
        return self.x0, self.y0, self.x1, self.y1


def placed(boxes: Iterable[Box], sizes: Sequence[Size]) -> dict[int, list[Area]]:
    """The areas to cover by the page, counted from 0, cut at the edges of the pages.

    `sizes` are width and height of each page as displayed. Raises BoxError: "no_boxes",
    "too_many", "no_such_page", "off_page".
    """
    found: dict[int, list[Area]] = {}
    every = sorted(set(boxes))
    if not every:
        raise BoxError("no_boxes")
    if len(every) > LIMIT_BOXES:
        raise BoxError("too_many", f"{len(every)} > {LIMIT_BOXES}")
    for box in every:
        if box.page > len(sizes):
            raise BoxError("no_such_page", f"{box.page} > {len(sizes)}")
        width, height = sizes[box.page - 1]
        area = max(box.x0, 0.0), max(box.y0, 0.0), min(box.x1, width), min(box.y1, height)
        if area[2] <= area[0] or area[3] <= area[1]:
            raise BoxError("off_page", f"p. {box.page}")
        on_page = found.setdefault(box.page - 1, [])
        on_page.append(area)
        if len(on_page) > LIMIT_ON_PAGE:
            raise BoxError("too_many", f"p. {box.page}: > {LIMIT_ON_PAGE}")
    return found


def share(area: Area, cover: Area) -> float:
    """Which part of an area lies within another, 0 to 1; a line counts by its length."""
    across = _common(area[0], area[2], cover[0], cover[2])
    return across * _common(area[1], area[3], cover[1], cover[3])


def _common(start: float, end: float, first: float, last: float) -> float:
    if end - start < 1e-6:
        return 1.0 if first <= start <= last else 0.0
    return max(min(end, last) - max(start, first), 0.0) / (end - start)


def near(areas: Iterable[Area], area: Area) -> list[Area]:
    """Those of many areas that meet one."""
    left, top, right, bottom = area
    return [
        one
        for one in areas
        if one[0] <= right and one[2] >= left and one[1] <= bottom and one[3] >= top
    ]


def covers(areas: Iterable[Area], area: Area) -> bool:
    """Whether enough of a letter lies beneath one of the areas for it to be meant."""
    return any(
        share(area, cover) >= _SHARE or _holds_middle(cover, area) for cover in near(areas, area)
    )


def _holds_middle(cover: Area, area: Area) -> bool:
    """Whether the middle of an area lies within another."""
    x, y = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    return cover[0] <= x <= cover[2] and cover[1] <= y <= cover[3]


def joined(areas: Iterable[Area]) -> Area:
    """The smallest area that holds all of at least one."""
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def widened(area: Area, by: float) -> Area:
    """An area with so many points more on each side."""
    return area[0] - by, area[1] - by, area[2] + by, area[3] + by
