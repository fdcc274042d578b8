"""HTML read as a flat run of tokens in linear time, whatever is wrong with it.

This decides nothing about safety: what is written goes through nh3 afterwards. It exists because
a tree parser takes quadratic time over tags nested without end, and because pasted text has to be
understood (styles, list markers, footnotes) before it is thrown away.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gongkai.screening.text.invisible import visible

RAW_TEXT = frozenset(
    {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"}
)
"""Elements whose inside is text to a browser; none of it is text of the document."""

UNSEEN = frozenset(
    {
        *RAW_TEXT,
        *("applet", "audio", "button", "canvas", "datalist", "head", "map", "noscript", "object"),
        *("select", "svg", "template", "video", "xml"),
    }
)
"""Elements that are dropped with everything inside."""


class Start(NamedTuple):
    """An element begins. Names are lower case, values decoded."""

    name: str
    attributes: dict[str, str]


class End(NamedTuple):
    """An element ends."""

    name: str


class Text(NamedTuple):
    """Characters, decoded."""

    text: str


Token = Start | End | Text

# Possessive throughout: no input makes it go back. An attribute is a name, then perhaps a value in
# double quotes, in single quotes or bare, as the HTML standard reads them.
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<attributes>(?:[\s/]++|=?[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]++)?+)?+"
    r"|=)*+)(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>=?[^\s/>=]++)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s>]++))?+)?+",
    re.DOTALL,
)
# A name without its semicolon stays as it is: "?a=1&copy=2" is an address, not a sign.
_REFERENCE = re.compile(r"&(?:#\d+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def tokens(source: str) -> Iterator[Token]:
    """The tokens of an HTML fragment, without comments and without what is never seen.

    Linear in the length of the source; never raises for any string.
    """
    source = _SURROGATE.sub("\ufffd", source) if _SURROGATE.search(source) else source
    position = 0
    unclosed: set[str] = set()
    while match := _TOKEN.search(source, position):
        if match.start() > position:
            yield Text(decoded(source[position : match.start()]))
        position = match.end()
        name = (match["name"] or "").lower()
        if not name:
            continue
        if match["end"]:
            yield End(name)
        elif name in UNSEEN:
            position = _past(source, name, position, unclosed)
        else:
            yield Start(name, _attributes(match["attributes"]))
    if position < len(source):
        yield Text(decoded(source[position:]))


def decoded(text: str) -> str:
    """Text with its references resolved and without invisible characters."""
    if "&" in text:
        text = html.unescape(text)
        text = _SURROGATE.sub("\ufffd", text)
    return visible(text)


def escaped(text: str) -> str:
    """Text as it stands between tags."""
    text = text.replace("&", "&amp;") if "&" in text else text
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def written(name: str, attributes: dict[str, str]) -> str:
    """A start tag; attributes without a value are left out."""
    pairs = [(key, escaped(value).replace('"', "&quot;")) for key, value in attributes.items()]
    return "".join([f"<{name}", *(f' {key}="{value}"' for key, value in pairs if value), ">"])


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if not source or source.isspace():
        return found
    for match in _ATTRIBUTE.finditer(source):
        value = match["double"] or match["single"] or match["bare"] or ""
        if "&" in value:
            value = _REFERENCE.sub(lambda reference: html.unescape(reference[0]), value)
        found.setdefault(match["name"].lower(), visible(value))
    return found


def _past(source: str, name: str, position: int, unclosed: set[str]) -> int:
    """Where the source goes on after an unseen element that began before `position`.

    An element that is never closed hides the rest if its inside is raw text, as in a browser;
    otherwise only its tag is dropped, and `unclosed` remembers not to look for its end again.
    """
    if name in unclosed:
        return position
    depth, last = 1, -1
    for match in _tags(name).finditer(source, position):
        if not match[1]:
            depth += name not in RAW_TEXT
            continue
        depth, last = depth - 1, match.end()
        if not depth:
            break
    if last < 0:
        unclosed.add(name)
        return len(source) if name in RAW_TEXT else position
    stop = source.find(">", last)
    return len(source) if stop < 0 else stop + 1


@cache
def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}(?=[\s/>]|\Z)", re.IGNORECASE)
