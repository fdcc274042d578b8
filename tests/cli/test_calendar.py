"""`gongkai calendar` as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from gongkai.cli import main

LOCAL = """
reference = "an invented notice"
region = "450000"
[[holidays]]
name = "a local festival"
start = 2026-03-16
end = 2026-03-17
"""


def run(*arguments: str):
    return CliRunner().invoke(main, ["calendar", *arguments])


@pytest.fixture
def local(tmp_path):
    path = tmp_path / "local.toml"
    path.write_text(LOCAL, "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["add", "2026-02-13", "20"], "2026-03-19"),
        (["add", "2026-12-20", "20"], "2027-01-18 provisional"),
        (["add", "2026-02-15", "0"], "2026-02-24"),
        (["add", "2026-03-19", "-20"], "2026-02-13"),
        (["between", "2026-02-13", "2026-03-19"], "20"),
        (["between", "2026-03-19", "2026-02-13"], "-20"),
        (["between", "2026-12-30", "2027-01-04"], "2 provisional"),
    ],
)
def test_the_answer_is_one_line(arguments, line):
    result = run(*arguments)
    assert (result.exit_code, result.output) == (0, line + "\n")


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-13",
        "2026-2-13",
        "2026/2/13",
        "2026.02.13",
        "20260213",
        "2026年2月13日",
        "２０２６－０２－１３",
    ],
)
def test_a_date_may_be_written_as_people_write_it(day):
    assert run("add", day, "20").output == "2026-03-19\n"


@pytest.mark.parametrize(
    "day", ["2026-02-30", "13-02-2026", "tomorrow", "", "2026-13-01", "2026年13日", "0000-00-00"]
)
def test_what_is_no_date_is_a_sentence_and_exit_2(day):
    result = run("add", day, "20")
    assert result.exit_code == 2
    assert "is not a day of the calendar" in result.output
    assert "for example 2026-02-13" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "2026-02-13", "many"], "'many' is not a whole number, for example 20"),
        (["add", "2026-02-13", "20", "--regoin"], "unexpected extra argument"),
        (["add", "2026-02-13", "999999999"], "outside the calendar, which runs from 1996 to 2099"),
        (["add", "1911-10-10", "1"], "1911-10-10 is outside the calendar"),
        (["between", "2026-02-13", "2100-01-01"], "2100-01-01 is outside the calendar"),
        (["show", "1911"], "1911 is outside the calendar"),
        (["show", "MMXXVI"], "'MMXXVI' is not a whole number"),
        (["show", "2026", "--region", "GX"], "'GX' is not an administrative division code"),
        (["show", "2026", "--holidays", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_bad_input_is_a_sentence_and_exit_2(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


class TestLocalHolidays:
    def test_they_count_in_their_region(self, local):
        result = run("add", "2026-02-13", "20", "--region", "450103", "--holidays", local)
        assert result.output == "2026-03-23\n"

    def test_and_nowhere_else(self, local):
        result = run("add", "2026-02-13", "20", "--region", "440000", "--holidays", local)
        assert result.output == "2026-03-19\n"

    @pytest.mark.parametrize(
        ("content", "message"),
        [(b"region = ", "local.toml: not TOML"), (b"\xff\xfe", "not UTF-8 text")],
    )
    def test_a_file_that_cannot_be_read_is_named(self, tmp_path, content, message):
        path = tmp_path / "local.toml"
        path.write_bytes(content)
        result = run("show", "2026", "--holidays", str(path))
        assert result.exit_code == 2
        assert message in result.output


class TestShow:
    def test_a_year_in_words(self):
        lines = run("show", "2026").output.splitlines()
        assert lines[0] == "2026   248 working days, 117 days of rest"
        assert lines[1] == "source: 国办发明电〔2025〕7号"
        february = lines[lines.index("February   16 working days") :][:5]
        assert february == [
            "February   16 working days",
            "  off      Sun 15 – Mon 23  春节",
            "  works    Sat 14  春节",
            "  works    Sat 28  春节",
            "  weekends Sun 1, Sat 7 – Sun 8",
        ]

    def test_a_provisional_year_says_so(self):
        lines = run("show", "2027").output.splitlines()
        assert lines[1].startswith("provisional: no notice of this year is held")

    def test_a_local_holiday_has_its_source(self, local):
        output = run("show", "2026", "--region", "45", "--holidays", local).output
        assert "source: an invented notice" in output
        assert "  off      Mon 16 – Tue 17  a local festival" in output

    def test_a_year_as_json(self):
        year = json.loads(run("show", "2026", "--format", "json").output)
        assert (year["year"], year["provisional"]) == (2026, False)
        assert (year["workdays"], year["rest_days"]) == (248, 117)
        assert year["sources"] == ["国办发明电〔2025〕7号"]
        assert len(year["days"]) == 365
        assert year["days"][0] == {
            "date": "2026-01-01",
            "kind": "holiday",
            "name": "元旦",
            "source": "国办发明电〔2025〕7号",
        }


def test_it_runs_without_django():
    probe = (
        "import sys\n"
        "from gongkai.cli import main\n"
        "main(['calendar', 'add', '2026-02-13', '20'], standalone_mode=False)\n"
        "assert 'django' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", probe], check=False, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "2026-03-19\n"), run.stderr
