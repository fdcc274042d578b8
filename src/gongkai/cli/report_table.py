"""Comparisons and progress in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from rich import progress as bars
from rich.console import Console
from rich.table import Table

from gongkai.annual_report.compare import MAIN, Compared, Comparison
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.measures import MEASURES

NARROW = 100
"""Columns a table is given where the output is no terminal."""


def show(comparison: Comparison, language: str) -> None:
    """The main measures of every report, with the change from the year before after a sign."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=NARROW + 8 * len(MAIN))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("机关" if language == "zh" else "Agency", overflow="fold")
    table.add_column("年份" if language == "zh" else "Year")
    for code in MAIN:
        table.add_column(MEASURES[code].label(language), justify="right")
    last = ""
    for line in comparison.lines:
        name = "" if line.agency == last else line.agency
        table.add_row(name, str(line.year or "?"), *(_cell(line, code) for code in MAIN))
        last = line.agency
    console.print(table)


def _cell(line: Compared, code: str) -> str:
    value = line.values[code]
    if value is None:
        return "–"
    change = line.changes.get(code)
    return f"{value:,}" + (f" {change:+,}" if change else "")


def as_json(comparison: Comparison) -> list[dict[str, Any]]:
    """Every report with all measures and their changes, figures as exact text or null."""
    return [
        {
            "agency": line.agency,
            "year": line.year,
            "values": {code: _exact(value) for code, value in line.values.items()},
            "changes": {code: _exact(value) for code, value in line.changes.items()},
        }
        for line in comparison.lines
    ]


def _exact(figure: Figure) -> str | None:
    return None if figure is None else f"{Decimal(figure):f}"


@contextmanager
def progress(language: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error with files done and time left; silent where it is no terminal."""
    console = Console(stderr=True)
    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        task = shown.add_task("读取" if language == "zh" else "reading", total=None)

        def advance(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)

        yield advance
