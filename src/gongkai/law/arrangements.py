"""Arrangements of days off: the State Council's yearly notice, local holidays, inserted days.

All have one form, a TOML file:

    reference = "…"             # the document that says so
    published = 2026-03-02      # optional
    year = 2027                 # only the State Council's notice that settles a whole year
    region = "450000"           # only local holidays: 6-digit code; those below inherit them

    [[holidays]]
    name = "…"
    start = 2026-03-05          # the days off, end included; without `end` a single day
    end = 2026-03-06
    workdays = [2026-03-07]     # days worked in exchange (调休上班)
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

LONGEST_HOLIDAY = 366


class ArrangementError(ValueError):
    """The text is not an arrangement of days off; the message names the key and what to write."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off under one name, and the days worked in exchange."""

    name: str
    days: tuple[date, ...]
    workdays: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One document. `year` is set for the notice that settles a whole year, for all the country.

    `region` is a prefix of administrative division codes, "" for the whole country.
    """

    reference: str
    published: date | None
    year: int | None
    region: str
    holidays: tuple[Holiday, ...]


def region_prefix(code: str) -> str:
    """What the codes of a division and of all divisions in it begin with.

    "450000" → "45", "450100" → "4501", "450103" → "450103"; nine- and twelve-digit codes of
    townships and villages likewise. Raises ArrangementError for anything else.
    """
    if not re.fullmatch(r"[1-9]\d(\d\d){0,2}|[1-9]\d{8}|[1-9]\d{11}", code, re.ASCII):
        raise ArrangementError(
            f"region: {code!r} is not an administrative division code; "
            "write its six digits, for example 450000"
        )
    parts = [code[0:2], code[2:4], code[4:6], code[6:9], code[9:12]]
    while len(parts) > 1 and not parts[-1].strip("0"):
        parts.pop()
    return "".join(parts)


def read_arrangement(text: str) -> Arrangement:
    """The arrangement a TOML text holds. Raises ArrangementError."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ArrangementError(f"not TOML: {error}") from error
    unknown = data.keys() - {"reference", "published", "year", "region", "holidays"}
    if unknown:
        raise ArrangementError(f"{min(unknown)}: there is no such key")
    year, region = data.get("year"), data.get("region")
    if year is not None and (type(year) is not int or region is not None):
        raise ArrangementError("year: write a number, and only for the whole country (no region)")
    if region is not None and not isinstance(region, str):
        raise ArrangementError('region: write the code in quotation marks, for example "450000"')
    holidays = data.get("holidays")
    if not isinstance(holidays, list) or not holidays:
        raise ArrangementError("holidays: write at least one [[holidays]] with a name and a start")
    arrangement = Arrangement(
        reference=_text(data, "reference", "reference"),
        published=_date(data["published"], "published") if "published" in data else None,
        year=year,
        region=region_prefix(region) if region is not None else "",
        holidays=tuple(_holiday(entry, number) for number, entry in enumerate(holidays, 1)),
    )
    _refuse_both(arrangement)
    return arrangement


def _holiday(entry: Any, number: int) -> Holiday:
    place = f"holidays {number}"
    if not isinstance(entry, dict):
        raise ArrangementError(f"{place}: write it as a table with a name and a start")
    unknown = entry.keys() - {"name", "start", "end", "workdays"}
    if unknown:
        raise ArrangementError(f"{place}, {min(unknown)}: there is no such key")
    workdays = entry.get("workdays", [])
    if not isinstance(workdays, list):
        raise ArrangementError(f"{place}, workdays: write a list of dates")
    if "start" not in entry and not workdays:
        raise ArrangementError(f"{place}: write a start, or workdays")
    return Holiday(
        _text(entry, "name", f"{place}, name"),
        tuple(_days(entry, place)) if "start" in entry else (),
        tuple(_date(day, f"{place}, workdays") for day in workdays),
    )


def _days(entry: dict[str, Any], place: str) -> Iterator[date]:
    start = _date(entry["start"], f"{place}, start")
    end = _date(entry.get("end", start), f"{place}, end")
    length = (end - start).days + 1
    if not 1 <= length <= LONGEST_HOLIDAY:
        raise ArrangementError(f"{place}, end: {end} must be in the year after the start {start}")
    return (start + timedelta(days=n) for n in range(length))


def _date(value: Any, place: str) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ArrangementError(
            f"{place}: {value!r} is not a date; write it without quotation marks, as 2026-02-13"
        )
    return value


def _text(data: dict[str, Any], key: str, place: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise ArrangementError(f"{place}: write a text in quotation marks")
    return value


def _refuse_both(arrangement: Arrangement) -> None:
    off = {day for holiday in arrangement.holidays for day in holiday.days}
    on = {day for holiday in arrangement.holidays for day in holiday.workdays}
    if off & on:
        raise ArrangementError(f"{min(off & on)} is named both as a day off and as a working day")


@cache
def notices() -> tuple[Arrangement, ...]:
    """The State Council notices that come with the system, by year."""
    folder = files("gongkai.law") / "data" / "calendar" / "notices"
    texts = [path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".toml")]
    return tuple(sorted(map(read_arrangement, texts), key=lambda notice: notice.year or 0))


notices()
