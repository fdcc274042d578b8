"""Charts: what they say in words, what they draw, what they leave out."""

from __future__ import annotations

import itertools
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from gongkai.annual_report.charts import Chart, charts, compare, drawing, telling_year
from gongkai.annual_report.figures import Report
from gongkai.annual_report.measures import MEASURES, in_group
from gongkai.specimen import invent

BASE = invent(5, year=2023, agency="青禾县财政局")


def with_figures(year: int, **rows: int) -> Report:
    """The report with other totals, e.g. received=100 for 本年新收."""
    addresses = {"received": "applications.1.total", "concluded": "applications.3.7.total"}
    return replace(
        BASE,
        year=year,
        figures={**BASE.figures, **{addresses[k]: v for k, v in rows.items()}},
    )


def drawn(reports: list[Report], key: str, language: str = "zh") -> Chart:
    return next(c for c in charts(reports, language=language) if c.key == key)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (100, 141, "2021年至2023年，新收申请由100件变为141件，上升41%。"),
        (200, 150, "2021年至2023年，新收申请由200件变为150件，下降25%。"),
        (1, 1200, "2021年至2023年，新收申请由1件变为1,200件，上升119,900%。"),
        (0, 3, "2021年至2023年，新收申请由0件变为3件。"),
        (7, 7, "2021年与2023年新收申请持平，均为7件。"),
    ],
)
def test_the_text_alternative_says_the_finding(first: int, last: int, said: str) -> None:
    years = [with_figures(2021, received=first), with_figures(2023, received=last)]
    assert drawn(years, "flow").finding.startswith(said)


def test_the_finding_in_english() -> None:
    years = [with_figures(2021, received=100), with_figures(2023, received=141)]
    said = drawn(years, "flow", "en").finding
    assert said.startswith("Applications received went from 100 in 2021 to 141 in 2023, up 41%.")


def test_years_run_left_to_right_whatever_order_they_come_in() -> None:
    years = [with_figures(y) for y in (2023, 2021, 2022)]
    assert drawn(years, "outcome").head[1:] == ("2021", "2022", "2023")


def test_the_table_under_a_chart_holds_the_figures_of_the_report() -> None:
    table = {row[0]: row[1] for row in drawn([BASE], "flow").rows}
    assert table["本年新收"] == BASE.figures["applications.1.total"]
    assert table["结转下年"] == BASE.figures["applications.4.total"]


def test_a_blank_total_is_made_up_from_its_parts() -> None:
    blank = replace(BASE, figures={**BASE.figures, "applications.1.total": None})
    table = {row[0]: row[1] for row in drawn([blank], "flow").rows}
    assert table["本年新收"] == BASE.figures["applications.1.total"]


def test_a_blank_cell_is_not_drawn_as_zero() -> None:
    blanks = {a: None for a in BASE.figures if a.startswith("applications.1.")}
    chart = drawn([replace(BASE, figures={**BASE.figures, **blanks})], "flow")
    assert chart.rows[0][1] is None
    assert chart.gaps
    assert "未填写" in chart.finding


def test_a_report_without_tables_has_no_charts() -> None:
    assert charts([Report(year=2023)]) == []
    assert charts([Report()]) == []


def test_no_appeals_are_said_in_words() -> None:
    none = {a: 0 for a in BASE.figures if a.startswith("appeals.")}
    chart = drawn([replace(BASE, figures={**BASE.figures, **none})], "appeals")
    assert "没有因政府信息公开引起的行政复议和行政诉讼" in chart.finding


@pytest.mark.parametrize("count", [1, 3, 6])
def test_every_drawing_is_well_formed_and_fits_a_phone(count: int) -> None:
    years = [with_figures(2024 - n) for n in range(count)]
    for chart in charts(years):
        root = ET.fromstring(chart.svg)
        assert float(root.attrib["width"]) <= 400
        assert root.attrib["aria-hidden"] == "true"


def test_a_drawing_has_no_style_that_a_security_policy_would_drop() -> None:
    for chart in charts([BASE, with_figures(2022)]):
        assert not re.search(r"style=|<style|<script|href=", chart.svg)


def test_bars_start_at_zero() -> None:
    """The bar of 50 is half as long as the bar of 100."""
    svg = drawing.bars({"甲": 100, "乙": 50})
    lengths = re.findall(rf'd="M0,[\d.]+h([\d.]+)v[^"]*" fill="{drawing.PALETTE[0]}"', svg)
    assert float(lengths[0]) == pytest.approx(2 * float(lengths[1]), rel=0.01)


def test_a_drawing_asked_for_again_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawing.bars({"甲": 31, "乙": 17})

    def forbidden(*_: object, **__: object) -> str:
        raise AssertionError("drawn twice")

    monkeypatch.setattr("vl_convert.vegalite_to_svg", forbidden)
    assert drawing.bars({"甲": 31, "乙": 17}) == first


