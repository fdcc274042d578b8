"""How often something public was visited, without a trace of by whom. Counted in each process."""

from __future__ import annotations

from collections import Counter, deque

_noted: deque[tuple[str, int]] = deque()
"""Appending is one step for all threads; a lock would be what those of a hot page wait for."""


def note(name: str, number: int = 1) -> None:
    """Count a visit of `name`, or several."""
    _noted.append((name, number))


def take() -> Counter[str]:
    """What was counted since the last time, which is thereby forgotten here."""
    taken: Counter[str] = Counter()
    for _ in range(len(_noted)):
        name, number = _noted.popleft()
        taken[name] += number
    return taken
