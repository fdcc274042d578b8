"""The rows of an older ledger that were left out, as a workbook to put right and import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongkai.casework.importing.columns import BY_FIELD, WHAT_IS_WRONG
from gongkai.casework.importing.reading import Ledger
from gongkai.casework.importing.running import Outcome
from gongkai.org.importing.sheets import Line
from gongkai.publishing.importing.columns import plain

SHEET = "台账"
LONGEST = 32_767
"""Characters that a cell of a workbook holds."""


def rejected(table: Ledger, outcome: Outcome, language: str) -> bytes:
    """The rows as they came, all columns, with one in front that says what is wrong with each.

    Put right, the workbook is imported as it is: the column in front is not read. A cell that a
    spreadsheet has spoilt stays what it is, so that it is refused again until it is mended.
    """
    reasons = _reasons(table, outcome, language)
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1, "text_wrap": True})
    wrong = book.add_format({"bg_color": "#FDF0E0", "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "valign": "top"})
    sheet = book.add_worksheet(SHEET)
    sheet.freeze_panes(1, 1)
    headings = table.head.cells if table.head else ()
    sheet.set_column(0, 0, 50)
    sheet.set_column(1, max(len(headings), 1), 18, text)
    sheet.write_string(0, 0, WHAT_IS_WRONG[language], head)
    for place, word in enumerate(headings, 1):
        sheet.write_string(0, place, word, head)
    left_out = [line for line in table.lines if line.number in reasons]
    for number, line in enumerate(left_out, 1):
        sheet.write_string(number, 0, reasons[line.number], wrong)
        _write(sheet, number, line, text)
    book.close()
    return out.getvalue()


def _reasons(table: Ledger, outcome: Outcome, language: str) -> Mapping[int, str]:
    """By row what is wrong with it, a line for each; columns as the table calls them."""
    called = {BY_FIELD[field].heading: heading for field, heading in table.mapping.items()}
    said: defaultdict[int, list[str]] = defaultdict(list)
    for problem in outcome.problems:
        if problem.row and not problem.is_note:
            heading = called.get(problem.column, problem.column)
            if plain(heading) == plain(problem.column):
                heading = problem.column
            words = problem.message(language)
            said[problem.row].append(f"{heading}：{words}" if heading else words)
    return {row: "\n".join(words) for row, words in said.items()}


def _write(sheet: Worksheet, number: int, line: Line, text: Format) -> None:
    for place, cell in enumerate(line.cells):
        mark = line.marks.get(place, ("", ""))[0]
        if mark == "formula":
            sheet.write_formula(number, place + 1, "=NA()", text, "#N/A")
        elif mark == "long_number":
            sheet.write_number(number, place + 1, float(cell), text)
        elif cell:
            sheet.write_string(number, place + 1, cell[:LONGEST], text)
