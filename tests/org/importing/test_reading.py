"""Whatever a spreadsheet makes of a table is read, or named by sheet, row and column."""

from __future__ import annotations

import datetime
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.org.importing import columns, sheets
from gongkai.org.importing.columns import AGENCIES as FORM
from gongkai.org.importing.entries import entries
from gongkai.org.importing.problems import NOTES, ROWS, UNUSABLE, Problem, UnusableFileError
from gongkai.org.importing.sheets import LIMIT_BYTES, read
from gongkai.org.models import Agency, Level, Role, Unit, User
from tests.org.importing.book import AGENCIES, problems, said, tree, workbook
from tests.screening.workbooks import FAR, sheet
from tests.screening.workbooks import workbook as written

ROW = ("qh", "青禾县人民政府", "县级政府", "")


def values(data: bytes, at: int = 0):
    return dict(said(data).entries[at].values)


class TestHeadings:
    def test_by_other_names_in_any_order_below_a_title(self):
        data = workbook(
            {
                "Sheet1": [
                    ("青禾县机关一览表",),
                    (),
                    ("上级单位代码", " 级 别 ", "单位名称（必填）", "编码"),
                    ("", "县政府", "青禾县人民政府", "qh"),
                ]
            }
        )
        assert values(data) == {"code": "qh", "name": "青禾县人民政府", "level": "county"}
        assert said(data).entries[0].row == 4

    def test_that_are_not_known_are_left_out_and_named(self):
        found = said(workbook({"机关": [(*AGENCIES, "备注"), (*ROW, "撤县设区")]}))
        assert [(note.code, note.detail) for note in found.notes] == [("unknown_column", "备注")]

    def test_twice_are_a_problem(self):
        found = said(workbook({"机关": [(*AGENCIES, "机关名称"), (*ROW, "别名")]}))
        assert problems(found) == [("机关", 1, "名称", "two_columns")]

    def test_without_which_rows_cannot_be_told_apart_are_missed(self):
        found = said(workbook({"人员": [("用户名", "姓名"), ("a", "甲")]}))
        assert problems(found) == [
            ("人员", 1, "机关代码", "no_column"),
            ("人员", 1, "角色", "no_column"),
        ]

    def test_of_no_known_sheet_are_refused(self):
        with pytest.raises(UnusableFileError) as refused:
            said(workbook({"x": [("甲", "乙"), ("1", "2")]}))
        assert refused.value.reason == "no_sheet"

    def test_of_one_foreign_sheet_among_others_are_noted(self):
        found = said(workbook({"机关": [AGENCIES, ROW], "草稿": [("甲", "乙")]}))
        assert [(n.sheet, n.code) for n in found.notes] == [("草稿", "foreign_sheet")]


