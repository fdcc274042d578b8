"""XMP packets: what they say beyond the format of the file itself ([ISO 16684-1])."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Sighting
from gongkai.screening.files.xmlparts import Element, local, parsed

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# Facts of the file, not of people: they stay, and pdfaid makes a PDF/A one.
_PLAIN_SPACES = (
    "http://www.aiim.org/pdfa/ns/",
    "http://www.aiim.org/pdfua/ns/",
    "http://ns.adobe.com/exif/1.0/aux",
)
PLAIN = {
    "CreateDate",
    "ModifyDate",
    "MetadataDate",
    "CreatorTool",
    "Producer",
    "PDFVersion",
    "Trapped",
    "format",
    "language",
    "DocumentID",
    "InstanceID",
    "OriginalDocumentID",
    "RenditionClass",
    "VersionID",
    "Orientation",
    "ColorSpace",
    "XResolution",
    "YResolution",
    "ResolutionUnit",
    "PixelXDimension",
    "PixelYDimension",
    "date",
    "type",
    "NPages",
}
_POSITION = re.compile(r"^GPS")
_AUTHORS = {"creator", "rights", "Author", "Credit", "Artist"}


Told = tuple[Element, str, str, str]


def told(data: bytes) -> Iterator[Told]:
    """What a packet tells: element, the attribute's name or "", plain name, value.

    Raises UnsafeFileError for a packet that is not XML.
    """
    root = parsed(data.strip(b"\0 \t\r\n\xef\xbb\xbf"), "XMP")
    for description in root.iter(f"{_RDF}Description"):
        for key, value in description.attrib.items():
            name = str(key).rpartition("}")[2]
            if not str(key).startswith((_RDF, "{http://www.w3.org/XML/")) and not _plain(key):
                yield description, str(key), name, str(value)
        for node in description:
            value = " ".join(" ".join(str(text) for text in node.itertext()).split())
            if local(node) and not _plain(node.tag) and (value or len(node)):
                yield node, "", local(node), value


def packet(root: Any) -> bytes:
    """A packet from its tree."""
    body: bytes = etree.tostring(root, encoding="utf-8")
    return body


def sightings(data: bytes) -> Iterator[Sighting]:
    """Traces of a packet inside a picture."""
    try:
        found = list(told(data))
    except UnsafeFileError:
        yield Sighting("picture.text", "XMP")
        return
    for _, _, name, value in found:
        if _POSITION.match(name):
            yield Sighting("picture.position", f"{name}: {value}")
        elif name in _AUTHORS:
            yield Sighting("picture.author", f"{name}: {value}")
        else:
            yield Sighting("picture.text", f"{name}: {value}")


def _plain(tag: object) -> bool:
    space, _, name = str(tag).removeprefix("{").rpartition("}")
    return space.startswith(_PLAIN_SPACES) or name in PLAIN
