"""Values to SVG: bars, small panels side by side, stacked bars. One look for all.

Drawn 380 units wide, so that letters keep a readable size on a phone. Scales start at zero, years
run left to right, every bar carries its figure.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gongkai.annual_report.charts.memory import remembered
from gongkai.annual_report.figures import Figure

if TYPE_CHECKING:
    from altair import Color, Facet, Scale

# Six colours that stay apart (CIE76 ≥ 30) in normal sight, protanopia, deuteranopia and
# tritanopia, each at least 3:1 on white.
PALETTE = ("#1f4e8c", "#c96f00", "#099fa7", "#67270d", "#898f61", "#331a35")
FONTS = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
WIDTH = 380
AS_WIDE_AS_ITS_KEY = 280
"""The key above bars of 100 % takes this much anyway; narrower bars would leave it empty."""
INK = "#1b1f24"
SOFT = "#4a4f57"
RULE = "#dcd7cf"

CONFIG: dict[str, Any] = {
    "font": FONTS,
    "view": {"stroke": None},
    "background": "transparent",
    "axis": {
        "labelColor": INK,
        "labelFontSize": 12,
        "title": None,
        "grid": False,
        "ticks": False,
        "domainColor": "#77716a",
        "labelPadding": 6,
    },
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 12,
        "symbolType": "square",
        "columns": 3,
        "labelLimit": 130,
    },
    "header": {"labelColor": INK, "labelFontSize": 11, "labelFontWeight": "bold", "title": None},
}

NOWHERE: Mapping[str, str] = MappingProxyType({})


def load() -> None:
    """Import what draws, once for all: half a second that no request should wait for."""
    import altair  # noqa: F401, PLC0415
    import vl_convert  # noqa: F401, PLC0415


@remembered
def bars(values: Mapping[str, Figure], unit: str = "", links: Mapping[str, str] = NOWHERE) -> str:
    """One horizontal bar a name, in the order given; a blank figure leaves its place empty.

    `links` are addresses by name. A bar that has one leads there by pointer only: the drawing is
    hidden from assistive technology, and the table beside it has the same links.
    """
    import altair as alt  # noqa: PLC0415 — half a second that a command without charts saves

    there = {name: value for name, value in values.items() if value is not None}
    records = [
        {"y": name, "value": float(value), "text": _said(value, unit)}
        | ({"href": f"{MARK}{place}"} if links else {})
        for place, (name, value) in enumerate(there.items())
    ]
    longest = max((_breadth(name) for name in values), default=4)
    y = alt.Y("y:N", sort=list(values), axis=alt.Axis(domain=False, labelLimit=200))
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False))
    base = alt.Chart(alt.InlineData(values=records)).encode(y=y, x=x)
    if links:
        base = base.encode(href="href:N")
    layered = (
        base.mark_bar(color=PALETTE[0], height={"band": 0.66})
        + base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(text="text:N")
    ).properties(width=WIDTH - min(200, longest * 12) - 66, height=26 * len(values))
    drawn = svg(layered.to_dict(validate=False))
    targets = [
        (links.get(name, ""), f"{name} {_said(value, unit)}") for name, value in there.items()
    ]
    return _leading(drawn, targets) if links else drawn


# Vega allows whole addresses only, so that it gets a mark in their place.
MARK = "https://bar.invalid/"
_MARKED = re.compile(rf'<a xlink:href="{re.escape(MARK)}(\d+)">(.*?)</a>', re.DOTALL)


def _leading(drawn: str, targets: Sequence[tuple[str, str]]) -> str:
    """The drawing with the addresses and titles of its bars in place of their marks."""

    def put(match: re.Match[str]) -> str:
        href, title = targets[int(match[1])]
        if not href:
            return match[2]
        return (
            f'<a href="{escape(href)}" tabindex="-1"><title>{escape(title)}</title>{match[2]}</a>'
        )

    return _MARKED.sub(put, drawn)


@remembered
def panels(values: Mapping[str, Mapping[int, Figure]], years: Sequence[int], unit: str = "") -> str:
    """One small panel a name, years left to right, all panels on one scale."""
    import altair as alt  # noqa: PLC0415

    names = {name: wrapped(name) for name in values}
    records: list[dict[str, Any]] = [
        {"panel": names[name], "x": str(y), "value": float(v), "text": _said(v, unit)}
        for name, row in values.items()
        for y, v in row.items()
        if v is not None
    ]
    columns = 3 if len(years) <= 4 and len(names) != 4 else 2
    most = max((r["value"] for r in records), default=0)
    width = (WIDTH - 14 * (columns - 1)) // columns
    across = alt.X(
        "x:N",
        scale=alt.Scale(domain=[str(y) for y in years]),
        axis=alt.Axis(labelAngle=0, labelOverlap=True, labelFontSize=11),
    )
    up = alt.Y("value:Q", axis=None, scale=_room(most))
    base = alt.Chart().encode(x=across, y=up)
    layered = (
        base.mark_bar(color=PALETTE[0], width={"band": 0.7})
        + base.mark_text(dy=-7, color=INK, fontSize=11).encode(text="text:N")
    ).properties(width=width, height=90)
    chart = layered.facet(
        facet=_panel(list(names.values())),
        columns=columns,
        spacing={"column": 14, "row": 48 + 15 * max(name.count("\n") for name in names.values())},
        bounds="flush",
        data=alt.InlineData(values=records),
    ).resolve_axis(x="independent")
    return svg(chart.to_dict(validate=False))


@remembered
def stacks(records: Sequence[Mapping[str, Any]], names: Sequence[str], parts: Sequence[str]) -> str:
    """Stacked bars by year (`x`) in one panel a name; `part` and `rank` say which slice."""
    import altair as alt  # noqa: PLC0415

    sums: dict[tuple[str, str], float] = {}
    for r in records:
        sums[r["panel"], r["x"]] = sums.get((r["panel"], r["x"]), 0) + r["value"]
    totals = [{"panel": p, "x": x, "sum": s, "text": f"{s:,.0f}"} for (p, x), s in sums.items()]
    years = sorted({r["x"] for r in records})
    width = (WIDTH - 14 * (len(names) - 1)) // len(names)
    across = alt.X(
        "x:N",
        scale=alt.Scale(domain=years),
        axis=alt.Axis(labelAngle=0, labelOverlap=True, labelFontSize=11),
    )
    slices = (
        alt.Chart()
        .transform_filter("isValid(datum.part)")
        .mark_bar(width={"band": 0.7 if len(years) > 1 else 0.35}, stroke="#fff", strokeWidth=0.5)
        .encode(
            x=across,
            y=alt.Y("value:Q", axis=None, stack="zero", scale=_room(max(sums.values()))),
            color=_colours(parts),
            order=alt.Order("rank:Q"),
        )
    )
    heads = (
        alt.Chart()
        .transform_filter("isValid(datum.sum)")
        .mark_text(dy=-7, color=INK, fontSize=11)
        .encode(x=across, y=alt.Y("sum:Q"), text="text:N")
    )
    chart = (
        (slices + heads)
        .properties(width=width, height=130)
        .facet(
            facet=_panel(list(names)),
            columns=len(names),
            spacing=14,
            bounds="flush",
            data=alt.InlineData(values=[*records, *totals]),
        )
        .resolve_axis(x="independent")
    )
    return svg(chart.to_dict(validate=False))


@remembered
def shares(records: Sequence[Mapping[str, Any]], names: Sequence[str], parts: Sequence[str]) -> str:
    """One bar of 100 % a name (`y`), cut into parts."""
    import altair as alt  # noqa: PLC0415

    longest = max(_breadth(name) for name in names)
    chart = (
        alt.Chart(alt.InlineData(values=list(records)))
        .mark_bar(height={"band": 0.7}, stroke="#fff", strokeWidth=0.5)
        .encode(
            y=alt.Y("y:N", sort=list(names), axis=alt.Axis(domain=False, labelLimit=200)),
            x=alt.X(
                "value:Q",
                stack="normalize",
                axis=alt.Axis(format="%", tickCount=4, grid=True, gridColor=RULE),
            ),
            color=_colours(parts),
            order=alt.Order("rank:Q"),
        )
        .properties(
            width=max(WIDTH - min(200, longest * 12) - 24, AS_WIDE_AS_ITS_KEY),
            height=26 * len(names),
        )
    )
    return svg(chart.to_dict(validate=False))


def wrapped(name: str, most: int = 10) -> str:
    """A name over as many lines as it needs above a panel; a line holds `most` 汉字."""
    if not re.search(r"[\u4e00-\u9fff]", name):
        return "\n".join(textwrap.wrap(name, round(most * 1.8))) or name
    return "\n".join(name[i : i + most] for i in range(0, len(name), most))


def _room(most: float) -> Scale:
    """From zero to a fifth above the highest bar, so that its figure stands inside the panel."""
    import altair as alt  # noqa: PLC0415

    return alt.Scale(domain=[0, most * 1.2 or 1], nice=False)


def _panel(names: list[str]) -> Facet:
    import altair as alt  # noqa: PLC0415

    header = alt.Header(
        labelExpr="split(datum.value, '\\n')", labelAnchor="start", labelPadding=6, labelLimit=0
    )
    return alt.Facet("panel:N", sort=names, title=None, header=header)


def _colours(parts: Sequence[str]) -> Color:
    import altair as alt  # noqa: PLC0415

    scale = alt.Scale(domain=list(parts), range=list(PALETTE[: len(parts)]))
    return alt.Color("part:N", scale=scale, sort=list(parts))


def _said(value: Figure, unit: str) -> str:
    return f"{value:,}{unit}"


def _breadth(name: str) -> float:
    return sum(1.0 if ord(letter) > 0x2E7F else 0.55 for letter in name)


def svg(spec: dict[str, Any]) -> str:
    """A Vega-Lite specification as an SVG element, hidden from assistive technology.

    The text alternative stands beside it, so the marks say nothing themselves.
    """
    spec["config"] = CONFIG
    return _drawn(json.dumps(spec, ensure_ascii=False, sort_keys=True))


def _drawn(spec: str) -> str:
    import altair as alt  # noqa: PLC0415
    import vl_convert  # noqa: PLC0415

    version = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=version)
    for pattern, kept in SUPERFLUOUS:
        drawn = pattern.sub(kept, drawn)
    return drawn.replace("<svg ", f'<svg aria-hidden="true" focusable="false" {ROOT} ', 1)


ROOT = f'font-family="{FONTS}" font-size="12px"'
# What Vega writes on every mark and a page already says once.
SUPERFLUOUS = tuple(
    (re.compile(pattern), kept)
    for pattern, kept in (
        (r' (?:role|aria-[a-z]+|class|xmlns:xlink|version|pointer-events)="[^"]*"', ""),
        (r' (?:font-family="[^"]*"|font-size="12px"|opacity="1"|stroke-miterlimit="10")', ""),
        (r"(\d\.\d\d)\d+", r"\1"),
        (r'<path[^>]*d="[^"]*"[^>]*(?:display="none"|fill-opacity="0")[^>]*(?:/>|></path>)', ""),
        (r"<g></g>", ""),
    )
)
