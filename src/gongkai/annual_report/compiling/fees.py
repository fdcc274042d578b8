"""Processing fees of a year, which section six reports (国办函〔2020〕109号, 30号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum

from gongkai.casework.decision.models import Charge
from gongkai.org.models import Agency


@dataclass(frozen=True, slots=True)
class Fees:
    """Notices sent in the year and what they asked for; what was paid and given back, in 元."""

    notices: int
    notified: Decimal
    received: Decimal
    refunded: Decimal

    def __add__(self, other: Fees) -> Fees:
        return Fees(
            self.notices + other.notices,
            self.notified + other.notified,
            self.received + other.received,
            self.refunded + other.refunded,
        )


NONE = Fees(0, Decimal(0), Decimal(0), Decimal(0))


def fees(agencies: Sequence[Agency], year: int, as_of: date) -> Fees:
    """The processing fees of the agencies, each by the day of notice, payment or refund.

    A fee that was waived after its notice was notified all the same.
    """
    first, last = date(year, 1, 1), min(as_of, date(year, 12, 31))
    charges = Charge.objects.filter(case__agency__in=agencies)
    sent = charges.filter(notified_on__range=(first, last))
    notices = sent.aggregate(number=Count("pk"), sum=Sum("amount", default=Decimal(0)))
    paid = charges.filter(paid_on__range=(first, last))
    back = charges.filter(refunded_on__range=(first, last))
    return Fees(
        notices=notices["number"],
        notified=notices["sum"],
        received=paid.aggregate(sum=Sum("paid_amount", default=Decimal(0)))["sum"],
        refunded=back.aggregate(sum=Sum("refunded_amount", default=Decimal(0)))["sum"],
    )
