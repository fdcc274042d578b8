"""`gongkai calendar`: working days from the command line."""

from __future__ import annotations

import json
import re
import unicodedata
from calendar import month_name
from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from pathlib import Path

import click

from gongkai.law.arrangements import Arrangement, ArrangementError, read_arrangement
from gongkai.law.calendar import CalendarRangeError, Day, WorkingCalendar, Year

EXAMPLES = """\b
Examples:
  gongkai calendar add 2026-02-13 20
  gongkai calendar between 2026-02-13 2026-03-19
  gongkai calendar show 2026 --format json
  gongkai calendar add 2026-04-13 20 --region 450000 --holidays local.toml
"""


class Date(click.ParamType[date]):
    """A day as people write it: 2026-02-13, 2026/2/13, 2026.2.13, 20260213, 2026年2月13日."""

    name = "date"
    pattern = re.compile(
        r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
        r"|(\d{4})年(\d{1,2})月(\d{1,2})日?"
        r"|(\d{4})(\d\d)(\d\d)",
        re.ASCII,
    )

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        match = self.pattern.fullmatch(unicodedata.normalize("NFKC", value).strip())
        parts = [int(part) for part in match.groups() if part] if match else []
        try:
            return date(*parts)
        except (TypeError, ValueError):
            self.fail(
                f"{value!r} is not a day of the calendar. "
                "Write year, month and day, for example 2026-02-13.",
                param,
                ctx,
            )


class Whole(click.ParamType[int]):
    """A whole number; the error shows one."""

    name = "integer"

    def __init__(self, example: int) -> None:
        self.example = example

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        try:
            return int(value)
        except ValueError:
            self.fail(f"{value!r} is not a whole number, for example {self.example}.", param, ctx)


DATE = Date()


@click.group(epilog=EXAMPLES)
def calendar() -> None:
    """Working days (工作日): add them, count them, show a year.

    A result that depends on a year whose notice is not out yet is followed by `provisional`.
    """


def _examples(*calls: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  gongkai calendar {call}" for call in calls)


def _placed(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that say whose calendar it asks."""
    region = click.option(
        "--region",
        metavar="CODE",
        help="Administrative division code (450000, or 45 for short) whose local holidays count.",
    )
    holidays = click.option(
        "--holidays",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        multiple=True,
        metavar="FILE.toml",
        help="Local holidays, inserted days or a newer notice; may be given more than once.",
    )
    return region(holidays(command))


@calendar.command(
    short_help="Print the N-th working day after DATE.",
    epilog=_examples(
        "add 2026-02-13 20", "add 2026-03-19 -20", "add 2026-02-13 20 --region 450000"
    ),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("day", type=DATE, metavar="DATE")
@click.argument("n", type=Whole(20))
@_placed
def add(day: date, n: int, region: str | None, holidays: tuple[Path, ...]) -> None:
    """Print the N-th working day after DATE, which is not counted itself.

    N = 0 is DATE or, on a rest day, the working day next after it; a negative N counts back.
    """
    working = _calendar(region, holidays)
    try:
        reached, provisional = working.add(day, n)
    except CalendarRangeError as error:
        raise click.UsageError(f"{error}.") from error
    click.echo(f"{reached}{' provisional' if provisional else ''}")


@calendar.command(
    short_help="Print how many working days lie between two dates.",
    epilog=_examples("between 2026-02-13 2026-03-19", "between 2026年2月13日 2026年3月19日"),
)
@click.argument("start", type=DATE)
@click.argument("end", type=DATE)
@_placed
def between(start: date, end: date, region: str | None, holidays: tuple[Path, ...]) -> None:
    """Print how many working days lie after START up to and including END."""
    working = _calendar(region, holidays)
    try:
        count = working.between(start, end)
        provisional = working.provisional(start, end)
    except CalendarRangeError as error:
        raise click.UsageError(f"{error}.") from error
    click.echo(f"{count}{' provisional' if provisional else ''}")


@calendar.command(
    short_help="Show a year: rest days, make-up days, totals, sources.",
    epilog=_examples("show 2026", "show 2026 --format json"),
)
@click.argument("year", type=Whole(2026))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@_placed
def show(year: int, form: str, region: str | None, holidays: tuple[Path, ...]) -> None:
    """Show the rest days, make-up days and totals of YEAR, and what they rest on."""
    working = _calendar(region, holidays)
    try:
        shown = working.show(year)
    except CalendarRangeError as error:
        raise click.UsageError(f"{error}.") from error
    click.echo(_as_json(shown) if form == "json" else _as_text(shown))


def _calendar(region: str | None, files: tuple[Path, ...]) -> WorkingCalendar:
    try:
        return WorkingCalendar(region, [_arrangement(path) for path in files])
    except ArrangementError as error:
        raise click.UsageError(f"{error}.") from error


def _arrangement(path: Path) -> Arrangement:
    try:
        return read_arrangement(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{path}: not UTF-8 text. Save it as UTF-8.") from error
    except ArrangementError as error:
        raise click.UsageError(f"{path}: {error}.") from error


def _as_json(year: Year) -> str:
    days = [
        {
            "date": day.date.isoformat(),
            "kind": day.kind,
            "name": day.name or None,
            "source": day.source or None,
        }
        for day in year.days
    ]
    document = {
        "year": year.year,
        "provisional": year.provisional,
        "workdays": year.workdays,
        "rest_days": len(year.days) - year.workdays,
        "sources": list(year.sources),
        "days": days,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _as_text(year: Year) -> str:
    rest = len(year.days) - year.workdays
    lines = [f"{year.year}   {year.workdays} working days, {rest} days of rest"]
    if year.provisional:
        lines.append("provisional: no notice of this year is held; statutory holidays as computed")
    lines += [f"source: {source}" for source in year.sources]
    for month, days in groupby(year.days, key=lambda day: day.date.month):
        lines += ["", *_month(month, list(days))]
    return "\n".join(lines)


def _month(month: int, days: list[Day]) -> list[str]:
    lines = [f"{month_name[month]}   {sum(day.works for day in days)} working days"]
    weekends = []
    for name, run in groupby(days, key=lambda day: None if day.works else day.name):
        if name:
            lines.append(f"  off      {_span(run)}  {name}")
        elif name is not None:
            weekends.append(_span(run))
    lines += [f"  works    {_span([day])}  {day.name}" for day in days if day.kind == "make_up"]
    return [*lines, f"  weekends {', '.join(weekends)}"]


def _span(run: Iterable[Day]) -> str:
    days = [day.date for day in run]
    if len(days) == 1:
        return f"{days[0]:%a} {days[0].day}"
    return f"{days[0]:%a} {days[0].day} – {days[-1]:%a} {days[-1].day}"
