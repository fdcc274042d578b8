"""What a chart shows, said in one or two sentences, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from statistics import median_low

from gongkai.annual_report.charts.totals import Language, added
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.measures import MEASURES, Measure, in_group

Values = Mapping[str, Figure]
Years = Mapping[int, Values]


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


def flow(years: Years, language: Language) -> str:
    """How many applications came and went. `years` holds the measures by code for each year."""
    last = max(years)
    words = [
        number(years[last][code], language)
        for code in ("received", "carried_in", "concluded", "carried_out")
    ]
    name = "新收申请" if language == "zh" else "Applications received"
    moved = change(name, {y: values["received"] for y, values in years.items()}, language)
    if language == "zh":
        now = "{}年新收{}，上年结转{}；办结{}，结转下年{}。"
        return moved + now.format(last, *words)
    now = "In {}: {} received, {} carried in; {} concluded, {} carried over."
    return " ".join(filter(None, (moved, now.format(last, *words))))


def outcomes(years: Years, language: Language) -> str:
    """How the applications of the last year ended."""
    last = max(years)
    values = years[last]
    kinds = in_group("outcome")
    closed = values["concluded"]
    if closed is None:
        closed = added(values[kind.code] for kind in kinds)
    if closed == 0:
        return f"{last}年没有办结申请。" if language == "zh" else f"Nothing concluded in {last}."
    largest = max(kinds, key=lambda kind: values[kind.code] or 0)
    told = dict.fromkeys((largest, MEASURES["granted"], MEASURES["refused"]))
    said = [_share_said(m.label(language), values[m.code], closed, language) for m in told]
    if language == "zh":
        return f"{last}年办结{number(closed, language)}，其中{'；'.join(said)}。"
    return f"{number(closed, language)} concluded in {last}: {', '.join(said)}."


def applicants(years: Years, language: Language) -> str:
    """Who applied in the last year."""
    last = max(years)
    persons, *bodies = (years[last][kind.code] for kind in in_group("applicant"))
    organisations = added(bodies)
    whole = added((persons, organisations))
    if whole == 0:
        return f"{last}年没有新收申请。" if language == "zh" else f"Nothing received in {last}."
    said = _share_said(
        "自然人" if language == "zh" else "natural persons", persons, whole, language
    )
    if language == "zh":
        return f"{last}年新收的申请中，{said}；法人或其他组织{number(organisations, language)}。"
    return f"Received in {last}: {said}; organisations {number(organisations, language)}."


def appeals(years: Years, language: Language) -> str:
    """How many reconsiderations and court cases there were in the last year."""
    values = years[last := max(years)]
    told = [values[code] for code in ("reconsideration", "litigation", "appeals_corrected")]
    if told[0] == 0 and told[1] == 0:
        return (
            f"{last}年没有因政府信息公开引起的行政复议和行政诉讼。"
            if language == "zh"
            else f"No reconsideration and no court case in {last}."
        )
    words = [number(v, language) for v in told]
    if language == "zh":
        return f"{last}年行政复议{words[0]}，行政诉讼{words[1]}，其中结果纠正共{words[2]}。"
    return "In {}: {} reconsiderations, {} court cases; {} corrected.".format(last, *words)


def ranking(
    table: Mapping[str, Mapping[int, Figure]], year: int, measure: Measure, language: Language
) -> str:
    """Which agency has the largest figure."""
    known = {name: v for name, row in table.items() if (v := row.get(year)) is not None}
    if not known:
        return f"{year}年没有数据。" if language == "zh" else f"No figures for {year}."
    top = max(known, key=lambda name: known[name])
    unit = measure.unit if language == "zh" else ""
    highest, middle = (f"{n:,}{unit}" for n in (known[top], median_low(known.values())))
    ties = sum(figure == known[top] for figure in known.values())
    if len(known) == 1:
        if language == "zh":
            return f"{year}年“{measure.zh}”：{top}{highest}。"
        return f"{measure.en}, {year}: {top} {highest}."
    if ties > 1:
        top = f"{top}等{ties}个" if language == "zh" else f"{top} and {ties - 1} more"
    if language == "zh":
        most = "{}年{}个机关中，“{}”最高的是{}（{}），中位数{}。"
        return most.format(year, len(known), measure.zh, top, highest, middle)
    most = "{}, {}: highest of {} agencies: {} ({}); the median is {}."
    return most.format(measure.en, year, len(known), top, highest, middle)


def ended(year: int, agencies: Mapping[str, tuple[Figure, Figure]], language: Language) -> str:
    """How cases ended in one year, for agencies with what they granted and what they closed.

    It gives a median and no sum: a government's report already holds its departments' cases.
    """
    shares = [
        round(Decimal(granted or 0) * 100 / Decimal(closed), 1)
        for granted, closed in agencies.values()
        if closed
    ]
    middle = f"{median_low(shares).normalize():f}%"
    if len(shares) == 1:
        name = next(name for name, (_, closed) in agencies.items() if closed)
        if language == "zh":
            return f"{year}年{name}办结的申请中，予以公开占{middle}。"
        return f"{name} disclosed {middle} of what it concluded in {year}."
    if language == "zh":
        return f"{year}年{len(shares)}个机关办结过申请，予以公开所占比例的中位数为{middle}。"
    some = f"{len(shares)} agencies concluded applications in {year}"
    return f"{some}; the median share disclosed is {middle}."


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
