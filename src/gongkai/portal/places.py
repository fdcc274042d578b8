"""Where something stood in its source, in Chinese: readers write "page 3, table 1, row 2"."""

from __future__ import annotations

import re

from gongkai.annual_report.speech import speech

WORDS = {
    "page": "第{}页",
    "line": "第{}行",
    "lines": "第{}行",
    "table": "第{}个表格",
    "row": "第{}行",
    "rows": "第{}行",
    "column": "第{}列",
    "paragraph": "第{}段",
    "cell": "第{}格",
}
STEP = re.compile(rf"^({'|'.join(WORDS)}) (\d+(?:[-–]\d+)?)$")


def said(place: str) -> str:
    """The place in the language of the page; what is not known is left as it is."""
    if speech() == "en":
        return place
    return "，".join(_step(part) for part in place.split(", "))


def _step(part: str) -> str:
    if found := STEP.match(part):
        return WORDS[found[1]].format(found[2])
    if part.startswith("sheet "):
        return f"工作表“{part.removeprefix('sheet ')}”"
    return part
