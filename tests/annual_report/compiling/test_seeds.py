"""Real reports counted again: books that hold what they say compile to exactly their figures."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.figures import from_json
from tests.annual_report.compiling.books import keep
from tests.conftest import SHARED

SEEDS = sorted((SHARED / "seeds").glob("*.expected.json"))


@pytest.mark.reports
@pytest.mark.parametrize("file", SEEDS, ids=[file.name.partition("_")[0] for file in SEEDS])
def test_a_real_report_compiles_to_exactly_its_figures(
    county: SimpleNamespace, cast: SimpleNamespace, file: Path
) -> None:
    expected = from_json(json.loads(file.read_text("utf-8")))
    assert expected.year
    keep(county.own, cast.administrator, expected.year, expected.figures)
    as_of = date(expected.year + 1, 1, 20)
    bare = compile_report(county.own, expected.year, as_of)
    stated = {address: expected.figures[address] for address in bare.blank}
    assert not stated or expected.form == "2019"
    compiled = compile_report(county.own, expected.year, as_of, stated=stated)
    assert compiled.report.form == expected.form
    assert compiled.report.figures == expected.figures
