"""Rules that hold from a day: of those with one code, the latest that had begun by then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class NotInForceError(LookupError):
    """The code is known, but no rule for it was in force on that day."""


class Rule(Protocol):
    """Whatever has a code and a day from which it holds."""

    @property
    def code(self) -> str: ...
    @property
    def valid_from(self) -> date: ...


R = TypeVar("R", bound=Rule)


def rule_in_force(rules: Iterable[R], code: str, *, on: date) -> R:
    """The rule with that code that is in force on that day.

    Raises KeyError for a code that does not exist and NotInForceError for a day before the first
    rule.
    """
    rules = tuple(rules)
    own = [rule for rule in rules if rule.code == code]
    if not own:
        codes = ", ".join(dict.fromkeys(rule.code for rule in rules))
        raise KeyError(f"no {code!r}; there are {codes}")
    begun = [rule for rule in own if rule.valid_from <= on]
    if not begun:
        first = min(rule.valid_from for rule in own)
        raise NotInForceError(f"{code} has a rule only from {first}, not on {on}")
    return max(begun, key=lambda rule: rule.valid_from)


def rules_in_force(rules: Iterable[R], *, on: date) -> tuple[R, ...]:
    """Of every code the rule in force on that day, in the order of the data."""
    rules = tuple(rules)
    begun = dict.fromkeys(rule.code for rule in rules if rule.valid_from <= on)
    return tuple(rule_in_force(rules, code, on=on) for code in begun)
