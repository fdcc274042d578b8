"""The office of `own` with what waits there for each."""

from __future__ import annotations

from tests.desk.cases.conftest import (
    application,
    colleague,
    head,
    legality,
    liaison,
    office,
    officer,
    received,
    secrecy,
    signatory,
    stranger,
    supervisor,
    today,
)

__all__ = [
    "application",
    "colleague",
    "head",
    "legality",
    "liaison",
    "office",
    "officer",
    "received",
    "secrecy",
    "signatory",
    "stranger",
    "supervisor",
    "today",
]
