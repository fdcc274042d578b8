"""Single cells picked out of stored reports by the database, without loading the reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import F, FloatField, Func, QuerySet

from gongkai.annual_report.figures import Figure
from gongkai.annual_report.models import Revision
from gongkai.law.forms import Address, form


class Cell(Func):
    """The figure at an address inside `Revision.body`, as a number or NULL."""

    output_field = FloatField()

    def __init__(self, address: Address, **extra: Any) -> None:
        super().__init__(F("body"), **extra)
        self.keys = _keys(address)

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:  # noqa: ARG002
        column, params = compiler.compile(self.source_expressions[0])
        path = "$" + "".join(f'."{k}"' if isinstance(k, str) else f"[{k}]" for k in self.keys)
        return f"JSON_EXTRACT({column}, %s)", [*params, path]

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:  # noqa: ARG002
        column, params = compiler.compile(self.source_expressions[0])
        return f"({column} #>> %s)::double precision", [*params, [str(k) for k in self.keys]]


def _keys(address: Address) -> tuple[str | int, ...]:
    table, _, rest = address.partition(".")
    row, _, column = rest.rpartition(".")
    if table == "applications":
        return table, "rows", row, form("2021").column_codes.index(column)
    return table, row, column


def picked(
    revisions: QuerySet[Revision], addresses: Iterable[Address]
) -> Iterator[tuple[int, int, dict[Address, Figure]]]:
    """For each revision its agency's id, its year and its figures at the addresses. One query."""
    wanted = list(dict.fromkeys(addresses))
    names = [f"cell_{place}" for place in range(len(wanted))]
    cells = {name: Cell(address) for name, address in zip(names, wanted, strict=True)}
    rows = revisions.annotate(**cells).values_list("report__agency_id", "report__year", *names)
    for agency_id, year, *values in rows:
        yield agency_id, year, dict(zip(wanted, map(_figure, values), strict=True))


def _figure(value: float | None) -> Figure:
    if value is None:
        return None
    return int(value) if float(value).is_integer() else Decimal(repr(value))
