"""How far orders are, for the pages that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django_tasks_db.compat import TaskResultStatus

from gongkai.jobs.models import Order
from gongkai.org.models import User

State = Literal["waiting", "running", "done", "failed"]
STATES: dict[str, State] = {
    TaskResultStatus.READY: "waiting",
    TaskResultStatus.RUNNING: "running",
    TaskResultStatus.SUCCESSFUL: "done",
    TaskResultStatus.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an order stands; `share` is between 0 and 1, None while the total is not known."""

    state: State
    done: int
    total: int | None
    share: float | None
    outcome: dict[str, Any] | None


def standing(order: Order) -> Standing:
    """How far the order is. An order whose task was cleared away counts as done."""
    state = STATES[order.result.status] if order.result else "done"
    share = order.done / order.total if order.total else None
    return Standing(state, order.done, order.total, share, order.outcome)


def orders_of(user: User) -> QuerySet[Order]:
    """What this person has ordered, the newest first."""
    return Order.objects.filter(by=user).select_related("result", "agency")
