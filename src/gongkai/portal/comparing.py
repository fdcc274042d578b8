"""Agencies × years: one measure as charts and a table, everything as a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.annual_report import queries
from gongkai.annual_report.charts import Chart, telling_year
from gongkai.annual_report.charts import compare as compared
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.measures import MEASURES, Measure, in_group
from gongkai.annual_report.queries import Matrix
from gongkai.annual_report.speech import speech
from gongkai.org.models import Agency, Level
from gongkai.org.queries import found_by
from gongkai.portal.media import MEDIA_TYPES
from gongkai.project.page_cache import shared_page

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

YEARS_AT_FIRST = 4
AGENCIES_A_PAGE = 50
CHOICES = 200
"""Agencies offered as boxes; more than that, and one has to search first."""
GROUPS = ("flow", "outcome", "applicant", "appeal", "proactive")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asks for. No agency chosen means all that match name and level."""

    text: str
    level: str
    agencies: tuple[str, ...]
    years: tuple[int, ...]
    measure: Measure

    def chosen(self) -> QuerySet[Agency]:
        """The agencies to compare."""
        found = self.matching()
        return found.filter(code__in=self.agencies) if self.agencies else found

    def matching(self) -> QuerySet[Agency]:
        """The agencies to choose from."""
        found = queries.publishing_agencies()
        if self.text:
            found = found.filter(pk__in=found_by(self.text))
        return found.filter(level=self.level) if self.level else found


def wish(query: QueryDict, published: Sequence[int]) -> Wish:
    """The form as filled in; what is unknown is left out, nothing chosen means the latest years."""
    wanted = {
        int(year)
        for year in query.getlist("year")
        if year.isascii() and year.isdecimal() and len(year) == 4
    }
    years = sorted(wanted & set(published)) or sorted(published[:YEARS_AT_FIRST])
    level = query.get("level", "")
    return Wish(
        text=query.get("q", "").strip()[:100],
        level=level if level in Level.values else "",
        agencies=tuple(code for code in query.getlist("agency") if code)[:CHOICES],
        years=tuple(years),
        measure=MEASURES.get(query.get("measure", ""), MEASURES["received"]),
    )


@require_safe
@shared_page(parameters=("q", "level", "agency", "year", "measure", "page"))
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison: form, charts, table."""
    published = queries.published_years()
    asked = wish(request.GET, published)
    page = queries.paged(asked.chosen(), request.GET.get("page"), AGENCIES_A_PAGE)
    offered = list(asked.matching()[: CHOICES + 1])
    shown = {
        "wish": asked,
        "published": published,
        "offered": offered[:CHOICES],
        "more_offered": len(offered) > CHOICES,
        "levels": Level.choices,
        "groups": [
            (GROUP_NAMES[group](), [(m.code, m.label(speech())) for m in in_group(group)])
            for group in GROUPS
        ],
        "page": page,
        "charts": _charts(asked, page),
        "query": request.GET.urlencode(),
    }
    return render(request, "portal/compare.html", shown)


GROUP_NAMES = {
    "flow": lambda: gettext("收与办"),
    "outcome": lambda: gettext("办理结果"),
    "applicant": lambda: gettext("申请人"),
    "appeal": lambda: gettext("复议与诉讼"),
    "proactive": lambda: gettext("主动公开"),
}


def _charts(asked: Wish, page: Page[Agency]) -> list[Chart]:
    agencies = list(page.object_list)
    if not agencies or not asked.years:
        return []
    outcomes = in_group("outcome")
    matrix = queries.matrix(agencies, asked.years, [asked.measure, *outcomes])
    table = _table(matrix, asked.measure)
    return compared(
        asked.measure,
        table,
        _outcomes(matrix, telling_year(table), [m.code for m in outcomes]),
        language=speech(),
    )


def _table(matrix: Matrix, measure: Measure) -> dict[str, dict[int, Figure]]:
    return {
        agency.label(): {year: matrix.value(agency, year, measure.code) for year in matrix.years}
        for agency in matrix.agencies
    }


def _outcomes(
    matrix: Matrix, year: int, codes: Sequence[str]
) -> Mapping[str, Mapping[str, Figure]]:
    return {
        agency.label(): {code: matrix.value(agency, year, code) for code in codes}
        for agency in matrix.agencies
        if (agency.pk, year) in matrix.points
    }


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The same comparison as an Excel file: every measure, one line an agency and year."""
    asked = wish(request.GET, queries.published_years())
    agencies = list(asked.chosen())
    matrix = queries.matrix(agencies, asked.years, list(MEASURES.values()))
    response = HttpResponse(_written(matrix, asked.measure), content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = 'attachment; filename="gongkai-compare.xlsx"'
    return response


def _written(matrix: Matrix, measure: Measure) -> bytes:
    import xlsxwriter  # noqa: PLC0415  only this page needs it

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        grid = book.add_worksheet(measure.label(speech())[:31].translate(FORBIDDEN))
        rows = [
            [agency.label(), *(matrix.value(agency, y, measure.code) for y in matrix.years)]
            for agency in matrix.agencies
        ]
        _sheet(grid, [gettext("机关"), *matrix.years], rows, bold)
        everything = book.add_worksheet(gettext("全部指标"))
        head = [gettext("机关"), gettext("代码"), gettext("层级"), gettext("年度")]
        head += [f"{m.label(speech())}（{m.unit}）" for m in MEASURES.values()]
        _sheet(everything, head, _lines(matrix), bold)
    return target.getvalue()


FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))


def _lines(matrix: Matrix) -> list[list[str | Figure]]:
    return [
        [
            agency.label(),
            agency.code,
            agency.get_level_display(),
            year,
            *(matrix.value(agency, year, code) for code in MEASURES),
        ]
        for agency in matrix.agencies
        for year in matrix.years
        if (agency.pk, year) in matrix.points
    ]


def _sheet(
    sheet: Worksheet,
    head: Sequence[str | int],
    rows: Sequence[Sequence[str | Figure]],
    bold: Format,
) -> None:
    sheet.write_row(0, 0, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    sheet.set_column(0, 0, 32)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)
