"""`gongkai report`: what it prints, what it exits with, and that it never shows a traceback."""

import errno
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from gongkai.annual_report.figures import dumps, loads
from gongkai.cli import main
from gongkai.specimen import LAYOUTS, invent, plant


@pytest.fixture
def gongkai(tmp_path, monkeypatch):
    """Runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_LANG", raising=False)

    def run(*args, stdin=None):
        result = CliRunner().invoke(main, ["report", *map(str, args)], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


@pytest.fixture
def file(tmp_path):
    """Writes a report in a layout and gives the file's name."""

    def write(report, layout="html", name=None):
        name = name or f"{report.year}-{layout}.{LAYOUTS[layout].suffix}"
        (tmp_path / name).write_bytes(LAYOUTS[layout](report)[1])
        return name

    return write


FIRST = invent(21, year=2022, size="large")
SECOND = invent(22, previous=FIRST, size="large")
WRONG, _ = plant(SECOND, "row_total", 1)


class TestRead:
    def test_one_file_prints_one_report(self, gongkai, file):
        result = gongkai("read", file(FIRST))
        assert result.exit_code == 0
        assert loads(result.stdout).figures == FIRST.figures

    def test_provenance_says_where_each_figure_stood(self, gongkai, file):
        read = json.loads(gongkai("read", "--provenance", file(FIRST)).stdout)
        assert read["provenance"]["applications.1.total"]["place"]
        assert "provenance" not in json.loads(gongkai("read", file(FIRST)).stdout)

    def test_several_files_print_a_line_each_and_failures_stop_none(self, gongkai, file):
        result = gongkai("read", file(FIRST), "absent.html", file(SECOND, "docx"))
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        assert result.exit_code == 2
        assert [line["file"] for line in lines] == [
            "2022-html.html",
            "absent.html",
            "2023-docx.docx",
        ]
        assert lines[1]["error"]["reason"] == "not_opened"
        assert [line.get("year") for line in lines] == [2022, None, 2023]
        assert "absent.html" in result.stderr

    def test_a_dash_reads_standard_input(self, gongkai):
        result = gongkai("read", "-", stdin=LAYOUTS["lines_gb18030"](FIRST)[1])
        assert loads(result.stdout).agency == FIRST.agency

    @pytest.mark.parametrize(
        ("content", "word"),
        [(b"", "空"), (b"\x00\x01\x02" * 99, "不是"), ("开会通知".encode() * 99, "没有找到")],
    )
    def test_what_is_no_report_is_named_with_what_to_do(self, gongkai, tmp_path, content, word):
        (tmp_path / "bad").write_bytes(content)
        result = gongkai("read", "bad")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert word in result.stderr

    def test_a_folder_is_not_a_file(self, gongkai, tmp_path):
        (tmp_path / "folder").mkdir()
        result = gongkai("read", "folder")
        assert result.exit_code == 2
        assert "文件夹" in result.stderr

    def test_a_huge_file_is_refused(self, gongkai, tmp_path):
        with (tmp_path / "huge.html").open("wb") as huge:
            huge.truncate(21 * 1024 * 1024)
        result = gongkai("read", "huge.html")
        assert result.exit_code == 2
        assert "20 MB" in result.stderr


