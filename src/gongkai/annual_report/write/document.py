"""A report as a document: title, paragraphs, heads and tables in order, before any format.

All text is cleaned here, once, of characters that no format can hold (control characters, lone
surrogates); nothing else of it is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.annual_report.corrigenda import HEAD, Corrigenda
from gongkai.annual_report.figures import TABLES, Period, Report
from gongkai.annual_report.write import annex
from gongkai.annual_report.write.grid import Table, marked
from gongkai.annual_report.write.statutory import tables
from gongkai.law.forms import Address, form

_NUMERALS = "〇一二三四五六七八九十"
_NUMBERED = re.compile(r"^\s*(?:第?[一二三四五六七八九十]+(?:部分)?[、.．\s]|\d+[、.．])")
_SUBHEAD = re.compile(r"^（[一二三四五六七八九十]+）[^。；，：]{2,30}$")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_TABLE_SECTIONS = dict(zip((2, 3, 4), TABLES, strict=True))


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of one of the six sections, or with the number 0 of the list of corrections."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of original text; `subhead` where it is a line like （一）主动公开."""

    text: str
    subhead: bool = False


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What every format writes.

    `day` is the day of publication or, where it is not known, the last day the report covers:
    the same report always makes the same file. `imprint` is the line under the title: the agency,
    where the title does not name it, and the day of publication.
    """

    title: str
    agency: str
    language: str
    day: date
    published: date | None
    imprint: str
    blocks: tuple[Block, ...]


def lay_out(report: Report, language: str = "zh", corrigenda: Corrigenda | None = None) -> Document:
    """The report as a document in "zh" or "en"; with `corrigenda` the figures that were corrected
    are marked, and the list of corrections stands at the end.

    Sections are written as the report has them; a report of bare figures gets the statutory heads
    over its tables. The statistical period is written out where the text does not state it.
    """
    return Document(
        title=clean(report.title or "") or usual_title(report),
        agency=clean(report.agency or ""),
        language=language,
        day=report.published or _last_day(report),
        published=report.published,
        imprint=_imprint(report, language),
        blocks=tuple(_blocks(report, language, corrigenda)),
    )


def usual_title(report: Report) -> str:
    """The customary title, 机关名称＋年份＋政府信息公开工作年度报告."""
    year = f"{report.year}年" if report.year else ""
    return f"{clean(report.agency or '')}{year}政府信息公开工作年度报告"


def title_lines(title: str, agency: str, room: int = 20) -> list[str]:
    """The title in one line of `room` characters, or broken after the agency's name.

    No word is torn (GB/T 9704-2012 asks for 词意完整); any other long title is left to wrap.
    """
    before, _, after = title.partition(agency) if agency else (title, "", "")
    if len(title) <= room or not after:
        return [title]
    return [before + agency, after]


def clean(text: str) -> str:
    """The text on one line, without characters that XML, HTML and PDF cannot hold."""
    return _UNPRINTABLE.sub("", _BREAKS.sub(" ", text)).strip()


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a narrative; empty lines part them and are not kept."""
    for line in _BREAKS.split(text):
        if cleaned := clean(line):
            yield Paragraph(cleaned, bool(_SUBHEAD.match(cleaned)))


def _last_day(report: Report) -> date:
    """The end of the period reported on; of a report without any year, 2019, the first form's."""
    if report.period:
        return report.period.end
    return date(report.year if report.year and 1900 <= report.year <= 9999 else 2019, 12, 31)


def _imprint(report: Report, language: str) -> str:
    zh = language == "zh"
    parts = []
    agency = clean(report.agency or "")
    if report.title and agency not in clean(report.title):
        parts.append(f"发布机构：{agency}" if zh else f"Published by: {agency}")
    if day := report.published:
        parts.append(f"发布日期：{_chinese(day)}" if zh else f"Published: {day.isoformat()}")
    return ("\u3000" if zh else " · ").join(parts)


def _blocks(report: Report, language: str, corrigenda: Corrigenda | None) -> Iterator[Block]:
    corrected = {one.address for one in corrigenda.figures} if corrigenda else set[Address]()
    yield from paragraphs(report.preface)
    if report.period and not _states(report, report.period):
        yield Paragraph(_period_line(report.period, language))
    pending = {table.name: marked(table, corrected) for table in tables(report, language)}
    for number, title, text in _sections(report, set(pending), language):
        yield from _tables_before(number, pending)
        yield Heading(_head(number, title), number)
        yield from paragraphs(text)
        if table := pending.pop(_TABLE_SECTIONS.get(number, ""), None):
            yield table
    yield from pending.values()
    if corrigenda is not None:
        yield Heading(HEAD[language], 0)
        for line in annex.lines(report, corrigenda, language):
            yield Paragraph(clean(line))


def _tables_before(number: int, pending: dict[str, Table]) -> Iterator[Table]:
    """Tables whose own section the report does not have stand where the section would."""
    for place, name in _TABLE_SECTIONS.items():
        if place < number and name in pending:
            yield pending.pop(name)


def _sections(report: Report, present: set[str], language: str) -> Iterator[tuple[int, str, str]]:
    heads = form(report.form or "2021").sections
    if not report.sections:
        for head in heads:
            if _TABLE_SECTIONS.get(head.number) in present:
                yield head.number, head.title if language == "zh" else head.title_en, ""
        return
    english = {head.title: head.title_en for head in heads} if language == "en" else {}
    for section in report.sections:
        title = clean(section.title)
        yield section.number, english.get(title, title), section.text


def _head(number: int, title: str) -> str:
    if _NUMBERED.match(title) or not 0 < number <= 10:
        return title
    return f"{number}. {title}" if title.isascii() else f"{_NUMERALS[number]}、{title}"


def _states(report: Report, period: Period) -> bool:
    """Whether the text names the first day and, after it, the last, with or without its year."""
    text = re.sub(r"\s", "", report.preface + "".join(s.text for s in report.sections))
    _, first, rest = text.partition(_chinese(period.start))
    return bool(first) and f"{period.end.month}月{period.end.day}日" in rest


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _period_line(period: Period, language: str) -> str:
    if language == "en":
        return f"Statistical period: {period.start.isoformat()} to {period.end.isoformat()}."
    return f"本报告所列数据的统计期限自{_chinese(period.start)}起至{_chinese(period.end)}止。"
