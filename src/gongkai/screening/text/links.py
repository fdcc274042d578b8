"""Addresses in a text: all of them for the link checker, and those that cannot be right."""

from __future__ import annotations

from typing import NamedTuple


class Link(NamedTuple):
    """An address and where it stands in the plain text."""

    address: str
    start: int
    end: int
