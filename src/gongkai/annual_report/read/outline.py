"""The six sections: where each begins, and its text without tables and page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.annual_report.figures import Section
from gongkai.annual_report.folding import fold
from gongkai.annual_report.read.canvas import CELL, ROW, Canvas

_NUMERALS = "一二三四五六七八九十"
_TITLES = {
    1: r"总体情况|概述|基本情况|总体工作情况",
    2: r"主动公开(?:的)?(?:政府)?信息(?:的|工作)*情况|行政机关主动公开政府信息情况",
    3: r"收到(?:和|及|与)处理(?:的)?(?:政府)?信息公开(?:申请)?(?:的)?情况"
    r"|(?:行政机关)?收到和处理政府信息公开申请(?:的)?情况|依申请公开政府信息(?:的)?情况",
    4: r"(?:因)?(?:政府)?信息公开(?:工作|申请)?(?:被)?(?:申请|提起|的)*行政复议(?:、|和|与|及|或)?(?:提起)?"
    r"(?:行政)?诉讼(?:的)?(?:情况)?|行政复议、?(?:和|及)?行政诉讼情况",
    5: r"(?:政府信息公开)?(?:工作)?(?:中)?(?:存在的?)?(?:主要|突出)?(?:困难和|不足和)?问题"
    r"(?:、|及|和|与)?(?:其)?(?:下一步|今后)?(?:改进|整改|工作)?(?:的)?(?:情况|措施|打算|方向|意见|建议|思路)*",
    6: r"(?:其他|其它)(?:需要|须)?(?:报告|说明)的?(?:事项|情况|问题)",
}
_HEAD = {
    number: re.compile(
        rf"(?P<numeral>[{_NUMERALS}]{{1,2}}[、.,:]|第[{_NUMERALS}]部分[、:.]?"
        rf"|\([{_NUMERALS}]\)|[1-9][、.])?(?P<title>{title})"
    )
    for number, title in _TITLES.items()
}
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


def heads(canvas: Canvas) -> list[Head]:
    """The headings found, in the order of the form; a table of contents is passed over."""
    text = canvas.squeezed.text
    chosen: list[Head] = []
    limit = len(text)
    for number in range(6, 0, -1):
        best: tuple[int, Head] | None = None
        for match in _HEAD[number].finditer(text, 0, limit):
            weight = _weight(canvas, match, number)
            if weight and (best is None or weight >= best[0]):
                title = canvas.squeezed.quote(match.start("title"), match.end("title"))
                best = (weight, Head(number, " ".join(title.split()), match.start(), match.end()))
        if best:
            chosen.append(best[1])
            limit = best[1].start
    return chosen[::-1]


def _weight(canvas: Canvas, match: re.Match[str], number: int) -> int:
    """How surely a match is the heading: 0 for a phrase inside a sentence or a subheading."""
    numeral = match["numeral"] or ""
    own = bool(numeral) and numeral.strip("第部分、.,:")[:1] == _NUMERALS[number - 1]
    alone = _alone(canvas, match)
    if numeral[:1] in "(123456789":
        return 1 if alone and numeral and numeral.strip("().、") in (str(number),) else 0
    if numeral:
        return 4 if alone and own else 3 if alone else 2 if own else 0
    return 1 if alone and len(match["title"]) >= 6 else 0


def _alone(canvas: Canvas, match: re.Match[str]) -> bool:
    """Whether the match fills its line, but for a few characters."""
    begin = canvas.squeezed.origin(match.start())
    finish = canvas.squeezed.origin(match.end() - 1) + 1
    before = canvas.text[canvas.text.rfind("\n", 0, begin) + 1 : begin]
    newline = canvas.text.find("\n", finish)
    after = canvas.text[finish : newline if newline >= 0 else None][:60]
    return (
        not before.strip(" \u3000\xa0#*" + CELL + ROW) and len(after.strip(CELL + ROW + " *")) <= 8
    )


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
    kept = (line.strip().strip("\xa0\u3000").strip() for line in lines)
    return [line.lstrip("::：") for line in kept if line and not line.startswith(("#", "---"))]


def _without_foot(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        plain = "".join(fold(line).split()).lower()
        if number and len(plain) <= 40 and _FOOT.match(plain):
            return lines[:number]
    return lines
