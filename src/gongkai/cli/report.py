"""`gongkai report`: read, check, write and compare annual reports, one or a folder of them."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from gongkai.annual_report.figures import Report, dumps, to_json
from gongkai.annual_report.write import FORMATS, UnknownFormatError
from gongkai.annual_report.write import write as written
from gongkai.cli.report_compile import compile_
from gongkai.cli.report_files import Opened, Variadic, expanded, opened, say

if TYPE_CHECKING:
    from gongkai.annual_report.check import Context

CANNOT_READ = 2
FAIL_ON = ("error", "review", "note")
"""The severities of findings, the gravest first; written out, so that --help waits for no rule."""
INTERRUPTED = 130  # as a shell says it of Ctrl-C

language = click.option(
    "--lang",
    "lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="GONGKAI_LANG",
    show_default=True,
    show_envvar=True,
    help="Language of messages.",
)
files = click.argument("files", nargs=-1, required=True, metavar="FILE...")


@click.group(
    epilog="""\b
Examples:
  gongkai report read report.html
  gongkai report check 2024.html --previous 2023.html
  gongkai report COMMAND --help        (options and more examples)"""
)
def report() -> None:
    """Read, check, write and compare annual reports (政府信息公开工作年度报告).

    FILE may be a web page, text or Markdown, Word, Excel, PDF or JSON; `-` reads standard input.
    """


report.add_command(compile_)


@report.command(
    "read",
    epilog="""\b
Examples:
  gongkai report read report.html
  gongkai report read --provenance report.pdf > report.json
  curl -s https://example.org/report.html | gongkai report read -
  gongkai report read 2022.html 2023.docx | jq .agency

\b
One FILE prints one JSON object. Several print JSON Lines: one object a line with "file" first,
and {"file": …, "error": {"reason": …, "message": …}} for a file that cannot be read.

\b
Exit 0: all were read. Exit 2: one or more could not be read.""",
)
@files
@click.option("--provenance", is_flag=True, help="Add where in the source each figure stood.")
@language
@click.pass_context
def read_(context: click.Context, files: tuple[str, ...], provenance: bool, lang: str) -> None:
    """Print what FILE says as JSON."""
    failed = False
    for name in files:
        source = opened(name, lang)
        failed |= source.report is None
        if source.report is None:
            say(source, lang)
        if len(files) > 1:
            click.echo(json.dumps(_line(source, provenance), ensure_ascii=False))
        elif source.report is not None:
            click.echo(dumps(source.report, provenance=provenance))
    if failed:
        context.exit(CANNOT_READ)


def _line(source: Opened, provenance: bool) -> dict[str, object]:
    if source.report is None:
        error = {"reason": source.reason, "message": source.message}
        return {"file": source.name, "error": error}
    return {"file": source.name, **to_json(source.report, provenance=provenance)}


@report.command(
    "check",
    cls=Variadic,
    epilog="""\b
