"""What is ordered is done once, in the background, and a page can see how far it is."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult

from gongkai.jobs import actions, queries
from gongkai.jobs.models import Order
from gongkai.jobs.queue import ATTEMPTS, Queue, take_up
from tests.jobs import ordered

pytestmark = pytest.mark.django_db
WORKER = "a" * 32
OTHER = "b" * 32


@pytest.fixture
def queue():
    """The queue of a worker that has begun its work."""
    begun = Queue(WORKER)
    begun.run_next()
    return begun


def standing(order):
    return queries.standing(Order.objects.select_related("result").get(pk=order.pk))


def test_an_order_waits_until_a_worker_takes_it(cast, queue):
    order = actions.place(cast.drafter, ordered.count, title="导入 3 行", parts=3)
    assert (standing(order).state, standing(order).share) == ("waiting", None)
    assert queue.run_next()
    done = standing(order)
    assert (done.state, done.done, done.total, done.share) == ("done", 3, 3, 1.0)
    assert done.outcome == {"parts": 3}


def test_it_is_done_once(cast, queue):
    order = actions.place(cast.drafter, ordered.count, title="导入", parts=1)
    ordered.ran.clear()
    assert [queue.run_next() for _ in range(3)] == [True, False, False]
    assert ordered.ran == [order.pk]


def test_without_orders_there_is_nothing_to_do(queue):
    assert not queue.run_next()


def test_one_that_fails_keeps_what_went_wrong_and_stops_no_other(cast, queue):
    bad = actions.place(cast.drafter, ordered.fail, title="导入")
    good = actions.place(cast.drafter, ordered.count, title="导入", parts=1)
    assert [queue.run_next() for _ in range(2)] == [True, True]
    assert (standing(bad).state, standing(bad).done) == ("failed", 1)
    assert standing(good).state == "done"
    bad.refresh_from_db()
    assert "第 2 行" in bad.result.traceback


def test_the_log_tells_which_one_failed_and_nothing_of_what_it_worked_on(cast, queue, caplog):
    actions.place(cast.drafter, ordered.fail, title="导入")
    queue.run_next()
    assert [record.getMessage() for record in caplog.records] == [
        "tests.jobs.ordered.fail failed: builtins.ValueError"
    ]
    assert "第 2 行" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_an_order_falls_with_the_transaction_it_is_part_of(cast):
    def upload():
        with transaction.atomic():
            actions.place(cast.drafter, ordered.count, title="导入", parts=1)
            raise KeyError

    with pytest.raises(KeyError):
        upload()
    assert (Order.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_a_person_sees_their_own_orders_the_newest_first(cast):
    for title in ("一", "二"):
        actions.place(cast.drafter, ordered.count, title=title, parts=1)
    actions.place(cast.colleague, ordered.count, title="三", parts=1)
    assert [order.title for order in queries.orders_of(cast.drafter)] == ["二", "一"]


def test_more_cannot_be_done_than_there_is(cast):
    order = actions.place(cast.drafter, ordered.count, title="导入", parts=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.advance(order.pk, 4, 3)


def left(order, worker, times=1):
    """As a worker leaves a task when it is killed."""
    task = DBTaskResult.objects.get(pk=order.result_id)
    for _ in range(times):
        task.claim(worker)


def test_a_task_whose_worker_was_killed_is_done_by_the_next(cast, queue):
    order = actions.place(cast.drafter, ordered.count, title="导入", parts=2)
    left(order, WORKER)
    assert not queue.run_next()
    assert Queue(WORKER).run_next()
    assert standing(order).state == "done"


def test_the_task_of_another_machine_is_left_to_it(cast):
    order = actions.place(cast.drafter, ordered.count, title="导入", parts=2)
    left(order, OTHER)
    assert take_up(WORKER) == 0
    assert standing(order).state == "running"


def test_a_task_that_kills_its_worker_again_and_again_is_given_up(cast, queue):
    order = actions.place(cast.drafter, ordered.kill, title="导入")
    left(order, WORKER, times=ATTEMPTS)
    take_up(WORKER)
    assert standing(order).state == "failed"
    assert not queue.run_next()


def test_an_order_whose_task_was_cleared_away_is_done(cast):
    order = actions.place(cast.drafter, ordered.count, title="导入", parts=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE jobs_order SET result_id = NULL")
    assert standing(order).state == "done"
