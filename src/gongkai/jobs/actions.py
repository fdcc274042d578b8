"""Ordering background work, and telling how far it is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from gongkai.jobs.models import Order
from gongkai.org.models import Agency, User


@transaction.atomic
def place(
    user: User,
    task: Task[Any, Any],
    *,
    title: str,
    agency: Agency | None = None,
    **arguments: Any,
) -> Order:
    """Order a task of tasks.py, which gets the order's id first and then `arguments` (JSON values).

    The order and what the caller writes in the same transaction stand or fall together.
    """
    order = Order.objects.create(kind=task.name, title=title[:200], by=user, agency=agency)
    placed = task.enqueue(order.pk, **arguments)
    order.result = DBTaskResult.objects.get(pk=placed.id)
    order.save(update_fields=["result"])
    return order


def advance(order_id: int, done: int, total: int | None = None) -> None:
    """Note how many parts are done. Raises IntegrityError for more than there are."""
    changed: dict[str, Any] = {"done": done} if total is None else {"done": done, "total": total}
    Order.objects.filter(pk=order_id).update(**changed)


def conclude(order_id: int, outcome: dict[str, Any]) -> None:
    """Keep what the task found, for the page."""
    Order.objects.filter(pk=order_id).update(outcome=outcome)
