"""Who a file is: its kind, whether its name says so, and whether something in it could do harm."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from gongkai.screening.compound import SIGNATURE, CompoundFile
from gongkai.screening.files import markup, ole
from gongkai.screening.files.kinds import MARKUP, OFFICE, OLE, PIXELS, Identity, Kind, endings
from gongkai.screening.files.limits import LIMIT_BYTES, LIMIT_PIXELS
from gongkai.screening.files.office.package import Package
from gongkai.screening.files.pdf.objects import words
from gongkai.screening.files.pdf.opened import HEADER, unpacked, weigh, weigh_content
from gongkai.screening.files.pictures.size import largest
from gongkai.screening.files.refusal import Refusal, UnsafeFileError
from gongkai.screening.files.sniffing import (
    ending_of,
    is_archive,
    is_program,
    kind_of,
    kind_of_zip,
)
from gongkai.screening.files.trace import excerpt
from gongkai.screening.files.xmlparts import local
from gongkai.screening.files.zips import OpenZip, ends_as_zip, unsafe_name

_MACRO_ENDINGS = frozenset(["docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "ppsm", "potm", "xlsb"])
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "/activex/", "/macrosheets/", "/dialogsheets/")
_AUTOMATIC = re.compile(r"(?i)\bDDE(?:AUTO)?\b")
_SCRIPT_IN_BITS = re.compile(rb"(?i)<script[\s>]|<\?php|<html[\s>]")
_OBJECT_IN_RTF = re.compile(rb"(?i)\\obj(?:data|emb|ocx|autlink)|\\ddeauto")
_HEAD = 1024


def identify(data: bytes, name: str) -> Identity:
    """The kind of a file by its content, and all reasons to refuse it, the gravest first.

    Never raises: what cannot be opened is a fault of the identity.
    """
    ending = ending_of(name)
    if not data.strip(b"\0 \t\r\n"):
        return Identity("unknown", ending, (Refusal("empty"),))
    if len(data) > LIMIT_BYTES:
        return Identity("unknown", ending, (Refusal("too_large"),))
    kind: Kind = "unknown"
    faults = list(_of_name(name))
    if is_program(data, name):
        faults.append(Refusal("executable", excerpt(name)))
        return Identity(kind, ending, tuple(faults))
    try:
        kind = kind_of(data, ending)
        faults += _of_content(data, kind, ending)
    except UnsafeFileError as error:
        faults.append(error.refusal)
    return Identity(kind, ending, tuple(faults))


def _of_name(name: str) -> Iterator[Refusal]:
    if unsafe_name(name) or "/" in name or "\\" in name or len(name) > 255:
        yield Refusal("unsafe_name")


def _of_content(data: bytes, kind: Kind, ending: str) -> Iterator[Refusal]:
    if kind == "unknown":
        yield Refusal("unknown_kind")
        return
    yield from _harm(data, kind, ending)
    if kind in PIXELS and (pixels := largest(data)) > LIMIT_PIXELS:
        yield Refusal("too_many_pixels", f"{pixels // 1_000_000} MP")
    if _is_polyglot(data, kind):
        yield Refusal("polyglot")
    if ending not in endings(kind):
        yield Refusal("disguised", f".{ending} ≠ {kind}")


def _harm(data: bytes, kind: Kind, ending: str) -> Iterator[Refusal]:
    if ending in _MACRO_ENDINGS:
        yield Refusal("macros", f".{ending}")
    if kind in OFFICE:
        yield from _of_office(Package(data))
    elif kind in OLE:
        yield from _of_compound(ole.opened(data))
    elif kind == "pdf":
        yield from _of_pdf(data)
    elif kind in MARKUP:
        yield from _of_markup(data)
    elif kind == "rtf" and _OBJECT_IN_RTF.search(data):
        yield Refusal("script", "\\object")
    elif kind in {"odt", "ods", "odp", "ofd"}:
        yield from _of_parts(OpenZip(data))
    elif kind == "zip":
        yield from _of_members(OpenZip(data))


def _of_office(package: Package) -> Iterator[Refusal]:
    for name in package.names:
        if any(mark in name.lower() for mark in _MACRO_PARTS):
            yield Refusal("macros", name)
    types = package.xml("[Content_Types].xml")
    if any(
        "macroEnabled" in str(node.get("ContentType")) for node in ([] if types is None else types)
    ):
        yield Refusal("macros", "macroEnabled")
    for name in package.names:
        if name.endswith(".xml") and name.startswith("word/"):
            yield from _of_fields(package, name)
    yield from _of_embedded(package)
    package.main_part()


def _of_fields(package: Package, name: str) -> Iterator[Refusal]:
    """Fields that start another program when the document is opened."""
    root = package.xml(name)
    instructions = "".join(
        str(node.text or "")
        if local(node) == "instrText"
        else f" {node.get(node.keys()[0]) or ''} "
        for node in ([] if root is None else root.iter())
        if local(node) == "instrText" or (local(node) == "fldSimple" and node.keys())
    )
    if _AUTOMATIC.search(instructions):
        yield Refusal("macros", "DDE")


def _of_embedded(package: Package) -> Iterator[Refusal]:
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            continue
        data = package.part(name)
        if is_program(data) or (data.startswith(SIGNATURE) and _holds_program(data)):
            yield Refusal("executable", name)


def _holds_program(data: bytes) -> bool:
    """Whether an embedded compound file wraps a file that runs ([MS-OLEDS] 2.3.6)."""
    compound = ole.opened(data)
    native = compound.stream("\x01Ole10Native")
    names = re.findall(rb"[\x20-\x7e\x80-\xff]{3,}", native[:2048])
    return any(is_program(b"", name.decode("latin-1")) for name in names) or b"MZ\x90\0" in native


def _of_compound(compound: CompoundFile) -> Iterator[Refusal]:
    if ole.is_encrypted(compound):
        yield Refusal("encrypted")
    if ole.has_macros(compound):
        yield Refusal("macros", "VBA")


def _of_pdf(data: bytes) -> Iterator[Refusal]:
    weigh(data)
    with unpacked(data) as opened:
        weigh_content(opened)
        for value in opened.objects:
            if not isinstance(value, pikepdf.Dictionary) or not isinstance(
                files := value.get("/EF"), pikepdf.Dictionary
            ):
                continue
            stream = files.get("/F") or files.get("/UF")
            head = bytes(stream.read_bytes())[:_HEAD] if isinstance(stream, pikepdf.Stream) else b""
            if is_program(head, words(value)):
                yield Refusal("executable", excerpt(words(value)))


def _of_markup(data: bytes) -> Iterator[Refusal]:
    if markup.has_entities(data):
        yield Refusal("bomb", "<!ENTITY")
    if markup.is_active(data):
        yield Refusal("script")


def _of_parts(opened: OpenZip) -> Iterator[Refusal]:
    """Parts of the other packages: macros, protection, programs."""
    for name in opened.names:
        if name.startswith(("Basic/", "Scripts/")):
            yield Refusal("macros", name)
        elif name == "META-INF/manifest.xml" and b"encryption-data" in opened.read(name):
            yield Refusal("encrypted")
        elif name.lower().endswith(("encryptions.xml", "encryptinfo.xml")):
            yield Refusal("encrypted", name)
        elif is_program(opened.head(name)):
            yield Refusal("executable", name)


def _of_members(opened: OpenZip) -> Iterator[Refusal]:
    """The files of an archive are held to the same rules; an archive within is one too many."""
    for name in opened.names:
        data = opened.read(name)
        if not data:
            continue
        if is_archive(data) or (
            data.startswith(b"PK\x03\x04") and kind_of_zip(OpenZip(data)) == "zip"
        ):
            yield Refusal("nested_archive", name)
            continue
        for fault in identify(data, name.rpartition("/")[2]).faults:
            yield Refusal(fault.code, ": ".join(part for part in (name, fault.detail) if part))


def _is_polyglot(data: bytes, kind: Kind) -> bool:
    head = data[:_HEAD]
    if kind == "pdf":
        return not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(HEADER) or ends_as_zip(data)
    if kind == "zip":
        return False
    if HEADER in head and b"endobj" in data:
        return True
    if kind in PIXELS or kind in {"mp3", "mp4"}:
        return ends_as_zip(data) or bool(_SCRIPT_IN_BITS.search(data))
    return kind in {"txt", "csv", "rtf", "html", "svg", "xml"} and ends_as_zip(data)
