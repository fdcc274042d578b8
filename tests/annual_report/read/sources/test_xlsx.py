"""Workbooks give tables with their merged cells, and the text around them."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from gongkai.annual_report.read.sources import parse, xlsx
from tests.annual_report.read.sources.packages import old_excel
from tests.annual_report.read.sources.shown import contents, refusal, shown
from tests.screening.workbooks import FAR, sheet
from tests.screening.workbooks import workbook as written


def workbook(write: Callable[[Worksheet], object], *hidden: Callable[[Worksheet], object]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    write(book.add_worksheet("年报"))
    for number, other in enumerate(hidden):
        sheet = book.add_worksheet(f"隐{number}")
        other(sheet)
        sheet.hide()
    book.close()
    return buffer.getvalue()


def rows(*values: list[object]) -> Callable[[Worksheet], object]:
    def write(sheet: Worksheet) -> None:
        for number, row in enumerate(values):
            sheet.write_row(number, 0, row)

    return write


def test_whole_numbers_lose_their_point_and_decimals_stay_exact() -> None:
    data = workbook(rows(["规章", 21.0, 7730.28, 0.1, -3], ["文件", 0, "７", "", True]))
    assert shown(data) == [
        [["规章", "21", "7730.28", "0.1", "-3"], ["文件", "0", "７", "", "TRUE"]]
    ]


def test_merged_ranges_are_one_cell() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 1, 1, "合")
        sheet.merge_range(0, 2, 0, 3, "右")
        sheet.write_row(1, 2, ["甲", "乙"])
        sheet.write_row(2, 0, ["丙", "丁", 1, 2])

    assert shown(workbook(write)) == [
        [["合", "合", "右", "右"], ["合", "合", "甲", "乙"], ["丙", "丁", "1", "2"]]
    ]


def test_titles_and_narrative_are_paragraphs_and_tables_are_apart() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 3, "某县2023年年报")
        sheet.write(1, 0, "一、总体情况")
        sheet.write(2, 0, "正文" * 50)
        sheet.write_row(3, 0, ["规章", 1, 2, 3])
        sheet.write_row(4, 0, ["文件", 4, 5, 6])
        sheet.write(5, 0, "三、收到和处理政府信息公开申请情况")
        sheet.write_row(6, 0, ["一、本年新收", 7, 8, 9])
        sheet.write_row(7, 0, ["四、结转下年度继续办理"])
        sheet.write_row(9, 0, ["五、存在的主要问题及改进情况"])

    assert shown(workbook(write)) == [
        "某县2023年年报",
        "一、总体情况",
        "正文" * 50,
        [["规章", "1", "2", "3"], ["文件", "4", "5", "6"]],
        "三、收到和处理政府信息公开申请情况",
        [["一、本年新收", "7", "8", "9"], ["四、结转下年度继续办理", "", "", ""]],
        "五、存在的主要问题及改进情况",
    ]


def test_the_item_of_article_20_stays_in_its_table() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 1, "第二十条第（五）项")
        sheet.write_row(1, 0, ["行政许可", 5])

    assert shown(workbook(write)) == [
        [["第二十条第（五）项", "第二十条第（五）项"], ["行政许可", "5"]]
    ]


def test_places_name_the_sheet_and_its_rows() -> None:
    source = parse(workbook(rows(["题"], [], ["a", 1], ["b", 2])))
    assert [block.place for block in source.blocks] == ["sheet 年报, row 1", "sheet 年报, rows 3-4"]


def test_hidden_sheets_are_left_out() -> None:
    assert shown(workbook(rows(["a", 1]), rows(["x", 2]))) == [[["a", "1"]]]


def test_a_workbook_of_another_program_with_dates() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["发布日期", date(2024, 1, 30)])
    sheet.append(["数量", 3])
    buffer = io.BytesIO()
    book.save(buffer)
    assert shown(buffer.getvalue()) == [[["发布日期", "2024-01-30"], ["数量", "3"]]]


def test_old_workbooks_are_read_too() -> None:
    cells = ((0, 0, "规章"), (0, 1, 21.0), (1, 1, 7730.28), (2, 0, "文件"), (2, 1, 3.0))
    source = parse(old_excel(*cells, merged=(0, 1, 0, 0)))
    assert source.kind == "xlsx"
    assert contents(source) == [[["规章", "21"], ["规章", "7730.28"], ["文件", "3"]]]


def test_one_far_cell_is_too_complex() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.write(0, 0, "x")
        sheet.write(1_048_575, 16_383, "y")

    assert refusal(workbook(write)) == "too_complex"
    assert refusal(old_excel((0, 0, 1.0), (65_535, 255, 2.0))) == "too_complex"


@pytest.fixture
def unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing reaches the reader that would take all memory for a sheet."""

    class Never:
        @staticmethod
        def from_filelike(*_: object) -> None:
            raise AssertionError("opened")

    monkeypatch.setattr(xlsx, "CalamineWorkbook", Never)


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize(
    "data",
    [
        written(sheet(FAR), "other/sheet1.xml", "xl/other/sheet1.xml"),
        written(sheet(FAR), "/other/sheet1.xml", "other/sheet1.xml"),
        written(sheet(FAR.replace('"', "'"))),
        old_excel((0, 0, 1.0), (65_535, 255, 2.0)),
        old_excel((0, 0, 1.0), hides=(9_999, 9_999, 1.0)),
        old_excel((0, 0, 1.0), says=(1 << 24, 60_000)),
    ],
    ids=["other folder", "other root", "single quotes", "old", "old, hidden", "old, by its word"],
)
def test_a_sheet_that_reaches_too_far_is_never_opened(data: bytes) -> None:
    assert refusal(data) == "too_complex"


@pytest.mark.usefixtures("unopened")
def test_a_workbook_with_a_sheet_that_cannot_be_measured_is_never_opened() -> None:
    assert refusal(written(sheet(FAR), "worksheets/none.xml")) == "damaged"


def test_an_old_workbook_is_no_other_file_besides() -> None:
    data = old_excel((0, 0, "规章"), (0, 1, 21.0)) + written(sheet(FAR))
    assert shown(data) == [[["规章", "21"]]]


def test_a_large_old_workbook_is_read_as_it_is() -> None:
    rows = [(row, column, float(row)) for row in range(100) for column in range(2)]
    assert shown(old_excel(*rows)) == [[[str(row), str(row)] for row in range(100)]]
