"""What a chart shows, said in one or two sentences, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongkai.annual_report.charts.measures import (
    APPLICANTS,
    EVERY_ROUTE,
    LITIGATION,
    OUTCOMES,
    Language,
    Measure,
    added,
    appeals,
    total,
)
from gongkai.annual_report.figures import Figure, Report

Years = Mapping[int, Report]


def number(value: Figure, language: Language) -> str:
    """A figure with its unit (件); a blank one as words."""
    if value is None:
        return "未填写" if language == "zh" else "not stated"
    return f"{value:,}件" if language == "zh" else f"{value:,}"


def percent(part: Figure, whole: Figure) -> str | None:
    """Share of the whole with at most one decimal, None where it cannot be said."""
    if part is None or not whole:
        return None
    return f"{round(Decimal(part) * 100 / Decimal(whole), 1).normalize():f}%"


def change(name: str, values: Mapping[int, Figure], language: Language) -> str:
    """How a figure moved from the first year to the last, e.g. 「上升41%」."""
    known = {year: value for year, value in values.items() if value is not None}
    if len(known) < 2:
        return ""
    first, last = min(known), max(known)
    a, b = known[first], known[last]
    if a is None or b is None:
        return ""
    if a == b:
        return (
            f"{first}年与{last}年{name}持平，均为{number(a, language)}。"
            if language == "zh"
            else f"{name}: {number(a, language)} in both {first} and {last}."
        )
    rise = b > a
    if a:
        amount = f"{abs(round(Decimal(b - a) * 100 / Decimal(a))):,}%"
        zh, en = f"，{'上升' if rise else '下降'}{amount}", f", {'up' if rise else 'down'} {amount}"
    else:
        zh = en = ""
    if language == "zh":
        return f"{first}年至{last}年，{name}由{number(a, language)}变为{number(b, language)}{zh}。"
    return (
        f"{name} went from {number(a, language)} in {first} to {number(b, language)} in {last}{en}."
    )


def flow(reports: Years, language: Language) -> str:
    last = max(reports)
    received, carried, closed, left = (total(reports[last], r) for r in ("1", "2", "3.7", "4"))
    words = [number(v, language) for v in (received, carried, closed, left)]
    name = "新收申请" if language == "zh" else "Applications received"
    moved = change(name, {y: total(r, "1") for y, r in reports.items()}, language)
    if language == "zh":
        now = "{}年新收{}，上年结转{}；办结{}，结转下年{}。"
        return moved + now.format(last, *words)
    now = "In {}: {} received, {} carried over; {} closed, {} carried forward."
    return " ".join(filter(None, (moved, now.format(last, *words))))


def outcomes(reports: Years, language: Language) -> str:
    last = max(reports)
    parts = {m.code: m.of(reports[last]) for m in OUTCOMES}
    closed = total(reports[last], "3.7")
    if closed is None:
        closed = added(parts.values())
    if closed == 0:
        return (
            f"{last}年没有办结申请。"
            if language == "zh"
            else f"No application was closed in {last}."
        )
    largest = max(OUTCOMES, key=lambda m: parts[m.code] or 0)
    said = [
        _share_said(m.name(language), parts[m.code], closed, language)
        for m in dict.fromkeys((largest, OUTCOMES[0], OUTCOMES[2]))
    ]
    if language == "zh":
        return f"{last}年办结{number(closed, language)}，其中{'，'.join(said)}。"
    return f"{number(closed, language)} closed in {last}: {', '.join(said)}."


def applicants(reports: Years, language: Language) -> str:
    last = max(reports)
    persons = APPLICANTS[0].of(reports[last])
    bodies = added(m.of(reports[last]) for m in APPLICANTS[1:])
    whole = added((persons, bodies))
    if whole == 0:
        return (
            f"{last}年没有新收申请。"
            if language == "zh"
            else f"No application was received in {last}."
        )
    said = _share_said(
        "自然人" if language == "zh" else "natural persons", persons, whole, language
    )
    if language == "zh":
        return f"{last}年新收的申请中，{said}，法人或其他组织{number(bodies, language)}。"
    return f"Applications received in {last}: {said}; organisations {number(bodies, language)}."


def routes(reports: Years, language: Language) -> str:
    report = reports[last := max(reports)]
    reviews, suits = appeals("reconsideration")(report), appeals(*LITIGATION)(report)
    righted = appeals(*EVERY_ROUTE, result="corrected")(report)
    if reviews == 0 and suits == 0:
        return (
            f"{last}年没有因政府信息公开引起的行政复议和行政诉讼。"
            if language == "zh"
            else f"No reconsideration and no court case in {last}."
        )
    words = [number(v, language) for v in (reviews, suits, righted)]
    if language == "zh":
        return f"{last}年行政复议{words[0]}，行政诉讼{words[1]}，其中结果纠正共{words[2]}。"
    return "In {}: {} reconsiderations, {} court cases; {} corrected.".format(last, *words)


def ranking(
    table: Mapping[str, Mapping[int, Figure]], year: int, measure: Measure, language: Language
) -> str:
    known = {name: v for name, row in table.items() if (v := row.get(year)) is not None}
    if not known:
        return f"{year}年没有数据。" if language == "zh" else f"No figures for {year}."
    top = max(known, key=lambda name: known[name])
    unit = "%" if measure.percent else ("件" if language == "zh" else "")
    if measure.percent:
        middle = sorted(known.values())[len(known) // 2]
        zh, en = f"中位数{middle:,}%", f"the median is {middle:,}%"
    else:
        whole = sum(known.values())
        zh, en = f"合计{whole:,}{unit}", f"all together {whole:,}"
    highest = f"{known[top]:,}{unit}"
    if language == "zh":
        most = "{}年{}个机关中，“{}”最高的是{}（{}），{}。"
        return most.format(year, len(known), measure.zh, top, highest, zh)
    most = "{}, {}: highest of {} agencies is {} ({}); {}."
    return most.format(measure.en, year, len(known), top, highest, en)


def ended(year: int, disclosed: Figure, closed: Figure, count: int, language: Language) -> str:
    share = percent(disclosed, closed)
    if language == "zh":
        return f"{year}年{count}个机关共办结{number(closed, language)}，其中予以公开占{share}。"
    all_closed = number(closed, language)
    return f"{count} agencies closed {all_closed} applications in {year}; {share} were disclosed."


def _share_said(name: str, part: Figure, whole: Figure, language: Language) -> str:
    share = percent(part, whole)
    if share is None:
        return (
            f"{name}{number(part, language)}"
            if language == "zh"
            else f"{name} {number(part, language)}"
        )
    return (
        f"{name}{number(part, language)}，占{share}"
        if language == "zh"
        else f"{name} {number(part, language)} ({share})"
    )
