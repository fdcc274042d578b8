"""Where something stood in its source, in words: readers write "page 3, table 1, row 2"."""

from __future__ import annotations

import re

_WORDS = {
    "page": "第 {} 页",
    "line": "第 {} 行",
    "lines": "第 {} 行",
    "table": "第 {} 个表格",
    "row": "第 {} 行",
    "rows": "第 {} 行",
    "column": "第 {} 列",
    "paragraph": "第 {} 段",
    "cell": "第 {} 格",
}
_STEP = re.compile(rf"({'|'.join(_WORDS)}) (\d+(?:[-–]\d+)?)")
_SHEET = "sheet "


def in_words(place: str, language: str = "zh") -> str:
    """The place of a cell or passage in Chinese ("zh") or as the readers write it ("en").

    A step of a kind that is not known is left as it is.
    """
    if language != "zh":
        return place
    return "，".join(_step(part) for part in place.split(", "))


def _step(part: str) -> str:
    if found := _STEP.fullmatch(part):
        return _WORDS[found[1]].format(found[2])
    if part.startswith(_SHEET):
        return f"工作表“{part.removeprefix(_SHEET)}”"
    return part
