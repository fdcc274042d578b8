"""Processing fees of a year, which section six reports (国办函〔2020〕109号, 30号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from django.db.models import Count, QuerySet, Sum

from gongkai.casework.decision.models import Charge
from gongkai.org.models import Agency

Day = Literal["notified_on", "paid_on", "refunded_on"]
DAYS: tuple[Day, Day, Day] = get_args(Day)


@dataclass(frozen=True, slots=True)
class Fees:
    """Notices sent in the year and what they asked for; what was paid and given back, in 元."""

    notices: int
    notified: Decimal
    received: Decimal
    refunded: Decimal


def fees(agencies: Sequence[Agency], year: int, as_of: date) -> Fees:
    """The processing fees of the agencies, each by the day of notice, payment or refund.

    A fee that was waived after its notice was notified all the same.
    """
    sent, paid, back = (charges(agencies, year, as_of, day) for day in DAYS)
    notices = sent.aggregate(number=Count("pk"), sum=Sum("amount", default=Decimal(0)))
    return Fees(
        notices=notices["number"],
        notified=notices["sum"],
        received=paid.aggregate(sum=Sum("paid_amount", default=Decimal(0)))["sum"],
        refunded=back.aggregate(sum=Sum("refunded_amount", default=Decimal(0)))["sum"],
    )


def charges(agencies: Sequence[Agency], year: int, as_of: date, day: Day) -> QuerySet[Charge]:
    """The charges whose notice, payment or refund lies in the year, and not after `as_of`."""
    span = date(year, 1, 1), min(as_of, date(year, 12, 31))
    return Charge.objects.filter(case__agency__in=agencies, **{f"{day}__range": span})
