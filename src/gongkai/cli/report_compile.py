"""`gongkai report compile`: a report counted from the books of this installation."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.annual_report.figures import dumps
from gongkai.cli import site

if TYPE_CHECKING:  # known only once Django is set up
    from gongkai.annual_report.compile import Compiled, Source

PAGE = 500


@click.command(
    "compile",
    epilog="""\b
Examples:
  gongkai report compile qh-cz 2025
  gongkai report compile qh-cz 2025 --as-of 2026-01-20 -o report.html -o report.xlsx
  gongkai report compile qh 2025 --subtree
  gongkai report compile qh-cz 2025 --drill applications.3.1.total

\b
AGENCY is the code of an agency (see `gongkai org`). --drill prints the records behind one cell,
one JSON object a line: cases by number and day, documents, monthly tallies, appeals by key.
Nothing that names a person is printed.

\b
Exit 0: compiled. Exit 1: compiled, and cells are blank. Exit 2: it cannot be compiled.""",
)
@click.argument("agency", metavar="AGENCY")
@click.argument("year", type=int, metavar="YEAR")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Read the books as they stood on that day; today by default.",
)
@click.option("--subtree", is_flag=True, help="With all agencies below that report to it.")
@click.option(
    "-o",
    "--out",
    "outs",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT",
    help="Write the report; the ending chooses the format. May be repeated.",
)
@click.option("--drill", metavar="ADDRESS", help="Print what a cell counts instead of the report.")
@click.pass_context
def compile_(
    context: click.Context,
    agency: str,
    year: int,
    *,
    as_of: datetime | None,
    subtree: bool,
    outs: tuple[Path, ...],
    drill: str | None,
) -> None:
    """Count the report of AGENCY for YEAR from ledger, register, tallies and appeals."""
    compiled = _compiled(agency, year, as_of, subtree=subtree)
    if drill is not None:
        _print_records(compiled, drill)
        return
    from gongkai.cli.report import rendered, save  # noqa: PLC0415  it registers this command

    ready = [(out, rendered(compiled.report, out, "zh")) for out in outs]
    for out, content in ready:
        save(out, content)
    if not outs:
        click.echo(dumps(compiled.report))
    if compiled.blank:
        click.echo(f"Blank, as nothing was reported: {', '.join(compiled.blank)}", err=True)
        context.exit(1)


def _compiled(code: str, year: int, as_of: datetime | None, *, subtree: bool) -> Compiled:
    site.set_up()
    site.require_database()
    from django.utils import timezone  # noqa: PLC0415  needs Django set up

    from gongkai.annual_report.compile import (  # noqa: PLC0415  needs Django set up
        CannotCompileError,
        compile_report,
    )
    from gongkai.org import queries as org  # noqa: PLC0415  needs Django set up

    placed = org.agency(code)
    if placed is None:
        raise site.Unfit(f"There is no agency with the code {code}.")
    day = as_of.date() if as_of else timezone.localdate()
    try:
        return compile_report(placed, year, day, subtree=subtree)
    except CannotCompileError as error:
        raise site.Unfit(str(error)) from error


def _print_records(compiled: Compiled, address: str) -> None:
    source = compiled.records.get(address)
    if source is None:
        raise click.UsageError(f"The form has no cell {address}.")
    _print_cases(source)
    for record in source.documents:
        _line(title=record.document.title, number=record.document.document_number, on=record.day)
    for tally in source.tallies:
        _line(month=f"{tally.year}-{tally.month:02}", amount=tally.amount)
    for key in source.appeals:
        _line(appeal=key)


def _print_cases(source: Source) -> None:
    from gongkai.casework.ledger.drilling import page  # noqa: PLC0415  needs Django set up

    for cell in source.cells:
        after = ""
        while True:
            part = page(cell, after=after, size=PAGE)
            for entry in part.entries:
                _line(case=entry.number, on=entry.on, row=entry.row)
            after = part.after
            if not after:
                break


def _line(**said: object) -> None:
    click.echo(json.dumps(said, ensure_ascii=False, default=str))