class TestCheck:
    def test_a_sound_report_exits_0(self, gongkai, file):
        result = gongkai("check", file(FIRST))
        assert result.exit_code == 0
        assert "没有发现问题" in result.stdout

    def test_a_finding_has_severity_code_place_and_mend(self, gongkai, file):
        result = gongkai("check", file(WRONG))
        assert result.exit_code == 1
        assert "错误 sum.row" in result.stdout
        assert "总计" in result.stdout
        assert "个表格，第" in result.stdout
        assert "改正其一即成立" in result.stdout

    def test_of_two_statements_that_disagree_neither_is_called_right(self, gongkai, file):
        report, _ = plant(FIRST, "text_handled", 1)
        output = gongkai("check", file(report)).stdout
        assert "narrative.mismatch" in output
        assert "表中" in output
        assert "应为" not in output

    def test_nothing_but_the_report_itself_is_chinese_in_english(self, gongkai, file):
        report, _ = plant(FIRST, "blank_cells", 1)
        output = gongkai("check", "--lang", "en", file(report)).stdout.replace(report.agency, "")
        assert "blank cells" in output
        assert not re.search("[一-龥]", output)

    def test_a_table_is_named_as_the_form_names_it(self, gongkai):
        half = replace(FIRST, figures={a: f for a, f in FIRST.figures.items() if "app" not in a})
        output = gongkai("check", "-", stdin=dumps(half)).stdout
        assert "form.table_missing  第四部分复议诉讼表" in output

    def test_english_is_an_option_or_a_setting(self, gongkai, file, monkeypatch):
        assert "error sum.row" in gongkai("check", "--lang", "en", file(WRONG)).stdout
        monkeypatch.setenv("GONGKAI_LANG", "en")
        assert "error sum.row" in gongkai("check", file(WRONG)).stdout

    @pytest.mark.parametrize(
        ("defect", "threshold", "expected"),
        [
            ("row_total", "error", 1),
            ("text_handled", "error", 0),
            ("text_handled", "review", 1),
            ("long_overview", "review", 0),
            ("long_overview", "note", 1),
        ],
    )
    def test_fail_on_sets_the_least_severity(self, gongkai, file, defect, threshold, expected):
        report, _ = plant(FIRST, defect, 1)
        assert gongkai("check", "--fail-on", threshold, file(report)).exit_code == expected

    def test_last_year_is_held_against_this_year(self, gongkai, file):
        report, _ = plant(SECOND, "carried_over", 1, previous=FIRST)
        result = gongkai("check", file(report), "--previous", file(FIRST, "docx"))
        assert "year.carried" in result.stdout
        assert result.exit_code == 1

    def test_children_take_every_file_up_to_the_next_option(self, gongkai, file):
        child = replace(FIRST, agency="青禾县双桥镇人民政府", title="", preface="")
        args = (
            file(FIRST),
            "--children",
            file(child, "lines"),
            file(child, "xlsx"),
            "--lang",
            "en",
        )
        result = gongkai("check", *args)
        assert "is not the sum of 2 reports" in result.stdout
        assert result.exit_code == 1

    def test_a_folder_of_children_stands_for_its_files(self, gongkai, file, tmp_path):
        (tmp_path / "children").mkdir()
        file(FIRST, "html", "children/a.html")
        assert gongkai("check", file(FIRST), "--children", "children").exit_code == 0

    def test_a_child_that_cannot_be_read_is_missing_and_no_mismatch(self, gongkai, file):
        child = replace(FIRST, agency="青禾县双桥镇人民政府", title="", preface="")
        args = (file(FIRST), "--children", file(child, "docx"), "absent.html")
        result = gongkai("check", *args)
        assert result.exit_code == 2
        assert "rollup.missing" in result.stdout
        assert "absent.html" in result.stdout
        assert "rollup.sum" not in result.stdout

    def test_json_has_fixed_keys(self, gongkai, file):
        result = gongkai("check", "--format", "json", file(WRONG), "absent.html")
        data = json.loads(result.stdout)
        assert list(data) == ["files", "counts"]
        assert data["counts"]["error"] >= 1
        wrong, absent = data["files"]
        assert absent["error"]["reason"] == "not_opened"
        finding = next(f for f in wrong["findings"] if f["code"] == "sum.row")
        assert finding["label"].endswith("总计")
        assert finding["terms"]
        assert finding["mend"]
        assert len(finding["fingerprint"]) == 16

    def test_a_file_that_cannot_be_read_exits_2_and_stops_none(self, gongkai, file):
        result = gongkai("check", "absent.html", file(FIRST))
        assert result.exit_code == 2
        assert FIRST.agency in result.stdout

    def test_one_previous_report_is_not_held_against_several(self, gongkai, file):
        result = gongkai("check", file(FIRST), file(SECOND), "--previous", file(FIRST))
        assert result.exit_code == 2
        assert "one FILE" in result.stderr


