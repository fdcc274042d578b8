"""`gongkai publish import` on an installation of its own."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SET_UP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.org.actions import add_agency
from gongkai.org.models import Membership, User
agency = add_agency(code="x", name="某局", level="department")
for name, role in (("chen", "drafter"), ("admin", "administrator")):
    Membership.objects.create(
        user=User.objects.create(username=name, full_name=name), agency=agency, role=role
    )
"""
HEAD = ["发布机构", "名称", "文号", "成文日期", "发布日期", "正文"]
ROWS = [
    ["某局", "第一份", "某发〔2021〕1号", "2021-03-02", "2021-03-05", "正文一"],
    ["某局", "第二份", "某发〔2021〕2号", "2021-02-30", "2021-03-05", "正文二"],
]


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    environment = {
        **os.environ,
        "GONGKAI_HOME": str(tmp_path / "home"),
        "GONGKAI_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
    }
    subprocess.run([sys.executable, "-c", SET_UP], env=environment, check=True, timeout=120)
    return environment


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "文件.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *ROWS])
    return path


def gongkai(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from gongkai.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "publish", "import", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_an_import_is_tried_done_and_done_again(installation, table, tmp_path):
    tried = gongkai(installation, str(table), "--as", "chen", "--dry-run")
    assert tried.returncode == 1
    assert tried.stdout.startswith("共 2 行：可导入 1，以前已导入 0，有错 1。没有保存。")
    assert "第 3 行 成文日期: “2021-02-30”不是日期。" in tried.stdout

    bad = tmp_path / "bad.csv"
    done = gongkai(installation, str(table), "--as", "chen", "--json", "--bad-rows", str(bad))
    assert json.loads(done.stdout)["kept"] == 1
    assert bad.read_text("utf-8-sig").splitlines()[1].startswith("3,成文日期,bad_date,")

    again = gongkai(installation, str(table), "--as", "chen", "--lang", "en")
    assert again.stdout.startswith("2 rows: 0 imported, 1 in before, 1 left out.")

    migrated = gongkai(
        installation, str(table), "--as", "admin", "--as-published", "--mark", "旧站", "--json"
    )
    assert json.loads(migrated.stdout)["kept"] == 1


def test_who_or_what_is_missing_is_said(installation, table):
    nobody = gongkai(installation, str(table), "--as", "nobody")
    assert (nobody.returncode, "no active user" in nobody.stderr) == (2, True)
    unmarked = gongkai(installation, str(table), "--as", "admin", "--as-published")
    assert (unmarked.returncode, "go together" in unmarked.stderr) == (2, True)
