"""What the ways from a page to a text leave behind: marks, escapes, lost or doubled separators."""

import pytest

from tests.annual_report.read.page import EXAMPLE, LABELS, ZEROS, changed, reading, rows, text


def copied(cell: str) -> list[str]:
    return [line.replace("|", cell) for line in rows()]


@pytest.mark.parametrize("between", ["\n\t", "\t\n", "\n\n\t\n\n"])
def test_a_table_copied_from_a_browser_has_line_breaks_around_its_tabs(between: str) -> None:
    report = reading(text(copied(between)))
    assert report.row("1") == EXAMPLE["1"]
    assert report.row("3.7") == EXAMPLE["3.7"]
    assert report.row("3.5.5") == ZEROS


def test_a_blank_cell_copied_from_a_browser_stays_where_it_is() -> None:
    table = changed("2", lambda line: line.replace("|0|", "||", 1))
    report = reading(text([line.replace("|", "\n\t") for line in table]))
    assert report.row("2") == (2, None, 0, 0, 0, 0, 2)


def test_a_row_that_ends_with_its_divider_has_a_blank_total() -> None:
    table = changed("2", lambda line: line.removesuffix("2"))
    assert reading(text(table)).row("2") == (2, 0, 0, 0, 0, 0, None)


@pytest.mark.parametrize(
    "mark",
    [
        lambda line: "**" + line.replace("|", "**|**") + "**",
        lambda line: line.replace("|", "&nbsp;|&nbsp;"),
        lambda line: line.replace("|", "<br>|"),
        lambda line: line.replace(".", "\\."),
        lambda line: "| " + line.replace("|", " | ") + " |",
    ],
)
def test_marks_of_markdown_and_entities_are_no_part_of_a_cell(mark) -> None:
    report = reading(text([mark(line) for line in rows()]))
    assert report.row("1") == EXAMPLE["1"]
    assert report.row("3.4.1") == EXAMPLE["3.4.1"]
    assert report.provenance["applications.1.total"].text == "16"


def test_pronunciations_behind_characters_are_left_out() -> None:
    readings = {
        "数": "數(shù)",
        "据": "據(jù)",
        "结": "結(jié)",
        "转": "轉(zhuǎn)",
        "总": "總(zǒng)",
    }
    content = text()
    for plain, spelt in readings.items():
        content = content.replace(plain, spelt)
    report = reading(content)
    assert report.row("2") == EXAMPLE["2"]
    assert report.row("3.7") == EXAMPLE["3.7"]
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


def test_a_number_that_lost_its_stop_belongs_to_its_label() -> None:
    table = [line.replace("1.", "1 ").replace("2.", "2 ") for line in rows(" ")]
    report = reading(text(table))
    assert report.row("3.2") == ZEROS
    assert report.row("3.3.1") == ZEROS


def test_labels_may_name_the_years() -> None:
    table = [
        line.replace("二、上年结转", "二、2021年结转").replace("结转下年度继续", "结转2023年继续")
        for line in rows()
    ]
    report = reading(text(table))
    assert report.row("2") == EXAMPLE["2"]
    assert report.row("4") == EXAMPLE["4"]


def test_lines_behind_a_row_are_no_cells_where_whole_rows_have_them_too() -> None:
    table = [line.replace("|", "\n") + "\n\n" for line in rows()]
    table[1] = table[1].replace("\n0" * 5, "\n0" * 4)
    report = reading(text(table))
    assert report.row("2") == (None,) * 7
    assert report.row("1") == EXAMPLE["1"]
    assert [u.code for u in report.unplaced] == ["short_row"]


def test_a_rule_of_equals_signs_is_no_text() -> None:
    table = [rows()[0], "+====+====+====+", *rows()[1:]]
    report = reading(text(table))
    assert report.row("1") == EXAMPLE["1"]
    assert LABELS["1"] not in (report.section(3) or report.sections[0]).text
