"""What is looked for in a list, from an address and back, and what all lists do with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import F, Model, QuerySet

from gongkai.org import queries as org
from gongkai.org.models import Agency

Row = TypeVar("Row", bound=Model)


def address(named: Mapping[str, str]) -> str:
    """The address from "?" on; what is empty stands for the usual and is left out."""
    return "?" + urlencode({name: value for name, value in named.items() if value})


def storable(text: str) -> str:
    """The text without what no database takes."""
    return text.replace("\0", "")


def ordered(
    rows: QuerySet[Row], order: str, orders: Mapping[str, tuple[str, ...]]
) -> QuerySet[Row]:
    """The rows in one of the orders, or from its end if "-" stands before; blanks come last."""
    first, *rest = orders[order.removeprefix("-")]
    down = order.startswith("-")
    head = F(first).desc(nulls_last=True) if down else F(first).asc(nulls_last=True)
    return rows.order_by(head, *rest)


def below(code: str, *, alone: bool = False) -> QuerySet[Agency]:
    """The agency of that code and, unless `alone`, all under it; none if there is no such
    agency."""
    if alone:
        return Agency.objects.filter(code=code)
    top = org.agency(code)
    return org.under(top) if top else Agency.objects.none()


def figure(text: str, known: Collection[str]) -> str:
    """A figure and its year as the page of figures writes them, "received-2026"; else ""."""
    name, _, year = text.partition("-")
    number = len(year) == 4 and year.isascii() and year.isdecimal() and 2000 <= int(year) < 2100
    return text if name in known and number else ""
