"""`gongkai report compile` counts from the books and shows what stands behind a cell."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from gongkai.annual_report.read import read
from gongkai.cli import main
from tests.annual_report.compiling.books import tallies
from tests.casework.ledger.books import closed, received, write

NOTHING = dict.fromkeys(
    (
        "proactive.licensing.decisions",
        "proactive.penalties.decisions",
        "proactive.coercion.decisions",
        "proactive.fees.amount_wan",
    ),
    0,
)


def run(*arguments):
    return CliRunner().invoke(main, ["report", "compile", *arguments])


@pytest.fixture
def kept(county, cast):
    """A year of `own`: two applications, one of them answered, nothing else."""
    tallies(county.own, cast.officer, 2025, NOTHING)
    write(
        county.own,
        [
            received(1, date(2025, 3, 2)),
            closed(1, date(2025, 3, 20), recorded_on=date(2026, 1, 9)),
            received(2, date(2025, 3, 3)),
        ],
    )


def test_it_prints_the_report_as_json(kept):
    done = run("qh-cz", "2025", "--as-of", "2026-01-20")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["applications"]["rows"]["3.1"] == [1, 0, 0, 0, 0, 0, 1]
    assert said["title"] == "青禾县财政局2025年政府信息公开工作年度报告"


def test_the_books_are_read_as_they_stood_on_the_day(kept):
    said = json.loads(run("qh-cz", "2025", "--as-of", "2026-01-08").stdout)
    assert said["applications"]["rows"]["4"][-1] == 2


def test_it_writes_files_that_are_read_back(kept, tmp_path):
    out = tmp_path / "report.xlsx"
    assert run("qh-cz", "2025", "--as-of", "2026-01-20", "-o", str(out)).exit_code == 0
    assert read(out.read_bytes(), out.name).figures["applications.1.total"] == 2


def test_the_cases_behind_a_cell_are_printed_a_line_each(kept):
    done = run("qh-cz", "2025", "--as-of", "2026-01-20", "--drill", "applications.3.1.total")
    [line] = done.stdout.splitlines()
    assert json.loads(line) == {"case": "qh-cz〔2025〕1号", "on": "2025-03-20", "row": "3.1"}


def test_the_tallies_behind_a_cell_are_printed_by_month(kept):
    done = run("qh-cz", "2025", "--drill", "proactive.licensing.decisions")
    assert len(done.stdout.splitlines()) == 12


def test_blank_cells_are_exit_1_and_named(county):
    done = run("qh-cz", "2025")
    assert done.exit_code == 1
    assert "proactive.licensing.decisions" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody", "2025"], "no agency"),
        (["qh-cz", "2018"], "no form before 2019"),
        (["qh-cz", "2025", "--drill", "applications.9.total"], "no cell"),
    ],
)
def test_what_cannot_be_compiled_is_exit_2_with_the_reason(county, arguments, words):
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr
