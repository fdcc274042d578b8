"""Days that do not exist, and days of formation that cannot be right."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from gongkai.screening.text.finding import Hit, rule
from gongkai.screening.text.subject import Subject

_DIGITS = {char: index % 10 for index, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
}
_NUMERAL = "[〇零○一二三四五六七八九十]"
_YEAR = rf"(?P<year>\d{{4}}|{_NUMERAL}{{4}})[ ]?年[ ]?"
_DAY = re.compile(
    rf"(?P<month>\d{{1,2}}|{_NUMERAL}{{1,3}})[ ]?月[ ]?"
    rf"(?:(?P<day>\d{{1,3}}|{_NUMERAL}{{1,3}})[ ]?(?:日(?!元)|号(?!令|文|楼)))?"
)
_YEAR_BEFORE = re.compile(rf"(?<!\d){_YEAR}$")
_LONGEST_YEAR = 8
_ISO = re.compile(
    r"(?P<year>(?:19|20)(?<![\d./-]..)\d{2})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d/-])"
)
_SIGNED = re.compile(
    rf"(?:^|(?<=\n))[ \t]*{_YEAR}(?P<month>\d{{1,2}}|{_NUMERAL}{{1,3}})[ ]?月"
    rf"[ ]?(?P<day>\d{{1,2}}|{_NUMERAL}{{1,3}})[ ]?日[ \t]*(?=\n|$)"
)


@rule(
    "date.nonexistent",
    "error",
    "日期不存在",
    "A day that does not exist",
    remedy=("请核对原文改正", "hold it against the original and correct it"),
)
def nonexistent(subject: Subject) -> Iterator[Hit]:
    text = subject.folded
    for match in _DAY.finditer(text):
        start, month, day = match.start(), _number(match["month"]), match["day"]
        before = _YEAR_BEFORE.search(text[max(start - _LONGEST_YEAR, 0) : start])
        if before is None and text[start - 1 : start].isdigit():
            continue  # the end of a longer number
        if day is None:  # without a year "40月" may be anything
            wrong = before is not None and not 1 <= month <= 12
        else:
            wrong = not _exists(_number(before["year"]) if before else 0, month, _number(day))
        if wrong:
            yield Hit(start - (len(before[0]) if before else 0), match.end())
    for match in _ISO.finditer(text):
        if not _exists(*(int(match[name]) for name in ("year", "month", "day"))):
            yield Hit(match.start(), match.end())


def _exists(year: int, month: int, day: int) -> bool:
    """Whether there is such a day; in any year if the year is 0."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


def _number(text: str) -> int:
    """A number of Arabic or Chinese digits; 0 for none."""
    if not text or text.isdigit():
        return int(text or 0)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
    return int("".join(str(_DIGITS[char]) for char in text))


@rule(
    "date.formed_in_future",
    "error",
    "成文日期在将来",
    "The day of formation lies in the future",
    remedy=("请核对成文日期", "check the day of formation"),
)
def formed_in_future(subject: Subject) -> Iterator[Hit]:
    formed = subject.field("formed_on")
    if isinstance(formed, date) and formed > subject.as_of:
        yield Hit(quote=formed.isoformat(), topic=formed.isoformat())


@rule(
    "date.formed_differs",
    "review",
    "正文落款日期与成文日期不一致",
    "The day below the text is not the day of formation",
    remedy=("请核对以哪一个为准", "check which of the two is right"),
)
def formed_differs(subject: Subject) -> Iterator[Hit]:
    formed = subject.field("formed_on")
    signed = _signed(subject)
    if signed is not None and isinstance(formed, date) and signed[0] != formed:
        yield Hit(signed[1], signed[2], topic=formed.isoformat())


@rule(
    "date.signed_in_future",
    "review",
    "落款日期在将来",
    "The day below the text lies in the future",
    remedy=("请核对落款日期", "check the day below the text"),
)
def signed_in_future(subject: Subject) -> Iterator[Hit]:
    signed = _signed(subject)
    if signed is not None and signed[0] > subject.as_of:
        yield Hit(signed[1], signed[2])


def _signed(subject: Subject) -> tuple[date, int, int] | None:
    """The last day that stands alone in its line, which is where a document is signed."""
    found = list(_SIGNED.finditer(subject.folded))
    if not found:
        return None
    last = found[-1]
    parts = (_number(last["year"]), _number(last["month"]), _number(last["day"]))
    try:
        return date(*parts), last.start(), last.end()
    except ValueError:
        return None
