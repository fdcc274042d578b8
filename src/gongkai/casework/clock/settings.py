"""What the law leaves open about the time to answer, and what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rules:
    """An agency's reading of the law where the law is silent.

    `consultation_starts`: whether the time of a consultation is taken out of the count from the day
    after the request for an opinion was sent, or from the day after it was delivered. Articles 32
    to 34 say that the time is not counted and not when it begins. Under "delivered" a consultation
    whose delivery is not on record takes nothing out.

    `restart_after_payment`: whether the whole period runs anew from payment of the fee (usual
    reading of 国办函〔2020〕109号), or the rest of it.

    `correction_days`: working days the applicant has to correct where the notice names no term.
    Article 30 asks for a reasonable one; fifteen is the practice of one province.
    """

    consultation_starts: Literal["sent", "delivered"] = "sent"
    restart_after_payment: bool = True
    correction_days: int = 15


USUAL = Rules()
