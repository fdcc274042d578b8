"""A folder of reports becomes one table; broken files are lines; a killed run goes on."""

import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gongkai.annual_report import corpus as module
from gongkai.annual_report.corpus import SCHEMA, corpus
from gongkai.specimen import LAYOUTS, invent, plant


@pytest.fixture
def folder(tmp_path):
    """Four sound reports in four layouts, one with a wrong total, and three broken files."""
    folder = tmp_path / "reports"
    (folder / "towns").mkdir(parents=True)
    for seed, name in enumerate(("html", "lines", "markdown", "xlsx")):
        (folder / f"{name}.{LAYOUTS[name].suffix}").write_bytes(LAYOUTS[name](invent(seed))[1])
    wrong, _ = plant(invent(9, size="medium"), "row_total", 1)
    (folder / "towns" / "wrong.html").write_bytes(LAYOUTS["html"](wrong)[1])
    (folder / "empty.txt").write_bytes(b"")
    (folder / "letter.txt").write_text("各位同事：明天上午开会。" * 20, "utf-8")
    (folder / "cut.docx").write_bytes(LAYOUTS["docx"](invent(1))[1][:5000])
    (folder / ".hidden").write_bytes(b"x")
    return folder


@pytest.fixture
def run(folder, tmp_path):
    def run(**options):
        out = tmp_path / "out.parquet"
        summary = corpus(folder, out, workers=1, **options)
        return summary, pq.read_table(out).to_pylist()

    return run


def deadly_part(*_):
    """Stands in for a chunk with a file that takes its process down."""
    os._exit(1)


def deadly_lines(folder, entry, language):
    if entry.path.startswith("lines"):
        os._exit(1)
    return module.lines_of(folder, entry, language)


def of_kind(lines, kind):
    return [line for line in lines if line["kind"] == kind]


def test_every_file_is_there_and_broken_ones_say_why(run):
    summary, lines = run()
    assert summary.files == 8
    assert summary.errors == 3
    assert summary.lines == len(lines)
    assert {line["file"] for line in of_kind(lines, "report")} == {
        "html.html",
        "lines.txt",
        "markdown.md",
        "xlsx.xlsx",
        "towns/wrong.html",
    }
    reasons = {line["file"]: line["code"] for line in of_kind(lines, "error")}
    assert reasons["empty.txt"] == "empty"
    assert reasons["letter.txt"] == "not_a_report"
    assert set(reasons) == {"empty.txt", "letter.txt", "cut.docx"}


def test_every_cell_is_a_line_with_its_exact_figure(run):
    _, lines = run()
    report = invent(2)
    cells = {
        line["address"]: line for line in of_kind(lines, "cell") if line["file"] == "markdown.md"
    }
    assert {a: Decimal(line["figure"]) for a, line in cells.items()} == report.figures
    assert all(line["value"] == Decimal(line["figure"]) for line in cells.values())
    assert {line["how"] for line in cells.values()} == {"read"}
    assert all(line["agency"] == report.agency for line in cells.values())


def test_findings_are_lines(run):
    _, lines = run()
    found = [line for line in of_kind(lines, "finding") if line["file"] == "towns/wrong.html"]
    assert "sum.row" in {line["code"] for line in found}
    assert all(line["message"] and line["severity"] for line in found)


def test_the_table_has_the_documented_schema(run, tmp_path):
    run()
    assert pq.read_schema(tmp_path / "out.parquet").names == SCHEMA.names


def test_lines_are_in_order_of_path(run):
    _, lines = run()
    files = list(dict.fromkeys(line["file"] for line in lines))
    assert files == sorted(files)


def test_a_killed_run_goes_on_where_it_stopped(run, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(module._chunks, "__defaults__", (3,))
    _, whole = run()

    class KilledError(Exception):
        pass

    def killed(done, total):
        if 0 < done < total:
            raise KilledError

    with pytest.raises(KilledError):
        run(progress=killed)
    parts = tmp_path / "out.parquet.parts"
    assert 0 < len(list(parts.glob("*.parquet"))) <= 3
    summary, lines = run()
    assert summary.resumed >= 3
    assert lines == whole
    assert not parts.exists()


def test_workers_end_when_the_run_is_killed(folder, tmp_path):
    program = "import sys; from gongkai.cli import main; main(sys.argv[1:])"
    out = tmp_path / "out.parquet"
    content = (folder / "html.html").read_bytes()
    for number in range(400):
        (folder / f"{number}.html").write_bytes(content)
    command = [sys.executable, "-c", program, "report", "corpus", folder, "-o", out]
    with subprocess.Popen([*map(str, command), "--workers", "1"]) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        started = waited_for(lambda: len(children.read_text().split()) >= 2)
        workers = [Path("/proc", pid) for pid in children.read_text().split()]
        process.kill()
    assert started
    assert waited_for(lambda: not any(map(alive, workers)))


def waited_for(condition, seconds=30):
    """Whether the condition came true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def alive(process):
    try:
        return process.joinpath("stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_changed_file_is_read_again(run, folder):
    _, before = run()
    changed = folder / "html.html"
    changed.write_bytes(LAYOUTS["html"](invent(77))[1])
    os.utime(changed, ns=(1, 1))
    _, after = run()
    titles = [
        {line["agency"] for line in lines if line["file"] == "html.html"}
        for lines in (before, after)
    ]
    assert titles[0] != titles[1]


def test_a_file_over_the_limit_is_not_opened(run, folder):
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(21 * 1024 * 1024)
    _, lines = run()
    (line,) = (line for line in lines if line["file"] == "huge.txt")
    assert (line["kind"], line["code"]) == ("error", "too_large")


def test_a_fault_of_the_reader_costs_one_file(folder, monkeypatch):
    def fault(data, name):
        raise ZeroDivisionError("of the reader")

    monkeypatch.setattr(module, "read", fault)
    (line,) = module.lines_of(str(folder), module.Entry("html.html", 10, 0), "en")
    assert (line["kind"], line["code"]) == ("error", "internal")
    assert "ZeroDivisionError" in line["message"]


def test_a_file_that_kills_its_process_costs_one_file(run, monkeypatch):
    monkeypatch.setattr(module, "_write_part", deadly_part)
    monkeypatch.setattr(module, "lines_of", deadly_lines)
    summary, lines = run()
    crashed = [line["file"] for line in of_kind(lines, "error") if line["code"] == "crashed"]
    assert crashed == ["lines.txt"]
    assert summary.files == 8
    assert len(of_kind(lines, "report")) == 4


def test_an_empty_folder_gives_an_empty_table(tmp_path):
    (tmp_path / "none").mkdir()
    summary = corpus(tmp_path / "none", tmp_path / "out.parquet")
    assert summary.lines == 0
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0
