"""Links are asked whether they still lead somewhere, and never into a network of one's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from time import monotonic, sleep
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.review.findings import findings
from gongkai.publishing.review.links import _public, addresses, ask, check_links, dead_links
from gongkai.publishing.review.models import LinkCheck

NAME = "www.fabu.example"
ANSWERS = {
    "/there": 200,
    "/gone": 410,
    "/login": 403,
    "/away": 302,
    "/inside": 302,
    "/round": 302,
}


class Site(BaseHTTPRequestHandler):
    """A small web site that remembers what it was asked."""

    asked: list[str]

    def do_HEAD(self) -> None:
        type(self).asked.append(f"{self.command} {self.path}")
        if self.path == "/no-head" and self.command == "HEAD":
            self.send_response(405)
        elif self.path == "/no-head":
            self.send_response(200)
        else:
            self.send_response(ANSWERS.get(self.path, 404))
        onward = {"/away": "/there", "/inside": "file:///etc/passwd", "/round": "/round"}
        if self.path in onward:
            self.send_header("Location", onward[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the site, whose name leads to this machine, which may be asked here."""
    settings.LINK_CHECK_PRIVATE = True
    real = socket.getaddrinfo

    def resolved(host: str, *args: Any, **more: Any) -> Any:
        return real("127.0.0.1" if host == NAME else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{NAME}:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def linked(address: str) -> str:
    return f'<p>详见<a href="{address}">原文</a>。</p>'


def test_addresses_are_found_in_links_and_written_out() -> None:
    body = '<p><a href="https://a.example/1">原文</a>，又见 http://b.example/2。</p>'
    assert set(addresses(body)) == {"https://a.example/1", "http://b.example/2"}


def test_mail_and_files_are_no_web_addresses() -> None:
    assert addresses('<p><a href="mailto:a@b.example">信</a> ftp://c.example/3</p>') == []


def test_a_page_that_is_there_is_not_dead(site: str) -> None:
    assert ask(f"{site}/there").status == 200


def test_a_site_that_does_not_know_head_is_asked_again(site: str) -> None:
    assert ask(f"{site}/no-head").status == 200
    assert Site.asked == ["HEAD /no-head", "GET /no-head"]


def test_a_page_that_has_moved_is_followed(site: str) -> None:
    assert ask(f"{site}/away").status == 200


def test_a_circle_ends(site: str) -> None:
    assert ask(f"{site}/round").error == "no_end"


def test_nobody_is_led_from_the_web_to_a_file(site: str) -> None:
    assert ask(f"{site}/inside").error == "no_web_address"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "[::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[::ffff:0:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::a01:203]",
        "[2002:7f00:1::]",
        "[2002:c000:1::]",
        "[fec0::1]",
        "[3fff::1]",
        "[5f00::1]",
        "192.0.0.8",
        "192.88.99.1",
        "0.0.0.0",
        "2130706433",
    ],
)
def test_networks_of_ones_own_are_not_asked(host: str) -> None:
    assert ask(f"http://{host}/").error == "own_network"


def test_the_web_is_asked() -> None:
    assert all(map(_public, ["1.1.1.1", "2606:4700:4700::1111", "2002:101:101::"]))


@pytest.fixture
def dripping(settings: Any) -> Iterator[Callable[[Iterable[bytes]], str]]:
    """A site that says the given bytes piece by piece, for as long as anybody listens."""
    settings.LINK_CHECK_PRIVATE = True
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def speak(pieces: Iterable[bytes]) -> None:
        with suppress(OSError):
            while not over.is_set():
                told, _ = listening.accept()
                with told, suppress(OSError):
                    for piece in pieces:
                        told.sendall(piece)

    def begin(pieces: Iterable[bytes]) -> str:
        threading.Thread(target=speak, args=(pieces,), daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}/"

    yield begin
    over.set()
    listening.close()


class Slowly:
    """The head of an answer that never ends, a byte now and then, whoever asks."""

    def __init__(self, start: bytes) -> None:
        self.start = start

    def __iter__(self) -> Iterator[bytes]:
        yield self.start
        while True:
            sleep(0.05)
            yield b"x"


