"""What kind of source the bytes are, told by their content and never by the file's name."""

from __future__ import annotations

import re
from typing import Literal

from gongkai.annual_report.read.failure import UnreadableReportError

Container = Literal["pdf", "zip", "ole", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TEXT = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xfd7zXZ",
    b"\x7fELF",
    b"MZ\x90",
    b"SQLite format 3",
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd\ufffe\uffff]")
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|body|table)[\s>]", re.IGNORECASE)
_BLOCKS = re.compile(r"</?(?:p|div|span|font|h[1-6]|ul|ol|li|section|article)[\s>]", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_OBJECT = re.compile(r'\s*\{\s*(?:"|\})')
_OFFICE_XML = re.compile(r"<\?mso-application|schemas-microsoft-com:office:(?:spreadsheet|word)\"")


def container(data: bytes) -> Container:
    """The outer format. Raises UnreadableReportError "empty" or "binary"."""
    if not data.strip(b"\x00 \t\r\n\f\v"):
        raise UnreadableReportError("empty")
    head = data[:1024]
    if head.lstrip().startswith(b"%PDF-") or (b"%PDF-" in head and b"endobj" in data):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(_OLE):
        return "ole"
    if data.startswith(_NOT_TEXT):
        raise UnreadableReportError("binary")
    return "text"


def markup(text: str) -> Literal["html", "json", "text"]:
    """What the decoded text is. Raises UnreadableReportError: "empty" if nothing is in it,
    "binary" if it is not text, "unsupported" for RTF, MHTML and single-file Office XML.
    """
    if not text or text.isspace():
        raise UnreadableReportError("empty")
    head = text[:2000].lstrip()
    if len(_CONTROLS.findall(text[:100_000])) * 20 > len(text[:100_000]):
        raise UnreadableReportError("binary")
    if head.startswith("{\\rtf"):
        raise UnreadableReportError("unsupported", detail="RTF")
    if head.startswith("MIME-Version:") or "\nContent-Type: multipart/related" in head:
        raise UnreadableReportError("unsupported", detail="MHTML")
    if head.startswith("<?xml") and _OFFICE_XML.search(head):
        raise UnreadableReportError("unsupported", detail="XML")
    if _OBJECT.match(text):
        return "json"
    return "html" if _is_page(text) else "text"


def _is_page(text: str) -> bool:
    if "<" not in text:
        return False
    if _PAGE.search(text) or len(_BLOCKS.findall(text, 0, 200_000)) > 1:
        return True
    return len(_BREAK.findall(text)) > text.count("\n") + 1
