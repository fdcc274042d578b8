"""What other rooms have verified together with the trail.

The trail knows nothing of the rooms above it; each hands in, when the program starts, a check
that holds what it keeps against what the trail says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "altered", "missing", "unchained", "surplus", "head", "anchor", "unguarded", "object"
]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a line. `sequence` is None where it is not about a line."""

    kind: Kind
    sequence: int | None
    message: str

    def __str__(self) -> str:
        where = f"line {self.sequence}: " if self.sequence is not None else ""
        return f"{where}{self.message}"


Check = Callable[[], Iterator[Fault]]

_checks: list[Check] = []


def register(check: Check) -> None:
    """Have the check run by every verification; once, however often it is handed in."""
    if check not in _checks:
        _checks.append(check)


def found() -> Iterator[Fault]:
    """What the registered checks find, in the order they were handed in."""
    for check in _checks:
        yield from check()
