"""A workbook is measured before a reader that makes a full rectangle of a sheet may have it."""

from __future__ import annotations

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from gongkai.screening.spreadsheets import Measured, UnmeasuredError, measured
from tests.screening.workbooks import FAR, MAIN, sheet, workbook

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>2</v></c></row>'


def of(data: bytes) -> Measured:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return measured(archive.namelist(), archive.read)


def reach(rows: str) -> tuple[int, int]:
    found = of(workbook(sheet(rows))).furthest()
    return found.height, found.width


def refusal(data: bytes) -> str:
    with pytest.raises(UnmeasuredError) as refused:
        of(data)
    return refused.value.reason


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("other/sheet1.xml", "xl/other/sheet1.xml"),
        ("/xl/other/sheet1.xml", "xl/other/sheet1.xml"),
        ("/other/sheet1.xml", "other/sheet1.xml"),
        ("../other/sheet1.xml", "other/sheet1.xml"),
        ("xl/other/sheet1.xml", "xl/other/sheet1.xml"),
        ("Other/SHEET1.xml", "xl/other/sheet1.XML"),
        ("other/sheet%201.xml", "xl/other/sheet 1.xml"),
        ("other/sheet1.xml", "xl\\other\\sheet1.xml"),
    ],
)
def test_a_sheet_is_measured_wherever_its_part_lies(target: str, name: str) -> None:
    found = of(workbook(sheet(FAR), target, name)).furthest()
    assert (found.height, found.width) == (1_048_576, 16_384)


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        ("<row r='9'><c r='C9'><v>1</v></c></row>", (9, 3)),
        ('<row r="9"><c s="1"  r = "C9" ><v>1</v></c></row>', (9, 3)),
        ('<row r="9"><c r="c9"><v>1</v></c></row>', (9, 3)),
        ('<row r="9"><c r="&#67;9"><v>1</v></c></row>', (9, 3)),
        ('<x:row xmlns:x="u" r="9"><x:c r="C9"><x:v>1</x:v></x:c></x:row>', (9, 3)),
        ('<row r="9"><c r="AA9" t="inlineStr"><is><t>x</t></is></c></row>', (9, 27)),
    ],
)
def test_a_cell_is_found_however_it_is_written(rows: str, far: tuple[int, int]) -> None:
    assert reach(rows) == far


def test_rows_and_cells_without_a_place_are_counted() -> None:
    assert reach('<row r="7"/><row><c r="B8"><v>1</v></c><c><v>2</v></c></row>') == (8, 3)


def test_cells_that_only_have_a_format_do_not_count() -> None:
    assert reach('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>') == (1, 1)


def test_a_cell_in_a_remark_is_none() -> None:
    assert reach('<!-- <c r="Z99"><v>1</v></c> --><row r="1"><c r="A1"><v>1</v></c></row>') == (
        1,
        1,
    )


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="9999999999"/>',
        '<row r="0"/>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="C"><v>1</v></c></row>',
        '<row r="1"><c r="A1"></row>',
    ],
)
def test_a_place_that_cannot_be_understood_is_refused(rows: str) -> None:
    assert refusal(workbook(sheet(rows))) == "damaged"


def test_a_sheet_without_a_part_is_refused() -> None:
    assert refusal(workbook(sheet(ROWS), target="worksheets/sheet2.xml")) == "damaged"


def test_a_part_in_another_encoding_is_refused() -> None:
    wide = sheet('<row r="1"><c r="A1"><v>一</v></c></row>').encode("utf-16-le").decode("latin-1")
    assert refusal(workbook(wide)) == "damaged"


def test_a_part_that_declares_entities_is_refused() -> None:
    declared = '<!DOCTYPE worksheet [<!ENTITY far "XFD1048576">]>'
    assert refusal(workbook(sheet(ROWS, declared))) == "bomb"


@pytest.mark.parametrize("said", ["4000000000", "+4000000000", "６"])
def test_a_count_of_strings_that_would_take_all_memory_is_refused(said: str) -> None:
    strings = f'<sst xmlns="{MAIN}" uniqueCount="{said}"><si><t>x</t></si></sst>'
    assert refusal(workbook(sheet(ROWS), sharedStrings=strings)) == "bomb"


def test_more_elements_than_can_be_read_in_time_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gongkai.screening.spreadsheets.LIMIT_ELEMENTS", 1000)
    assert refusal(workbook(sheet(f"<row>{'<c/>' * 1000}</row>"))) == "bomb"


@pytest.mark.parametrize("target", ["other/sheet1.xml", "/xl/other/sheet1.xml"])
def test_what_is_handed_on_reads_as_the_workbook_did(target: str) -> None:
    data = workbook(sheet(ROWS), target, "xl/other/sheet1.xml")
    archive = zipfile.ZipFile(io.BytesIO(data))
    again = of(data).rewritten(archive.read)
    read = [
        CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
        for book in (data, again)
    ]
    assert read[0] == read[1] == [[1, "", ""], ["", "", ""], ["", "", 2]]


def test_a_part_that_was_not_measured_is_not_handed_on() -> None:
    data = workbook(sheet(ROWS), other=sheet(FAR))
    archive = zipfile.ZipFile(io.BytesIO(data))
    again = zipfile.ZipFile(io.BytesIO(of(data).rewritten(archive.read)))
    assert "xl/other.xml" not in again.namelist()
