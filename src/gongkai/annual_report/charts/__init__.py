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
from gongkai.annual_report.charts.totals import Language, added, completed
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.measures import MEASURES, Measure, in_group
from gongkai.law.forms import AppealGroup, Column, form

__all__ = ["Chart", "charts", "compare"]

Cell = str | Figure
Values = Mapping[str, Figure]
APPEALS = form("2021")
MOST_PANELS = 12
MOST_BARS = 20


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `finding` is its text alternative; `head` and `rows` are the table under it.

    A figure in `rows` may be None: a cell that is blank or was not found. `links` are the addresses
    that the last figures of the rows lead to, "" for none; the bars lead to the same.
    """

    key: str
    title: str
    finding: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str
    note: str = ""
    links: tuple[str, ...] = ()

    @property
    def led(self) -> list[tuple[tuple[Cell, ...], str]]:
        """The rows of the table, each with the address its figure leads to."""
        return list(zip(self.rows, self.links or [""] * len(self.rows), strict=True))

    @property
    def gaps(self) -> bool:
        """Whether the table has a figure that is blank or was not found."""
        return any(cell is None for row in self.rows for cell in row)


TEXT: dict[str, tuple[str, str]] = {
    "flow": ("申请的收与办", "Applications received and handled"),
    "outcome": ("办理结果", "Outcomes"),
    "applicant": ("申请人", "Applicants"),
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
SENTENCES: dict[str, Callable[[Mapping[int, Values], Language], str]] = {
    "flow": sentences.flow,
    "outcome": sentences.outcomes,
    "applicant": sentences.applicants,
}


def charts(reports: Sequence[Report], *, language: Language = "zh") -> list[Chart]:
    """The charts of one agency's reports, one report a year; a chart without figures is left out.

    Reports without a year are ignored; of two reports of one year the later one counts.
    """
    known = {r.year: completed(r) for r in reports if r.year is not None}
    figures = {year: known[year] for year in sorted(known)}
    if not figures:
        return []
    years = {
        year: {code: measure.value(cells) for code, measure in MEASURES.items()}
        for year, cells in figures.items()
    }
    drawn = [
        *(_simple(group, years, language) for group in SENTENCES),
        _appeals(figures, sentences.appeals(years, language), language),
    ]
    return [chart for chart in drawn if chart is not None]


def compare(
    measure: Measure,
    table: Mapping[str, Mapping[int, Figure]],
    outcomes: Mapping[str, Values],
    *,
    language: Language = "zh",
) -> list[Chart]:
    """One measure over agencies and years, and how the agencies' cases of one year ended.

    `table` maps an agency's name to the measure by year, `outcomes` to the measures of the group
    "outcome" by code in the `telling_year` of the table. Where there are more agencies than
    can be drawn, the largest are drawn and `note` says so; the table under the chart holds all.
    """
    years = sorted({year for row in table.values() for year in row})
    if not years:
        return []
    year = telling_year(table)
    drawn = [_ranking(table, years, year, measure, language), _shares(outcomes, year, language)]
    return [chart for chart in drawn if chart is not None]


def telling_year(table: Mapping[str, Mapping[int, Figure]]) -> int:
    """The year to compare agencies in: the latest for which at least half as many have a figure
    as in the fullest year. One whose reports only begin to come out says nothing of the rest.

    Raises ValueError for a table without years.
    """
    years = sorted({year for row in table.values() for year in row})
    if not years:
        raise ValueError("a table without years")
    told = {year: sum(row.get(year) is not None for row in table.values()) for year in years}
    return next(y for y in reversed(years) if 2 * told[y] >= max(told.values()))


def _t(key: str, language: Language, *values: object) -> str:
    return TEXT[key][language == "en"].format(*values)


def _source(years: Sequence[int], language: Language) -> str:
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return _t("source", language, span)


def _simple(group: str, years: Mapping[int, Values], language: Language) -> Chart | None:
    values = {
        measure.label(language): {year: held[measure.code] for year, held in years.items()}
        for measure in in_group(group)
    }
    if all(figure is None for row in values.values() for figure in row.values()):
        return None
    only = next(iter(years)) if len(years) == 1 else None
    return Chart(
        group,
        _t(group, language),
        SENTENCES[group](years, language),
        drawing.bars({name: row[only] for name, row in values.items()})
        if only
        else drawing.panels(values, list(years)),
        (_t("item", language), *map(str, years)),
        tuple((name, *row.values()) for name, row in values.items()),
        _source(list(years), language),
    )


def _appeals(
    years: Mapping[int, Mapping[str, Figure]], sentence: str, language: Language
) -> Chart | None:
    rows: list[tuple[Cell, ...]] = []
    records: list[dict[str, Any]] = []
    results = APPEALS.appeal_columns[:-1]
    routes = [_named(group, language) for group in APPEALS.appeal_groups]
    parts = [_named(result, language) for result in results]
    for route, group in zip(routes, APPEALS.appeal_groups, strict=True):
        for rank, (part, result) in enumerate(zip(parts, results, strict=True)):
            cells = [held.get(f"appeals.{group.code}.{result.code}") for held in years.values()]
            rows.append((f"{route} · {part}", *cells))
            records += [
                {"panel": route, "x": str(year), "part": part, "value": float(cell), "rank": rank}
                for year, cell in zip(years, cells, strict=True)
                if cell is not None
            ]
    if not records:
        return None
    return Chart(
        "appeals",
        _t("appeals", language),
        sentence,
        drawing.stacks(records, routes, parts),
        (_t("item", language), *map(str, years)),
        tuple(rows),
        _source(list(years), language),
    )


def _named(item: AppealGroup | Column, language: Language) -> str:
    if item.code == "litigation_direct" and language == "en":
        return "Direct litigation"
    if item.code == "litigation_after_reconsideration" and language == "en":
        return "After reconsideration"
    return item.label if language == "zh" else item.label_en


def _ranking(
    table: Mapping[str, Mapping[int, Figure]],
    years: Sequence[int],
    last: int,
    measure: Measure,
    language: Language,
) -> Chart | None:
    ranked = sorted(table, key=lambda name: -float(table[name].get(last) or 0))
    most = MOST_BARS if len(years) == 1 else MOST_PANELS
    shown = [name for name in ranked if any(v is not None for v in table[name].values())][:most]
    if not shown:
        return None
    if len(years) == 1:
        svg = drawing.bars({name: table[name].get(last) for name in shown})
    else:
        svg = drawing.panels({n: {y: table[n].get(y) for y in years} for n in shown}, years)
    unit = f"（{measure.unit}）" if language == "zh" else ""
    return Chart(
        "ranking",
        f"{measure.label(language)}{unit}",
        sentences.ranking(table, last, measure, language),
        svg,
        (_t("agency", language), *map(str, years)),
        tuple((name, *(row.get(y) for y in years)) for name, row in table.items()),
        _source(years, language),
        _t("most", language, last, most) if len(table) > most else "",
    )


def _shares(outcomes: Mapping[str, Values], year: int, language: Language) -> Chart | None:
    kinds = in_group("outcome")
    held = {name: [row.get(kind.code) for kind in kinds] for name, row in outcomes.items()}
    closed = {name: added(row) or 0 for name, row in held.items()}
    ranked = sorted(held, key=lambda name: -closed[name])
    shown = [name for name in ranked if closed[name]][:MOST_BARS]
    if not shown:
        return None
    parts = [kind.label(language) for kind in kinds]
    records = [
        {"y": name, "part": part, "value": float(value), "rank": rank}
        for name in shown
        for rank, (part, value) in enumerate(zip(parts, held[name], strict=True))
        if value is not None
    ]
    return Chart(
        "shares",
        _t("shares", language),
        sentences.ended(year, {n: (row[0], closed[n]) for n, row in held.items()}, language),
        drawing.shares(records, shown, parts),
        (_t("agency", language), *parts),
        tuple((name, *row) for name, row in held.items()),
        _source([year], language),
        _t("most", language, year, MOST_BARS) if len(held) > len(shown) else "",
    )
