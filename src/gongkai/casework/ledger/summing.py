"""The figure of one cell of section three, without counting the others."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from gongkai.casework.ledger.models import Line, LineKind
from gongkai.casework.ledger.queries import RESULTS, TOTAL, Cell


def figure(cell: Cell) -> int:
    """What `queries.counts` says of the cell: lines less those that take one back.

    It reads the covering index alone, so that a cell of a million cases is summed at once.
    """
    if cell.open_at is None:
        kind = LineKind.RECEIVED if cell.row == "1" else LineKind.CLOSED
        return _net(_lines(cell).filter(year=cell.year, kind=kind))
    kinds = _lines(cell).filter(year__lte=cell.open_at).values_list("kind")
    nets = dict(kinds.annotate(net=Sum("sign")).order_by())
    return int(nets.get(LineKind.RECEIVED, 0)) - int(nets.get(LineKind.CLOSED, 0))


def _lines(cell: Cell) -> QuerySet[Line]:
    lines = Line.objects.filter(agency=cell.agency_id, recorded_on__lte=cell.as_of)
    if cell.column != TOTAL:
        lines = lines.filter(applicant_kind=cell.column)
    return lines.filter(row=cell.row) if cell.row in RESULTS else lines


def _net(lines: QuerySet[Line]) -> int:
    net: int = lines.aggregate(net=Sum("sign", default=0))["net"]
    return net
