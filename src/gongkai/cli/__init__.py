"""The `gongkai` command.

A subcommand's module is imported only when that subcommand runs, so that `gongkai --help`
and `gongkai calendar` never wait for Django or for the report readers.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NamedTuple

import click

from gongkai import __version__


class Lazy(NamedTuple):
    """Where a subcommand lives ("module:attribute") and its line in `gongkai --help`."""

    target: str
    summary: str


COMMANDS: dict[str, Lazy] = {
    "calendar": Lazy("gongkai.cli.calendar:calendar", "Working days: add, count, show a year."),
    "cases": Lazy(
        "gongkai.cli.cases:cases", "Applications: older ledgers, packages, retention, keys."
    ),
    "clock": Lazy("gongkai.cli.clock:clock", "When the answer to an application is due, and why."),
    "example": Lazy("gongkai.cli.example:example", "Make and load the example county."),
    "org": Lazy("gongkai.cli.org:org", "Agencies, units and people: import, export, add."),
    "publish": Lazy("gongkai.cli.publish:publish", "Import documents by the hundred."),
    "report": Lazy("gongkai.cli.report:report", "Read, check, write and compare annual reports."),
    "search": Lazy("gongkai.cli.search:search", "Make, verify and ask the search index."),
    "serve": Lazy("gongkai.cli.serve:serve", "Run the web site."),
    "trail": Lazy("gongkai.cli.trail:trail", "Verify the record of every action."),
    "work": Lazy("gongkai.cli.work:work", "Do the background work."),
}


class UnusableFileError(click.ClickException):
    """A file that cannot be read or written."""

    exit_code = 2


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are called, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = self.list_commands(ctx)
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].summary) for name in names])

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand; a file that cannot be read or written is a sentence and exit 2."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            _drop_output()
            what = error.filename or "Reading or writing failed"
            raise UnusableFileError(f"{what}: {error.strerror or error}.") from error


def _drop_output() -> None:
    """Let go of output that could not be written; Python would try, and fail, again at its end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  a descriptor is wanted
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  gongkai serve
  gongkai report check report.html
  gongkai calendar add 2026-02-13 20

`gongkai COMMAND --help` shows a command's options and examples.""",
)
@click.version_option(__version__, prog_name="gongkai")
def main() -> None:
    """Gongkai (公开): government information disclosure."""
