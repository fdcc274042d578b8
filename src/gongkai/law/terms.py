"""The periods the law sets, as dated values: which one holds is picked by the day.

    term("D04", on=date(2026, 3, 2)).length      # 20 working days to answer
    term("D16", on=date(2026, 3, 2), variant="summary").length

This says how long a period is and from when it runs; when one ends in a given case is for the
case's clock to say.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Unit = Literal["working_days", "days", "months", "years", "date"]
"""`days` are calendar days; `date` is a fixed day of the year after the one reported on."""


class TermNotInForceError(LookupError):
    """The term is known, but no rule for it was in force on that day."""


@dataclass(frozen=True, slots=True)
class Term:
    """One period under one rule.

    `length` counts in `unit`; it is None where the law leaves it to the agency (then `suggested`
    says what is usual) and for a fixed date (then `month_day` holds it). `at_most` marks an upper
    limit, `extension` how much longer it may be made. `articles` of 政府信息公开条例 are bare
    numbers; other laws are named. `uncertain` asks for a check against the law, `note` says of
    what. The rule holds from `valid_from` until another entry of the same id and variant begins.
    """

    id: str
    matter: str
    matter_en: str
    start: str
    start_en: str
    unit: Unit
    consequence: str
    consequence_en: str
    articles: tuple[str, ...]
    valid_from: date
    variant: str = ""
    length: int | None = None
    suggested: int | None = None
    month_day: tuple[int, int] | None = None
    extension: int | None = None
    at_most: bool = False
    uncertain: bool = False
    note: str = ""

    def day_after(self, year: int) -> date:
        """The fixed day by which the report on `year` is due.

        It does not move when it falls on a rest day. Raises ValueError if the term is a length.
        """
        if self.month_day is None:
            raise ValueError(f"{self.id} is a length of time, not a fixed day")
        return date(year + 1, *self.month_day)


def term(id: str, *, on: date, variant: str = "") -> Term:  # noqa: A002 (the law's own word)
    """The rule for a term that is in force on that day.

    D16, D17 and D26 have variants, which must be named: "ordinary" and "summary" procedure,
    "judgment" and "ruling". Raises KeyError for an id or variant that does not exist and
    TermNotInForceError for a day before the first rule.
    """
    rules = [entry for entry in all_terms() if (entry.id, entry.variant) == (id, variant)]
    if not rules:
        variants = [entry.variant for entry in all_terms() if entry.id == id]
        hint = f"; its variants are {', '.join(dict.fromkeys(variants))}" if any(variants) else ""
        raise KeyError(f"no term {id!r} with variant {variant!r}{hint}")
    in_force = [rule for rule in rules if rule.valid_from <= on]
    if not in_force:
        raise TermNotInForceError(
            f"{id} ({rules[0].matter}) has a rule only from {rules[0].valid_from}, not on {on}"
        )
    return in_force[-1]


def terms(*, on: date) -> tuple[Term, ...]:
    """Every term in force on that day, by id, all variants."""
    latest = {(rule.id, rule.variant): rule for rule in all_terms() if rule.valid_from <= on}
    return tuple(latest.values())


@cache
def all_terms() -> tuple[Term, ...]:
    """Every rule there is or was, by id and variant, the oldest first."""
    text = (files("gongkai.law") / "data" / "terms.toml").read_text("utf-8")
    rules = [_term(entry) for entry in tomllib.loads(text)["terms"]]
    return tuple(sorted(rules, key=lambda rule: (rule.id, rule.variant, rule.valid_from)))


def _term(entry: dict[str, Any]) -> Term:
    fields = {**entry, "articles": tuple(entry["articles"])}
    if "month_day" in entry:
        month, day = entry["month_day"].split("-")
        fields["month_day"] = (int(month), int(day))
    return Term(**fields)
