"""The template of an older ledger and the rows that were left out: both can be imported."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest
from django.utils.translation import override
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.casework.application.models import Case
from gongkai.casework.importing import words
from gongkai.casework.importing.columns import COLUMNS, WHAT_IS_WRONG
from gongkai.casework.importing.reading import ledger
from gongkai.casework.importing.rejected import rejected
from gongkai.casework.importing.running import run, tried
from gongkai.casework.importing.template import LISTS, MOST_AGENCIES, template
from tests.casework.importing.test_importing import HEAD, codes, row, unseen, workbook

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
NAMES = ("青禾县财政局", "青禾县民政局")
KNOWN = {
    "kind": lambda word: words.kind(word, ""),
    "channel": words.channel,
    "way": words.way,
    "outcome": lambda word: words.result(word, DAY),
    "ground": lambda word: words.ground(word, DAY),
}


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def example(book: openpyxl.Workbook) -> list[str]:
    """The invented row, as the second sheet has it."""
    told = book.worksheets[1].iter_rows(min_row=2, max_row=len(COLUMNS) + 1, values_only=True)
    return [str(line[2] or "") for line in told]


def offered(sheet: Worksheet) -> dict[str, str]:
    """By the heading's field where its list stands."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        place = next(iter(rule.sqref.ranges)).min_col - 1
        found[COLUMNS[place].field] = rule.formula1
    return found


def rows(data: bytes) -> list[tuple[object, ...]]:
    return list(opened(data).worksheets[0].iter_rows(values_only=True))


def test_the_template_has_every_column_that_is_read_and_no_other(officer):
    book = opened(template(DAY, NAMES))
    headings = [str(cell.value) for cell in book.worksheets[0][1]]
    assert [word.removesuffix("（必填）") for word in headings] == [c.heading for c in COLUMNS]
    table = ledger(template(DAY, NAMES), "template.xlsx")
    assert list(table.mapping) == [column.field for column in COLUMNS]
    assert [problem.code for problem in table.problems] == ["no_rows"]


def test_the_template_filled_in_with_its_example_is_imported_without_a_bad_row(officer):
    book = opened(template(DAY, NAMES))
    book.worksheets[0].append(example(book))
    outcome = run(officer, ledger(saved(book), "template.xlsx"), "旧台账", unseen)
    assert (outcome.kept, outcome.closed, outcome.problems) == (1, 1, ())
    case = Case.objects.get()
    assert (case.row, case.answered_on) == ("3.3.6", date(2024, 4, 19))
    assert case.applicant.masked == "沈*"


def test_the_example_is_explained_and_all_that_is_needed_is_in_it(officer):
    book = opened(template(DAY, NAMES))
    lacking = [c.field for c, said in zip(COLUMNS, example(book), strict=True) if not said]
    assert lacking == ["contact_person", "document_number"]
    explained = dict(zip([c.field for c in COLUMNS], book.worksheets[1]["D"][1:], strict=False))
    assert "法律服务机构" in str(explained["kind"].value)
    assert "2024-03-04" in str(explained["received_on"].value)


@pytest.mark.parametrize("shape", sorted(KNOWN))
def test_every_word_that_a_list_offers_is_understood(shape):
    offers = words.offered(shape, DAY)
    assert offers
    assert [word for word in offers if KNOWN[shape](word) is None] == []


def test_closed_fields_have_lists_to_choose_from(officer):
    book = opened(template(DAY, NAMES))
    assert set(offered(book.worksheets[0])) == {
        "agency",
        "kind",
        "channel",
        "delivery",
        "outcome",
        "ground",
    }
    place = offered(book.worksheets[0])["agency"].split("!")[1].replace("$", "")
    assert tuple(cell.value for line in book[LISTS][place] for cell in line) == NAMES


def test_more_agencies_than_a_list_holds_are_not_offered_in_part(officer):
    many = [f"第{number}局" for number in range(MOST_AGENCIES + 1)]
    assert "agency" not in offered(opened(template(DAY, many)).worksheets[0])


def test_what_is_left_out_ends_no_case_and_is_not_offered():
    assert "延迟答复" not in words.offered("outcome", DAY)


def test_the_template_is_the_same_in_every_language_and_each_time(officer):
    with override("en"):
        english = template(DAY, NAMES)
    assert english == template(DAY, NAMES)


def left_out(officer, data: bytes, language: str = "zh") -> bytes:
    table = ledger(data, "台账.xlsx")
    return rejected(table, tried(officer, table), language)


def test_the_rows_left_out_come_back_as_they_were_with_what_is_wrong(officer):
    data = workbook(
        [*row(受理日期="2023-02-30", 申请方式="飞鸽"), "股室甲"],
        [*row(受理编号="2"), "股室乙"],
        [*row(受理编号="3", 受理单位="某局"), "股室丙"],
        head=(*HEAD, "备注"),
        title="依申请公开台账",
    )
    head, first, second = rows(left_out(officer, data))
    assert head == (WHAT_IS_WRONG["zh"], *HEAD, "备注")
    assert first[1:7] == ("青财公开〔2023〕7号", *row()[1:5], "飞鸽")
    assert (first[-1], second[-1]) == ("股室甲", "股室丙")
    assert str(first[0]).splitlines() == [
        "受理日期：“2023-02-30”不是日期。请写成 2026-03-02 或 2026年3月2日。",
        "申请方式：不认识申请方式“飞鸽”。请填网上、当面、挂号信、平信、传真、电子邮件或者口头。",
    ]
    assert "某局" in str(second[0])


def test_what_is_wrong_is_said_in_english_too(officer):
    head, first = rows(left_out(officer, workbook(row(受理日期="2023-02-30")), "en"))
    assert (head[0], "is no date" in str(first[0])) == ("What is wrong", True)


def test_put_right_the_rows_left_out_are_imported_as_they_are(officer):
    book = opened(left_out(officer, workbook(row(受理日期="2023-02-30"), row(受理编号="2"))))
    sheet = book.worksheets[0]
    sheet.cell(2, 1 + 1 + HEAD.index("受理日期")).value = "2023-03-02"
    table = ledger(saved(book), "rows.xlsx")
    assert WHAT_IS_WRONG["zh"] not in table.headings
    outcome = run(officer, table, "旧台账", unseen)
    assert (outcome.kept, outcome.problems) == (1, ())


@pytest.mark.parametrize(
    ("change", "code"),
    [({"身份证号": 110101199003070003}, "rounded"), ({"身份证号": "=1/0"}, "formula")],
)
def test_a_spoilt_cell_is_refused_again_until_it_is_mended(officer, change, code):
    again = ledger(left_out(officer, spoilt(row(**change))), "rows.xlsx")
    assert [code for _, _, code in codes(tried(officer, again))] == [code]


def spoilt(cells: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(HEAD))
    sheet.append(list(cells))
    return saved(book)


def test_a_text_that_looks_like_a_formula_stays_a_text(officer):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, row(受理日期="2023-02-30", 申请内容="=HYPERLINK(1)")])
    table = ledger(out.getvalue().encode(), "台账.csv")
    sheet = opened(rejected(table, tried(officer, table), "zh")).worksheets[0]
    cell = sheet.cell(2, 2 + HEAD.index("申请内容"))
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
