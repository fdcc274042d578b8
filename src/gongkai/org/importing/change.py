"""One thing a file would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gongkai.org.importing.entries import Value

Verb = Literal["create", "change", "leave"]
Subject = Literal["agency", "unit", "person", "post"]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of an agency (key: code), a unit (agency, code), a person (user name) or a
    post (user name, agency, role).

    `values` are the fields to be set; `before` is what they are now, "" for what is added.
    """

    kind: Subject
    verb: Verb
    sheet: str
    row: int
    key: tuple[str, ...]
    label: str
    values: Mapping[str, Value] = field(default_factory=dict)
    before: Mapping[str, Value] = field(default_factory=dict)
