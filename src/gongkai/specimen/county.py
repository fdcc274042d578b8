"""The example county: about forty agencies, four years, files in many formats, a few defects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from gongkai.annual_report.figures import Figure, Report
from gongkai.law.forms import Address, form, form_in_force
from gongkai.specimen.defects import Planted, plant
from gongkai.specimen.invention import compose, invent
from gongkai.specimen.layouts import LAYOUTS
from gongkai.specimen.places import COUNTY
from gongkai.specimen.tables import Size

YEARS = (2021, 2022, 2023, 2024)
REGION = "990101"
"""No province of China has a code that begins with 99."""

Level = Literal["county", "department", "township", "street"]


@dataclass(frozen=True, slots=True)
class Unit:
    """An agency of the county; `superior` is the code of the agency above, empty for the county."""

    code: str
    name: str
    name_en: str
    level: Level
    superior: str
    size: Size
    layout: str


@dataclass(frozen=True, slots=True)
class Specimen:
    """One report of one agency as a file.

    `report` is what was written into the file, `planted` the defects in it with the finding each
    must lead to. A report that was never handed in has no Specimen.
    """

    unit: Unit
    year: int
    filename: str
    content: bytes
    report: Report
    planted: tuple[Planted, ...] = ()


_DEPARTMENTS: Sequence[tuple[str, str, Size, str]] = (
    ("人民政府办公室", "County Government Office", "medium", "docx"),
    ("发展和改革局", "Development and Reform Bureau", "medium", "html"),
    ("教育和体育局", "Education and Sports Bureau", "medium", "pipes_trailing"),
    ("科学技术局", "Science and Technology Bureau", "small", "lines"),
    ("工业和信息化局", "Industry and Information Technology Bureau", "small", "markdown"),
    ("公安局", "Public Security Bureau", "medium", "html_nested"),
    ("民政局", "Civil Affairs Bureau", "medium", "xlsx"),
    ("司法局", "Justice Bureau", "small", "lines_spaced"),
    ("财政局", "Finance Bureau", "medium", "html_split"),
    ("人力资源和社会保障局", "Human Resources and Social Security Bureau", "medium", "tabs"),
    ("自然资源局", "Natural Resources Bureau", "large", "pdf"),
    ("生态环境局", "Ecology and Environment Bureau", "medium", "html_gb18030"),
    ("住房和城乡建设局", "Housing and Urban-Rural Development Bureau", "large", "docx"),
    ("交通运输局", "Transport Bureau", "medium", "pipes_one_per_line"),
    ("水务局", "Water Affairs Bureau", "small", "html_unclosed"),
    ("农业农村局", "Agriculture and Rural Affairs Bureau", "medium", "xlsx_sheets"),
    ("商务局", "Commerce Bureau", "small", "lines_gb18030"),
    ("文化和旅游局", "Culture and Tourism Bureau", "small", "short_labels"),
    ("卫生健康局", "Health Bureau", "medium", "html"),
    ("退役军人事务局", "Veterans Affairs Bureau", "none", "full_width"),
    ("应急管理局", "Emergency Management Bureau", "small", "markdown_rows"),
    ("审计局", "Audit Bureau", "none", "lines_utf16"),
    ("市场监督管理局", "Market Regulation Bureau", "medium", "thousands"),
    ("统计局", "Statistics Bureau", "none", "tabs_grid"),
    ("医疗保障局", "Healthcare Security Bureau", "small", "html"),
    ("林业和草原局", "Forestry and Grassland Bureau", "small", "markdown_split"),
    ("城市管理综合行政执法局", "Urban Management Bureau", "medium", "html_nested"),
    ("政务服务管理局", "Government Services Bureau", "small", "html_split"),
    ("信访局", "Petitions Bureau", "none", "tabs"),
)

_TOWNS: Sequence[tuple[str, str, Level, Size, str]] = (
    ("柳泉镇人民政府", "Liuquan Town", "township", "small", "html"),
    ("双桥镇人民政府", "Shuangqiao Town", "township", "small", "docx"),
    ("白鹭镇人民政府", "Bailu Town", "township", "small", "lines"),
    ("松坪镇人民政府", "Songping Town", "township", "none", "pipes_trailing"),
    ("古渡镇人民政府", "Gudu Town", "township", "small", "pdf_pages"),
    ("云溪镇人民政府", "Yunxi Town", "township", "none", "glued"),
    ("石榴镇人民政府", "Shiliu Town", "township", "small", "xlsx"),
    ("枫桥岭乡人民政府", "Fengqiaoling Township", "township", "none", "traditional"),
)

ROOT = Unit(REGION, f"{COUNTY}人民政府", "Qinghe County", "county", "", "large", "html")

PLANTED: Mapping[tuple[str, int], str] = {
    ("财政局", 2022): "text_received",
    ("柳泉镇人民政府", 2022): "period",
    ("农业农村局", 2022): "appeals_total",
    ("发展和改革局", 2023): "row_total",
    ("自然资源局", 2023): "text_outcome",
    ("交通运输局", 2023): "copied",
    ("卫生健康局", 2023): "blank_cells",
    ("双桥镇人民政府", 2023): "fee_silent",
    ("市场监督管理局", 2023): "late",
    ("公安局", 2024): "balance",
    ("民政局", 2024): "carried_over",
    ("生态环境局", 2024): "stock",
    ("教育和体育局", 2024): "stale",
    ("白鹭镇人民政府", 2024): "missing_section",
}
"""The defects in the example data, by agency (without the county's name) and year."""

NOT_HANDED_IN: frozenset[tuple[str, int]] = frozenset({("石榴镇人民政府", 2022)})
"""Reports that are missing, so that a roll-up can tell a missing child from a wrong sum."""


def units() -> tuple[Unit, ...]:
    """The agencies of the county, the county government first, in official order."""
    departments = [
        Unit(
            f"{REGION}-{number:03}",
            COUNTY + name,
            f"Qinghe {name_en}",
            "department",
            REGION,
            size,
            layout,
        )
        for number, (name, name_en, size, layout) in enumerate(_DEPARTMENTS, 1)
    ]
    towns = [
        Unit(f"{REGION}-{number:03}", COUNTY + name, name_en, level, REGION, size, layout)
        for number, (name, name_en, level, size, layout) in enumerate(_TOWNS, 101)
    ]
    return (ROOT, *departments, *towns)


def county(years: Sequence[int] = YEARS, seed: int = 1) -> Iterator[Specimen]:
    """The reports of all agencies, year by year, the county government's last in each year.

    The county's figures are the sums of its agencies' true figures; row 二 of each year is row 四
    of the year before. Defects are planted afterwards (`PLANTED`), so they do not run on into the
    next year. Deterministic by seed.
    """
    last: dict[str, Report] = {}
    for year in years:
        children: list[Report] = []
        touched: list[Planted] = []
        for number, unit in enumerate(units()[1:]):
            previous = last.get(unit.code)
            true = _true(seed, year, number, unit, previous)
            children.append(true)
            last[unit.code] = true
            short = unit.name.removeprefix(COUNTY)
            if (short, year) in NOT_HANDED_IN:
                touched.append(_missing_child(unit))
                continue
            specimen = _specimen(unit, year, true, previous, PLANTED.get((short, year)))
            touched += [
                _in_parent(unit, planted) for planted in specimen.planted if planted.figures
            ]
            yield specimen
        true = _rolled_up(seed, year, children, last.get(ROOT.code))
        last[ROOT.code] = true
        yield replace(_specimen(ROOT, year, true, None, None), planted=tuple(touched))


def true_reports(last: int, seed: int = 1) -> Iterator[tuple[Unit, int, Report]]:
    """The reports of all agencies but the county government before anything was planted in them,
    from the first year of the example to the last that is asked for."""
    before: dict[str, Report] = {}
    for year in range(YEARS[0], last + 1):
        for number, unit in enumerate(units()[1:]):
            before[unit.code] = _true(seed, year, number, unit, before.get(unit.code))
            yield unit, year, before[unit.code]


def _true(seed: int, year: int, number: int, unit: Unit, previous: Report | None) -> Report:
    return invent(
        seed * 100_000 + year * 100 + number,
        year=year,
        agency=unit.name,
        size=unit.size,
        previous=previous,
    )


def _specimen(
    unit: Unit, year: int, report: Report, previous: Report | None, defect: str | None
) -> Specimen:
    planted: tuple[Planted, ...] = ()
    if defect:
        report, one = plant(report, defect, year, previous=previous)
        planted = (one,)
    file, content = LAYOUTS[unit.layout](report)
    filename = f"{unit.code}-{year}.{file.rpartition('.')[2]}"
    return Specimen(unit, year, filename, content, report, planted)


def _missing_child(unit: Unit) -> Planted:
    return Planted("not_handed_in", "rollup.missing", "", f"{unit.name}没有提交报告")


def _in_parent(unit: Unit, planted: Planted) -> Planted:
    """What a wrong figure of a child does to the county's roll-up."""
    note = f"{unit.name}的错误使汇总不符"
    return Planted(planted.defect, "rollup.sum", planted.address, note)


def _rolled_up(seed: int, year: int, children: Sequence[Report], previous: Report | None) -> Report:
    """The county government's report: every cell the sum of the agencies' cells."""
    in_force = form_in_force(year)
    version = in_force.version if in_force else "2019"
    figures: dict[Address, Figure] = {
        address: sum(child.figures[address] or 0 for child in children)
        for address in form(version).addresses
    }
    random = Random(f"county {seed} {year}")  # noqa: S311 - invented data
    return compose(
        random, agency=ROOT.name, year=year, version=version, figures=figures, previous=previous
    )
