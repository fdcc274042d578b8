"""The six sections: where each begins, and its text without tables and page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual_report.figures import Section
from gongkai.annual_report.folding import fold
from gongkai.annual_report.read.canvas import CELL, ROW, Canvas

_NUMERALS = "一二三四五六七八九十"
_BARE = str.maketrans("", "", "().、")
_NUMERAL = re.compile(
    rf"([{_NUMERALS}]{{1,2}}[、.,:]|第[{_NUMERALS}]部分[、:.]?|\([{_NUMERALS}]\)|[1-9][、.])$"
)
_LONGEST_NUMERAL = len("第十一部分、")


@dataclass(frozen=True, slots=True)
class _Title:
    """How a section's title is told: its core, and what may stand before and behind it."""

    core: re.Pattern[str]
    lead: re.Pattern[str]


def _title(core: str, lead: str = "") -> _Title:
    return _Title(re.compile(core), re.compile(rf"(?:{lead})?$"))


_TITLES = {
    1: _title(
        r"总体(?:工作)?情况|概述|基本情况",
        r"(?:20\d\d年度?)?(?:政府|政务)?(?:信息公开)?(?:工作)?",
    ),
    2: _title(r"主动公开(?:的)?(?:政府){0,2}(?:信息)?(?:的|工作)*情况", "行政机关|(?:政府)?信息"),
    3: _title(
        r"收到(?:和|及|与)处理(?:的)?(?:政府)?(?:信息公开)?(?:的)?(?:申请)?(?:的)?情况"
        r"|依申请公开(?:政府信息)?的?(?:办理|处理)?(?:的)?情况",
        "行政机关|政府信息公开申请的?",
    ),
    4: _title(
        r"行政复议(?:、|和|与|及|或)?(?:提起)?(?:行政)?诉讼(?:的)?(?:情况)?|复议、?诉讼情况",
        r"因?(?:政府)?(?:信息公开)(?:工作|申请)?(?:被)?(?:申请|提起|的)*",
    ),
    5: _title(
        r"问题(?:、|及|和|与)?(?:其)?(?:下一步|今后)?(?:改进|整改|工作)?(?:的)?"
        r"(?:情况|措施|打算|方向|意见|建议|思路)*",
        r"(?:(?:政府|政务)?(?:信息)?公开)?(?:工作)?(?:中)?(?:存在的?)?(?:主要|突出)?(?:困难和|不足和)?",
    ),
    6: _title(r"其[他它](?:需要|须|需)?(?:报告|说明|汇报|公开)?的?(?:事项|情况|问题)"),
}
_LONG_TITLE = 6
_FOOT = re.compile(
    r"^(?:附件|附件下载|相关(?:词条|阅读|链接|新闻|信息|附件|文章|稿件|解读)|热门词条|联系我们|上一[篇条]|下一[篇条]"
    r"|打印(?:本页)?|关闭(?:窗口|本页)?|分享到?|版权所有|主办单位|承办单位|网站地图|扫一扫|返回顶部|责任编辑"
    r"|政府信息公开年报|网站标识码|[a-zA-Z]*icp备|.{0,8}公网安备|技术支持|友情链接|推荐阅读|收藏|【|〖|\[打印)"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a section: its number in the form and its span in the squeezed canvas."""

    number: int
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    numeral: str
    title: str
    start: int
    title_start: int
    end: int


def heads(canvas: Canvas) -> list[Head]:
    """The headings found, in the order of the form; a table of contents is passed over."""
    chosen: list[Head] = []
    limit = len(canvas.squeezed.text)
    for number in range(6, 0, -1):
        best: tuple[int, _Candidate] | None = None
        for candidate in _candidates(canvas.squeezed.text, number, limit):
            weight = _weight(canvas, candidate, number)
            if weight and (best is None or weight >= best[0]):
                best = (weight, candidate)
        if best:
            there = best[1]
            title = canvas.squeezed.quote(there.title_start, there.end)
            chosen.append(Head(number, "".join(title.split()), there.start, there.end))
            limit = there.start
    return chosen[::-1]


def _candidates(text: str, number: int, limit: int) -> Iterator[_Candidate]:
    title = _TITLES[number]
    for match in title.core.finditer(text, 0, limit):
        begin = max(0, match.start() - 24)
        before = text[begin : match.start()]
        lead = title.lead.search(before)
        at = lead.start() if lead else len(before)
        numeral = _NUMERAL.search(before, max(0, at - _LONGEST_NUMERAL), at)
        start = begin + (numeral.start() if numeral else at)
        words = text[begin + at : match.end()]
        yield _Candidate(numeral[0] if numeral else "", words, start, begin + at, match.end())


def _weight(canvas: Canvas, candidate: _Candidate, number: int) -> int:
    """How surely it is the heading: 0 for a phrase inside a sentence or a subheading."""
    numeral = candidate.numeral
    own = numeral.removeprefix("第")[:1] == _NUMERALS[number - 1]
    alone = _alone(canvas, candidate)
    if numeral.startswith("(") or numeral[:1].isdigit():
        return int(alone and numeral.translate(_BARE) in (str(number), _NUMERALS[number - 1]))
    if numeral:
        return 4 if alone and own else 3 if alone else 2 if own else 0
    return int(alone and (len(candidate.title) >= _LONG_TITLE or candidate.title == "总体情况"))


def _alone(canvas: Canvas, candidate: _Candidate) -> bool:
    """Whether the heading fills its line, but for a few characters."""
    begin = canvas.squeezed.origin(candidate.start)
    finish = canvas.squeezed.origin(candidate.end - 1) + 1
    before = canvas.text[canvas.text.rfind("\n", 0, begin) + 1 : begin]
    newline = canvas.text.find("\n", finish)
    after = canvas.text[finish : newline if newline >= 0 else None][:60]
    filler = " \u3000\xa0#*" + CELL + ROW
    return not before.strip(filler) and len(after.strip(filler)) <= 8


def sections(
    canvas: Canvas, found: list[Head], tables: list[tuple[int, int]]
) -> tuple[Section, ...]:
    """The sections with their narrative; `tables` are canvas stretches that are not narrative."""
    origin = canvas.squeezed.origin
    result = []
    for index, head in enumerate(found):
        begin = origin(head.end - 1) + 1
        later = [h.start for h in found[index + 1 :]]
        end = origin(later[0]) if later else len(canvas.text)
        lines = _narrative(canvas, begin, end, tables)
        if head.number == found[-1].number:
            lines = _without_foot(lines)
        place = canvas.place(origin(head.start))
        result.append(Section(head.number, head.title, "\n".join(lines), place))
    return tuple(result)


def _narrative(canvas: Canvas, begin: int, end: int, tables: list[tuple[int, int]]) -> list[str]:
    pieces, position = [], begin
    for start, stop in sorted(tables):
        if stop <= position or start >= end:
            continue
        pieces.append(canvas.original(position, max(position, start)))
        position = max(position, min(stop, end))
    pieces.append(canvas.original(position, end))
    lines = "\n".join(pieces).split("\n")
    kept = (line.strip() for line in lines)
    return [line.lstrip(":：") for line in kept if line and not line.startswith(("#", "---"))]


def _without_foot(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        plain = "".join(fold(line).split()).lower()
        if len(plain) <= 40 and ((number and _FOOT.match(plain)) or _is_head(plain)):
            return lines[:number]
    return lines


def _is_head(plain: str) -> bool:
    """Whether a line is the heading of another section, as where each has a sheet of its own."""
    numeral = re.match(rf"[{_NUMERALS}][、.]", plain)
    return bool(numeral) and any(
        title.core.search(plain, 2) for number, title in _TITLES.items() if number in (2, 3, 4)
    )
