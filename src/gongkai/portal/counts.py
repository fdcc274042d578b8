"""How many documents there are of each kind: told by the search index, which counts quickly.

The index follows the database a moment later. A page that shows a count made before the index had
caught up is true for that moment only, and says so to whoever would keep it (`settled`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Max, QuerySet

from gongkai.law.kinds import registered
from gongkai.org.models import Agency
from gongkai.publishing.document.models import Validity
from gongkai.publishing.publication.models import Publication, PublicState
from gongkai.publishing.register.queries import REGISTERS
from gongkai.publishing.search import queries as search
from gongkai.publishing.search.engine import engine
from gongkai.publishing.search.pull import newest


@dataclass(frozen=True, slots=True)
class Counted:
    """`total` documents, and how many of them by agency (with all below), year, item and kind.

    None where it cannot be told quickly: a page then shows no number.
    """

    total: int | None
    settled: bool
    by: Mapping[str, Mapping[str, int]] | None = field(default_factory=dict)

    def of(self, name: str, value: object) -> int | None:
        """How many with that value."""
        return None if self.by is None else self.by.get(name, {}).get(str(value), 0)


UNKNOWN = Counted(None, settled=False, by=None)
MOST_ROWS = 20_000
"""Publications up to which the database counts in the place of an index that is not there."""


def in_force() -> Counted:
    """How many regulations and normative documents are in force, amended ones among them."""
    kinds = [kind for register in REGISTERS for kind in registered(register)]
    found = [counted(kind=kind) for kind in kinds]
    if any(one.by is None for one in found):
        return UNKNOWN
    counting = (Validity.IN_FORCE, Validity.AMENDED)
    total = sum(one.of("validity", validity.value) or 0 for one in found for validity in counting)
    return Counted(total, all(one.settled for one in found))


def counted(
    agency: Agency | None = None, *, below: bool = True, year: int | None = None, kind: str = ""
) -> Counted:
    """Counts over everything, or an agency with all below it; of an agency alone, by item only."""
    rows = Publication.objects.filter(state=PublicState.PUBLIC)
    if agency is not None and not below:
        return _by_item(rows.filter(agency=agency))
    wanted = search.Query(agency=agency.code if agency else "", year=year, kind=kind, limit=0)
    try:
        settled = (engine().position() or 0) >= newest()  # asked first: what comes later is settled
        results = search.search(wanted)
    except search.Unavailable:
        return _without_index(rows, agency, year, kind)
    return Counted(results.total, settled, results.counts)


def _by_item(rows: QuerySet[Publication]) -> Counted:
    by_item = _by(rows, "item")
    return Counted(sum(by_item.values()), settled=True, by={"item": by_item})


def _without_index(
    rows: QuerySet[Publication], agency: Agency | None, year: int | None, kind: str
) -> Counted:
    if (Publication.objects.aggregate(last=Max("pk"))["last"] or 0) > MOST_ROWS:
        return UNKNOWN
    if agency is not None:
        rows = rows.filter(agency__path__startswith=agency.path)
    if year is not None:
        rows = rows.filter(year=year)
    if kind:
        rows = rows.filter(kind=kind)
    by_item = _by(rows, "item")
    by = {"item": by_item, "year": _by(rows, "year"), "kind": _by(rows, "kind")}
    by["validity"] = _by(rows, "document__validity")
    by["agency"] = _with_those_above(_by(rows, "agency__path"))
    return Counted(sum(by_item.values()), settled=True, by=by)


def _by(rows: QuerySet[Publication], name: str) -> dict[str, int]:
    groups = rows.order_by().values_list(name).annotate(number=Count("pk"))
    return {str(value): number for value, number in groups}


def _with_those_above(by_path: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for path, number in by_path.items():
        for code in path.strip("/").split("/"):
            found[code] = found.get(code, 0) + number
    return found
