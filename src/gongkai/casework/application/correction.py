"""The application as it came, and what corrects it (条例第三十条), in one text and apart."""

from __future__ import annotations

from typing import NamedTuple

MARK = "\n【补正】"
"""Stands between the application as it came and what corrects it."""


class Wanted(NamedTuple):
    """What was asked for at first, and each correction of it."""

    first: str
    corrections: tuple[str, ...]


def corrected_by(description: str, text: str) -> str:
    """The description with a correction below it."""
    return f"{description}{MARK}{text}"


def apart(description: str) -> Wanted:
    """What `corrected_by` put together."""
    first, *corrections = description.split(MARK)
    return Wanted(first, tuple(corrections))
