"""What a process has counted is handed over now and then, and never lost to a failure."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date

import pytest

from gongkai.project import visits, visits_kept


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    visits.take()


def test_what_was_counted_is_handed_over_once() -> None:
    handed: list[dict[str, int]] = []

    def keep(counted: Mapping[str, int], _: date) -> None:
        handed.append(dict(counted))

    visits.note("site")
    visits.note("document:7")
    visits.note("site")
    assert visits_kept.keep_once(keep)
    assert visits_kept.keep_once(keep)
    assert handed == [{"site": 2, "document:7": 1}, {}]


def test_what_cannot_be_kept_is_counted_on() -> None:
    def broken(_counted: Mapping[str, int], _: date) -> None:
        raise OSError("no database")

    visits.note("site", 3)
    assert not visits_kept.keep_once(broken)
    visits.note("site")
    assert visits.take() == {"site": 4}


def test_the_thread_ends_when_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits_kept, "INTERVAL", 0.01)
    ended, called = threading.Event(), threading.Event()
    thread = visits_kept.start(lambda _counted, _: called.set(), ended=ended)
    assert called.wait(5)
    ended.set()
    thread.join(5)
    assert not thread.is_alive()
