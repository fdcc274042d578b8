"""Whose report it is, for which year, and under what title, each with its evidence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from gongkai.annual_report.figures import Evidence, Period
from gongkai.annual_report.folding import fold
from gongkai.annual_report.read.canvas import CELL, ROW, Canvas

_HAN = r"[\u4e00-\u9fff·]"
_YEAR = r"(?P<year>20\d\d|二[〇零○0][一二三四五六七八九〇零○]{2})"
_REPORT = (
    r"(?:政府|政务|法定)?(?:信息|资讯|政务)公开(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?"
    r"(?:情况)?(?:的)?(?:报告|年报|总结)"
)
_AGENCY = rf"(?P<agency>(?:{_HAN}|12\d{{3}}){{2,40}}?(?:\({_HAN}{{2,30}}\))?)"
_AGENCY_FIRST = re.compile(rf"{_AGENCY}(?:关于)?[\s(\[〔]*{_YEAR}[)\]〕]?\s*年?度?\s*{_REPORT}")
_YEAR_FIRST = re.compile(rf"{_YEAR}\s*年?度?[)\]〕]?\s*{_AGENCY}\s*{_REPORT}")
_YEAR_LAST = re.compile(rf"{_AGENCY}{_REPORT}\s*[(\[〔]{_YEAR}年?度?[)\]〕]")
_YEAR_ONLY = re.compile(rf"{_YEAR}\s*年?度?\s*{_REPORT}")
_LEAD = re.compile(
    r"^.*(?:现将|现向社会公[布开]|现公[布开]|现发布|公布|发布|编制了?(?!委员会|办公|管理|监督)|关于|标题|名称"
    r"|当前位置|正文|首页|印发|门户网站|政府网站?|信息网|公开网|官网)"
)
_SITE = re.compile(r"(?:政府|网站?|平台|首页|年报|公开|正文)$")
_GENERIC = re.compile(
    r"^(?:政府|政务|法定|本级|全[省市县区]|我[省市县区局]|本[局机单]|各|有关|中华人民共和国|国务院|上级|党"
    r"|国家(?!税务|统计|外汇|金融|矿山|邮政|移民|粮食|能源|烟草|林业|铁路|民用|药品|知识|发展|档案|海[洋事])"
    r"|[省市县区]委(?:[、和的及]|$)|[省市县区]政府(?!办))"
)
_ISSUER = re.compile(
    rf"(?:发布机构|发文机关|发布机关|发布单位|公开主体|制发机关|责任单位|公开单位|信息来源|来源)"
    rf"\s*[::]?[\s{CELL}]*(?P<agency>{_HAN}{{3,40}})"
)
_BODY_LEAD = (
    r"请与|请向|请联系|由|与|对|在|为|是|现将|根据|按照|依据|结合|编制|通过|关于|现?公布|现?发布"
    r"|全年|本年度?|报告"
)
_BODY = re.compile(
    rf"(?:^|[,。;:、\s《(]|20\d\d年度?)(?:{_BODY_LEAD})*(?P<agency>{_HAN}{{2,24}}?(?:人民政府办公[室厅]|人民政府|街道办事处|管理委员会|委员会|管委会"
    r"|办公[室厅]|局|厅|镇|乡|街道))(?=[\u4e00-\u9fff,])"
)
_PERIOD = re.compile(
    r"(?P<y1>20\d\d)年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?(?:起|始|起始|开始)?,?(?:至|到|—+|-+|~)"
    r"(?:(?P<y2>20\d\d)年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
)
_DATE = r"(?P<y>20\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})"
_PUBLISHED = tuple(
    re.compile(rf"{label}[^\d\n]{{0,8}}{_DATE}")
    for label in (
        r"发布(?:日期|时间)",
        r"公开(?:日期|时间)",
        r"发文日期",
        r"(?:日期|时间)",
        r"成文日期",
    )
)
_ANY_DATE = re.compile(_DATE)
_SHORTEST_BEHIND_SITE = 4
_LONGEST_LEAD = 60
_CHINESE_DIGITS = {
    "〇": "0",
    "零": "0",
    "○": "0",
    **dict(zip("一二三四五六七八九", "123456789", strict=True)),
}

Where = Literal["title", "head", "body", "metadata", "content"]


@dataclass
class Identity:
    title: str | None = None
    agency: str | None = None
    year: int | None = None
    period: Period | None = None
    published: date | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)
    title_end: int = 0

    def note(self, name: str, value: object, source: Where, place: str, text: str) -> None:
        self.evidence[name] = Evidence(str(value), source, place, text.strip()[:200])


def identify(canvas: Canvas, document_title: str, document_date: str, body: int) -> Identity:
    """Title, agency, year, period and date of publication.

    `body` is the canvas position at which the narrative (section one) begins. Agency and year are
    taken from the title, else from the head matter, else from the body, in that order.
    """
    found = Identity()
    folded = canvas.squeezed.folded
    _from_title(canvas, folded, document_title, body, found)
    _from_head(canvas, folded[:body], found)
    _from_body(canvas, folded, body, found)
    found.published = _published(folded[:body], document_date)
    return found


def _from_title(
    canvas: Canvas, folded: str, document_title: str, body: int, found: Identity
) -> None:
    for title, start, source in _title_lines(folded, document_title, body):
        match = _match(title)
        if match is None:
            continue
        agency = _clean(match.groupdict().get("agency") or "")
        place = canvas.place(start) if start >= 0 else "title element"
        shown = canvas.text[start : start + len(title)] if start >= 0 else document_title
        if found.title is None:
            found.title = _title_text(shown, match, agency)
            found.title_end = start + _length(title, match) if start >= 0 else 0
            found.note("title", found.title, source, place, shown)
        if found.year is None:
            found.year = _year(match["year"])
            found.note("year", found.year, source, place, shown)
        if agency and found.agency is None:
            found.agency = agency
            found.note("agency", agency, source, place, shown)
        if found.agency:
            return


def _title_lines(folded: str, document_title: str, body: int) -> list[tuple[str, int, Where]]:
    """Candidates for the title: the document's own, then lines of the head, alone and joined."""
    lines: list[tuple[str, int, Where]] = []
    if document_title.strip():
        lines.append((fold(document_title).strip(), -1, "title"))
    positions = []
    for match in re.finditer(rf"[^\n{CELL}{ROW}]+", folded[: min(body, 20_000)]):
        text = match[0].strip()
        if text:
            positions.append((text, match.start() + len(match[0]) - len(match[0].lstrip())))
    short = [(text, start) for text, start in positions if len("".join(text.split())) <= 60]
    for index, (text, start) in enumerate(short):
        lines.append((text, start, "title"))
        for size in (2, 3):
            part = short[index : index + size]
            if len(part) == size and all(len(t) <= 40 for t, _ in part):
                last, at = part[-1]
                joined = folded[start : at + len(last)]
                if len(joined) <= 140:
                    lines.append((joined, start, "title"))
    longer = [(t, s, "head") for t, s in positions if len("".join(t.split())) > 60]
    named = [line for line in lines if _names_disclosure(line[0])]
    named.sort(key=lambda line: _rank(line[0]))
    return [*named, *((t, s, "head") for t, s, _ in longer if _names_disclosure(t))]


