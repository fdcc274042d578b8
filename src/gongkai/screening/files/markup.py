"""HTML, SVG and XML: whether they run something when opened, and remarks in their source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from gongkai.screening.files.limits import MEGABYTE, too_complex
from gongkai.screening.files.trace import Sighting

_ACTIVE_ELEMENTS = frozenset(
    [
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "foreignobject",
        "handler",
        "base",
        "portal",
    ]
)
_ADDRESSES = frozenset(
    [
        "href",
        "src",
        "action",
        "formaction",
        "data",
        "values",
        "to",
        "from",
        "by",
        "poster",
        "content",
    ]
)
_RUNS = re.compile(r"(?:javascript|vbscript|livescript):|data:(?:text/html|image/svg|application)")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0]")
# Whatever a parser makes of the rest, these never belong into a document.
_RAW = re.compile(rb"(?i)<(?:[a-z]{1,20}:)?script\b|<\?xml-stylesheet")
_ENTITIES = re.compile(rb"(?i)<!ENTITY")
_LIMIT = 8 * MEGABYTE


def is_active(data: bytes) -> bool:
    """Whether opening the source runs or loads something. Raises UnsafeFileError("too_complex")."""
    if len(data) > _LIMIT:
        raise too_complex("MB", _LIMIT // MEGABYTE)
    plain = _narrow(data)
    if _RAW.search(plain):
        return True
    # The signs of markup are the same bytes in every encoding in use for Chinese.
    parser = etree.HTMLParser(encoding="iso-8859-1", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return root is not None and any(_does_something(node) for node in root.iter(etree.Element))


def _narrow(data: bytes) -> bytes:
    """The source with one byte for each sign of markup."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    return data.replace(b"\0", b"")


def _does_something(node: Any) -> bool:
    name = str(node.tag).rpartition(":")[2].lower()
    attributes = {
        str(key).rpartition(":")[2].lower(): str(value) for key, value in node.attrib.items()
    }
    if name in _ACTIVE_ELEMENTS or any(key.startswith("on") for key in attributes):
        return True
    if name == "meta" and attributes.get("http-equiv", "").strip().lower() == "refresh":
        return True
    if name in {"animate", "set"} and attributes.get("attributename", "").lower().startswith("on"):
        return True
    return any(
        _RUNS.search(_INVISIBLE.sub("", value).lower())
        for key, value in attributes.items()
        if key in _ADDRESSES
    )


def has_entities(data: bytes) -> bool:
    """Whether the source declares entities, with which a few bytes become gigabytes."""
    return bool(_ENTITIES.search(data.replace(b"\0", b"")))


def hidden(data: bytes) -> Iterator[Sighting]:
    """The remarks in the source."""
    for start, end in _remarks(data):
        text = data[start + 4 : end - 3].decode("utf-8", "replace").strip()
        if text:
            yield Sighting("markup.comment", text)


def _remarks(data: bytes) -> Iterator[tuple[int, int]]:
    """Where each remark begins and ends; one without an end is none."""
    end = 0
    while (start := data.find(b"<!--", end)) >= 0 and (end := data.find(b"-->", start + 2) + 3) > 3:
        yield start, end


def cleaned(data: bytes) -> bytes:
    """The source without remarks."""
    kept, at = [], 0
    for start, end in _remarks(data):
        kept.append(data[at:start])
        at = end
    return b"".join([*kept, data[at:]])
