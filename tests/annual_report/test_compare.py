"""Reports side by side: one line each, with the change from the year before."""

import io
import zipfile
from decimal import Decimal

import python_calamine

from gongkai.annual_report.compare import MAIN, compare
from gongkai.annual_report.compare_workbook import workbook
from gongkai.annual_report.figures import Report
from gongkai.annual_report.measures import MEASURES
from gongkai.specimen import invent

FIRST = invent(1, year=2022, size="medium", agency="青禾县财政局")
SECOND = invent(2, previous=FIRST, size="medium")
OTHER = invent(3, year=2023, size="large", agency="青禾县公安局")


def side_by_side():
    return compare([("b", SECOND), ("c", OTHER), ("a", FIRST)])


def test_lines_are_by_agency_as_given_and_by_year():
    lines = side_by_side().lines
    assert [(line.agency, line.year) for line in lines] == [
        ("青禾县财政局", 2022),
        ("青禾县财政局", 2023),
        ("青禾县公安局", 2023),
    ]


def test_the_change_is_from_the_year_before_of_the_same_agency():
    first, second, other = side_by_side().lines
    change = SECOND.figures["applications.1.total"] - FIRST.figures["applications.1.total"]
    assert second.changes["received"] == change
    assert first.changes == other.changes == {}


def test_blank_is_neither_zero_nor_a_change():
    blank = Report("青禾县财政局", 2023, "2021", figures={"applications.1.total": None})
    _, line = compare([("a", FIRST), ("b", blank)]).lines
    assert line.values["received"] is None
    assert "received" not in line.changes


def test_a_subtotal_beside_its_rows_counts_once():
    rows = dict.fromkeys(("3.6.1", "3.6.2", "3.6.3"), 2) | {"3.6": 6}
    both = {f"applications.{row}.total": figure for row, figure in rows.items()}
    alone = {"applications.3.6.total": 6}
    assert [MEASURES["otherwise"].value(figures) for figures in (both, alone)] == [6, 6]


def test_decimals_stay_exact():
    one = Report("甲", 2022, "2021", figures={"proactive.fees.amount_wan": Decimal("0.1")})
    two = Report("甲", 2023, "2021", figures={"proactive.fees.amount_wan": Decimal("0.3")})
    assert compare([("a", one), ("b", two)]).lines[1].changes["fees"] == Decimal("0.2")


def test_a_report_without_agency_goes_by_its_file_name():
    assert compare([("unknown.html", Report(year=2023))]).agencies == ("unknown.html",)


def test_the_workbook_holds_all_measures_changes_and_charts():
    content = workbook(side_by_side())
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.sheet_names) == 2 + len(MAIN)
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows[0]) == 2 + len(MEASURES)
    assert rows[2][:3] == ["青禾县财政局", 2023.0, float(SECOND.figures["applications.1.total"])]
    charts = [n for n in zipfile.ZipFile(io.BytesIO(content)).namelist() if "charts/chart" in n]
    assert len(charts) == len(MAIN)


def test_the_english_workbook_holds_no_chinese_but_the_agencies():
    content = workbook(side_by_side(), "en")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    heads = " ".join(map(str, book.get_sheet_by_index(0).to_python()[0]))
    assert "Received (cases)" in heads
    assert heads.isascii()


def test_a_name_that_looks_like_a_formula_stays_text():
    content = workbook(compare([("a", Report("=1+1", 2023, "2021"))]))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_index(0).to_python()[1][0] == "=1+1"


def test_the_same_reports_give_the_same_bytes_in_either_language():
    assert workbook(side_by_side()) == workbook(side_by_side())
    assert workbook(side_by_side(), "en") != workbook(side_by_side(), "zh")
