"""How often something public was visited, without a trace of by whom. Counted in each process."""

from __future__ import annotations

import threading
from collections import Counter

_counted: Counter[str] = Counter()
_lock = threading.Lock()


def note(name: str, number: int = 1) -> None:
    """Count a visit of `name`, or several."""
    with _lock:
        _counted[name] += number


def take() -> Counter[str]:
    """What was counted since the last time, which is thereby forgotten here."""
    with _lock:
        taken = _counted.copy()
        _counted.clear()
    return taken
