"""The list of corrections at the end of a corrected report, and the note at a corrected cell.

In the cell itself stands the figure and nothing else, so that who copies or reads it gets the
figure: a format marks it by what it can draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.annual_report.corrigenda import Changed, Corrigenda, label
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.write.grid import shown
from gongkai.law.forms import VERSIONS, form

_PARTS = {
    "proactive": ("第二部分", "Section 2"),
    "applications": ("第三部分", "Section 3"),
    "appeals": ("第四部分", "Section 4"),
}


def lines(report: Report, corrigenda: Corrigenda, language: str = "zh") -> Iterator[str]:
    """The list, a paragraph each: when and why, every figure old and new, the texts changed."""
    zh = language == "zh"
    edition = corrigenda.number
    since = f"与第{edition}版相比有更正。" if zh else f"Corrected against edition {edition}. "
    yield (since + when_and_why(corrigenda, language)).strip()
    if corrigenda.figures:
        yield "表中有底色的格已经更正：" if zh else "The tinted cells were corrected:"
    for one in corrigenda.figures:
        yield _figure(one, report, language)
    if corrigenda.texts:
        yield (
            f"文字有改动：{'、'.join(corrigenda.texts)}。"
            if zh
            else f"Texts that were changed: {', '.join(_english(report, corrigenda.texts))}."
        )


def note(changed: Changed, corrigenda: Corrigenda, language: str = "zh") -> str:
    """What is said at a corrected cell: the old figure, the new one, when and why."""
    return f"{_moved(changed, language)}\n{when_and_why(corrigenda, language)}".strip()


def when_and_why(corrigenda: Corrigenda, language: str = "zh") -> str:
    """The day of the correction and its reason, as far as they are known."""
    zh = language == "zh"
    day, reason = corrigenda.day, corrigenda.reason.strip()
    said = []
    if day:
        said.append(f"更正日期：{_chinese(day)}。" if zh else f"Corrected on {day.isoformat()}.")
    if reason:
        said.append(f"更正理由：{reason}" if zh else f"Reason: {reason}")
    return ("" if zh else " ").join(said)


def _figure(one: Changed, report: Report, language: str) -> str:
    part = _PARTS[one.address.partition(".")[0]][0 if language == "zh" else 1]
    place = label(one.address, report, language)
    moved = _moved(one, language)
    return f"{part}“{place}”，{moved}" if language == "zh" else f"{part}, {place}: {moved}"


def _english(report: Report, titles: Iterable[str]) -> Iterator[str]:
    """The titles of sections as the form has them in English; one of its own stays Chinese."""
    heads = form(report.form or VERSIONS[-1]).sections
    known = {head.title: head.title_en for head in heads}
    return (known.get(title, title) for title in titles)


def _moved(one: Changed, language: str) -> str:
    was, now = _figured(one.was, language), _figured(one.now, language)
    return f"原数：{was}，更正为：{now}。" if language == "zh" else f"was {was}, now {now}."


def _figured(figure: Figure, language: str) -> str:
    return shown(figure) or ("空白" if language == "zh" else "blank")


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
