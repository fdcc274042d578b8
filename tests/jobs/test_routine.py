"""What is done again and again goes on, whatever fails, and says so without saying what."""

from __future__ import annotations

import threading
import time

import pytest

from gongkai.jobs.routine import LONGEST_WAIT, Routine, told


@pytest.fixture(autouse=True)
def no_database(monkeypatch):
    monkeypatch.setattr("gongkai.jobs.routine.close_old_connections", lambda: None)
    monkeypatch.setattr("gongkai.jobs.routine.connections.close_all", lambda: None)


def failing(name="3301**********1234"):
    raise ValueError(name)


def test_it_comes_again_after_its_time_or_at_once_when_there_is_more():
    assert Routine("r", 10.0, lambda: False).once() == 10.0
    assert Routine("r", 10.0, lambda: True).once() == 0.0


def test_after_each_failure_it_waits_twice_as_long_up_to_a_minute():
    routine = Routine("r", 0.2, failing)
    waits = [routine.once() for _ in range(12)]
    assert waits[:3] == [0.4, 0.8, 1.6]
    assert waits[-1] == LONGEST_WAIT


def test_once_it_works_again_it_is_as_quick_as_before(caplog):
    broken = [True]
    routine = Routine("r", 0.2, lambda: failing() if broken else False)
    routine.once()
    broken.clear()
    assert routine.once() == 0.2
    assert "works again" in caplog.text


def test_the_log_tells_where_it_failed_and_nothing_of_what_was_worked_on(caplog):
    Routine("search index", 0.2, failing).once()
    assert "search index failed: ValueError in test_routine.py:" in caplog.text
    assert "3301" not in caplog.text


def test_an_error_never_raised_is_told_by_its_kind():
    assert told(KeyError("x")) == "KeyError"


def test_one_that_fails_stops_no_other_and_all_end_when_asked():
    ended, done = threading.Event(), []
    routines = [Routine("bad", 0.01, failing), Routine("good", 0.01, lambda: bool(done.append(1)))]
    threads = [threading.Thread(target=r.until, args=(ended,)) for r in routines]
    for thread in threads:
        thread.start()
    while len(done) < 5:
        time.sleep(0.01)
    ended.set()
    for thread in threads:
        thread.join(5)
    assert not any(thread.is_alive() for thread in threads)
    assert routines[0].failures > 0
