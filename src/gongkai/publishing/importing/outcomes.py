"""Outcomes as plain values, which a task can leave behind, and the rows to correct as a table."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from gongkai.publishing.importing.columns import COLUMNS
from gongkai.publishing.importing.problems import Problem
from gongkai.publishing.importing.running import Outcome
from gongkai.publishing.importing.sources import Source

ROW, WHAT_TO_DO = "行", "怎么改"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_plain(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON can hold it."""
    return {
        "total": outcome.total,
        "kept": outcome.kept,
        "before": outcome.before,
        "problems": [list(astuple(problem)) for problem in outcome.problems],
    }


def from_plain(values: Mapping[str, Any]) -> Outcome:
    """The outcome `as_plain` gave."""
    return Outcome(
        total=values["total"],
        kept=values["kept"],
        before=values["before"],
        problems=tuple(Problem(*parts) for parts in values["problems"]),
    )


def bad_rows(source: Source, outcome: Outcome, language: str) -> bytes:
    """What was left out, as it came, each row with what to do about it: CSV in UTF-8 with a mark.

    Corrected, the table can be imported as it is: the two columns of ours are not read.
    """
    said: defaultdict[int, list[str]] = defaultdict(list)
    for problem in outcome.problems:
        if problem.row and not problem.is_note:
            column = f"{problem.column}：" if problem.column else ""
            said[problem.row].append(f"{column}{problem.message(language)}")
    rows = [row for row in source.rows if row.number in said]
    used = [c for c in COLUMNS if c.needed or any(c.field in row.values for row in rows)]
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow([ROW, *(column.heading for column in used), WHAT_TO_DO])
    for row in rows:
        values = (_harmless(row.values.get(column.field, "")) for column in used)
        writer.writerow([row.number, *values, _harmless(" ".join(said[row.number]))])
    return stream.getvalue().encode("utf-8", "replace")


def _harmless(text: str) -> str:
    """A text that a table program would take for a formula is marked as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text
