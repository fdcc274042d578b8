"""Tasks for the tests, as jobs/tasks.py would hold them."""

from __future__ import annotations

import os
import signal

from django_tasks import task

from gongkai.jobs import actions

ran: list[int] = []


@task()
def count(order: int, parts: int) -> int:
    for done in range(1, parts + 1):
        actions.advance(order, done, parts)
    actions.conclude(order, {"parts": parts})
    ran.append(order)
    return parts


@task()
def fail(order: int) -> None:
    actions.advance(order, 1, 3)
    raise ValueError("第 2 行：没有名称")


@task()
def kill(order: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
