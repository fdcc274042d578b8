"""The text of a report with live figures, so that text and tables cannot disagree.

    全年收到申请{applications.1.total}件，{change.applications.1.total}。

In braces stands the address of a cell (`gongkai.law.forms`): of this report, with `previous.` of
the report of the year before, with `change.` how it moved since then (比上年增加12件, 与上年持平).
Figures that have no cell have addresses of their own (`gongkai.annual_report.records`); they stand
in a report that came out of the books, and are those that were counted together with its cells.
What a person still has to write stands as 【待写…】 and keeps a report from being submitted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from gongkai.annual_report.figures import Figure, Report, Section
from gongkai.annual_report.records import RECORDS
from gongkai.law.forms import Address, Form, form

Narrative = Mapping[int, str]
"""Texts by the number of their section; 0 is what stands before the first."""

PREFACE = 0
BLANK = "（未填报）"
"""Stands for a figure that nobody has reported yet: blank is not zero."""
PREVIOUS, CHANGE = "previous.", "change."
_LIVE = re.compile(r"\{([^{}]*)\}|([{}])|【待写[^】]*】")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a text: the section, where in it (line and column from 1), and what."""

    section: int
    line: int
    column: int
    found: str
    zh: str
    en: str

    def message(self, language: str = "zh") -> str:
        """One sentence with its place, in "zh" or "en"."""
        if language.startswith("zh"):
            return f"第 {self.section} 部分第 {self.line} 行第 {self.column} 字：{self.zh}"
        return f"Section {self.section}, line {self.line}, column {self.column}: {self.en}"


