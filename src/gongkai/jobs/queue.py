"""Running what was ordered. The library keeps and claims the tasks; whose worker died, they wait
again."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

ATTEMPTS = 3
"""A task during which the worker died so often is given up: it may be what kills it."""


class WorkerLostError(RuntimeError):
    """The worker was killed each time it ran this task."""


class _Counting(Worker):
    """The library's worker, which does not tell whether it ran anything."""

    ran = 0

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        self.ran += 1
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            # Its kind alone: what it says stays in the database, it may quote what was worked on.
            kind = db_task_result.exception_class_path
            logger.error("%s failed: %s", db_task_result.task_path, kind)


class Queue:
    """The orders that wait, for the one process that bears the name `worker`."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self._taken_up = False

    def run_next(self) -> bool:
        """Run the most urgent task that waits, if there is one; True if there was.

        A task that fails is kept with its error and stops no other.
        """
        if not self._taken_up:
            take_up(self._worker)
            self._taken_up = True
        if not DBTaskResult.objects.ready().exists():  # without the lock that claiming one takes
            return False
        runner = _Counting(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=1,
            worker_id=self._worker,
            excluded_queue_names=[],
        )
        runner.run()
        return runner.ran > 0


@transaction.atomic
def take_up(worker: str) -> int:
    """Let tasks wait again that this worker was running when it was killed; how many there were.

    Only for that one process itself, before it runs any.
    """
    left = [task for task in DBTaskResult.objects.running() if task.worker_ids[-1:] == [worker]]
    for task in left:
        if len(task.worker_ids) >= ATTEMPTS:
            task.set_failed(WorkerLostError(f"{ATTEMPTS} attempts"))
            continue
        DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.READY, started_at=None
        )
    if left:
        logger.warning("%d tasks were left when the worker ended", len(left))
    return len(left)
