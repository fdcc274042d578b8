"""What goes wrong outside the program is a sentence and exit 2, never a traceback."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.annual_report.figures import dumps
from gongkai.specimen import invent

GONGKAI = [sys.executable, "-c", "from gongkai.cli import main; main()"]
FULL = Path("/dev/full")


def run(home, *arguments, **more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.run(
        [*GONGKAI, *arguments],
        env={**clean, "GONGKAI_HOME": str(home)},
        text=True,
        check=False,
        timeout=120,
        **pipes,
    )


def assert_one_sentence(done):
    assert done.returncode == 2, done
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_output_that_cannot_be_written_is_a_sentence(tmp_path):
    report = tmp_path / "report.json"
    report.write_text(dumps(invent(5)), "utf-8")
    with FULL.open("w") as full:
        done = run(tmp_path, "report", "read", str(report), stdout=full)
    assert_one_sentence(done)
    assert "No space left on device" in done.stderr


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    script = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
    subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "GONGKAI_HOME": str(home),
            "GONGKAI_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
        },
        check=True,
        timeout=120,
    )
    return home


@pytest.mark.parametrize("command", ["verify", "head"])
@pytest.mark.parametrize("table", ["trail_head", "trail_entry", "annual_report_revision"])
def test_a_table_that_is_gone_is_a_sentence(installation, tmp_path, command, table):
    whole, home = sqlite3.connect(installation / "gongkai.sqlite3"), tmp_path
    broken = sqlite3.connect(home / "gongkai.sqlite3")
    whole.backup(broken)
    broken.execute(f"DROP TABLE {table}")
    broken.close()
    whole.close()
    done = run(home, "trail", command)
    if command == "head" and table != "trail_head":
        assert done.returncode == 0
    else:
        assert_one_sentence(done)


@pytest.mark.parametrize("command", [["trail", "verify"], ["trail", "head"], ["example", "load"]])
def test_a_file_that_is_no_database_is_a_sentence(tmp_path, command):
    (tmp_path / "gongkai.sqlite3").write_text("no database\n" * 100)
    assert_one_sentence(run(tmp_path, *command))


def test_serving_from_a_file_that_is_no_database_is_a_sentence(tmp_path):
    (tmp_path / "gongkai.sqlite3").write_text("no database\n" * 100)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = run(tmp_path, "serve", "--port", str(port))
    assert_one_sentence(done)
    assert "not a database" in done.stderr