def _names_disclosure(text: str) -> bool:
    """Whether words can be a title at all; most lines cannot, and this is quick to see."""
    return "公开" in text or ("公" in text and "公开" in "".join(text.split()))


def _rank(text: str) -> int:
    """Whole lines that are nothing but a title first; then titles with something around them."""
    plain = "".join(text.replace(CELL, "").split())
    for rank, pattern in enumerate((_AGENCY_FIRST, _YEAR_FIRST, _YEAR_LAST)):
        match = pattern.fullmatch(plain)
        if match and not _GENERIC.match(match["agency"]) and not _LEAD.match(match["agency"]):
            return rank
    return 3


def _match(title: str) -> re.Match[str] | None:
    plain = "".join(title.split())
    behind_site = _AGENCY_FIRST.search(title)
    if (
        behind_site
        and len(behind_site["agency"]) >= _SHORTEST_BEHIND_SITE
        and _SITE.search(title[: behind_site.start()].rstrip())
    ):
        return behind_site
    for text in (plain, title) if _rank(title) < 3 else (title, plain):
        for pattern in (_AGENCY_FIRST, _YEAR_FIRST, _YEAR_LAST):
            match = pattern.search(text)
            if match and not _GENERIC.match(_clean(match["agency"]) or "政府"):
                return match
    return _YEAR_ONLY.search(plain)


