"""Yearly reports as charts: SVG, a sentence that says what it shows, and the figures as a table.

Pure: reports in, values out. Altair and vl-convert are imported at the first chart, because they
take about a second. Drawings are kept by what they show, so that a chart asked for again costs
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.annual_report.charts import drawing, sentences
from gongkai.annual_report.charts.measures import (
    APPLICANTS,
    FLOW,
    MEASURES,
    OUTCOMES,
    RESULTS,
    ROUTES,
    Language,
    Measure,
    added,
)
from gongkai.annual_report.figures import Figure, Report

__all__ = ["MEASURES", "Chart", "Measure", "charts", "compare"]

Cell = str | Figure
MOST_PANELS = 12
MOST_BARS = 20


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `finding` is its text alternative; `head` and `rows` are the table under it.

    A figure in `rows` may be None: a cell that is blank or was not found. `unit` is "%" or "".
    """

    key: str
    title: str
    finding: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str
    note: str = ""
    unit: str = ""


TEXT: dict[str, tuple[str, str]] = {
    "flow": ("申请的收与办", "Applications received and handled"),
    "outcomes": ("办理结果", "Outcomes"),
    "applicants": ("申请人", "Applicants"),
    "appeals": ("行政复议与行政诉讼", "Reconsideration and litigation"),
    "shares": ("办理结果构成", "How cases ended"),
    "source": (
        "数据来源：政府信息公开工作年度报告，{}年",
        "Source: annual reports on government information disclosure, {}",
    ),
    "agency": ("机关", "Agency"),
    "item": ("项目（件）", "Item (cases)"),
    "most": (
        "图中只画{0}年数值最大的{1}个机关，全部数据见下表。",
        "Drawn: the {1} agencies with the largest figures of {0}; the table below has all.",
    ),
}
SENTENCES: dict[str, Callable[[Mapping[int, Report], Language], str]] = {
    "flow": sentences.flow,
    "outcomes": sentences.outcomes,
    "applicants": sentences.applicants,
}


def charts(reports: Sequence[Report], *, language: Language = "zh") -> list[Chart]:
    """The charts of one agency's reports, one report a year; a chart without figures is left out.

    Reports without a year are ignored; of two reports of one year the later one counts.
    """
    years = {r.year: r for r in reports if r.year is not None}
    ordered = {year: years[year] for year in sorted(years)}
    if not ordered:
        return []
    drawn = [
        _simple("flow", FLOW, ordered, language),
        _simple("outcomes", OUTCOMES, ordered, language),
        _simple("applicants", APPLICANTS, ordered, language),
        _appeals(ordered, language),
    ]
    return [chart for chart in drawn if chart is not None]


def compare(
    agencies: Mapping[str, Sequence[Report]], measure: Measure, *, language: Language = "zh"
) -> list[Chart]:
    """One measure over agencies and years, and how the agencies' latest cases ended.

    `agencies` maps a name to its reports. Where there are more agencies than can be drawn, the
    largest are drawn and `note` says so; the table always holds all.
    """
    table = {
        name: {r.year: measure.of(r) for r in reports if r.year is not None}
        for name, reports in agencies.items()
    }
    years = sorted({year for row in table.values() for year in row})
    if not years:
        return []
    drawn = [_ranking(table, years, measure, language), _shares(agencies, years[-1], language)]
    return [chart for chart in drawn if chart is not None]


def _t(key: str, language: Language, *values: object) -> str:
    return TEXT[key][language == "en"].format(*values)


def _source(years: Sequence[int], language: Language) -> str:
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return _t("source", language, span)


def _simple(
    key: str, measures: Sequence[Measure], reports: Mapping[int, Report], language: Language
) -> Chart | None:
    values = {m.name(language): {y: m.of(r) for y, r in reports.items()} for m in measures}
    if all(figure is None for row in values.values() for figure in row.values()):
        return None
    years = list(reports)
    if len(years) == 1:
        svg = drawing.bars({name: row[years[0]] for name, row in values.items()})
    else:
        svg = drawing.panels(values, years)
    return Chart(
        key,
        _t(key, language),
        SENTENCES[key](reports, language),
        svg,
        (_t("item", language), *map(str, years)),
        tuple((name, *row.values()) for name, row in values.items()),
        _source(years, language),
    )


def _appeals(reports: Mapping[int, Report], language: Language) -> Chart | None:
    rows: list[tuple[Cell, ...]] = []
    records: list[dict[str, Any]] = []
    for route in ROUTES:
        for rank, result in enumerate(RESULTS):
            cells = [r.figures.get(f"appeals.{route.code}.{result.code}") for r in reports.values()]
            rows.append((f"{route.name(language)} · {result.name(language)}", *cells))
            records += [
                {
                    "panel": route.name(language),
                    "x": str(year),
                    "part": result.name(language),
                    "value": float(cell),
                    "rank": rank,
                }
                for year, cell in zip(reports, cells, strict=True)
                if cell is not None
            ]
    if not records:
        return None
    routes = [route.name(language) for route in ROUTES]
    return Chart(
        "appeals",
        _t("appeals", language),
        sentences.routes(reports, language),
        drawing.stacks(records, routes, [result.name(language) for result in RESULTS]),
        (_t("item", language), *map(str, reports)),
        tuple(rows),
        _source(list(reports), language),
    )


def _ranking(
    table: Mapping[str, Mapping[int, Figure]],
    years: Sequence[int],
    measure: Measure,
    language: Language,
) -> Chart | None:
    last = years[-1]
    ranked = sorted(table, key=lambda name: -float(table[name].get(last) or 0))
    most = MOST_BARS if len(years) == 1 else MOST_PANELS
    shown = [name for name in ranked if any(v is not None for v in table[name].values())][:most]
    if not shown:
        return None
    unit = "%" if measure.percent else ""
    if len(years) == 1:
        svg = drawing.bars({name: table[name].get(last) for name in shown}, unit)
    else:
        svg = drawing.panels(
            {name: {y: table[name].get(y) for y in years} for name in shown}, years, unit
        )
    return Chart(
        "ranking",
        measure.name(language),
        sentences.ranking(table, last, measure, language),
        svg,
        (_t("agency", language), *map(str, years)),
        tuple((name, *(row.get(y) for y in years)) for name, row in table.items()),
        _source(years, language),
        _t("most", language, last, most) if len(table) > most else "",
        unit,
    )


def _shares(
    agencies: Mapping[str, Sequence[Report]], year: int, language: Language
) -> Chart | None:
    outcomes: dict[str, tuple[Figure, ...]] = {
        name: tuple(measure.of(report) for measure in OUTCOMES)
        for name, reports in agencies.items()
        for report in reports
        if report.year == year
    }
    closed = {name: added(row) or 0 for name, row in outcomes.items()}
    ranked = sorted(outcomes, key=lambda name: -closed[name])
    shown = [name for name in ranked if closed[name]][:MOST_BARS]
    if not shown:
        return None
    parts = [measure.name(language) for measure in OUTCOMES]
    records = [
        {"y": name, "part": part, "value": float(value), "rank": rank}
        for name in shown
        for rank, (part, value) in enumerate(zip(parts, outcomes[name], strict=True))
        if value is not None
    ]
    disclosed = added(row[0] for row in outcomes.values())
    return Chart(
        "shares",
        _t("shares", language),
        sentences.ended(year, disclosed, added(closed.values()), len(outcomes), language),
        drawing.shares(records, shown, parts),
        (_t("agency", language), *parts),
        tuple((name, *row) for name, row in outcomes.items()),
        _source([year], language),
        _t("most", language, year, MOST_BARS) if len(outcomes) > len(shown) else "",
    )
