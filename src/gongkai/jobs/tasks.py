"""What can be ordered: each task calls an action and tells how far it is.

A worker may be killed while it runs one, and the next begins it anew: a task has to come to the
same end when it is run twice.
"""

from __future__ import annotations

from time import sleep

from django_tasks import task

from gongkai.jobs.actions import advance
from gongkai.publishing.publication.queries import public
from gongkai.publishing.search import pull
from gongkai.publishing.search.backend import Busy


@task()
def rebuild_index(order: int) -> None:
    """Make the search index of this machine anew, while the old one is searched."""
    total = public().count()
    advance(order, 0, total)
    while not _rebuilt(order, total):
        sleep(1)
    advance(order, total)


def _rebuilt(order: int, total: int) -> bool:
    """False while another thread or process is making an index."""
    try:
        pull.rebuild(lambda done: advance(order, min(done, total)))
    except Busy:
        return False
    return True
