"""`gongkai cases import` and `template`: a workbook to fill in, and the rows that are wrong."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from gongkai.casework.application.models import Case
from gongkai.cli.cases import cases

pytestmark = pytest.mark.django_db

HEAD = ("登记号", "受理机关", "申请人", "申请人类型", "申请方式", "收到日期", "申请内容")
GOOD = ("旧1", "青禾县财政局", "沈青禾", "自然人", "当面", "2024-03-04", "分配方案")
BAD = ("旧2", "青禾县财政局", "沈青禾", "自然人", "当面", "不详", "分配方案")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """An older ledger with a good row and a bad one."""
    path = tmp_path / "台账.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEAD, GOOD, BAD])
    return path


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(cases, [str(word) for word in arguments])


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_the_template_is_written_and_offers_the_agencies(county, tmp_path):
    path = tmp_path / "模板.xlsx"
    result = run("template", path)
    assert result.exit_code == 0, result.output
    assert rows(path)[0][0] == "登记号（必填）"
    lists = openpyxl.load_workbook(path).worksheets[2]
    assert {cell.value for cell in lists["A"]} >= {county.own.name, county.town.name}


def test_the_rows_left_out_are_written_after_a_trial(cast, ledger, tmp_path):
    path = tmp_path / "待改正.xlsx"
    result = run("import", ledger, "--as", "officer", "--dry-run", "--rejected", path)
    assert result.exit_code == 1, result.output
    head, bad = rows(path)
    assert (head[1:], bad[1:]) == (HEAD, BAD)
    assert "“不详”不是日期" in str(bad[0])
    assert not Case.objects.exists()


def test_the_rows_left_out_are_written_after_an_import(cast, ledger, tmp_path):
    path = tmp_path / "待改正.xlsx"
    run("import", ledger, "--as", "officer", "--lang", "en", "--rejected", path)
    assert [line[1] for line in rows(path)] == ["登记号", "旧2"]
    assert "is no date" in str(rows(path)[1][0])
    assert Case.objects.get().old_number == "旧1"


def test_nobody_else_may_read_the_rows(cast, ledger, tmp_path):
    path = tmp_path / "待改正.xlsx"
    run("import", ledger, "--as", "officer", "--dry-run", "--rejected", path)
    assert path.stat().st_mode & 0o077 == 0
