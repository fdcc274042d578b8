"""What the narrative says about time: the period counted, last year's work, last year's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.finding import Finding, Sides, Text, finding, only_found, rule
from gongkai.annual_report.check.subject import Passage, Subject
from gongkai.annual_report.figures import Period
from gongkai.annual_report.folding import squeeze

# Two texts that share this part of their five-character runs say the same thing in the same words;
# two years' own texts on the same subject stay well below one half. A setting of ours, not of law.
COPIED_SHARE = 0.7
COPIED_RUN = 5
COPIED_LEAST = 60  # characters; below that two honest texts may well coincide

_PERIOD = re.compile(
    r"统计(?:期限|时限|时间|周期|区间|范围|口径)[^。]{0,10}?(?P<y1>20\d\d)年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日"
    r"[^。\d]{0,6}(?:(?P<y2>20\d\d)年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
)


@rule(
    "text.period",
    "review",
    "统计期限不是报告年度",
    "The period counted is not the report's year",
    source="条例 49 条：上一年度；统计期 1 月 1 日至 12 月 31 日",
)
def period(subject: Subject) -> Iterator[Finding]:
    year = subject.report.year
    if not year:
        return
    stated, quote = _stated_period(subject)
    if stated is None or stated == Period(date(year, 1, 1), date(year, 12, 31)):
        return
    yield finding(
        "text.period",
        Text(
            f"报告是 {year} 年度的，写明的统计期限是 {stated.start} 至 {stated.end}，"
            f"应为 {year}-01-01 至 {year}-12-31。",
            f"The report is of {year}; the period it states is {stated.start} to {stated.end}. "
            f"It should be {year}-01-01 to {year}-12-31.",
        ),
        quote=quote,
        expected=f"{year}-01-01 {year}-12-31",
        found=f"{stated.start} {stated.end}",
    )


def _stated_period(subject: Subject) -> tuple[Period | None, str]:
    for passage in subject.passages:
        if passage.number > 1:
            break
        match = _PERIOD.search(passage.text.text)
        if match:
            return _as_period(match), "".join(passage.text.quote(*match.span()).split())
    return subject.report.period, ""


def _as_period(match: re.Match[str]) -> Period | None:
    start_year = int(match["y1"])
    try:
        return Period(
            date(start_year, int(match["m1"]), int(match["d1"])),
            date(int(match["y2"] or start_year), int(match["m2"]), int(match["d2"])),
        )
    except ValueError:
        return None


_SENTENCE = re.compile(r"[^。!?]+[。!?]?")
_LEGITIMATE = re.compile(
    r"去年|上年|上一年|往年|以来|同比|相比|较|整改|反馈|回头看|通报|评估|存在(?:的)?问题|年报|年度报告|决算|统计公报|总结"
)


@cache
def _plan_of(year: int) -> re.Pattern[str]:
    """A document for the work of one year: its key points, plan or assessment rules."""
    return re.compile(
        rf"(?:《[^《》]{{0,40}}?|关于印发){year}年[^《》。]{{0,40}}?(?:工作要点|要点|工作方案|实施方案|任务分解|工作安排"
        r"|工作计划|考核(?:指标|细则|办法|方案|有关)|[计评]分细则)[^《》。]{0,30}》?"
    )


@cache
def _told_as_own(year: int) -> re.Pattern[str]:
    """A sentence that opens with that year and goes on to tell what was done."""
    return re.compile(
        rf"^(?:\([一二三四五六七八九十\d]+\)[^,。]{{0,20}}?|[一二三四五六七八九十]是|\d[.、])?"
        rf"{year}年(?:度|全年)?,?(?:我|本|全|共|累计|县|市|区|镇|乡|街道|收到|受理|办理|主动公开|通过)"
    )


@rule(
    "text.stale",
    "review",
    "把上一年的工作写成本年的工作",
    "Last year's work is told as this year's",
    source="条例 49 条：上一年度；30号（内容雷同、敷衍）",
    sides=Sides.named(("报告年度", "year of the report"), ("文中年份", "year in the text")),
)
def stale(subject: Subject) -> Iterator[Finding]:
    """Comparisons, corrections of last year's problems and standing documents are left alone."""
    year = subject.report.year
    if not year:
        return
    last = year - 1
    for passage in subject.passages:
        if passage.number not in (1, 6) or f"{last}年" not in passage.text.text:
            continue
        for match in _SENTENCE.finditer(passage.text.text):
            if f"{last}年" in match[0] and _speaks_of_last_year(match, year, passage.number):
                yield _is_stale(subject, passage, match.span())


def _speaks_of_last_year(match: re.Match[str], year: int, section: int) -> bool:
    sentence, last = match[0], year - 1
    opens = section == 1 and match.start() == 0 and sentence.startswith(f"{last}年")
    if _LEGITIMATE.search(sentence.replace("年以来", "年", 1) if opens else sentence):
        return False
    if _plan_of(last).search(sentence):
        return True
    own = opens or (section == 1 and _told_as_own(last).match(sentence) is not None)
    return own and f"{year}年" not in sentence


def _is_stale(subject: Subject, passage: Passage, span: tuple[int, int]) -> Finding:
    quote = "".join(passage.text.quote(*span).split())
    where_zh, where_en = wording.section(passage.number)
    year = subject.report.year or 0
    return finding(
        "text.stale",
        Text(
            f"{where_zh}在 {year} 年的报告里写了 {year - 1} 年的工作：“{quote}”。"
            "请确认是否沿用了上年的文字。",
            f"{where_en.capitalize()} of the {year} report tells the work of {year - 1}: "
            f"“{quote}”. "
            "Please check whether last year's text was left in.",
        ),
        address=f"section.{passage.number}",
        place=passage.place,
        quote=quote,
        expected=year,
        found=year - 1,
    )


@rule(
    "text.copied",
    "review",
    "“存在的主要问题”与上年几乎相同",
    "The problem section is nearly the same as last year's",
    source="国办公开办函〔2021〕30号：不得年年雷同",
    sides=only_found("相同", "the same"),
)
def copied(subject: Subject) -> Iterator[Finding]:
    previous = subject.context.previous
    now = subject.passage(5)
    before = previous.section(5) if previous else None
    if now is None or before is None:
        return
    share = likeness(now.text.text, squeeze(before.text).text)
    if share >= COPIED_SHARE:
        percent = round(100 * share)
        yield finding(
            "text.copied",
            Text(
                f"第五部分与上年报告有 {percent}% 的文字相同。问题应有针对性，举措应有实效，"
                "不宜年年雷同。",
                f"{percent}% of section 5 is the same as last year's. Problems should be specific "
                "and steps should be new.",
            ),
            address="section.5",
            place=now.place,
            found=f"{percent}%",
        )


def likeness(one: str, other: str) -> float:
    """How much two squeezed texts share: common five-character runs over all runs, 0 to 1.

    Digits and punctuation are left out, so that a changed year does not hide a copied text.
    """
    runs = [_runs(text) for text in (one, other)]
    if min(len(r) for r in runs) < COPIED_LEAST:
        return 0.0
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


_WORDS = re.compile(r"[^一-龥]+")


def _runs(text: str) -> set[str]:
    plain = _WORDS.sub("", text)
    return {plain[i : i + COPIED_RUN] for i in range(len(plain) - COPIED_RUN + 1)}
