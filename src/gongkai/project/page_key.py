"""What tells public pages apart: address, and the reader's choice of language, size, contrast."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.http import parse_cookie

UNSHARED = ("/desk/", "/api/", "/static/", "/preferences/", "/healthz", "/apply/", "/track/")
"""Where nothing is shared, or something else keeps it."""
LONGEST = 512
"""Characters of a path, a query or a host; what is longer is not asked for by links of ours."""
PARAMETERS = 20
LONGEST_CHOICE = 16
METHODS = frozenset({"GET", "HEAD"})
NOTHING = frozenset({"", "0"})
"""Lengths of a body that is none."""
PERSONAL_HEADERS = frozenset({"HTTP_AUTHORIZATION", "HTTP_HX_REQUEST"})
"""With these, the answer may be another one than everybody's."""


class Key(NamedTuple):
    """One public page as one reader wishes to see it."""

    host: str
    scheme: str
    path: str
    query: str
    choices: tuple[str, ...]


class Cookies(NamedTuple):
    """Names of cookies: those that say who somebody is, and those that choose among pages."""

    personal: Collection[str]
    choices: tuple[str, ...]


def key(environ: Mapping[str, Any], cookies: Cookies, *, forwarded: bool) -> Key | None:
    """The key of a request; None where the answer could be meant for one person.

    `forwarded` tells that a trusted proxy says by which scheme the visitor came.
    """
    path = environ.get("PATH_INFO", "")
    host = environ.get("HTTP_HOST", "")
    query = environ.get("QUERY_STRING", "")
    if (
        environ["REQUEST_METHOD"] not in METHODS
        or path.startswith(UNSHARED)
        or environ.get("CONTENT_LENGTH", "0") not in NOTHING
        or not PERSONAL_HEADERS.isdisjoint(environ)
        or len(path) > LONGEST
        or len(host) > LONGEST
        or len(query) > LONGEST
    ):
        return None
    scheme = environ["wsgi.url_scheme"]
    if forwarded:
        scheme = f"{scheme} {environ.get('HTTP_X_FORWARDED_PROTO', '')[:LONGEST_CHOICE]}"
    choices = chosen(environ.get("HTTP_COOKIE", ""), cookies)
    ordered = canonical(query)
    if choices is None or ordered is None:
        return None
    return Key(host, scheme, path, ordered, choices)


def chosen(header: str, cookies: Cookies) -> tuple[str, ...] | None:
    """The choices a `Cookie` header makes; None if it says who somebody is, or makes none of ours.

    Cookies that other programs of the same domain have set do not count.
    """
    if not header:
        return ("",) * len(cookies.choices)
    held = parse_cookie(header)
    if any(name in held for name in cookies.personal):
        return None
    choices = tuple(held.get(name, "") for name in cookies.choices)
    return None if any(len(choice) > LONGEST_CHOICE for choice in choices) else choices


def canonical(query: str) -> str | None:
    """The query with its parameters in the order of their names; None if there are too many."""
    if not query:
        return ""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=PARAMETERS)
    except ValueError:
        return None
    return urlencode(sorted(pairs, key=lambda pair: pair[0]))
