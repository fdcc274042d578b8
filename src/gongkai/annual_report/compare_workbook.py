"""A comparison of reports as an Excel file, with charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongkai.annual_report.compare import MAIN, Comparison
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.measures import MEASURES, Measure

WORDS = {
    "zh": {
        "agency": "机关",
        "year": "年份",
        "figures": "主要数字",
        "changes": "比上年增减",
        "unknown": "不明",
    },
    "en": {
        "agency": "Agency",
        "year": "Year",
        "figures": "Main figures",
        "changes": "Change on year before",
        "unknown": "unknown",
    },
}

UNITS_EN = {"件": "cases", "万元": "10,000 yuan"}

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that equal input gives equal bytes
MOST_IN_CHART = 40


@dataclass(frozen=True)
class _Book:
    """The workbook under way, with the language and the formats all sheets share."""

    book: xlsxwriter.Workbook
    language: str
    head: Format
    plain: Format
    signed: Format

    @property
    def words(self) -> Mapping[str, str]:
        return WORDS["zh" if self.language.startswith("zh") else "en"]

    def title(self, measure: Measure) -> str:
        if self.language.startswith("zh"):
            return f"{measure.zh}（{measure.unit}）"
        return f"{measure.en} ({UNITS_EN[measure.unit]})"


def workbook(comparison: Comparison, language: str = "zh") -> bytes:
    """All measures, their changes, and for each main measure agencies × years with a chart.

    Figures are numbers, blanks are blank. The same comparison always gives the same bytes.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": CREATED})
    shared = _Book(
        book,
        language,
        head=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        plain=book.add_format({"num_format": "#,##0.######"}),
        signed=book.add_format({"num_format": "+#,##0.######;-#,##0.######;0"}),
    )
    values = [line.values for line in comparison.lines]
    _all_measures(shared, comparison, "figures", values, shared.plain)
    changes = [line.changes for line in comparison.lines]
    _all_measures(shared, comparison, "changes", changes, shared.signed)
    for code in MAIN:
        _matrix(shared, comparison, MEASURES[code])
    book.close()
    return out.getvalue()


def _all_measures(
    shared: _Book,
    comparison: Comparison,
    name: str,
    values: Sequence[Mapping[str, Figure]],
    number: Format,
) -> None:
    sheet = shared.book.add_worksheet(shared.words[name])
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 32)
    heads = [shared.words["agency"], shared.words["year"], *map(shared.title, MEASURES.values())]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, shared.head)
    for row, (line, figures) in enumerate(zip(comparison.lines, values, strict=True), 1):
        sheet.write_string(row, 0, line.agency)
        if line.year is None:
            sheet.write_string(row, 1, shared.words["unknown"])
        else:
            sheet.write_number(row, 1, line.year)
        for column, code in enumerate(MEASURES, 2):
            _write(sheet, row, column, figures.get(code), number)
    sheet.autofilter(0, 0, len(comparison.lines), len(heads) - 1)


def _write(sheet: Worksheet, row: int, column: int, figure: Figure, number: Format) -> None:
    if figure is not None:
        sheet.write_number(row, column, float(figure), number)


def _matrix(shared: _Book, comparison: Comparison, measure: Measure) -> None:
    """Agencies down, years across, and a chart with a bar per year."""
    years, agencies = comparison.years, comparison.agencies
    sheet = shared.book.add_worksheet(measure.label(shared.language)[:31])
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 32)
    sheet.write_string(0, 0, shared.title(measure), shared.head)
    for column, year in enumerate(years, 1):
        sheet.write_string(0, column, str(year), shared.head)
    values = {
        (line.agency, line.year): line.values[measure.code] for line in reversed(comparison.lines)
    }
    for row, agency in enumerate(agencies, 1):
        sheet.write_string(row, 0, agency)
        for column, year in enumerate(years, 1):
            _write(sheet, row, column, values.get((agency, year)), shared.plain)
    if years:
        _chart(shared, sheet, measure, len(agencies), len(years))


def _chart(shared: _Book, sheet: Worksheet, measure: Measure, agencies: int, years: int) -> None:
    """A bar per year for each agency; the first agencies where there are too many to tell apart."""
    last = min(agencies, MOST_IN_CHART)
    chart = shared.book.add_chart({"type": "column"})
    for column in range(1, years + 1):
        chart.add_series(
            {
                "name": [sheet.name, 0, column],
                "categories": [sheet.name, 1, 0, last, 0],
                "values": [sheet.name, 1, column, last, column],
            }
        )
    chart.set_title({"name": shared.title(measure)})
    chart.set_size({"width": 480 + 14 * last * years, "height": 360})
    sheet.insert_chart(
        1,
        years + 2,
        chart,
        {"description": f"{shared.title(measure)}: {agencies} × {years}"},
    )
