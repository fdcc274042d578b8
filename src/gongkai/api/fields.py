"""Types of what comes in: as strict as the OpenAPI document says they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from gongkai.publishing.document.models import Validity

LARGEST = 2**63 - 1
"""Of a key: what a database column holds."""
MOST = 100
"""Of what one page of a list holds."""
ITEM = r"^[0-9]{1,3}(\.[0-9]{1,3}){0,3}$"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
DIGITS = re.compile(r"[0-9]{1,19}", re.ASCII)


def _between(low: int, high: int) -> Callable[[Any], int]:
    """Reads a number written in digits, as it stands in an address."""

    def read(value: Any) -> int:
        if isinstance(value, str) and DIGITS.fullmatch(value):
            value = int(value)
        if not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"not a whole number from {low} to {high}")
        return value

    return read


def _whole(low: int, high: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": low, "maximum": high})


def _number(value: Any) -> Any:
    if isinstance(value, bool | str):
        raise ValueError("not a whole number")
    return value


def _day(value: Any) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("not a day like 2026-03-02")
    return date.fromisoformat(value)


def _item(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(ITEM, value, re.ASCII):
        raise ValueError("not an item like 20.1")
    return value


def _validity(value: Any) -> str:
    if value not in Validity.values:
        raise ValueError(f"none of {', '.join(Validity.values)}")
    return str(value)


Key = Annotated[int, BeforeValidator(_between(1, LARGEST)), _whole(1, LARGEST)]
"""The number of something, in an address."""
Place = Annotated[int, BeforeValidator(_between(0, LARGEST)), _whole(0, LARGEST)]
"""Where a list goes on; 0 is its beginning."""
Year = Annotated[int, BeforeValidator(_between(1, 9999)), _whole(1, 9999)]
Limit = Annotated[int, BeforeValidator(_between(1, MOST)), _whole(1, MOST)]
Number = Annotated[int, Field(ge=1, le=LARGEST), BeforeValidator(_number)]
"""A whole number in JSON."""
Code = Annotated[str, Field(max_length=40)]
"""Of an agency."""

# What may be left out. Read as one type each: of a union every part would tell its own mistake.

AnyYear = Annotated[int | None, BeforeValidator(_between(1, 9999)), _whole(1, 9999)]
AnyDay = Annotated[
    date | None, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})
]
"""A day in an address."""
DayOrNull = Annotated[
    date | None,
    BeforeValidator(_day),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}),
]
"""A day in JSON."""
AnyItem = Annotated[
    str | None, BeforeValidator(_item), WithJsonSchema({"type": "string", "pattern": ITEM})
]
"""Of articles 20 and 21; one with all below it."""
AnyValidity = Annotated[
    str | None,
    BeforeValidator(_validity),
    WithJsonSchema({"type": "string", "enum": Validity.values}),
]
