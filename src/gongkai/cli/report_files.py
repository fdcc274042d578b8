"""Files named on the command line: opened, read, and their failures turned into sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.annual_report.figures import Report

if TYPE_CHECKING:
    from gongkai.annual_report.read import UnreadableReportError

LARGEST = 20 * 1024 * 1024
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file and the report in it, or why there is none and what to do."""

    name: str
    report: Report | None
    reason: str = ""
    message: str = ""


def opened(name: str, language: str) -> Opened:
    """The report in a file; `-` is standard input. Never raises for what is in the file."""
    from gongkai.annual_report.read import UnreadableReportError, read  # noqa: PLC0415  --help waits for no reader

    try:
        data = _bytes(name)
    except OSError as error:
        return Opened(name, None, "not_opened", _closed(error, language))
    if len(data) > LARGEST:
        return _refused(name, UnreadableReportError("too_large", name), language)
    try:
        return Opened(name, read(data, "" if name == STDIN else Path(name).name))
    except UnreadableReportError as error:
        return _refused(name, error, language)


def _closed(error: OSError, language: str) -> str:
    """Why a file could not be opened, and what to do."""
    zh, en = {
        FileNotFoundError: (
            "没有这个文件。请检查文件名。",
            "There is no such file. Check its name.",
        ),
        IsADirectoryError: ("这是文件夹。请给出文件。", "This is a folder. Name the files in it."),
        PermissionError: (
            "没有读取权限。请检查权限。",
            "It may not be read. Check its permissions.",
        ),
    }.get(
        type(error),
        (f"打不开（{error.strerror}）。", f"It cannot be opened ({error.strerror})."),
    )
    return zh if language == "zh" else en


def _bytes(name: str) -> bytes:
    """The content, but no more of it than shows that it is too large."""
    if name == STDIN:
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(name).open("rb") as file:
        return file.read(LARGEST + 1)


def _refused(name: str, error: UnreadableReportError, language: str) -> Opened:
    return Opened(name, None, error.reason, error.message(language))


def expanded(names: Iterable[str]) -> list[str]:
    """The names with every folder replaced by the files in it, in order of name."""
    files: list[str] = []
    for name in names:
        if name != STDIN and Path(name).is_dir():
            inside = sorted(p for p in Path(name).iterdir() if p.is_file())
            files += [str(path) for path in inside if not path.name.startswith(".")]
        else:
            files.append(name)
    return files


class Variadic(click.Command):
    """A command whose options declared `multiple` take all values up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        greedy = {
            name
            for option in self.params
            if isinstance(option, click.Option) and option.multiple
            for name in option.opts
        }
        return super().parse_args(ctx, _repeated(args, greedy))


def _repeated(args: Iterable[str], greedy: set[str]) -> list[str]:
    """`--children a b` written out as `--children a --children b`."""
    written: list[str] = []
    current = ""
    fresh = False
    for arg in args:
        if arg.startswith("-") and arg != STDIN:
            current, fresh = (arg, True) if arg in greedy else ("", False)
            written.append(arg)
        elif current and not fresh:
            written += [current, arg]
        else:
            written.append(arg)
            fresh = False
    return written


def say(source: Opened, language: str) -> None:
    """Why a file could not be read, on standard error."""
    sign = "：" if language == "zh" else ": "
    click.echo(f"{source.name}{sign}{source.message}", err=True)
