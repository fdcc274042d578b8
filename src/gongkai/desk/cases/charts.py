"""Charts of the figures: drawn on the server, each with a sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext

from gongkai.annual_report.charts import Chart
from gongkai.annual_report.charts.drawing import NOWHERE, bars
from gongkai.casework.figures import Load
from gongkai.casework.permissions import SEES_CASES
from gongkai.org.models import Agency

SEES = SEES_CASES
MOST_BARS = 20


def drawn(
    agencies: Sequence[Agency],
    found: Mapping[int, Load],
    outcomes: Mapping[str, int],
    year: int,
    *,
    seen: Collection[int] = (),
    behind: Mapping[str, str] = NOWHERE,
) -> list[Chart]:
    """Load, share in time and outcomes; only those for which there is something to draw.

    The bars of agencies whose keys are `seen` lead to the cases behind them, as the table of the
    page does; those of outcomes where `behind` says, by their name.
    """
    named = {one.label(): found[one.pk] for one in agencies if one.pk in found}
    codes = {one.label(): one.code for one in agencies if one.pk in found and one.pk in seen}
    made = [
        _received(named, codes, year),
        _in_time(named, codes, year),
        _outcomes(outcomes, behind, year),
    ]
    return [chart for chart in made if chart is not None]


def _behind(codes: Mapping[str, str], figure: str, year: int) -> dict[str, str]:
    """By the name of the agency, the list of its cases that the figure counts."""
    place = reverse("desk:cases")
    return {
        name: f"{place}?view=all&agency={code}&alone=1&figure={figure}-{year}"
        for name, code in codes.items()
    }


def _received(named: Mapping[str, Load], codes: Mapping[str, str], year: int) -> Chart | None:
    values = _falling({name: load.received for name, load in named.items() if load.received})
    if len(values) < 2:
        return None
    first, links = next(iter(values)), _behind(codes, "received", year)
    said = gettext("%(year)s年收到申请最多的是%(name)s，%(n)s件。")
    return Chart(
        "received",
        gettext("收到申请（件）"),
        said % {"year": year, "name": first, "n": values[first]},
        bars(_first(values), links=links),
        (gettext("机关"), gettext("件数")),
        tuple(values.items()),
        _source(year),
        _left_out(values),
        tuple(links.get(name, "") for name in values),
    )


def _in_time(named: Mapping[str, Load], codes: Mapping[str, str], year: int) -> Chart | None:
    rates = {name: round(100 * load.rate) for name, load in named.items() if load.rate is not None}
    values = dict(sorted(rates.items(), key=lambda pair: pair[1]))
    if len(values) < 2:
        return None
    timely = {name: code for name, code in codes.items() if named[name].on_time}
    links = _behind(timely, "on_time", year)
    behind = sum(rate < 100 for rate in rates.values())
    said = gettext("%(year)s年%(all)s个机关中有%(n)s个没有全部按期答复。")
    return Chart(
        "in-time",
        gettext("按期答复率（%）"),
        said % {"year": year, "all": len(rates), "n": behind},
        bars(_first(values), "%", links),
        (gettext("机关"), gettext("按期答复率（%）")),
        tuple(values.items()),
        _source(year),
        _left_out(values),
        tuple(links.get(name, "") for name in values),
    )


def _outcomes(outcomes: Mapping[str, int], links: Mapping[str, str], year: int) -> Chart | None:
    if not outcomes:
        return None
    values = _falling(outcomes)
    first, whole = next(iter(values)), sum(outcomes.values())
    said = gettext("%(year)s年答复的%(whole)s件中，最多的是%(name)s，%(n)s件。")
    return Chart(
        "outcomes",
        gettext("处理结果（件）"),
        said % {"year": year, "whole": whole, "name": first, "n": values[first]},
        bars(_first(values), links=links),
        (gettext("处理结果"), gettext("件数")),
        tuple(values.items()),
        _source(year),
        _left_out(values),
        tuple(links.get(name, "") for name in values),
    )


def _falling(values: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(values.items(), key=lambda pair: -pair[1]))


def _first(values: Mapping[str, int]) -> dict[str, int]:
    return dict(list(values.items())[:MOST_BARS])


def _left_out(values: Mapping[str, int]) -> str:
    """How many are in the table only; "" where the chart shows all."""
    if len(values) <= MOST_BARS:
        return ""
    said = gettext("图中是前 %(shown)s 个，另外 %(left)s 个只在数据表中。")
    return said % {"shown": MOST_BARS, "left": len(values) - MOST_BARS}


def _source(year: int) -> str:
    return gettext("数据来源：本系统登记的申请，%(year)s年。") % {"year": year}