@pytest.mark.parametrize(
    ("scheme", "start"),
    [
        ("http", b"HTTP/1.1 200"),
        ("http", b"HTTP/1.1 200 OK\r\nX: "),
        ("https", b"\x16\x03\x03\x40\x00"),
    ],
    ids=["status", "head", "handshake"],
)
def test_a_site_that_drips_is_left_in_time(
    dripping: Callable[..., str], monkeypatch: pytest.MonkeyPatch, scheme: str, start: bytes
) -> None:
    monkeypatch.setattr("gongkai.publishing.review.links.PATIENCE_WITH_ONE", 0.5)
    began = monotonic()
    ask(dripping(Slowly(start)).replace("http", scheme))
    assert monotonic() - began < 4


def test_a_site_that_tells_without_end_is_left_too(dripping: Callable[..., str]) -> None:
    endless = repeat(b"HTTP/1.1 100 Continue\r\n\r\n", 1_000_000)
    assert ask(dripping(endless)).error == "no_answer"


def test_a_name_that_leads_inside_is_not_asked_either(site: str, settings: Any) -> None:
    settings.LINK_CHECK_PRIVATE = False
    assert ask(f"{site}/there").error == "own_network"
    assert Site.asked == []


def test_a_name_that_does_not_exist_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ask("http://nowhere.invalid/").error == "no_name"


def test_what_was_judged_is_what_is_asked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    resolve = socket.getaddrinfo

    def counted(host: str, *args: Any, **more: Any) -> Any:
        told.append(host)
        return resolve(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", counted)
    assert ask(f"{site}/there").status == 200
    assert told == [NAME, "127.0.0.1"]


def test_public_texts_and_drafts_are_asked_about(
    site: str, publish: Callable[..., Publication], draft: Callable[..., Document]
) -> None:
    publish(body=linked(f"{site}/gone"))
    draft(body=linked(f"{site}/there"))
    assert check_links(timezone.now()) == 2
    assert set(LinkCheck.objects.values_list("status", flat=True)) == {200, 410}


def test_texts_that_have_long_been_public_can_be_left_out(
    site: str, publish: Callable[..., Publication], draft: Callable[..., Document]
) -> None:
    publish(body=linked(f"{site}/gone"))
    draft(body=linked(f"{site}/there"))
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)
    assert check_links(tomorrow, recent=timedelta(days=1)) == 1
    assert check_links(tomorrow) == 1


def test_texts_that_were_replaced_or_thrown_away_are_not(
    site: str, cast: SimpleNamespace, draft: Callable[..., Document]
) -> None:
    document = draft(body=linked(f"{site}/gone"))
    actions.discard(cast.drafter, document, "不用了")
    assert check_links(timezone.now()) == 0


def test_an_address_is_asked_once_in_seven_days(site: str, draft: Callable[..., Document]) -> None:
    draft(body=linked(f"{site}/there"))
    now = timezone.now()
    assert check_links(now) == 1
    assert check_links(now + timedelta(days=6)) == 0
    assert check_links(now + timedelta(days=7)) == 1


def test_no_more_are_asked_at_a_time_than_said(site: str, draft: Callable[..., Document]) -> None:
    draft(body="".join(linked(f"{site}/there?{n}") for n in range(5)))
    now = timezone.now()
    assert [check_links(now, most=2) for _ in range(4)] == [2, 2, 1, 0]


def test_a_network_that_is_down_holds_nobody_up(
    site: str, draft: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.publishing.review.links.PATIENCE_IN_ALL", -1.0)
    draft(body=linked(f"{site}/there"))
    assert check_links(timezone.now()) == 0


def test_a_dead_link_waits_for_a_decision_and_a_closed_door_does_not(
    site: str, draft: Callable[..., Document]
) -> None:
    document = draft(body=linked(f"{site}/gone") + linked(f"{site}/login"))
    check_links(timezone.now())
    found = [j.found for j in findings(document.head) if j.found.code == "link.dead"]
    assert [(one.quote, one.severity) for one in found] == [(f"{site}/gone", "review")]


def test_an_address_nobody_has_asked_is_not_called_dead(db: None) -> None:
    assert dead_links(["https://a.example/"]) == []
