"""What the reader left open is told, with the readings that would be possible."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annual_report.check import check, rules
from gongkai.annual_report.check.unplaced import _TOLD
from gongkai.annual_report.figures import UNPLACED, Report, Unplaced
from tests.annual_report.check.builder import found, sound

ADDRESSES = ("proactive.penalties.decisions", "proactive.coercion.decisions")


def leaving(*items: Unplaced) -> Report:
    return replace(sound(), unplaced=items)


@pytest.mark.parametrize("code", UNPLACED)
def test_every_code_of_the_reader_becomes_a_finding(code: str) -> None:
    (finding,) = check(leaving(Unplaced(code, "line 8", "12 82", ADDRESSES)))
    assert finding.code == _TOLD[code][0]
    assert finding.code in rules()
    assert (finding.place, finding.quote) == ("line 8", "12 82")
    assert [t.address for t in finding.terms] == list(ADDRESSES)


def test_the_possible_readings_are_shown() -> None:
    item = Unplaced("glued", "line 8", "1282", ADDRESSES, ((1, 282), (12, 82), (128, 2)))
    (finding,) = found(leaving(item), "form.digits_ambiguous")
    assert "可能的读法：1 282；12 82；128 2" in finding.zh
    assert "Possible readings" in finding.en


def test_many_short_rows_of_one_table_are_one_finding() -> None:
    rows = [
        Unplaced("short_row", f"line {n}", "0 0 0", (f"applications.3.3.{n}.total",))
        for n in range(1, 9)
    ]
    (finding,) = found(leaving(*rows), "form.row_short")
    assert "共 8 处" in finding.zh
    assert len(finding.terms) == 8


def test_different_glued_rows_are_told_apart() -> None:
    items = [Unplaced("glued", f"line {n}", f"1{n}0", ADDRESSES) for n in (1, 2)]
    assert len(found(leaving(*items), "form.digits_ambiguous")) == 2


def test_glued_digits_that_no_sum_ties_are_a_note_and_others_a_review() -> None:
    loose = Unplaced("glued", "line 8", "1282", ADDRESSES, ((1, 282), (12, 82)))
    tied = Unplaced("glued", "line 9", "220000325", ("applications.1.total",), ((2,), (22,)))
    severities = {f.place: f.severity for f in found(leaving(loose, tied), "form.digits_ambiguous")}
    assert severities == {"line 8": "note", "line 9": "review"}
