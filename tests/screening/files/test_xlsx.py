"""Hidden content of workbooks: found, and gone while visible cells keep their values."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from gongkai.screening.files import clean, hidden
from tests.screening.files.making import codes, related, unzipped, with_parts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(fill: Callable[[Any], None]) -> bytes:
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(made)
    made.close()
    return buffer.getvalue()


def cells(data: bytes) -> dict[str, Any]:
    """The values of the visible sheets, as Excel would show them without computing."""
    opened = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in opened.worksheets
        if sheet.sheet_state == "visible"
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def with_hidden_row(made: Any) -> None:
    sheet = made.add_worksheet("名单")
    for row, name in enumerate(["姓名", "甲某", "乙某", "丙某"]):
        sheet.write(row, 0, name)
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_row(2, None, None, {"hidden": True})


def with_filter(made: Any) -> None:
    sheet = made.add_worksheet("名单")
    for row, name in enumerate(["姓名", "甲某", "乙某"]):
        sheet.write(row, 0, name)
    sheet.autofilter("A1:A3")
    sheet.filter_column("A", "x == 乙某")
    sheet.set_row(1, None, None, {"hidden": True})


def with_hidden_column(made: Any) -> None:
    sheet = made.add_worksheet("名单")
    sheet.write("A1", "姓名")
    sheet.write("B1", "身份证号")
    sheet.set_column("B:B", None, None, {"hidden": True})


def with_empty_format(made: Any) -> None:
    sheet = made.add_worksheet("名单")
    sheet.write("A1", "看得见")
    sheet.write("A2", "底价", made.add_format({"num_format": ";;;"}))


def with_white_font(made: Any) -> None:
    sheet = made.add_worksheet("名单")
    sheet.write("A1", "看得见")
    sheet.write("A2", "白字", made.add_format({"font_color": "#FFFFFF"}))


def with_hidden_sheet(made: Any) -> None:
    made.add_worksheet("公开").write("A1", "看得见")
    secret = made.add_worksheet("底稿")
    secret.write("A1", "内部测算")
    secret.hide()


def with_very_hidden_sheet(made: Any) -> None:
    made.add_worksheet("公开").write("A1", "看得见")
    secret = made.add_worksheet("底稿")
    secret.write("A1", "内部测算")
    secret.very_hidden()


def with_comment(made: Any) -> None:
    sheet = made.add_worksheet("名单")
    sheet.write("A1", "看得见")
    sheet.write_comment("A1", "这一户先不报", {"author": "甲某"})


def with_hidden_name(made: Any) -> None:
    made.add_worksheet("名单").write("A1", "看得见")
    made.define_name("内部系数", "=0.37")


FOUND = [
    ("xlsx.hidden_row", with_hidden_row, "甲某 | 乙某", "工作表 名单!2:3"),
    ("xlsx.filtered_row", with_filter, "甲某", "工作表 名单!2:2"),
    ("xlsx.hidden_column", with_hidden_column, "身份证号", "工作表 名单!B:B"),
    ("xlsx.hidden_cell", with_empty_format, "底价", "工作表 名单!A2"),
    ("xlsx.hidden_cell", with_white_font, "白字", "工作表 名单!A2"),
    ("xlsx.hidden_sheet", with_hidden_sheet, "底稿: 内部测算", "工作表 底稿"),
    ("xlsx.very_hidden_sheet", with_very_hidden_sheet, "底稿: 内部测算", "工作表 底稿"),
    ("xlsx.comment", with_comment, "这一户先不报", "工作表 名单!A1"),
]


@pytest.mark.parametrize(("code", "fill", "content", "place"), FOUND)
def test_what_hides_is_found_with_its_place(code: str, fill: Any, content: str, place: str) -> None:
    found = [(t.code, t.excerpt, t.place.text()) for t in hidden(book(fill), "xlsx")]
    assert (code, content, place) in found


@pytest.mark.parametrize(("code", "fill", "content", "place"), FOUND)
def test_it_goes_and_the_visible_cells_stay(code: str, fill: Any, content: str, place: str) -> None:
    data = book(fill)
    cleaned = clean(data, "xlsx")
    assert code in codes(cleaned.removed)
    assert cleaned.left == ()
    assert hidden(cleaned.data, "xlsx") == ()
    gone = content.rpartition(": ")[2].split(" | ")
    kept = {place: value for place, value in cells(data).items() if value not in gone}
    assert cells(cleaned.data) == kept


@pytest.mark.parametrize(("code", "fill", "content", "place"), FOUND)
def test_its_words_are_nowhere_in_the_copy(code: str, fill: Any, content: str, place: str) -> None:
    parts = unzipped(clean(book(fill), "xlsx").data)
    word = content.rpartition(": ")[2].split(" | ")[0].encode()
    assert [name for name, part in parts.items() if word in part] == []


def test_an_ordinary_workbook_has_nothing_to_decide() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("数据")
        sheet.write("A1", "青禾县")
        sheet.write_formula("A2", "=SUM(B1:B3)", None, 6)
        sheet.write("A3", "表头", made.add_format({"font_color": "#FFFFFF", "bg_color": "#1F3864"}))

    assert hidden(book(fill), "xlsx") == ()


def test_a_total_over_hidden_rows_keeps_its_value() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("数据")
        for row, number in enumerate([1, 2, 3]):
            sheet.write(row, 0, number)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.write_formula("A4", "=SUM(A1:A3)", None, 6)
        sheet.write_formula("A5", "=A1*10", None, 10)

    cleaned = clean(book(fill), "xlsx")
    assert codes(cleaned.removed) == ["xlsx.hidden_row"]
    assert cells(cleaned.data) == {
        "数据!A1": 1,
        "数据!A3": 3,
        "数据!A4": 6,
        "数据!A5": 10,
    }
    formulas = openpyxl.load_workbook(io.BytesIO(cleaned.data))["数据"]
    assert (formulas["A4"].value, formulas["A5"].value) == (6, "=A1*10")


def test_a_row_under_a_formula_that_has_no_value_yet_is_left_and_said() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "数据"
    sheet["A1"], sheet["A2"], sheet["A3"] = 1, "=A1*2", 9
    sheet.row_dimensions[1].hidden = True
    buffer = io.BytesIO()
    made.save(buffer)
    cleaned = clean(buffer.getvalue(), "xlsx")
    assert [(t.code, t.kept) for t in cleaned.left] == [("xlsx.hidden_row", "referenced")]
    assert cells(cleaned.data)["数据!A1"] == 1


@pytest.mark.parametrize(
    "formula",
    ["=底稿!A1", "=SUM('底稿'!A1:A9)", '=INDIRECT("底稿!A1")', "=SUM(公开:底稿!A1)"],
)
def test_a_hidden_sheet_that_is_referred_to_is_left_and_said(formula: str) -> None:
    def fill(made: Any) -> None:
        made.add_worksheet("公开").write_formula("A1", formula, None, 5)
        secret = made.add_worksheet("底稿")
        secret.write("A1", 5)
        secret.hide()

    cleaned = clean(book(fill), "xlsx")
    assert [(t.code, t.kept) for t in cleaned.left] == [("xlsx.hidden_sheet", "referenced")]


def test_hidden_sheets_that_only_refer_to_each_other_go_together() -> None:
    def fill(made: Any) -> None:
        made.add_worksheet("公开").write("A1", "看得见")
        for name, other in (("甲", "乙"), ("乙", "甲")):
            secret = made.add_worksheet(name)
            secret.write_formula("A1", f"={other}!B1", None, 1)
            secret.hide()

    cleaned = clean(book(fill), "xlsx")
    assert codes(cleaned.removed) == ["xlsx.hidden_sheet"] * 2
    assert cells(cleaned.data) == {"公开!A1": "看得见"}


def test_names_of_later_sheets_still_belong_to_them() -> None:
    def fill(made: Any) -> None:
        secret = made.add_worksheet("底稿")
        secret.write("A1", "内部")
        public = made.add_worksheet("公开")
        public.write("A1", "看得见")
        public.print_area("A1:B2")
        public.activate()
        public.set_first_sheet()
        secret.hide()

    opened = openpyxl.load_workbook(io.BytesIO(clean(book(fill), "xlsx").data))
    assert opened.sheetnames == ["公开"]
    assert opened["公开"].print_area == "'公开'!$A$1:$B$2"


def test_a_merged_cell_that_reaches_out_of_a_hidden_row_shows() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("数据")
        sheet.merge_range("A1:A3", "跨行标题")
        sheet.set_row(0, None, None, {"hidden": True})

    assert hidden(book(fill), "xlsx") == ()


def test_the_head_of_a_table_in_a_hidden_column_is_left_and_said() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("数据")
        columns = [{"header": "姓名"}, {"header": "电话"}]
        sheet.add_table("A1:B2", {"data": [["甲", "乙"]], "columns": columns})
        sheet.set_column("B:B", None, None, {"hidden": True})

    cleaned = clean(book(fill), "xlsx")
    assert [(t.code, t.kept) for t in cleaned.left] == [("xlsx.hidden_column", "source_needed")]


def test_white_cells_under_conditional_formats_are_left_for_a_person() -> None:
    def fill(made: Any) -> None:
        with_white_font(made)
        made.get_worksheet_by_name("名单").conditional_format(
            "A1:A9", {"type": "no_blanks", "format": made.add_format({"bg_color": "#C00000"})}
        )

    assert [(t.code, t.kept) for t in hidden(book(fill), "xlsx")] == [
        ("xlsx.hidden_cell", "uncertain")
    ]


def test_a_hidden_name_goes_unless_a_formula_uses_it() -> None:
    def named(formula: str | None) -> bytes:
        def fill(made: Any) -> None:
            with_hidden_name(made)
            if formula:
                made.get_worksheet_by_name("名单").write_formula("B1", formula, None, 1)

        parts = unzipped(book(fill))
        workbook = parts["xl/workbook.xml"].decode()
        workbook = workbook.replace(
            '<definedName name="内部系数"', '<definedName hidden="1" name="内部系数"'
        )
        return with_parts(book(fill), {"xl/workbook.xml": workbook})

    assert codes(clean(named(None), "xlsx").removed) == ["xlsx.hidden_name"]
    (left,) = clean(named("=内部系数*2"), "xlsx").left
    assert (left.code, left.kept) == ("xlsx.hidden_name", "referenced")


def plain() -> bytes:
    return book(lambda made: made.add_worksheet("数据").write("A1", "看得见"))


def test_strings_no_cell_shows_any_more_are_found_and_go() -> None:
    parts = unzipped(plain())
    strings = parts["xl/sharedStrings.xml"].decode()
    strings = strings.replace("</sst>", "<si><t>早先删掉的名字</t></si></sst>")
    data = with_parts(plain(), {"xl/sharedStrings.xml": strings})
    cleaned = clean(data, "xlsx")
    assert [(t.code, t.excerpt) for t in cleaned.removed] == [
        ("xlsx.unused_string", "早先删掉的名字")
    ]
    assert cells(cleaned.data) == {"数据!A1": "看得见"}


def test_the_path_where_it_was_saved_is_found_and_goes() -> None:
    ac = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"
    path = f'<x15ac:absPath xmlns:x15ac="{ac}" url="C:\\Users\\甲某\\涉密\\"/><sheets>'
    workbook = unzipped(plain())["xl/workbook.xml"].decode().replace("<sheets>", path)
    cleaned = clean(with_parts(plain(), {"xl/workbook.xml": workbook}), "xlsx")
    assert codes(cleaned.removed) == ["xlsx.saved_path"]
    assert "甲某".encode() not in unzipped(cleaned.data)["xl/workbook.xml"]


def linked(cell: int) -> bytes:
    """A workbook that refers to another one; `cell` is the value its formula has."""

    def fill(made: Any) -> None:
        made.add_worksheet("数据").write_formula("A1", "=[1]内部!$A$1", None, cell)

    link = (
        f'<externalLink xmlns="{MAIN}"><externalBook>'
        '<sheetNames><sheetName val="内部"/></sheetNames>'
        '<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>机密数</v></cell></row>'
        "</sheetData></sheetDataSet></externalBook></externalLink>"
    )
    data = with_parts(book(fill), {"xl/externalLinks/externalLink1.xml": link})
    data = related(
        data,
        "xl/externalLinks/externalLink1.xml",
        ("rId1", "externalLinkPath", "file:///D:/内部/台账.xlsx"),
        external=True,
    )
    return related(
        data, "xl/workbook.xml", ("e1", "externalLink", "externalLinks/externalLink1.xml")
    )


def test_another_workbooks_data_and_path_go_and_the_value_stays() -> None:
    cleaned = clean(linked(12), "xlsx")
    assert [(t.code, t.excerpt) for t in cleaned.removed] == [
        ("xlsx.external_link", "file:///D:/内部/台账.xlsx 机密数")
    ]
    assert hidden(cleaned.data, "xlsx") == ()
    assert list(cells(cleaned.data).values()) == [12]


CACHE = (
    f'<pivotCacheDefinition xmlns="{MAIN}"><cacheFields><cacheField name="姓名"><sharedItems>'
    '<s v="甲某"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'
)
CONNECTIONS = (
    f'<connections xmlns="{MAIN}"><connection id="1" name="内网库">'
    '<dbPr connection="Server=10.0.0.8;Uid=sa;Pwd=x"/></connection></connections>'
)
REVISIONS = f'<headers xmlns="{MAIN}"><header guid="g" userName="甲某"/></headers>'
BESIDE = [
    ("xlsx.pivot_cache", "pivotCacheDefinition", "pivotCache/def1.xml", CACHE, "甲某"),
    ("xlsx.data_connection", "connections", "connections.xml", CONNECTIONS, "Server=10.0.0.8"),
    ("xlsx.revision_log", "revisionHeaders", "revisions/headers.xml", REVISIONS, "甲某"),
]


@pytest.mark.parametrize(("code", "kind", "name", "content", "word"), BESIDE)
def test_what_a_workbook_keeps_beside_its_sheets_goes(
    code: str, kind: str, name: str, content: str, word: str
) -> None:
    data = related(
        with_parts(plain(), {f"xl/{name}": content}), "xl/workbook.xml", ("k1", kind, name)
    )
    cleaned = clean(data, "xlsx")
    assert [(t.code, word in t.excerpt) for t in cleaned.removed] == [(code, True)]
    assert hidden(cleaned.data, "xlsx") == ()
    assert cells(cleaned.data) == cells(plain())


def test_a_pivot_cache_that_a_slicer_works_on_is_left_and_said() -> None:
    data = with_parts(plain(), {"xl/pivotCache/def1.xml": CACHE, "xl/slicers/s.xml": "<s/>"})
    data = related(
        data,
        "xl/workbook.xml",
        ("k1", "pivotCacheDefinition", "pivotCache/def1.xml"),
        ("k2", "slicerCache", "slicers/s.xml"),
    )
    assert [(t.code, t.kept) for t in hidden(data, "xlsx")] == [("xlsx.pivot_cache", "referenced")]


def test_a_data_model_is_left_and_said() -> None:
    data = with_parts(plain(), {"xl/model/item.data": b"x"})
    data = related(data, "xl/workbook.xml", ("m1", "powerPivotData", "model/item.data"))
    assert [(t.code, t.kept) for t in hidden(data, "xlsx")] == [
        ("xlsx.data_model", "source_needed")
    ]


def test_scenarios_go() -> None:
    sheet = unzipped(plain())["xl/worksheets/sheet1.xml"].decode()
    scenarios = '</sheetData><scenarios><scenario name="压低方案" user="甲某"/></scenarios>'
    sheet = sheet.replace("</sheetData>", scenarios)
    cleaned = clean(with_parts(plain(), {"xl/worksheets/sheet1.xml": sheet}), "xlsx")
    assert [(t.code, t.excerpt) for t in cleaned.removed] == [("xlsx.scenario", "压低方案 甲某")]


def test_the_author_goes_from_the_properties() -> None:
    def fill(made: Any) -> None:
        made.set_properties({"author": "甲某", "company": "某公司"})
        made.add_worksheet("数据").write("A1", "看得见")

    cleaned = clean(book(fill), "xlsx")
    assert {t.excerpt for t in cleaned.removed} >= {"creator: 甲某", "Company: 某公司"}
    assert hidden(cleaned.data, "xlsx") == ()


def test_a_thread_of_comments_goes_with_the_names_of_those_who_wrote_it() -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    thread = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="A1" personId="p">'
        "<text>这一户先不报</text></threadedComment></ThreadedComments>"
    )
    people = f'<personList xmlns="{space}"><person displayName="甲某" id="p"/></personList>'
    data = with_parts(
        plain(), {"xl/threadedComments/t1.xml": thread, "xl/persons/person.xml": people}
    )
    data = related(
        data,
        "xl/worksheets/sheet1.xml",
        ("t1", "threadedComment", "../threadedComments/t1.xml"),
    )
    data = related(data, "xl/workbook.xml", ("p1", "person", "persons/person.xml"))
    cleaned = clean(data, "xlsx")
    assert [(t.code, t.excerpt) for t in cleaned.removed] == [("xlsx.comment", "这一户先不报")]
    assert not [name for name in unzipped(cleaned.data) if "person" in name or "threaded" in name]