class TestCells:
    def test_a_number_is_a_code_as_it_looks(self):
        assert values(tree([(990121, "青禾县", "县", "")]))["code"] == "990121"

    def test_a_code_that_became_a_date_is_named(self):
        def dated(book):
            shape = book.add_format({"num_format": "yyyy-mm-dd"})
            book.worksheets()[0].write_datetime(1, 0, datetime.date(2024, 3, 1), shape)

        data = workbook({"机关": [AGENCIES, ROW]}, dated)
        assert problems(said(data)) == [("机关", 2, "代码", "date")]

    def test_a_credit_code_that_was_rounded_is_named(self):
        heads = (*AGENCIES, "统一社会信用代码")
        data = tree([(*ROW, 119901210000000123)], heads=heads)
        assert problems(said(data)) == [("机关", 2, "统一社会信用代码", "long_number")]

    @pytest.mark.parametrize(("formula", "result"), [("=1/0", "#DIV/0!"), ('="a"&"b"', "")])
    def test_a_formula_without_a_result_is_named(self, formula, result):
        def formulas(book):
            book.worksheets()[0].write_formula(1, 1, formula, None, result)

        data = workbook({"机关": [AGENCIES, ROW]}, formulas)
        assert problems(said(data)) == [("机关", 2, "名称", "formula")]

    def test_a_formula_with_a_result_is_its_result(self):
        def formulas(book):
            book.worksheets()[0].write_formula(1, 1, '="青禾"&"县"', None, "青禾县")

        assert values(workbook({"机关": [AGENCIES, ROW]}, formulas))["name"] == "青禾县"

    def test_a_cell_merged_over_rows_is_the_cell_of_each(self):
        def merged(book):
            book.worksheets()[0].merge_range(2, 3, 3, 3, "qh")

        rows = [AGENCIES, ROW, ("a", "甲局", "部门"), ("b", "乙局", "部门")]
        data = workbook({"机关": rows}, merged)
        assert [entry.text("superior") for entry in said(data).entries] == ["", "qh", "qh"]

    def test_a_cell_merged_over_columns_is_named(self):
        def merged(book):
            book.worksheets()[0].merge_range(2, 1, 2, 2, "甲局")

        data = workbook({"机关": [AGENCIES, ROW, ("a", "", "", "qh")]}, merged)
        assert problems(said(data)) == [("机关", 3, "名称", "merged")]

    def test_a_hidden_row_is_read_and_noted(self):
        def hidden(book):
            book.worksheets()[0].set_row(1, None, None, {"hidden": True})

        found = said(workbook({"机关": [AGENCIES, ROW]}, hidden))
        assert len(found.entries) == 1
        assert [(note.row, note.code) for note in found.notes] == [(2, "hidden_row")]

    def test_a_hidden_sheet_is_not_read_and_noted(self):
        def hidden(book):
            book.worksheets()[1].hide()

        rows = [AGENCIES, ROW]
        found = said(workbook({"机关": rows, "旧机关": rows}, hidden))
        assert len(found.entries) == 1
        assert [(note.sheet, note.code) for note in found.notes] == [("旧机关", "hidden_sheet")]

    @pytest.mark.parametrize(
        ("heading", "cell", "code"),
        [
            ("代码", "青 禾", "not_a_code"),
            ("层级", "村", "unknown_level"),
            ("次序", "第一", "not_a_number"),
            ("次序", "9" * 5000, "not_a_number"),
            ("垂直领导", "也许", "not_yes_or_no"),
            ("电子邮箱", "甲@", "not_an_address"),
            ("统一社会信用代码", "11990121MB0000001B", "check_character"),
            ("名称", "长" * 121, "too_long"),
            ("名称", "-", "missing"),
        ],
    )
    def test_a_cell_that_does_not_fit_is_named(self, heading, cell, code):
        heads = (*AGENCIES, "次序", "垂直领导", "电子邮箱", "统一社会信用代码")
        row = dict(zip(heads, (*ROW, "", "", "", ""), strict=True)) | {heading: cell}
        found = said(tree([tuple(row.values())], heads=heads))
        assert problems(found) == [("机关", 2, heading, code)]

    def test_roles_stand_several_in_a_cell(self):
        row = ("a", "甲", "qh", "拟稿人、联络员；经办人，拟稿人", "")
        assert values(tree(people=[row]))["roles"] == ("drafter", "liaison_officer", "case_officer")

    def test_a_role_that_is_none_is_named(self):
        found = said(tree(people=[("a", "甲", "qh", "拟稿人、司机", "")]))
        assert [(p.code, p.detail) for p in found.problems] == [("unknown_role", "司机")]


