"""What can be ordered: each task calls an action and tells how far it is.

A worker may be killed while it runs one, and the next begins it anew: a task has to come to the
same end when it is run twice.
"""

from __future__ import annotations

from time import sleep

from django_tasks import task

from gongkai import files
from gongkai.casework.application.sealing import opened
from gongkai.casework.importing import outcomes as came
from gongkai.casework.importing import reading as ledgers
from gongkai.casework.importing import running as cases
from gongkai.jobs.actions import advance, conclude
from gongkai.jobs.models import Order
from gongkai.publishing.importing import outcomes, running, sources
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


@task()
def import_documents(order: int, *, sha256: str, name: str, mark: str) -> None:
    """Import documents from the kept file, which is let go of then.

    Begun anew it leaves alone what is in: `running.run` knows each row.
    """
    ordered = Order.objects.select_related("by").get(pk=order)
    if ordered.outcome is not None:
        return
    data = files.read(sha256)
    found = sources.source(data, name)
    outcome = running.run(
        ordered.by,
        found,
        data,
        name,
        mark=mark,
        progress=lambda done, total: advance(order, done, total),
    )
    conclude(order, outcomes.as_plain(outcome))
    files.forget(sha256)


@task()
def import_cases(
    order: int, *, sha256: str, mark: str, told: dict[str, str], given: dict[str, str]
) -> None:
    """Import an older ledger from the kept file, which is sealed and let go of then.

    Begun anew it leaves alone what is in by its old number. What came of it quotes the file and is
    kept sealed.
    """
    ordered = Order.objects.select_related("by").get(pk=order)
    if ordered.outcome is not None:
        return
    table = ledgers.ledger(opened(files.read(sha256)), "", told, given)
    outcome = cases.run(ordered.by, table, mark, lambda done, total: advance(order, done, total))
    conclude(order, {"sealed": came.sealed(outcome)})
    files.forget(sha256)
