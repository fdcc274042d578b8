"""`gongkai --help` is instant: nothing heavy is imported to list the commands."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

import click
import pytest
from click.testing import CliRunner

from gongkai.annual_report.check import SEVERITIES
from gongkai.cli import COMMANDS, main
from gongkai.cli.report import FAIL_ON

HELP = "from gongkai.cli import main; main()"


def seconds(command: str) -> float:
    """Until the command has explained itself; on a busy machine, those the processor was at it."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    call = [sys.executable, "-c", HELP, *command.split(), "--help"]
    subprocess.run(call, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return min(time.perf_counter() - start, busy)


@pytest.mark.parametrize("command", ["", *COMMANDS, "report check", "calendar add"])
def test_help_answers_in_under_300_milliseconds(command):
    # The machine may be busy: the command is as fast as its fastest run.
    fastest = seconds(command)
    for _ in range(9):
        if fastest < 0.3:
            break
        fastest = min(fastest, seconds(command))
    assert fastest < 0.3


def test_help_imports_no_subcommand_and_no_django():
    probe = (
        "import sys\n"
        "from gongkai.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print(*sys.modules, sep='\\n')"
    )
    run = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True)
    imported = set(run.stdout.splitlines())
    assert "gongkai.cli" in imported
    assert not {name for name in imported if name.partition(".")[0] == "django"}
    assert not {name for name in imported if name.startswith(("gongkai.cli.", "gongkai.law"))}


def test_help_lists_every_command_with_its_summary():
    output = CliRunner().invoke(main, ["--help"]).output
    for name, command in COMMANDS.items():
        assert f"{name} " in output
        assert command.summary in output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_exists(name):
    with click.Context(main) as context:
        assert isinstance(main.get_command(context, name), click.Command)


def test_an_unknown_command_is_a_sentence_and_exit_2():
    result = CliRunner().invoke(main, ["calender"])
    assert result.exit_code == 2
    assert "No such command 'calender'" in result.output
    assert "Traceback" not in result.output


def test_a_file_that_cannot_be_opened_is_a_sentence_and_exit_2(monkeypatch):
    @click.command()
    def unreadable() -> None:
        raise PermissionError(13, "Permission denied", "locked.toml")

    monkeypatch.setattr(main, "get_command", lambda *_: unreadable)
    result = CliRunner().invoke(main, ["unreadable"])
    assert result.exit_code == 2
    assert result.output == "Error: locked.toml: Permission denied.\n"


def test_version():
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.output.startswith("gongkai, version ")


def test_the_severities_offered_are_those_of_the_rules():
    assert FAIL_ON == SEVERITIES


def test_help_on_checking_waits_for_no_rule():
    code = (
        "import sys; import gongkai.cli.report; print('gongkai.annual_report.check' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