class TestFiles:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("mark", [",", "\t", ";"])
    def test_a_csv_file_is_one_sheet(self, encoding, mark):
        text = "\r\n".join(mark.join(row) for row in (AGENCIES, ROW))
        sheets = read(text.encode(encoding), "机关.csv")
        assert [sheet.name for sheet in sheets] == ["机关.csv"]
        assert entries(sheets).entries[0].text("name") == "青禾县人民政府"

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "empty"),
            (b" \n", "empty"),
            (b"PK\x03\x04 broken", "damaged"),
            (b"\xd0\xcf\x11\xe0 old", "unsupported"),
            (b"\xd0\xcf\x11\xe0 " + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
            (b"a\x00b,c", "unsupported"),
            (b"x" * (LIMIT_BYTES + 1), "too_large"),
        ],
    )
    def test_a_file_that_cannot_be_taken_says_why(self, data, reason):
        with pytest.raises(UnusableFileError) as refused:
            said(data)
        assert refused.value.reason == reason

    def test_a_zip_that_is_no_workbook_is_refused(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("readme.txt", "x")
        with pytest.raises(UnusableFileError) as refused:
            read(out.getvalue())
        assert refused.value.reason == "unsupported"

    def test_a_workbook_that_would_unpack_abnormally_is_refused(self):
        out = io.BytesIO(workbook({"机关": [AGENCIES, ROW]}))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/big.bin", b"\0" * 30_000_000)
        with pytest.raises(UnusableFileError) as refused:
            read(out.getvalue())
        assert refused.value.reason == "bomb"

    def test_one_far_cell_does_not_make_a_sheet_endless(self):
        def far(book):
            book.worksheets()[0].write(1_000_000, 16_000, "x")

        with pytest.raises(UnusableFileError) as refused:
            read(workbook({"机关": [AGENCIES, ROW]}, far))
        assert refused.value.reason == "too_large"

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (written(sheet(FAR), "other/sheet1.xml", "xl/other/sheet1.xml"), "too_large"),
            (written(sheet(FAR.replace('"', "'"))), "too_large"),
            (
                written(sheet('<row r="1000"><c r="ALL1000"><v>1</v></c></row>'), sheets=4),
                "too_large",
            ),
            (written(sheet(FAR), "worksheets/none.xml"), "damaged"),
        ],
        ids=["other folder", "single quotes", "one part for many sheets", "not measured"],
    )
    def test_a_sheet_that_reaches_too_far_is_never_opened(self, monkeypatch, data, reason):
        monkeypatch.setattr(sheets, "CalamineWorkbook", None)
        with pytest.raises(UnusableFileError) as refused:
            read(data)
        assert refused.value.reason == reason

    def test_one_value_merged_over_very_many_rows_again_and_again_is_refused(self, monkeypatch):
        def merge(book):
            for column in range(5, 8):
                book.worksheets()[0].merge_range(0, column, 40, column, "甲")

        monkeypatch.setattr(sheets, "LIMIT_CELLS", 100)
        with pytest.raises(UnusableFileError) as refused:
            read(workbook({"机关": [AGENCIES, *[ROW] * 40]}, merge))
        assert refused.value.reason == "too_large"

    @given(st.binary(max_size=300))
    def test_no_bytes_are_answered_with_anything_but_a_reason(self, data):
        with suppress(UnusableFileError):
            said(data)

    @given(st.binary(min_size=1, max_size=40), st.integers(0, 4000))
    def test_nor_is_a_workbook_that_was_damaged(self, noise, place):
        whole = bytearray(workbook({"机关": [AGENCIES, ROW]}))
        place %= len(whole)
        whole[place : place + len(noise)] = noise
        with suppress(UnusableFileError):
            said(bytes(whole))


class TestWords:
    def test_levels_and_roles_are_those_of_the_models(self):
        assert set(columns.LEVELS) == set(Level.values)
        assert {code: words[0] for code, words in columns.LEVELS.items()} == dict(Level.choices)
        assert {code: words[0] for code, words in columns.ROLES.items()} == dict(Role.choices)

    def test_limits_are_those_of_the_models(self):
        for form, model in ((FORM, Agency), (columns.UNITS, Unit)):
            for column in form.columns:
                if column.limit and column.shape != "agency":
                    assert column.limit == model._meta.get_field(column.field).max_length
        for name in ("username", "full_name"):
            assert columns.PEOPLE.column(name).limit == User._meta.get_field(name).max_length

    @pytest.mark.parametrize("code", [*ROWS, *NOTES])
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_every_problem_says_what_to_do(self, code, language):
        words = Problem("机关", 2, "代码", code, "DETAIL").message(language)
        assert words.rstrip()[-1] in "。."
        assert "{" not in words

    @pytest.mark.parametrize("reason", UNUSABLE)
    def test_every_file_refused_says_what_to_do(self, reason):
        assert UnusableFileError(reason, "x").message("zh").count("。") >= 2
