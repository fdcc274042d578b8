"""When the columns of a government site count as neglected (国办秘函〔2019〕19号), as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How old the newest thing of a column may be, and how many columns too old fail the site.

    `uncertain` marks figures the rule leaves open; `note` says which.
    """

    reference: str
    valid_from: date
    home_days: int
    news_days: int
    notices_months: int
    stale_columns: int
    neglected_days: int
    neglected_columns: int
    blank_columns: int
    uncertain: bool = False
    note: str = ""

    def oldest(self, column: str, on: date) -> date:
        """The first day that still counts as fresh on `on`: of the "home" page, or of a column of
        "news" or "notices". Raises KeyError for any other.
        """
        if column in {"home", "news"}:
            return on - timedelta(days=self.home_days if column == "home" else self.news_days)
        if column == "notices":
            return _months_before(on, self.notices_months)
        raise KeyError(column)


def thresholds(*, on: date) -> Thresholds:
    """The thresholds in force on that day; before the first rule, the first one."""
    rules = _rules()
    return max(
        (r for r in rules if r.valid_from <= on), key=lambda r: r.valid_from, default=rules[0]
    )


@cache
def _rules() -> tuple[Thresholds, ...]:
    text = (files("gongkai.law") / "data" / "columns.toml").read_text("utf-8")
    rules = (Thresholds(**entry) for entry in tomllib.loads(text)["thresholds"])
    return tuple(sorted(rules, key=lambda rule: rule.valid_from))


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day where it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    first = date(count // 12, count % 12 + 1, 1)
    following = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
