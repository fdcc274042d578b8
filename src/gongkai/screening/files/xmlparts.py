"""XML as it comes: no entities, no network, no depth beyond libxml2's own limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from gongkai.screening.files.limits import LIMIT_XML
from gongkai.screening.files.refusal import UnsafeFileError

__all__ = [
    "Element",
    "below",
    "children",
    "local",
    "parsed",
    "remove",
    "serialised",
    "texts",
    "unwrap",
]

_ENTITIES = ("<!ENTITY".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_DECLARED = tuple(_ENTITIES)


def parsed(data: bytes, name: str) -> Element:
    """The root element. Raises UnsafeFileError: "bomb" for entities and size, "damaged"."""
    if len(data) > LIMIT_XML or any(mark in data for mark in _DECLARED):
        raise UnsafeFileError("bomb", name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeFileError("damaged", name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeFileError("bomb", name)
    return root


def serialised(root: Element) -> bytes:
    """The bytes of a part, with a declaration."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def local(element: Any) -> str:
    """The name without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    """The children of that local name, whatever namespace a writer used."""
    return [child for child in element if local(child) == name]


def below(element: Element, *names: str) -> Iterator[Element]:
    """The element itself and its descendants that have one of these local names."""
    found: Iterator[Element] = element.iter(*(f"{{*}}{name}" for name in names))
    return found


def texts(element: Element, *names: str) -> str:
    """The text of all descendants with one of these local names, joined."""
    return "".join(node.text or "" for node in below(element, *names))


def remove(element: Element) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is None:
        return
    for child in list(element):
        element.addprevious(child)
    remove(element)