def test_names_that_look_like_markup_stay_text() -> None:
    svg = drawing.bars({"<script>甲</script>": 3})
    assert "<script>" not in svg
    ET.fromstring(svg)


def test_a_bar_leads_where_it_is_told_and_one_that_is_not_leads_nowhere() -> None:
    links = {"甲<局>": "/cases/?agency=a&figure=received"}
    svg = drawing.bars({"甲<局>": 1200, "乙": 50, "丙": None}, "件", links)
    root = ET.fromstring(svg)
    found = [e for e in root.iter() if e.tag.endswith("}a") or e.tag == "a"]
    assert {one.get("href") for one in found} == {"/cases/?agency=a&figure=received"}
    assert {one.get("tabindex") for one in found} == {"-1"}
    assert {one[0].text for one in found} == {"甲<局> 1,200件"}
    assert len(found) == 2  # the bar and its figure
    assert "bar.invalid" not in svg


def many(count: int, years: tuple[int, ...]) -> dict[str, dict[int, int]]:
    return {f"机关{n:03}": {y: n + y % 7 for y in years} for n in range(count)}


def no_outcomes(names: object) -> dict[str, dict[str, int]]:
    codes = [m.code for m in in_group("outcome")]
    return {name: dict.fromkeys(codes, 1) for name in names}


@pytest.mark.parametrize("years", [(2023,), (2022, 2023)])
def test_a_large_set_is_drawn_in_part_and_said_so(years: tuple[int, ...]) -> None:
    table = many(60, years)
    ranking, shares = compare(MEASURES["received"], table, no_outcomes(table))
    assert "图中只画" in ranking.note
    assert "图中只画" in shares.note
    assert len(ranking.rows) == len(shares.rows) == 60
    assert "机关059" in ranking.svg
    assert "机关000" not in ranking.svg


def test_a_comparison_names_the_largest() -> None:
    table = {"甲局": {2023: 10}, "乙局": {2023: 30}, "丙局": {2023: None}}
    ranking = compare(MEASURES["received"], table, {})[0]
    assert ranking.finding == "2023年2个机关中，“本年新收”最高的是乙局（30件），中位数10件。"


def test_a_tie_at_the_top_is_said() -> None:
    table = {"甲局": {2023: 30}, "乙局": {2023: 30}, "丙局": {2023: 1}}
    ranking = compare(MEASURES["received"], table, {})[0]
    assert "最高的是甲局等2个（30件）" in ranking.finding


def test_agencies_are_not_added_up_because_one_may_hold_the_other() -> None:
    outcomes = {name: {"granted": 1, "refused": 3} for name in ("县人民政府", "县财政局")}
    chart = compare(MEASURES["received"], {"县财政局": {2023: 4}}, outcomes)[1]
    assert chart.finding == "2023年2个机关办结过申请，予以公开所占比例的中位数为25%。"


def test_nothing_to_compare_is_no_chart() -> None:
    assert compare(MEASURES["received"], {}, {}) == []


# Machado, Oliveira, Fernandes 2009, severity 1.0: how three kinds of sight see linear RGB.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    r, g, b = rgb
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_stay_apart_for_every_kind_of_sight(sight: str) -> None:
    seen = [
        lab(
            [
                min(1, max(0, sum(a * c for a, c in zip(row, linear(x), strict=True))))
                for row in SIGHTS[sight]
            ]
        )
        for x in drawing.PALETTE
    ]
    assert len(seen) <= 6
    assert min(math.dist(a, b) for a, b in itertools.combinations(seen, 2)) >= 30


@pytest.mark.parametrize("colour", drawing.PALETTE)
def test_a_colour_stands_out_from_white(colour: str) -> None:
    r, g, b = linear(colour)
    assert 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) >= 3


def test_agencies_are_compared_in_a_year_that_most_have_reported_on():
    early = {
        "甲局": {2023: 4, 2024: 7},
        "乙局": {2023: 9, 2024: None},
        "丙局": {2023: 2, 2024: None},
    }
    assert telling_year(early) == 2023
    ranking = compare(MEASURES["received"], early, {})[0]
    assert ranking.finding == "2023年3个机关中，“本年新收”最高的是乙局（9件），中位数4件。"
    half = {"甲局": {2023: 4, 2024: 7}, "乙局": {2023: 9, 2024: None}}
    assert telling_year(half) == 2024


def test_one_agency_alone_is_not_ranked():
    table = {"甲局": {2024: 7}}
    assert compare(MEASURES["received"], table, {})[0].finding == "2024年“本年新收”：甲局7件。"
    english = compare(MEASURES["received"], table, {}, language="en")[0].finding
    assert english == "Received, 2024: 甲局 7."