Examples:
  gongkai report check report.html
  gongkai report check 2024.html --previous 2023.html
  gongkai report check county.html --children departments/*.html towns/*.html
  gongkai report check --fail-on error --format json *.html

\b
--children takes every file up to the next option; a folder stands for all files in it.
With --format json, one object: {"files": [{"file", "agency", "year", "form", "error",
"findings": [{"code", "severity", "message", "address", "label", "place", "quote",
"expected", "found", "terms", "mend", "fingerprint"}]}], "counts": {severity: number}}.

\b
Exit 0: nothing at or above --fail-on. Exit 1: something. Exit 2: a file could not be read.""",
)
@files
@click.option("--previous", metavar="FILE", help="The same agency's report of the year before.")
@click.option(
    "--children", multiple=True, metavar="FILE...", help="Reports the figures must add up to."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="review",
    show_default=True,
    help="The least severity that gives exit 1.",
)
@language
@click.pass_context
def check_(  # noqa: PLR0917 (click passes them by name)
    context: click.Context,
    files: tuple[str, ...],
    previous: str | None,
    children: tuple[str, ...],
    form: str,
    fail_on: str,
    lang: str,
) -> None:
    """Print what is wrong with FILE, and what a person has to look at."""
    from gongkai.annual_report.check import check as find  # noqa: PLC0415  --help waits for no rule
    from gongkai.cli.report_text import checked_as_json, checked_as_text  # noqa: PLC0415

    if len(files) > 1 and (previous or children):
        raise click.UsageError("--previous and --children go with one FILE. Check one at a time.")
    against, failed = _against(previous, children, lang)
    sources = [opened(name, lang) for name in files]
    results = [(s, find(s.report, against) if s.report else []) for s in sources]
    if form == "json":
        click.echo(json.dumps(checked_as_json(results, lang), ensure_ascii=False, indent=1))
    for source, findings in results:
        if source.report is None:
            failed = True
            say(source, lang)
        elif form == "text":
            click.echo(checked_as_text(source, source.report, findings, lang))
    severe = FAIL_ON[: FAIL_ON.index(fail_on) + 1]
    if failed:
        context.exit(CANNOT_READ)
    if any(finding.severity in severe for _, findings in results for finding in findings):
        context.exit(1)


def _against(previous: str | None, children: tuple[str, ...], lang: str) -> tuple[Context, bool]:
    """What the report is held against, and whether any of it could not be read."""
    from gongkai.annual_report.check import Context  # noqa: PLC0415

    before = opened(previous, lang) if previous else None
    below = [opened(name, lang) for name in expanded(children)]
    unread = [source for source in (before, *below) if source and source.report is None]
    for source in unread:
        say(source, lang)
    parts = tuple(source.report for source in below if source.report)
    missing = tuple(source.name for source in below if source.report is None)
    context = Context(
        previous=before.report if before else None,
        children=parts,
        # A part that could not be read is missing; its figures must not count as a mismatch.
        expected_children=(*(part.agency or "" for part in parts), *missing) if missing else (),
    )
    return context, bool(unread)


@report.command(
    "write",
    epilog="""\b
Examples:
  gongkai report write report.json -o report.html
  gongkai report write report.json -o report.docx -o report.pdf
  gongkai report read report.html | gongkai report write - -o report.xlsx

\b
Exit 0: written. Exit 2: could not be read or written; nothing half-done is left.""",
)
@click.argument("source", metavar="REPORT.json")
@click.option(
    "-o",
    "--out",
    "outs",
    multiple=True,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT",
    help=f"Where to; the ending chooses the format ({', '.join(FORMATS)}). May be repeated.",
)
@language
def write_(source: str, outs: tuple[Path, ...], lang: str) -> None:
    """Write a report in the statutory form. Any readable FILE will do in place of JSON."""
    read_in = opened(source, lang)
    if read_in.report is None:
        say(read_in, lang)
        _stop()
    ready = [(out, rendered(read_in.report, out, lang)) for out in outs]
    for out, content in ready:
        save(out, content)


def rendered(value: Report, out: Path, lang: str) -> bytes:
    """The report in the format that the ending of `out` names; a wrong one is a usage error."""
    try:
        return written(value, out.suffix, language=lang)
    except UnknownFormatError as error:
        raise click.UsageError(f"{out}: {error}.") from error
    except RuntimeError as error:  # no Chinese font for PDF: the message says which to install
        click.echo(str(error), err=True)
        _stop()


def save(out: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises OSError, which the command turns into a message."""
    try:
        handle, unfinished = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        error.filename = str(out)
        raise
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(unfinished).chmod(0o644)
        Path(unfinished).replace(out)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _stop() -> NoReturn:
    sys.exit(CANNOT_READ)


@report.command(
    "compare",
    epilog="""\b
Examples:
  gongkai report compare 2022.html 2023.docx 2024.pdf
  gongkai report compare reports/ -o comparison.xlsx
  gongkai report compare --format json *.html

\b
A folder stands for all files in it. The figure after a sign is the change from the year before.
The Excel file holds all measures, their changes and charts.

\b
Exit 0: compared. Exit 2: one or more could not be read (the others are compared).""",
)
@files
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.xlsx",
    help="Also write an Excel file.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@language
@click.pass_context
def compare_(
    context: click.Context, files: tuple[str, ...], out: Path | None, form: str, lang: str
) -> None:
    """Show reports side by side: agencies × years, main figures and how they changed."""
    from gongkai.annual_report.compare import compare  # noqa: PLC0415  only this command pays
    from gongkai.cli.report_table import as_json, show  # noqa: PLC0415

    if out and out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{out}: the comparison is written as Excel; name it OUT.xlsx.")
    sources = [opened(name, lang) for name in expanded(files)]
    for source in sources:
        if source.report is None:
            say(source, lang)
    result = compare((source.name, source.report) for source in sources if source.report)
    if not result.lines:
        _stop()
    if form == "json":
        click.echo(json.dumps(as_json(result), ensure_ascii=False, indent=1))
    else:
        show(result, lang)
    if out:
        from gongkai.annual_report.compare_workbook import workbook  # noqa: PLC0415

        save(out, workbook(result, lang))
    if any(source.report is None for source in sources):
        context.exit(CANNOT_READ)


@report.command(
    "corpus",
    epilog="""\b
Examples:
  gongkai report corpus reports/ -o reports.parquet
  gongkai report corpus reports/ -o reports.parquet --workers 4

\b
Each line of the table is one fact, told apart by its column "kind":
  report   a file that was read: file, sha256, agency, year, form
  cell     address, figure (exact text), value (decimal), how (read or solved), place
  finding  code, severity, address, place, message, quote, expected, found, fingerprint
  error    a file that could not be read: code is the reason, message what to do

\b
A run that was stopped goes on where it was when the same command is given again;
until then what is done lies in OUT.parquet.parts.

\b
Exit 0: done, even if some files are error lines. Exit 2: the folder or OUT cannot be used.
Exit 130: stopped by Ctrl-C.""",
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.parquet",
)
@click.option(
    "--workers", type=click.IntRange(1, 256), default=None, help="Processes; default all cores."
)
@language
def corpus_(folder: Path, out: Path, workers: int | None, lang: str) -> None:
    """Read and check every file below FOLDER into one Parquet table, on all cores."""
    from gongkai.annual_report.corpus import corpus  # noqa: PLC0415  loads Arrow
    from gongkai.cli.report_table import progress  # noqa: PLC0415

    try:
        with progress(lang) as advance:
            done = corpus(folder, out, language=lang, workers=workers, progress=advance)
    except KeyboardInterrupt:
        zh, en = (
            "已停止。再次执行同一命令，从这里继续。",
            "Stopped. The same command goes on from here.",
        )
        click.echo(zh if lang == "zh" else en, err=True)
        sys.exit(INTERRUPTED)
    words = (
        "{files} 个文件（{resumed} 个取自上次），{errors} 个无法读取，{lines} 行 → {out}"
        if lang == "zh"
        else "{files} files ({resumed} from an earlier run), {errors} errors, {lines} lines → {out}"
    )
    click.echo(
        words.format(
            files=done.files, resumed=done.resumed, errors=done.errors, lines=done.lines, out=out
        ),
        err=True,
    )
