"""OFD, the national format for fixed pages ([GB/T 33190]): properties, files, remarks, layers."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.parts import Parts
from gongkai.screening.files.trace import Place, Sighting
from gongkai.screening.files.xmlparts import Element, local, remove, texts

ENTRY = "OFD.xml"
_PROPERTIES = {"Author", "Subject", "Abstract", "Keyword", "Cover"}
_OFF = {"false", "0"}


def hidden(parts: Parts, deadline: Deadline) -> Iterator[Sighting]:
    """Traces of an OFD file."""
    for node in _told(parts):
        label = node.get("Name") or local(node)
        yield Sighting("ofd.property", f"{label}: {(node.text or '').strip()}")
    for name in parts.names:
        deadline.check()
        root = parts.xml(name) if name.lower().endswith(".xml") else None
        if root is None:
            continue
        place = Place("part", part=name)
        for node in root.iter():
            yield from _of_element(node, place)


def _of_element(node: Element, place: Place) -> Iterator[Sighting]:
    name = local(node)
    if name == "Attachment":
        yield Sighting("ofd.attachment", str(node.get("Name") or texts(node, "FileLoc")), place)
    elif name == "Annot":
        said = " ".join((str(node.get("Type") or ""), _said(node)))
        yield Sighting("ofd.annotation", said, place, "" if _is_off(node) else "shown")
    elif name == "TextObject" and _is_unseen(node):
        yield Sighting("ofd.invisible_text", texts(node, "TextCode"), place)
    elif name == "Version" and node.get("BaseLoc"):
        yield Sighting("ofd.version", str(node.get("BaseLoc")), place, "source_needed")
    elif name == "Signature" and node.get("BaseLoc"):
        yield Sighting("ofd.signature", str(node.get("BaseLoc")), place, "signed")


def is_signed(parts: Parts) -> bool:
    return any(local(node) == "Signature" for _, root in _trees(parts) for node in root.iter())


def _trees(parts: Parts) -> Iterator[tuple[str, Element]]:
    for name in parts.names:
        root = parts.xml(name) if name.lower().endswith(".xml") else None
        if root is not None:
            yield name, root


def _told(parts: Parts) -> list[Element]:
    """The entries of the document information that tell something."""
    root = parts.xml(ENTRY)
    return [
        node
        for info in ([] if root is None else root.iter())
        if local(info) == "DocInfo"
        for node in info.iter()
        if (local(node) in _PROPERTIES or local(node) == "CustomData") and (node.text or "").strip()
    ]


def _said(node: Element) -> str:
    return " ".join(part for part in (texts(node, "Remark"), texts(node, "TextCode")) if part)


def _is_off(node: Element) -> bool:
    return str(node.get("Visible") or "").lower() in _OFF


def _is_unseen(node: Element) -> bool:
    return (
        _is_off(node)
        or node.get("Alpha") == "0"
        or str(node.get("Size") or "1") in {"0", "0.0"}
        or (node.get("Fill") == "false" and node.get("Stroke") != "true")
    )


def clean(parts: Parts) -> None:
    """Take out properties, attached files, and remarks and text that do not show."""
    for node in _told(parts):
        remove(node)
    parts.touch(ENTRY)
    for name, root in list(_trees(parts)):
        for node in list(root.iter()):
            if local(node) == "Attachment":
                _drop_file(parts, name, node)
                remove(node)
            elif (local(node) == "Annot" and _is_off(node)) or (
                local(node) == "TextObject" and _is_unseen(node)
            ):
                remove(node)
            else:
                continue
            parts.touch(name)


def _drop_file(parts: Parts, name: str, node: Element) -> None:
    where = texts(node, "FileLoc").strip()
    target = (
        where.lstrip("/")
        if where.startswith("/")
        else posixpath.join(posixpath.dirname(name), where)
    )
    parts.drop(posixpath.normpath(target))
