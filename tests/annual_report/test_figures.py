"""The report as JSON: exact both ways, and nothing taken in that no report holds."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import Any

import pytest

from gongkai.annual_report.figures import (
    LONGEST_TEXT,
    Report,
    ReportFormatError,
    dumps,
    from_json,
    loads,
    to_json,
)
from gongkai.specimen import invent


def written(**changes: Any) -> dict[str, Any]:
    return {**to_json(invent(3, version="2021", year=2023)), **changes}


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_what_is_written_is_read_back_exactly(version: str) -> None:
    report = invent(7, version=version, year=2020)
    assert loads(dumps(report, provenance=True)) == report


def test_the_applications_table_is_rows_of_seven_under_their_columns() -> None:
    table = written()["applications"]
    assert table["columns"][0] == "natural_person"
    assert list(table["rows"])[:3] == ["1", "2", "3.1"]
    assert all(len(row) == 7 for row in table["rows"].values())


def test_blank_is_null_and_zero_is_zero() -> None:
    report = Report(form="2021", figures={"proactive.licensing.decisions": None})
    assert to_json(report)["proactive"] == {"licensing": {"decisions": None}}
    assert to_json(report)["appeals"] is None


def test_decimals_keep_their_six_places() -> None:
    fees = "proactive.fees.amount_wan"
    report = Report(form="2021", figures={fees: Decimal("24252.311082")})
    assert loads(dumps(report)).figures[fees] == Decimal("24252.311082")


@pytest.mark.parametrize("number", ["1e1000000", "1e-1000000", "1" * 400, "NaN", "Infinity"])
def test_a_number_without_end_is_refused_at_once(number: str) -> None:
    started = time.process_time()
    with pytest.raises(ReportFormatError):
        loads('{"form": "2021", "proactive": {"fees": {"amount_wan": ' + number + "}}}")
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"appeals": {"q": {"r.s": 1}}}, "appeals.q.r.s"),
        ({"proactive": {"fees": {"surcharge": 1}}}, "proactive.fees.surcharge"),
        ({"form": "2035"}, "form"),
        ({"year": "2023"}, "year"),
        ({"title": "\ud800"}, "half a character"),
        ({"title": "题" * 501}, "characters"),
        ({"preface": "全年收到申请5件。" * (LONGEST_TEXT // 5)}, "characters"),
    ],
)
def test_what_no_report_holds_is_refused_by_name(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(ReportFormatError, match=named):
        from_json(written(**changes))


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(ReportFormatError, match="not JSON"):
        loads("{")
    with pytest.raises(ReportFormatError, match="object"):
        loads(json.dumps([1]))
