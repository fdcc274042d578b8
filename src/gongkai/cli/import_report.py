"""What an import says of its rows: a line for each problem, JSON, or CSV of what was left out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def line(problem: Any, language: str) -> str:
    """The place of the problem and what to do, in "zh" or "en"."""
    where = f"row {problem.row}" if language == "en" else f"第 {problem.row} 行"
    place = " ".join(filter(None, (where if problem.row else "", problem.column)))
    words = problem.message(language)
    return f"  {place}: {words}" if place else f"  {words}"


def as_json(outcome: Any, counted: Mapping[str, Any]) -> str:
    """What was `counted` and every problem, in both languages."""
    problems = [
        {
            "row": problem.row,
            "column": problem.column,
            "code": problem.code,
            "note": problem.is_note,
            "message": {"zh": problem.message("zh"), "en": problem.message("en")},
        }
        for problem in outcome.problems
    ]
    return json.dumps({**counted, "problems": problems}, ensure_ascii=False, indent=1)


def write_bad_rows(path: Path, outcome: Any) -> None:
    """The rows that were left out, and why, for a spreadsheet."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["行", "列", "代码", "说明", "explanation"])
        for problem in outcome.problems:
            if not problem.is_note:
                words = (problem.message("zh"), problem.message("en"))
                writer.writerow([problem.row, problem.column, problem.code, *words])


def moving(bar: Any) -> Callable[[int, int], None]:
    """What tells the bar how far the import is."""

    def move(done: int, total: int) -> None:
        bar.length = max(total, 1)
        bar.pos = done
        bar.update(0)

    return move