class TestWrite:
    @pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf", "json"])
    def test_what_is_written_reads_back(self, gongkai, tmp_path, suffix):
        (tmp_path / "report.json").write_text(dumps(FIRST), "utf-8")
        assert gongkai("write", "report.json", "-o", f"out.{suffix}").exit_code == 0
        read = loads(gongkai("read", f"out.{suffix}").stdout)
        assert (read.agency, read.figures) == (FIRST.agency, FIRST.figures)

    def test_several_formats_at_once_from_standard_input(self, gongkai, tmp_path):
        result = gongkai("write", "-", "-o", "a.html", "-o", "b.xlsx", stdin=dumps(FIRST))
        assert result.exit_code == 0
        assert (tmp_path / "a.html").stat().st_size > 1000
        assert (tmp_path / "b.xlsx").stat().st_size > 1000

    def test_an_unknown_format_is_named(self, gongkai, tmp_path):
        (tmp_path / "report.json").write_text(dumps(FIRST), "utf-8")
        result = gongkai("write", "report.json", "-o", "out.odt")
        assert result.exit_code == 2
        assert "docx" in result.stderr
        assert not (tmp_path / "out.odt").exists()

    def test_with_one_unknown_format_nothing_is_written(self, gongkai, tmp_path):
        (tmp_path / "report.json").write_text(dumps(FIRST), "utf-8")
        result = gongkai("write", "report.json", "-o", "out.html", "-o", "out.odt")
        assert result.exit_code == 2
        assert not (tmp_path / "out.html").exists()

    def test_a_folder_that_is_not_there_is_a_sentence(self, gongkai, tmp_path):
        (tmp_path / "report.json").write_text(dumps(FIRST), "utf-8")
        result = gongkai("write", "report.json", "-o", "absent/out.html")
        assert result.exit_code == 2
        assert "absent/out.html: No such file" in result.stderr

    def test_a_disk_that_fails_leaves_nothing_half_done(self, gongkai, tmp_path, monkeypatch):
        def full(_self, _target):
            raise OSError(errno.ENOSPC, "No space left on device", "out.html")

        (tmp_path / "report.json").write_text(dumps(FIRST), "utf-8")
        monkeypatch.setattr(Path, "replace", full)
        result = gongkai("write", "report.json", "-o", "out.html")
        assert result.exit_code == 2
        assert "out.html: No space left on device" in result.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["report.json"]

    def test_json_that_is_no_report_is_named(self, gongkai, tmp_path):
        (tmp_path / "report.json").write_text('{"year": "twenty"}', "utf-8")
        assert gongkai("write", "report.json", "-o", "out.html").exit_code == 2


class TestCompare:
    def test_agencies_and_years_with_differences(self, gongkai, file):
        result = gongkai("compare", file(FIRST), file(SECOND, "docx"))
        assert result.exit_code == 0
        change = SECOND.figures["applications.1.total"] - FIRST.figures["applications.1.total"]
        assert f"{change:+,}" in result.stdout
        assert result.stdout.count(FIRST.agency) == 1

    def test_excel(self, gongkai, file, tmp_path):
        assert gongkai("compare", file(FIRST), "-o", "out.xlsx").exit_code == 0
        assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")

    def test_json_keeps_figures_exact(self, gongkai, file):
        (line,) = json.loads(gongkai("compare", "--format", "json", file(FIRST)).stdout)
        assert line["values"]["received"] == str(FIRST.figures["applications.1.total"])

    def test_other_formats_are_refused_before_anything_is_read(self, gongkai, file):
        assert gongkai("compare", file(FIRST), "-o", "out.csv").exit_code == 2

    def test_a_broken_file_is_left_out_and_named(self, gongkai, file):
        result = gongkai("compare", file(FIRST), "absent.html")
        assert result.exit_code == 2
        assert FIRST.agency in result.stdout
        assert "absent.html" in result.stderr


class TestCorpus:
    def test_ctrl_c_says_how_to_go_on(self, gongkai, tmp_path, monkeypatch):
        def stopped(*_args, **_options):
            raise KeyboardInterrupt

        monkeypatch.setattr("gongkai.annual_report.corpus.corpus", stopped)
        result = gongkai("corpus", str(tmp_path), "-o", "out.parquet")
        assert result.exit_code == 130
        assert "再次执行同一命令" in result.stderr

    def test_a_folder_becomes_a_table(self, gongkai, file, tmp_path):
        (tmp_path / "in").mkdir()
        file(FIRST, "html", "in/a.html")
        file(SECOND, "docx", "in/b.docx")
        (tmp_path / "in" / "c.pdf").write_bytes(b"%PDF-1.7 cut")
        result = gongkai("corpus", "in", "-o", "out.parquet", "--workers", "1")
        assert result.exit_code == 0
        assert "3 个文件" in result.stderr
        kinds = pq.read_table("out.parquet")["kind"].to_pylist()
        assert (kinds.count("report"), kinds.count("error")) == (2, 1)

    def test_a_folder_that_is_not_there_is_a_sentence(self, gongkai):
        result = gongkai("corpus", "absent", "-o", "out.parquet")
        assert result.exit_code == 2
        assert "absent" in result.stderr


@pytest.mark.parametrize("command", ["read", "check", "write", "compare", "corpus"])
def test_help_shows_examples_and_exit_codes(gongkai, command):
    text = gongkai(command, "--help").stdout
    assert f"gongkai report {command}" in text
    assert "Examples:" in text
    assert "Exit 0" in text


def test_a_reader_that_goes_away_is_no_error(file, tmp_path):
    names = [file(FIRST, "html", f"{n}.html") for n in range(30)]
    program = "from gongkai.cli import main; main()"
    command = [sys.executable, "-c", program, "report", "read", *names]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
