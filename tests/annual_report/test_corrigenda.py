"""What a corrected report changed: figures by address, titles of sections, names of cells."""

from __future__ import annotations

from dataclasses import replace

from gongkai.annual_report.corrigenda import Changed, compared, label
from gongkai.annual_report.figures import Report, Section

CELL, OTHER = "applications.3.7.natural_person", "appeals.reconsideration.upheld"
OLD = Report(form="2021", year=2023, figures={CELL: 12, OTHER: 1})


def test_figures_that_differ_are_told_as_they_were_and_are() -> None:
    new = replace(OLD, figures={CELL: 15, OTHER: 1})
    assert compared(OLD, new, 1).figures == (Changed(CELL, 12, 15),)


def test_a_figure_that_came_or_went_was_or_is_blank() -> None:
    came = "appeals.reconsideration.total"
    new = replace(OLD, figures={OTHER: None, came: 2})
    changed = (Changed(OTHER, 1, None), Changed(came, None, 2), Changed(CELL, 12, None))
    assert compared(OLD, new, 1).figures == changed


def test_texts_that_differ_are_told_by_the_titles_of_their_sections() -> None:
    kept, before = Section(1, "总体情况", "照旧。"), Section(6, "其他需要报告的事项", "无。")
    old = replace(OLD, sections=(kept, before))
    new = replace(OLD, sections=(kept, replace(before, text="发出收费通知1件。")))
    assert compared(old, new, 1).texts == ("其他需要报告的事项",)


def test_a_cell_is_named_in_the_words_of_the_form_that_has_it() -> None:
    assert label(CELL, OLD) == "（七）总计 · 自然人"
    assert label(CELL, OLD, "en") == "3.7 Total · Natural persons"
    assert label("applications.3.6.total", OLD).endswith(" · 总计")
    assert label("applications.none.at_all", OLD) == "applications.none.at_all"