class NarrativeError(ValueError):
    """The text cannot be written out; `faults` says why and where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message("en") for fault in faults))
        self.faults = faults


class Piece(NamedTuple):
    """A stretch of a text as it reads; `name` is what stood in the braces, "" for plain words."""

    text: str
    name: str = ""


def faults(
    narrative: Narrative,
    version: str,
    *,
    has_previous: bool = True,
    records: Collection[Address] = (),
) -> list[Fault]:
    """Everything that keeps the text from being written out, in reading order.

    `version` is that of the report's form; without a report of the year before, figures of it
    cannot be told. `records` are the figures without a cell that the report keeps.
    """
    layout = form(version)
    numbers = {PREFACE, *(head.number for head in layout.sections)}
    found = [
        Fault(number, 1, 1, "", f"没有第 {number} 部分", f"there is no section {number}")
        for number in narrative
        if number not in numbers
    ]
    for number in sorted(numbers & set(narrative)):
        found += _faults_of(number, narrative[number], layout, has_previous, records)
    return found


def unfinished(narrative: Narrative) -> list[Fault]:
    """The places that a person still has to write."""
    return [
        _fault(number, narrative[number], match, ("这里还没有写", "this is still to be written"))
        for number in sorted(narrative)
        for match in _LIVE.finditer(narrative[number])
        if match[0].startswith("【")
    ]


def live(report: Report) -> Mapping[Address, Figure]:
    """Every figure that the text of the report may tell: its cells, and what it has no cell for."""
    return {**report.figures, **report.records}


def pieces(
    text: str, figures: Mapping[Address, Figure], previous: Mapping[Address, Figure]
) -> Iterator[Piece]:
    """The text with its figures, each apart from the words around it.

    Raises KeyError for what `faults` would have named.
    """
    start = 0
    for match in _LIVE.finditer(text):
        if match[1] is None:
            continue
        name = match[1].strip()
        yield Piece(text[start : match.start()])
        yield Piece(_told(name, figures, previous), name)
        start = match.end()
    yield Piece(text[start:])


def rendered(
    text: str, figures: Mapping[Address, Figure], previous: Mapping[Address, Figure]
) -> str:
    """The text as it reads. Raises KeyError for what `faults` would have named."""
    return "".join(piece.text for piece in pieces(text, figures, previous))


def spelt(text: str, records: Mapping[Address, Figure]) -> str:
    """The text with digits in place of the figures that have no cell; cells stay live."""

    def put(match: re.Match[str]) -> str:
        name = (match[1] or "").strip()
        return _told(name, records, {}) if name in records else match[0]

    return _LIVE.sub(put, text)


def narrated(report: Report, narrative: Narrative, previous: Report | None = None) -> Report:
    """The report with the text written out under the heads of its form.

    Sections of which nothing is said keep their head. Raises NarrativeError.
    """
    layout = report.layout() or form("2021")
    wrong = faults(
        narrative, layout.version, has_previous=previous is not None, records=report.records
    )
    if wrong:
        raise NarrativeError(wrong)
    before: Mapping[Address, Figure] = previous.figures if previous else {}
    now = live(report)

    def text(number: int) -> str:
        return rendered(narrative.get(number, ""), now, before)

    return replace(
        report,
        preface=text(PREFACE),
        sections=tuple(Section(h.number, h.title, text(h.number)) for h in layout.sections),
    )


def number(figure: Figure) -> str:
    """A figure as the tables write it: digits without grouping, no zeros behind the last place."""
    if figure is None:
        return BLANK
    return format(figure, "f") if isinstance(figure, Decimal) else str(figure)


def change(now: Figure, before: Figure, unit: str) -> str:
    """How a figure moved since the year before, in words."""
    if now is None or before is None:
        return f"比上年{BLANK}"
    if now == before:
        return "与上年持平"
    moved = abs(Decimal(now) - Decimal(before))
    return f"比上年{'增加' if now > before else '减少'}{number(moved)}{unit}"


def _told(name: str, figures: Mapping[Address, Figure], before: Mapping[Address, Figure]) -> str:
    if name.startswith(PREVIOUS):
        return number(before.get(name.removeprefix(PREVIOUS)))
    if name.startswith(CHANGE):
        address = name.removeprefix(CHANGE)
        return change(figures[address], before.get(address), _unit(address))
    figure = figures[name]
    return RECORDS[name].told(figure) if name in RECORDS and figure is not None else number(figure)


def _unit(address: Address) -> str:
    known = form("2021").addresses.get(address) or form("2019").addresses[address]
    return known.unit or "件"


def _faults_of(
    section: int, text: str, layout: Form, has_previous: bool, records: Collection[Address]
) -> Iterator[Fault]:
    for match in _LIVE.finditer(text):
        if match[2]:
            words = ("花括号没有成对，应写作 {地址}", "a brace stands alone; write {address}")
            yield _fault(section, text, match, words)
        elif match[1] is not None:
            wrong = _wrong(match[1].strip(), layout, has_previous, records)
            if wrong:
                yield _fault(section, text, match, wrong)


def _wrong(
    name: str, layout: Form, has_previous: bool, records: Collection[Address]
) -> tuple[str, str] | None:
    address = name.removeprefix(PREVIOUS).removeprefix(CHANGE)
    if address in RECORDS:
        return _wrong_record(name, address, records)
    if address not in layout.addresses:
        return f"表中没有“{name}”这一格", f"the tables have no cell {name!r}"
    if address != name and not has_previous:
        return "没有上一年的报告可比", "there is no report of the year before to compare with"
    return None


def _wrong_record(
    name: str, address: Address, records: Collection[Address]
) -> tuple[str, str] | None:
    if address != name:
        return (
            "登记里数出的数只有本年的，不能与上年相比，请直接写数字",
            "what is counted from records is told for this year only; write digits instead",
        )
    if name not in records:
        return (
            "这份报告没有从登记里数出的数；先由台账生成草稿，或者直接写数字",
            "this report has no figures from records; draft it from the books, or write digits",
        )
    return None


def _fault(section: int, text: str, match: re.Match[str], words: tuple[str, str]) -> Fault:
    before = text[: match.start()]
    line, column = before.count("\n") + 1, match.start() - before.rfind("\n")
    return Fault(section, line, column, match[0], *words)