def _clean(agency: str) -> str:
    name = _LEAD.sub("", "".join(agency.split())).strip("·")
    return name + "政府" if name.endswith("人民") else name


def _title_text(shown: str, match: re.Match[str], agency: str) -> str:
    """The title in its original characters, without the site's name and other additions."""
    plain = "".join(shown.split())
    whole = "".join(match[0].split())
    start = "".join(fold(plain).split()).find(whole)
    if start < 0:
        return plain
    title = plain[start : start + len(whole)]
    lead = max(whole.find(agency), 0)
    return title[lead:] if match.re is _AGENCY_FIRST and lead > 0 else title


def _length(title: str, match: re.Match[str]) -> int:
    """How much of the line the title takes, white space included."""
    wanted = len("".join(match.string[: match.end()].split()))
    for index, char in enumerate(title, 1):
        wanted -= not char.isspace()
        if wanted == 0:
            return index
    return len(title)


def _year(text: str) -> int:
    return int("".join(_CHINESE_DIGITS.get(c, c) for c in text.replace("二", "2", 1)))


def _from_head(canvas: Canvas, head: str, found: Identity) -> None:
    match = _ISSUER.search(head)
    if match and found.agency is None:
        found.agency = match["agency"]
        found.note("agency", match["agency"], "head", canvas.place(match.start()), match[0])
    period = None
    plain = "".join(head.replace(CELL, "").replace(ROW, "").split())
    for candidate in _PERIOD.finditer(plain):
        period = _period(candidate)
        if period:
            found.period = period
            found.note("period", f"{period.start} – {period.end}", "head", "", candidate[0])
            break


def _period(match: re.Match[str]) -> Period | None:
    try:
        start = date(int(match["y1"]), int(match["m1"]), int(match["d1"]))
        end = date(int(match["y2"] or match["y1"]), int(match["m2"]), int(match["d2"]))
    except ValueError:
        return None
    return Period(start, end) if start < end else None


def _from_body(canvas: Canvas, folded: str, body: int, found: Identity) -> None:
    text = folded[: body + 4000]
    if found.agency is None:
        _from_mention(canvas, text, found)
    if found.agency is None:
        names = [m for m in _BODY.finditer(text) if not _GENERIC.match(m["agency"])]
        if names:
            counted = Counter(m["agency"] for m in names)
            best = max(
                names, key=lambda m: (_office(m["agency"]), counted[m["agency"]], -m.start())
            )
            found.agency = best["agency"]
            found.note("agency", best["agency"], "body", canvas.place(best.start()), best[0])
    if found.year is None and found.period:
        found.year = found.period.start.year
        found.note("year", found.year, "body", "", found.evidence["period"].text)
    if found.year is None:
        years = Counter(re.findall(r"(20\d\d)\s*年", text))
        if years:
            year = max(years, key=lambda y: (years[y], y))
            at = text.find(year)
            found.year = int(year)
            found.note("year", year, "body", canvas.place(at), text[at : at + 40])


def _from_mention(canvas: Canvas, text: str, found: Identity) -> None:
    """The agency by the report's title where only a sentence gives it."""
    for dated in _YEAR_ONLY.finditer(text):
        match = _AGENCY_FIRST.search(text, max(0, dated.start() - _LONGEST_LEAD), dated.end())
        if match is None:
            continue
        agency = _clean(match["agency"])
        if agency and not _GENERIC.match(agency) and found.year in (None, _year(match["year"])):
            found.agency = agency
            found.note("agency", agency, "body", canvas.place(match.start()), match[0])
            return


def _office(name: str) -> int:
    return int(not name.endswith(("镇", "乡", "街道")))


def _published(head: str, document_date: str) -> date | None:
    for pattern in _PUBLISHED:
        match = pattern.search(head)
        day = _day(match) if match else None
        if day:
            return day
    match = _ANY_DATE.search(document_date)
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
