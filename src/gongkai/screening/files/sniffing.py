"""The kind of a file from its first bytes and, for containers, from what they contain."""

from __future__ import annotations

import re

from gongkai.screening.compound import SIGNATURE as OLE_SIGNATURE
from gongkai.screening.compound import CompoundFile
from gongkai.screening.files import ofd, ole
from gongkai.screening.files.kinds import ENDINGS, Kind
from gongkai.screening.files.pdf.opened import HEADER as PDF_HEADER
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.zips import SIGNATURES as ZIP_SIGNATURES
from gongkai.screening.files.zips import OpenZip

_HEADS: tuple[tuple[bytes, Kind], ...] = (
    (PDF_HEADER, "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"{\\rtf", "rtf"),
    (b"ID3", "mp3"),
)
_ODF: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_STREAMS: tuple[tuple[str, Kind, Kind], ...] = (
    ("WordDocument", "doc", "wps"),
    ("Workbook", "xls", "et"),
    ("Book", "xls", "et"),
    ("PowerPoint Document", "ppt", "dps"),
)
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"dex\n",
)
_PROGRAM_ENDINGS = frozenset(
    [
        "exe",
        "com",
        "bat",
        "cmd",
        "scr",
        "pif",
        "dll",
        "sys",
        "msi",
        "msp",
        "hta",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "wsh",
        "ps1",
        "psm1",
        "sh",
        "jar",
        "lnk",
        "url",
        "reg",
        "cpl",
        "scf",
        "inf",
        "app",
        "apk",
        "deb",
        "rpm",
        "dmg",
        "iso",
        "img",
        "chm",
        "xll",
        "ocx",
        "gadget",
        "application",
    ]
)
_ARCHIVES = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd")
_PAGE = re.compile(rb"(?i)<!doctype\s+html|<(?:html|head|body|table|div|p|script|iframe)[\s>]")
_SVG = re.compile(rb"(?i)<(?:[a-z]+:)?svg[\s>]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4096


def kind_of(data: bytes, ending: str) -> Kind:
    """The kind; `ending` only tells apart what has the same content (doc and wps, txt and csv).

    Raises UnsafeFileError for a container that cannot be opened.
    """
    for head, kind in _HEADS:
        if data.startswith(head):
            return kind
    if data.startswith(ZIP_SIGNATURES):
        return kind_of_zip(OpenZip(data))
    if data.startswith(OLE_SIGNATURE):
        return _of_ole(ole.opened(data), ending)
    return _of_bits(data) or _of_text(data, ending)


def _of_bits(data: bytes) -> Kind | None:
    if PDF_HEADER in data[:1024] and b"endobj" in data:
        return "pdf"
    if data.startswith(b"BM") and int.from_bytes(data[10:14], "little") < len(data) > 26:
        return "bmp"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "mp4"
    if data[:1] == b"\xff" and data[1:2] in {b"\xfb", b"\xf3", b"\xf2", b"\xfa"}:
        return "mp3"
    return None


def kind_of_zip(opened: OpenZip) -> Kind:
    """What a zip is the container of."""
    names = set(opened.names)
    if "mimetype" in names:
        return _ODF.get(opened.head("mimetype").strip(), "zip")
    if ofd.ENTRY in names:
        return "ofd"
    if "[Content_Types].xml" in names and "_rels/.rels" in names:
        folders = {name.partition("/")[0] for name in names}
        office: tuple[tuple[str, Kind], ...] = (("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx"))
        found = [kind for folder, kind in office if folder in folders]
        return found[0] if len(found) == 1 and "xl/workbook.bin" not in names else "unknown"
    return "zip"


def _of_ole(compound: CompoundFile, ending: str) -> Kind:
    for stream, plain, chinese in _STREAMS:
        if stream in compound.names:
            return chinese if ending in ENDINGS[chinese] else plain
    if compound.names & {"EncryptedPackage", "EncryptionInfo"}:
        raise UnsafeFileError("encrypted")
    return "unknown"


def _of_text(data: bytes, ending: str) -> Kind:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = data[:_HEAD].replace(b"\0", b"") if wide else data[:_HEAD]
    if len(_CONTROLS.findall(head)) * 50 > len(head):
        return "unknown"
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _SVG.search(head) and start.startswith(b"<"):
        return "svg"
    if start.startswith(b"<") and _PAGE.search(start):
        return "html"
    if start.startswith(b"<?xml"):
        return "xml"
    return "csv" if ending in ENDINGS["csv"] else "txt"


def is_program(data: bytes, name: str = "") -> bool:
    """Whether the bytes, or the name, are those of something that runs."""
    if data.startswith(_PROGRAMS) and not (data.startswith(b"MZ") and _is_text(data)):
        return True
    return ending_of(name) in _PROGRAM_ENDINGS


def _is_text(data: bytes) -> bool:
    return not _CONTROLS.search(data[:_HEAD])


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a packed archive that is not looked into."""
    return data.startswith(_ARCHIVES)


def ending_of(name: str) -> str:
    """The ending of a name in small letters, without the dot; "" if it has none."""
    stem, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot and stem else ""
