"""What several threads write at the same time is written together, and each gets their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import OperationalError, transaction

from gongkai.trail.gathering import MOST, Gathered

PATIENCE = 10
"""Seconds."""


class Book:
    """Writes lines, and remembers which of them came together; "held" waits till it goes on."""

    def __init__(self) -> None:
        self.together: list[list[str]] = []
        self.goes_on = Event()
        self.gathered = Gathered(self.write)

    def write(self, lines: Sequence[str]) -> list[str]:
        self.together.append(list(lines))
        if "held" in lines:
            assert self.goes_on.wait(PATIENCE)
        if "silent" in lines:
            raise OperationalError("the database does not answer")
        if "wrong" in lines:
            raise ValueError("wrong")
        return [f"{line} written" for line in lines]

    def wait_for(self, *, waiting: int = 0, writing: int = 0) -> None:
        end = monotonic() + PATIENCE
        while len(self.gathered._waiting) < waiting or len(self.together) < writing:
            assert monotonic() < end
            sleep(0.001)


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(MOST * 2) as pool:
        yield pool


def held_up(book: Book, threads: ThreadPoolExecutor) -> Future[str]:
    """Somebody is being written and does not get on."""
    first = threads.submit(book.gathered, "held")
    book.wait_for(writing=1)
    return first


def come(book: Book, threads: ThreadPoolExecutor, lines: Sequence[str]) -> list[Future[str]]:
    """The lines come, one after the other, while another is being written."""
    held_up(book, threads)
    coming = []
    for line in lines:
        coming.append(threads.submit(book.gathered, line))
        book.wait_for(waiting=len(coming))
    book.goes_on.set()
    return coming


def test_who_comes_alone_writes_at_once(book):
    assert book.gathered("a") == "a written"
    assert book.together == [["a"]]


def test_those_who_come_meanwhile_are_written_together_in_the_order_they_came(book, threads):
    come(book, threads, "abc")[-1].result(PATIENCE)
    assert book.together == [["held"], ["a", "b", "c"]]


def test_everyone_gets_what_came_of_their_own(book, threads):
    results = [one.result(PATIENCE) for one in come(book, threads, "abc")]
    assert results == ["a written", "b written", "c written"]


def test_after_those_who_came_together_the_next_one_writes_at_once(book, threads):
    come(book, threads, "abc")[-1].result(PATIENCE)
    assert threads.submit(book.gathered, "d").result(PATIENCE) == "d written"


def test_only_who_failed_is_told_so(book, threads):
    good, bad, other = come(book, threads, ["a", "wrong", "b"])
    assert (good.result(PATIENCE), other.result(PATIENCE)) == ("a written", "b written")
    with pytest.raises(ValueError, match="wrong"):
        bad.result(PATIENCE)


def test_a_database_that_does_not_answer_is_not_asked_for_each_again(book, threads):
    for waits in come(book, threads, ["silent", "a"]):
        with pytest.raises(OperationalError):
            waits.result(PATIENCE)
    assert book.together == [["held"], ["silent", "a"]]


def test_nobody_waits_for_more_than_so_many(book, threads):
    for waits in come(book, threads, [str(n) for n in range(MOST + 2)]):
        waits.result(PATIENCE)
    assert [len(lines) for lines in book.together] == [1, MOST, 2]


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nobody_is_waited_for(book, threads):
    held = held_up(book, threads)
    with transaction.atomic():
        assert book.gathered("a") == "a written"
    assert not held.done()
    book.goes_on.set()
