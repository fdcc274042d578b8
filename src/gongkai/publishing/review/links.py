"""Whether what documents link to still answers. Asked in the background, a few at a time.

An address that documents name is somebody else's word: it is never asked where it leads to this
machine or to a network of one's own, or a draft could be used to look around in there. The name
is resolved once, judged, and the very address that was judged is the one that is asked.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from threading import Timer
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet

from gongkai.publishing.document.models import Document, Stage, Version
from gongkai.publishing.document.rich_text import links, plain_text
from gongkai.publishing.review.models import LinkCheck
from gongkai.screening.text import outward

AGAIN = timedelta(days=7)
"""A page that answered is not asked again for so long, nor one that did not."""
PATIENCE = 5.0
"""Seconds for each step of a conversation."""
PATIENCE_WITH_ONE = 15.0
"""Seconds for an address with all that it leads to: a byte now and then may not go on for ever."""
PATIENCE_IN_ALL = 60.0
"""Seconds for all that is asked at a time: a network that is down must not hold up a worker."""
MOST_HOPS = 5
LONGEST = 2000
MOST_BYTES = 64 * 1024
"""What is read of an answer: only its head is looked at."""
DEAD = frozenset({404, 410})
"""What says that a page is not there. A page that wants a log-in or is busy is no dead link."""
WORDS = {
    "no_name": ("没有这个网站", "there is no such site"),
    "no_answer": ("没有应答", "no answer"),
    "no_end": ("一直转到别处", "it redirects without end"),
}
"""Reasons without a status that say that a link is dead."""
AGENT = "Gongkai-LinkCheck/1"
PORTS = {"http": 80, "https": 443}
NOBODYS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # for protocols [RFC 6890]
        "192.88.99.0/24",  # relays that are no more [RFC 7526]
        "::/96",  # an IPv4 address written as IPv6: compatible,
        "::ffff:0:0/96",  # mapped,
        "::ffff:0:0:0/96",  # translated [RFC 2765],
        "64:ff9b::/96",  # and behind a translator [RFC 6052],
        "64:ff9b:1::/48",  # one's own too [RFC 8215]
        "3fff::/20",  # for examples [RFC 9637]
        "5f00::/16",  # for segment routing [RFC 9602]
        "fec0::/10",  # a site's own, of old [RFC 3879]
    )
)
"""Networks that Python takes for public and in which no web site stands."""


class Unreachable(Exception):  # noqa: N818  it is a finding, not a fault
    """Nobody answers at the address, for a reason that is one word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back: a status, or why there was none."""

    status: int | None
    error: str = ""


def check_links(as_of: datetime, most: int = 200, *, recent: timedelta | None = None) -> int:
    """Ask at most `most` addresses of public texts and of open drafts; how many were asked.

    One that was asked within the last seven days before `as_of` is left alone. After a minute the
    rest wait for the next time. `recent` leaves out texts that have been public for longer.
    """
    asked, ends = 0, monotonic() + PATIENCE_IN_ALL
    for address in islice(_waiting(as_of, recent), most):
        if monotonic() > ends:
            break
        found = ask(address)
        LinkCheck.objects.update_or_create(
            address=address,
            defaults={"status": found.status, "error": found.error, "checked_at": as_of},
        )
        asked += 1
    return asked


def dead_links(addresses: Iterable[str]) -> list[LinkCheck]:
    """Of these addresses those that did not answer when they were last asked, in their order.

    Those that have not been asked yet are not among them, nor those that may not be asked.
    """
    wanted = list(dict.fromkeys(addresses))
    rows = {row.address: row for row in LinkCheck.objects.filter(address__in=wanted)}
    return [rows[address] for address in wanted if address in rows and is_dead(rows[address])]


def is_dead(row: LinkCheck) -> bool:
    """Whether the address leads nowhere, as far as is known."""
    return row.status in DEAD or row.error in WORDS


def why(row: LinkCheck) -> tuple[str, str]:
    """What came back instead of a page, in Chinese and English."""
    return WORDS.get(row.error, (str(row.status), str(row.status)))


def addresses(body: str) -> list[str]:
    """Every web address in a text, linked or written out, each once."""
    found = (link.address for link in outward(plain_text(body), links(body)))
    return list(dict.fromkeys(address for address in found if _fit(address)))


def ask(address: str) -> Asked:
    """Whether something answers there: HEAD, and GET where that is not understood."""
    ends = monotonic() + PATIENCE_WITH_ONE
    try:
        status = _answered("HEAD", address, ends)
        if status >= 400:
            status = _answered("GET", address, ends)
    except Unreachable as away:
        return Asked(None, str(away))
    return Asked(status)


def _waiting(as_of: datetime, recent: timedelta | None) -> Iterator[str]:
    """Addresses that are due, each once: those never asked before, then the longest ago."""
    known = dict(LinkCheck.objects.values_list("address", "checked_at"))
    old: dict[str, datetime] = {}
    seen: set[str] = set()
    for body in _bodies(as_of - recent if recent else None):
        for address in addresses(body):
            if address in seen:
                continue
            seen.add(address)
            if address not in known:
                yield address
            elif known[address] <= as_of - AGAIN:
                old[address] = known[address]
    yield from sorted(old, key=lambda address: (old[address], address))


def _bodies(since: datetime | None) -> Iterator[str]:
    """Texts that are public and those somebody works on, if there may be an address in them."""
    lately = {"publications__published_at__gte": since} if since else {}
    yield from _with_addresses(Version.objects.filter(publications__state="public", **lately))
    at_work = (Stage.DRAFT, Stage.IN_REVIEW, Stage.RETURNED, Stage.APPROVED)
    heads = Document.objects.filter(stage__in=at_work).values("head")
    yield from _with_addresses(Version.objects.filter(pk__in=heads))


def _with_addresses(rows: QuerySet[Version]) -> Iterator[str]:
    named = rows.filter(Q(body__icontains="http") | Q(body__icontains="www."))
    return named.order_by().values_list("body", flat=True).iterator(chunk_size=100)


def _fit(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in PORTS and bool(parts.hostname) and len(address) <= LONGEST
    except ValueError:
        return False


def _answered(method: str, address: str, ends: float) -> int:
    """The status at the end of the way; each stop is judged like the first."""
    for _ in range(MOST_HOPS):
        status, onward = _one(method, address, ends)
        if onward is None:
            return status
        address = urljoin(address, onward)
        if not _fit(address):
            raise Unreachable("no_web_address")
    raise Unreachable("no_end")


def _one(method: str, address: str, ends: float) -> tuple[int, str | None]:
    parts = urlsplit(address)
    with ExitStack() as held:
        try:
            connection = _connected(parts, ends, held)
        except UnicodeError as error:
            raise Unreachable("no_name") from error
        except ValueError as error:
            raise Unreachable("no_web_address") from error
        except ssl.SSLError as error:
            raise Unreachable("no_trust") from error
        except OSError as error:
            raise Unreachable("no_answer") from error
        try:
            connection.request(method, _path(parts), headers={"User-Agent": AGENT, "Accept": "*/*"})
            response = connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable("no_answer") from error
    onward = response.headers.get("Location") if 300 <= response.status < 400 else None
    return response.status, onward


def _connected(parts: SplitResult, ends: float, held: ExitStack) -> http.client.HTTPConnection:
    """A connection to the address that was judged, under the name that was asked for.

    It is closed with `held`, and shut from outside when the time is over.
    """
    host = str(parts.hostname).encode("idna").decode()
    port = parts.port or PORTS[parts.scheme]
    place = _judged(host, port), port
    left = ends - monotonic()
    if left <= 0:
        raise TimeoutError
    sock = socket.create_connection(place, timeout=min(PATIENCE, left))
    held.callback(sock.close)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        held.callback(sock.close)
    watch = Timer(ends - monotonic(), _shut, [sock])
    watch.daemon = True
    watch.start()
    held.callback(watch.cancel)
    if isinstance(sock, ssl.SSLSocket):
        sock.do_handshake()
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    connection.response_class = _Head
    connection.sock = sock
    held.callback(connection.close)
    return connection


def _shut(sock: socket.socket) -> None:
    """End a conversation from outside: whoever waits for a byte is told that there is none."""
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _Head(http.client.HTTPResponse):
    """An answer of which no more is read than `MOST_BYTES`."""

    def __init__(self, sock: socket.socket, *args: Any, **more: Any) -> None:
        super().__init__(sock, *args, **more)
        self.fp = io.BufferedReader(_Capped(self.fp))


class _Capped(io.RawIOBase):
    """Reads from another reader until it has read too much, which is an OSError."""

    def __init__(self, inner: io.BufferedReader) -> None:
        self._inner = inner
        self._left = MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._left <= 0:
            raise OSError("too long")
        piece = self._inner.read1(min(len(buffer), self._left))
        self._left -= len(piece)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._inner.close()
        super().close()


def _judged(host: str, port: int) -> str:
    """The first address of the host, if all of them are public. Raises Unreachable."""
    try:
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable("no_name") from error
    found = [str(entry[4][0]).partition("%")[0] for entry in told]
    if not found:
        raise Unreachable("no_name")
    if not settings.LINK_CHECK_PRIVATE and not all(map(_public, found)):
        raise Unreachable("own_network")
    return found[0]


def _public(address: str) -> bool:
    place = ipaddress.ip_address(address)
    if any(place in network for network in NOBODYS):
        return False
    inner = getattr(place, "sixtofour", None)
    if inner is not None:
        return _public(str(inner))
    return place.is_global and not place.is_multicast


def _path(parts: SplitResult) -> str:
    asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(asked, safe="/?&=%+:,;@!$'()*~#[]-._")
