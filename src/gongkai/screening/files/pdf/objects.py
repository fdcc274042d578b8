"""The objects of a PDF, walked once each: actions, metadata, attachments and private data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from gongkai.screening.files.limits import LIMIT_DEPTH

Number = tuple[int, int]

_BAD_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
}
Container = pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array


@dataclass(frozen=True, slots=True)
class Entry:
    """A value below a key of a dictionary, or in an array, where the key is ""."""

    holder: Container
    key: str
    value: pikepdf.Object


def walk(opened: pikepdf.Pdf) -> tuple[list[Entry], set[Number]]:
    """All entries of all dictionaries that a viewer can come to, and the objects passed."""
    found: list[Entry] = []
    seen: set[Number] = set()
    ahead: list[tuple[pikepdf.Object, int]] = [(opened.trailer, 0)]
    while ahead:
        value, depth = ahead.pop()
        if value.is_indirect:
            number = value.objgen
            if number in seen:
                continue
            seen.add(number)
            depth = 0
        if depth > LIMIT_DEPTH * 4:
            continue
        ahead += [(inner, depth + 1) for inner in _within(value, found)]
    return found, seen


def keys(value: pikepdf.Dictionary | pikepdf.Stream) -> list[str]:
    """The keys of a dictionary that are names; a damaged file has others, which nothing reads."""
    return [key for key in value.keys() if key.startswith("/") and key.isprintable()]  # noqa: SIM118


def _within(value: pikepdf.Object, found: list[Entry]) -> Iterator[pikepdf.Object]:
    if isinstance(value, pikepdf.Array):
        for inner in value:
            if isinstance(inner, pikepdf.Object):
                found.append(Entry(value, "", inner))
                yield inner
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key in keys(value):
            below = value.get(key)
            if isinstance(below, pikepdf.Object):
                found.append(Entry(value, key, below))
                yield below


def action(value: object) -> str:
    """What an action does that a reader of a document does not expect, "" for any other value."""
    if not isinstance(value, pikepdf.Dictionary):
        return ""
    kind = str(value.get("/S") or "")
    if kind in _BAD_ACTIONS:
        return f"{kind[1:]} {words(value.get('/JS') or value.get('/F') or '')}".strip()
    if kind == "/URI" and words(value.get("/URI")).lower().startswith(("file:", "javascript:")):
        return f"URI {words(value.get('/URI'))}"
    return ""


def words(value: object) -> str:
    """A string, a stream or the name in a file specification as text."""
    if isinstance(value, pikepdf.Stream):
        return bytes(value.read_bytes())[:4096].decode("utf-8", "replace")
    if isinstance(value, pikepdf.Dictionary):
        return words(value.get("/UF") or value.get("/F") or "")
    if isinstance(value, pikepdf.String | str):
        return str(value)
    return "" if value is None or isinstance(value, pikepdf.Array) else str(value)


def unreferenced(opened: pikepdf.Pdf, seen: set[Number]) -> list[str]:
    """What left-over objects hold: the texts of dictionaries, "stream" for each stream."""
    found = []
    for value in opened.objects:
        if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream) or value.objgen in seen:
            continue
        if str(value.get("/Type")) in {"/ObjStm", "/XRef"} or "/Linearized" in value:
            continue
        inner = [value.get(key) for key in keys(value)]
        texts = [str(one) for one in inner if isinstance(one, pikepdf.String) and str(one).strip()]
        if isinstance(value, pikepdf.Stream):
            texts.append("stream")
        found += texts
    return found
