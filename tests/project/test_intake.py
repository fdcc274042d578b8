"""Requests are worked on when they are complete, a few at a time, and never wait for slow ones."""

from __future__ import annotations

import io
import threading
import time

import pytest

from gongkai.project import intake
from gongkai.project.intake import Intake

LIMIT = 1000


class Stream:
    """What a client has sent so far; reading on waits until `end` is set."""

    def __init__(self, data=b"", end=None):
        self.data, self.end = io.BytesIO(data), end

    def read(self, size):
        piece = self.data.read(size)
        if not piece and self.end:
            self.end.wait(10)
        return piece


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def call(application, stream, length, **more):
    said = []
    environ = {"CONTENT_LENGTH": length, "wsgi.input": stream, **more}
    answer = application(environ, lambda status, _headers: said.append(status))
    return said[0], b"".join(answer)


@pytest.mark.parametrize("size", [1, 70, LIMIT])
def test_a_body_reaches_the_application_whole(size):
    application = Intake(echo, limit=LIMIT)
    assert call(application, Stream(b"x" * size), str(size)) == ("200 OK", b"x" * size)


def test_a_body_larger_than_memory_should_hold_reaches_it_whole():
    data = bytes(range(256)) * 4096
    application = Intake(echo, limit=len(data))
    assert call(application, Stream(data), str(len(data)))[1] == data


def test_no_more_than_the_named_length_is_read():
    assert call(Intake(echo, limit=LIMIT), Stream(b"abcdef"), "3")[1] == b"abc"


@pytest.mark.parametrize("length", ["", "0", "-1", "x", "²", str(LIMIT + 1), "9" * 5000])
def test_without_a_body_to_take_in_the_application_is_asked_at_once(length):
    def application(environ, start_response):
        start_response("204 No Content", [])
        return []

    assert call(Intake(application, limit=LIMIT), None, length) == ("204 No Content", b"")


def test_bodies_that_do_not_come_leave_the_seats_to_others():
    end = threading.Event()
    door = Intake(echo, limit=LIMIT)
    slow = [
        threading.Thread(target=call, args=(door, Stream(b"abc", end), "10"))
        for _ in range(3 * intake.SEATS)
    ]
    for client in slow:
        client.start()
    assert call(door, Stream(b"x"), "1") == ("200 OK", b"x")
    assert all(client.is_alive() for client in slow)
    end.set()
    for client in slow:
        client.join()


def test_a_client_that_breaks_off_leaves_what_has_come():
    assert call(Intake(echo, limit=LIMIT), Stream(b"abc"), "10") == ("200 OK", b"abc")


def together(count, **more):
    """How many of so many requests were worked on, and how many of them at once at most."""
    busy, most = [], []

    def application(_environ, start_response):
        busy.append(1)
        most.append(len(busy))
        time.sleep(0.05)
        busy.pop()
        start_response("200 OK", [])
        return []

    door = Intake(application, limit=LIMIT)
    clients = [
        threading.Thread(target=call, args=(door, Stream(b"a=b"), "3"), kwargs=more)
        for _ in range(count)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return len(most), max(most)


FORM = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    "more",
    [
        {"REQUEST_METHOD": "GET"},
        {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=x"},
        {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/json"},
        {**FORM, "REQUEST_METHOD": "PUT"},
    ],
)
def test_only_so_many_requests_are_worked_on_at_once(more):
    assert together(20, **more) == (20, intake.SEATS)


@pytest.mark.parametrize("charset", ["", "; charset=UTF-8"])
def test_forms_without_files_have_more_seats(charset):
    kind = FORM["CONTENT_TYPE"] + charset
    assert together(40, REQUEST_METHOD="POST", CONTENT_TYPE=kind) == (40, intake.FORM_SEATS)


def test_a_form_is_taken_while_all_other_seats_are_busy():
    done, begun = threading.Event(), threading.Semaphore(0)

    def application(environ, start_response):
        if environ["REQUEST_METHOD"] == "GET":
            begun.release()
            done.wait(10)
        start_response("200 OK", [])
        return []

    door = Intake(application, limit=LIMIT)
    readers = [
        threading.Thread(target=call, args=(door, None, "0"), kwargs={"REQUEST_METHOD": "GET"})
        for _ in range(intake.SEATS)
    ]
    for reader in readers:
        reader.start()
        begun.acquire(timeout=10)
    assert call(door, Stream(b"a=b"), "3", **FORM)[0] == "200 OK"
    assert all(reader.is_alive() for reader in readers)
    done.set()
    for reader in readers:
        reader.join()


def test_an_answer_is_taken_whole_and_closed():
    class Answer:
        closed = False

        def __iter__(self):
            yield from (b"a", b"b")

        def close(self):
            self.closed = True

    answer = Answer()

    def application(_environ, start_response):
        start_response("200 OK", [])
        return answer

    assert call(Intake(application, limit=LIMIT), None, "0") == ("200 OK", b"ab")
    assert answer.closed


def test_an_application_that_fails_fails_for_its_own_request_alone():
    def application(environ, start_response):
        if environ["CONTENT_LENGTH"] == "0":
            raise RuntimeError("broken")
        return echo(environ, start_response)

    door = Intake(application, limit=LIMIT)
    with pytest.raises(RuntimeError, match="broken"):
        call(door, None, "0")
    assert call(door, Stream(b"x"), "1") == ("200 OK", b"x")
