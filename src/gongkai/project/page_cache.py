"""Public pages answered from memory, in front of Django.

A view offers its page with `shared_page`; nothing else is ever kept. The decorator takes from the
request everything that is one reader's own before the view sees it, and the cache in front looks
at the answer once more. So a page can hold a name or a form's token only if it is not kept.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from gongkai.project import conditional, visits
from gongkai.project.intake import Application, Environ, StartResponse
from gongkai.project.page_key import Cookies, Key, key
from gongkai.project.page_store import Header, Page, Refused, Store, page

OFFER = "gongkai.offer"
LIFETIME = 300.0
"""Seconds after which a page is made anew although nothing was published: days pass, too."""
NOT_FOUND_LIFETIME = 30.0
REFUSED_LIFETIME = 10.0
PATIENCE = 5.0
"""Seconds to wait for another request that is making the same page."""
LARGEST = 1024 * 1024
STATUSES = {"200": LIFETIME, "301": LIFETIME, "404": NOT_FOUND_LIFETIME, "410": LIFETIME}

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(slots=True)
class Offer:
    """Goes with a request whose answer could be kept; `shared_page` accepts it."""

    choices: tuple[str, ...]
    """Names of the cookies by which pages differ."""
    accepted: bool = False
    visit: str = ""


def shared_page(*, parameters: Collection[str] = ()) -> Callable[[View[P]], View[P]]:
    """Let the page be answered from memory to everyone who has not logged in.

    `parameters` are those of the query that the page depends on; asked with any other, it is not
    kept. What it says may change only together with a row of the outbox (`touch`) or within
    `LIFETIME`. Results of the search index, which follows a moment after, are not for sharing.
    """
    known = frozenset(parameters)

    def decorated(view: View[P]) -> View[P]:
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Any:
            offer = request.META.get(OFFER)
            if not isinstance(offer, Offer):
                return _private(request, view(request, *args, **kwargs))
            if not known.issuperset(request.GET):
                return view(request, *args, **kwargs)
            _bare(request, offer)
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                offer.accepted = True
                raise
            offer.accepted = not response.streaming
            return response

        return answered

    return decorated


def visited(request: HttpRequest, name: str) -> None:
    """Count this reader, and everyone who will get the page from memory, as a visit of `name`.

    Who has logged in is not counted. Nothing about the reader is kept.
    """
    offer = request.META.get(OFFER)
    if isinstance(offer, Offer):
        offer.visit = name
    elif not request.user.is_authenticated:
        visits.note(name)


def _bare(request: HttpRequest, offer: Offer) -> None:
    """Take away what is not part of the key: other cookies, and all headers but the host's."""
    request.COOKIES = {name: v for name, v in request.COOKIES.items() if name in offer.choices}
    for name in [name for name in request.META if name.startswith("HTTP_")]:
        if name not in {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}:
            del request.META[name]
    request.__dict__.pop("headers", None)


def _private(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Outside the cache the page may greet who has logged in: no cache on the way may keep it."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and isinstance(response, HttpResponse):
        patch_cache_control(response, private=True, no_cache=True)
    return response


@dataclass(slots=True)
class _Filling:
    """A page being made; others wait for `done`."""

    done: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True)
class _Answer:
    """What the application answered."""

    status: str = ""
    headers: list[Header] = field(default_factory=list)

    def start(self, status: str, headers: list[Header], _: Any = None) -> Callable[[bytes], None]:
        self.status, self.headers = status, headers
        return _no_writing


def _no_writing(_: bytes) -> None:
    raise RuntimeError("write() of WSGI is not used here")


class PageCache:
    """A WSGI application that answers from `store` what it can, and asks another for the rest.

    `generation` gives the current one, or None while nothing may be answered from memory.
    """

    def __init__(
        self,
        application: Application,
        *,
        store: Store,
        generation: Callable[[], int | None],
        cookies: Cookies,
        forwarded: bool,
    ) -> None:
        self._application = application
        self._store = store
        self._generation = generation
        self._cookies = cookies
        self._forwarded = forwarded
        self._fillings: dict[tuple[int, Key], _Filling] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        wanted = key(environ, self._cookies, forwarded=self._forwarded)
        generation = self._generation() if wanted else None
        if wanted is None or generation is None:
            return self._application(environ, start_response)
        kept = self._store.get(generation, wanted, time.monotonic())
        if kept is None and environ["REQUEST_METHOD"] == "GET":
            return self._made(environ, start_response, generation, wanted)
        if isinstance(kept, Page):
            return self._answered(kept, environ, start_response)
        return self._application(environ, start_response)

    def _answered(
        self, kept: Page, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        if kept.visit and environ["REQUEST_METHOD"] == "GET":
            visits.note(kept.visit)
        takes = conditional.takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        form = kept.packed if takes else kept.plain
        held = environ.get("HTTP_IF_NONE_MATCH")
        if held and kept.status.startswith("200") and conditional.is_held(held, form.tag):
            start_response("304 Not Modified", form.unchanged)
            return []
        start_response(kept.status, form.headers)
        return form.body if environ["REQUEST_METHOD"] == "GET" else []

    def _made(
        self, environ: Environ, start_response: StartResponse, generation: int, wanted: Key
    ) -> Iterable[bytes]:
        """Make the page; whoever asks for it meanwhile waits, instead of making it as well."""
        with self._lock:
            other = self._fillings.get((generation, wanted))
            if other is None:
                own = self._fillings[generation, wanted] = _Filling()
        if other is None:
            try:
                return self._filled(environ, start_response, generation, wanted)
            finally:
                with self._lock:
                    del self._fillings[generation, wanted]
                own.done.set()
        other.done.wait(PATIENCE)
        kept = self._store.get(generation, wanted, time.monotonic())
        if isinstance(kept, Page):
            return self._answered(kept, environ, start_response)
        return self._application(environ, start_response)

    def _filled(
        self, environ: Environ, start_response: StartResponse, generation: int, wanted: Key
    ) -> Iterable[bytes]:
        offer = Offer(self._cookies.choices)
        # The view of a shared page takes headers away; this request still needs its own.
        inner = {**environ, OFFER: offer}
        answer = _Answer()
        body = _whole(self._application(inner, answer.start))
        now = time.monotonic()
        lifetime = _lifetime(offer, answer, body)
        if lifetime is None:
            if not offer.accepted:  # else it was this one answer, and the next may be fit
                self._store.put(generation, wanted, Refused(until=now + REFUSED_LIFETIME))
            if offer.visit:
                visits.note(offer.visit)
            start_response(answer.status, answer.headers)
            return [body]
        made = page(answer.status, answer.headers, body, until=now + lifetime, visit=offer.visit)
        self._store.put(generation, wanted, made)
        return self._answered(made, environ, start_response)


def _lifetime(offer: Offer, answer: _Answer, body: bytes) -> float | None:
    """Seconds the answer may be kept; None if it may not, whatever the view has said."""
    said = {name.lower(): value.lower() for name, value in answer.headers}
    varies = {part.strip() for part in said.get("vary", "").split(",")}
    if (
        not offer.accepted
        or len(body) > LARGEST
        or "set-cookie" in said
        or "content-encoding" in said
        or not varies <= {"", "cookie", "accept-encoding"}
        or any(word in said.get("cache-control", "") for word in ("private", "no-store"))
        or "'nonce-" in said.get("content-security-policy", "")
        or b"csrfmiddlewaretoken" in body
    ):
        return None
    return STATUSES.get(answer.status[:3])


def _whole(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()
