"""Index numbers and relations between documents. Plain values."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import date

USUAL_PATTERN = "{code}/{year}-{number:05}"
"""As the national platforms write it: agency, year, running number."""
PLACES = frozenset({"code", "credit_code", "year", "kind", "number"})


def index_number(
    pattern: str, *, code: str, credit_code: str, year: int, kind: str, number: int
) -> str:
    """The number the pattern gives. Raises ValueError for a pattern that is not `is_pattern`."""
    try:
        text = pattern.format(
            code=code, credit_code=credit_code or code, year=year, kind=kind, number=number
        )
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ValueError(f"not a pattern for index numbers: {pattern!r}") from error
    return text


def is_pattern(pattern: str) -> bool:
    """Whether the pattern holds the running number and the year, and nothing it should not."""
    try:
        parts = [
            (name, spec, conversion)
            for _, name, spec, conversion in string.Formatter().parse(pattern)
            if name is not None
        ]
        first = index_number(pattern, code="a", credit_code="b", year=2026, kind="c", number=1)
        second = index_number(pattern, code="a", credit_code="b", year=2026, kind="c", number=2)
        next_year = index_number(pattern, code="a", credit_code="b", year=2027, kind="c", number=1)
    except ValueError:
        return False
    plain = all(name in PLACES and conversion is None for name, _, conversion in parts)
    return plain and len({first, second, next_year}) == 3 and len(first) <= 80


def makes_circle(edges: Mapping[int, set[int]], source: int, target: int) -> bool:
    """Whether an edge from source to target would close a circle in `edges` (from → to)."""
    seen: set[int] = set()
    ahead = [target]
    while ahead:
        here = ahead.pop()
        if here == source:
            return True
        if here not in seen:
            seen.add(here)
            ahead.extend(edges.get(here, ()))
    return False


def takes_effect_before_made(since: date | None, formed_on: date | None) -> bool:
    """Whether a repeal or amendment would take effect before its target was even made."""
    return since is not None and formed_on is not None and since < formed_on
