"""The applications table, however it has come through."""

import pytest

from tests.annual_report.read.page import EXAMPLE, LABELS, ZEROS, changed, reading, rows, text


@pytest.mark.parametrize("separator", ["|", "\t", "   ", " | ", "│"])
def test_rows_are_read_whatever_divides_their_cells(separator: str) -> None:
    report = reading(text(rows(separator)))
    assert report.row("1") == EXAMPLE["1"]
    assert report.row("3.7") == EXAMPLE["3.7"]
    assert report.row("3.5.5") == ZEROS


def test_a_comma_separated_table_is_not_taken_for_thousands() -> None:
    assert reading(text(rows(","))).row("1") == EXAMPLE["1"]


def test_one_cell_a_line_is_a_row_up_to_the_next_label() -> None:
    table = [cell for line in rows() for cell in line.split("|")]
    assert reading(text(table)).row("3.4.1") == EXAMPLE["3.4.1"]


def test_an_empty_line_is_a_blank_cell_where_every_row_keeps_its_seven_lines() -> None:
    lines = changed("2", lambda line: line.replace("|0|0|0|0|0|", "||||||"))
    table = [cell for line in lines for cell in line.split("|")]
    assert reading(text(table)).row("2") == (2, None, None, None, None, None, 2)


def test_a_blank_cell_stays_blank() -> None:
    table = changed("2", lambda line: line.replace("|0|0|0|0|0|", "||—|/|无||"))
    assert reading(text(table)).row("2") == (2, None, None, None, None, None, 2)


def test_a_row_of_blanks_is_still_a_row() -> None:
    table = changed("3.2", lambda line: line.replace("0", ""))
    assert reading(text(table)).row("3.2") == (None,) * 7


def test_a_row_that_is_not_there_is_not_made_up() -> None:
    table = [line for line in rows() if LABELS["3.3.4"] not in line]
    report = reading(text(table))
    assert report.row("3.3.4") is None
    assert report.row("3.3.5") == ZEROS


def test_too_few_figures_are_not_guessed_into_columns() -> None:
    table = changed("3.1", lambda _: LABELS["3.1"] + "|8|2|11")
    report = reading(text(table))
    assert report.row("3.1") == (None,) * 7
    assert [u.code for u in report.unplaced] == ["short_row"]


def test_words_in_a_cell_are_kept_as_what_stood_there() -> None:
    table = changed("3.1", lambda line: line.replace("|2|", "|若干|"))
    report = reading(text(table))
    assert report.row("3.1") == (8, None, 0, 0, 0, 1, 11)
    assert report.provenance["applications.3.1.commercial"].text == "若干"


def test_a_row_the_form_does_not_have_is_told_and_left_out() -> None:
    lines = rows()
    lines.insert(7, "9.属于其他情形|0|0|0|0|0|0|0")
    report = reading(text(lines))
    assert [u.code for u in report.unplaced] == ["extra_row"]
    assert report.row("3.3.3") == ZEROS


def test_a_misprinted_label_is_known_by_its_group_and_number() -> None:
    table = [line.replace("其他法律行政法规禁止公开", "其他法律行政止公开") for line in rows()]
    assert reading(text(table)).row("3.3.2") == ZEROS


def test_a_subtotal_column_is_told_and_left_out() -> None:
    table = []
    for line in rows():
        label, *cells = line.split("|")
        cells.insert(1, str(sum(map(int, cells[1:6]))))
        table.append("|".join([label, *cells]))
    report = reading(text(table))
    assert report.row("1") == EXAMPLE["1"]
    assert [u.code for u in report.unplaced] == ["extra_column"]


def test_the_same_table_twice_is_read_once_and_told() -> None:
    report = reading(text([*rows(), *rows()]))
    assert report.row("1") == EXAMPLE["1"]
    assert "repeated" in [u.code for u in report.unplaced]


def test_the_single_row_six_is_kept_as_found() -> None:
    kept = [line for line in rows() if LABELS["3.6.1"] not in line and LABELS["3.6.2"] not in line]
    table = [line.replace("3.其他|", "（六）其他处理|") for line in kept]
    report = reading(text(table))
    assert report.form == "2021"
    assert report.row("3.6") == ZEROS
    assert report.row("3.6.3") is None


def test_figures_in_the_narrative_are_not_rows() -> None:
    content = text().replace(
        "全年收到政府信息公开申请16件。",
        "本年新收政府信息公开申请99件，上年结转98件，予以公开97件，结转下年度继续办理96件。",
    )
    report = reading(content)
    assert report.row("1") == EXAMPLE["1"]
    assert report.row("4") == EXAMPLE["4"]


class TestDigitsRunTogether:
    """No separators at all, as when a page was copied without its table."""

    def test_exactly_one_reading_is_taken_and_marked(self) -> None:
        report = reading(text(["".join(line.replace("|", "") for line in rows())]))
        assert report.row("1") == EXAMPLE["1"]
        assert report.row("3.7") == EXAMPLE["3.7"]
        assert report.provenance["applications.1.total"].how == "solved"

    def test_where_sums_fail_nothing_is_placed(self) -> None:
        table = changed("3.7", lambda line: line.replace("|16", "|17"))
        report = reading(text(["".join(line.replace("|", "") for line in table)]))
        assert report.row("1") == (None,) * 7
        assert [u.code for u in report.unplaced] == ["contradictory"]

    def test_where_several_readings_hold_all_are_told_and_none_is_placed(self) -> None:
        twice = dict.fromkeys(("1", "3.1", "3.7"), "220000325")
        lines = []
        for line in rows():
            label = line.split("|")[0]
            code = next(code for code, words in LABELS.items() if words == label)
            lines.append(label + twice.get(code, "0000000"))
        report = reading(text(["".join(lines)]))
        assert report.row("1") == (None,) * 7
        readings = {u.addresses[0]: u.readings for u in report.unplaced}
        assert len(readings["applications.1.natural_person"]) > 1
