"""The workbook: the form as it is printed, the cells as a list, numbers as exact numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from gongkai.annual_report.figures import Provenance, Section
from gongkai.annual_report.write import write
from gongkai.annual_report.write.xlsx import exact, number_format
from gongkai.law.forms import form
from tests.annual_report.write.reports import whole, with_figures


def book(report, language: str = "zh"):
    return openpyxl.load_workbook(BytesIO(write(report, "xlsx", language=language)))


def listed(report) -> dict[str, object]:
    rows = book(report)["cells"].iter_rows(min_row=2, values_only=True)
    return {row[0]: row[2] for row in rows}


def find(sheet, text: str):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_the_list_holds_every_cell_of_the_form_in_order(version):
    report = whole(version)
    assert list(listed(report)) == list(form(version).addresses)
    assert listed(report)["applications.3.7.total"] == report.figures["applications.3.7.total"]


def test_figures_are_numbers_and_blank_cells_are_blank():
    cells = listed(with_figures(whole(), applications__1__total=None))
    assert cells["applications.1.total"] is None
    others = [value for address, value in cells.items() if address != "applications.1.total"]
    assert all(isinstance(value, int | float) for value in others)


@pytest.mark.parametrize("amount", ["24252.311082", "0.000001", "99999999.999999"])
def test_six_decimals_are_exact(amount):
    report = with_figures(whole(), proactive__fees__amount_wan=Decimal(amount))
    value = listed(report)["proactive.fees.amount_wan"]
    assert Decimal(repr(value)) == Decimal(amount)
    assert number_format(Decimal(amount)) == "0.000000"


def test_a_figure_excel_cannot_hold_exactly_is_written_as_text():
    large = 12_345_678_901_234_567_890
    assert not exact(large)
    assert listed(with_figures(whole(), applications__1__total=large))[
        "applications.1.total"
    ] == str(large)


def test_the_form_sheet_has_the_official_merges():
    sheet = book(whole())["年度报告"]
    for text, rows, columns in (
        ("三、本年度办理结果", 22, 1),
        ("（三）不予公开", 8, 2),
        ("申请人情况", 1, 7),
        ("法人或其他组织", 1, 5),
        ("行政诉讼", 1, 10),
        ("第二十条第（一）项", 1, 15),
    ):
        first = find(sheet, text).coordinate
        merged = next(r for r in sheet.merged_cells.ranges if r.start_cell.coordinate == first)
        assert (merged.size["rows"], merged.size["columns"]) == (rows, columns)


def test_the_form_prints_on_a4_one_page_wide_and_the_list_keeps_its_head():
    sheets = book(whole())
    page, cells = sheets["年度报告"], sheets["cells"]
    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_area
    assert cells.freeze_panes == "A2"
    assert cells.print_title_rows == "$1:$1"


def test_text_that_looks_like_a_formula_or_a_link_stays_text():
    evil = '=HYPERLINK("http://example.com","点")'
    report = replace(whole(), title=evil, sections=(Section(1, "总体情况", "http://example.com"),))
    sheet = book(report)["年度报告"]
    assert sheet["A1"].value == evil
    assert sheet["A1"].data_type != "f"
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_a_paragraph_taller_than_a_row_takes_several():
    text = "字" * 4000
    sheet = book(replace(whole(), sections=(Section(1, "总体情况", text),)))["年度报告"]
    first = find(sheet, text)
    merged = next(r for r in sheet.merged_cells.ranges if first.coordinate in r)
    heights = [sheet.row_dimensions[row[0].row].height for row in sheet[merged.coord]]
    assert len(heights) > 1
    assert max(heights) <= 409


def test_the_list_gives_the_source_where_there_is_one():
    address = "applications.1.total"
    source = Provenance("a.html", "table 2, row 4", "１２")
    rows = book(replace(whole(), provenance={address: source}))["cells"].iter_rows(values_only=True)
    assert next(row[4:] for row in rows if row[0] == address) == (
        "a.html",
        "table 2, row 4",
        "１２",
        "read",
    )


def test_the_same_report_gives_the_same_bytes():
    assert write(whole(), "xlsx") == write(whole(), "xlsx")
