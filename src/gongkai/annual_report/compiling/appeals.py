"""Section four from the register of reconsiderations and law suits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.annual_report.compiling.source import Source
from gongkai.casework.appeal.models import Appeal, AppealKind, AppealOutcome
from gongkai.law.forms import Address, Form
from gongkai.org.models import Agency

GROUPS = {
    AppealKind.RECONSIDERATION: "reconsideration",
    AppealKind.DIRECT: "litigation_direct",
    AppealKind.AFTER: "litigation_after_reconsideration",
}
"""The groups of the form by the kind of an appeal."""


def appeals(
    agencies: Sequence[Agency], year: int, as_of: date, layout: Form
) -> dict[Address, Source]:
    """The fifteen cells of the appeals table over the agencies, a joint case counted once.

    What had been opened by the end of the year (or by `as_of` while it lasts) stands in the column
    of its result if it was concluded in the year, and as pending if it was not concluded by then.
    Among several agencies of one joint case the first keeps it (国办公开办函〔2021〕30号).
    """
    last = min(as_of, date(year, 12, 31))
    found: defaultdict[Address, list[int]] = defaultdict(list)
    for appeal in counted_once(open_in(agencies, year, as_of)):
        group = GROUPS[AppealKind(appeal.kind)]
        found[f"appeals.{group}.{column(appeal, last)}"].append(appeal.pk)
        found[f"appeals.{group}.total"].append(appeal.pk)
    return {
        address: Source("appeals", len(found[address]), appeals=tuple(found[address]))
        for address in layout.addresses
        if address.startswith("appeals.")
    }


def open_in(agencies: Sequence[Agency], year: int, as_of: date) -> QuerySet[Appeal]:
    """The appeals the agencies count that were open at some time in the year, by agency.

    A suit in the next court takes the place of the one before from the day it was opened: what was
    judged in a year that was over by then stays in the report of that year. A retrial is counted
    nowhere of its own: the judgment counts on, and if the retrial ends with another one, that one
    counts from the day on which it did (行政诉讼法第九十条：申请再审不停止裁判的执行).
    """
    last = min(as_of, date(year, 12, 31))
    later = Appeal.objects.filter(follows=OuterRef("pk")).filter(
        Q(retrial=False, opened_on__gt=last) | Q(retrial=True, counted=True, concluded_on__gt=last)
    )
    takes_place = Q(retrial=False) | Q(concluded_on__lte=last)
    return Appeal.objects.filter(
        Q(concluded_on=None) | Q(concluded_on__gte=date(year, 1, 1)),
        Q(takes_place, counted=True) | Q(Exists(later), counted=False),
        agency__in=agencies,
        opened_on__lte=last,
    ).order_by("agency__path", "id")


def column(appeal: Appeal, last: date) -> str:
    """The column in which the appeal stood on that day."""
    concluded = appeal.concluded_on is not None and appeal.concluded_on <= last
    return appeal.outcome if concluded else AppealOutcome.PENDING.value


def counted_once(rows: Iterable[Appeal]) -> list[Appeal]:
    """The appeals without further ones of a joint case that is among them already."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for appeal in rows:
        joint = (appeal.kind, appeal.joint_key)
        if appeal.joint_key and joint in seen:
            continue
        seen.add(joint)
        kept.append(appeal)
    return kept
