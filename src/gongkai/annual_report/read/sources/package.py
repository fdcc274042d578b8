"""Zip packages (.docx, .xlsx), weighed before anything in them is unpacked."""

from __future__ import annotations

import posixpath
from typing import Literal

from lxml import etree
from lxml.etree import _Element as Element

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.screening.weighing import Limits, UnweighedError, WeighedZip

__all__ = ["Element", "Package"]

LIMITS = Limits(parts=2_000, unpacked=128 * 1024 * 1024)
LIMIT_PART = 24 * 1024 * 1024
_MAIN = "/relationships/officeDocument"


class Package:
    """An opened package that has passed the size checks.

    Raises UnreadableReportError: "damaged" for a broken zip, "encrypted", "bomb" for what would
    unpack abnormally, "too_complex" for too many entries.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = WeighedZip(data, LIMITS)
        except UnweighedError as error:
            raise UnreadableReportError(error.reason, detail=error.detail) from error
        self._entries = {info.filename: info for info in self._zip.infos}

    def kind(self) -> Literal["docx", "xlsx"]:
        """What the package holds. Raises UnreadableReportError("unsupported") for anything else."""
        main = self.main_part()
        if main.startswith("word/"):
            return "docx"
        if main.startswith("xl/"):
            return "xlsx"
        if not self._entries:
            raise UnreadableReportError("empty")
        raise UnreadableReportError("unsupported", detail=next(iter(self._entries)))

    def main_part(self) -> str:
        """The name of the document itself, as the package's relationships give it."""
        root = self.xml("_rels/.rels")
        if root is not None:
            for relation in root:
                if str(relation.get("Type", "")).endswith(_MAIN):
                    return posixpath.normpath(str(relation.get("Target"))).lstrip("/")
        for name in ("word/document.xml", "xl/workbook.xml"):
            if name in self._entries:
                return name
        return ""

    def names(self) -> list[str]:
        return list(self._entries)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, None if there is none. What is declared cannot be exceeded."""
        info = self._entries.get(name)
        if info is None:
            return None
        if info.file_size > LIMIT_PART:
            raise UnreadableReportError("bomb", detail=name)
        try:
            return self._zip.read(info)
        except UnweighedError as error:
            raise UnreadableReportError(error.reason, detail=name) from error

    def xml(self, name: str) -> Element | None:
        """The root of an XML part, None if there is none or it is empty.

        Entities are never expanded; a part that declares any is refused as "bomb".
        """
        data = self.part(name)
        if not data:
            return None
        if b"<!ENTITY" in data or b"<\x00!\x00E\x00N" in data or b"\x00<\x00!\x00E\x00N" in data:
            raise UnreadableReportError("bomb", detail=name)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableReportError("damaged", detail=name) from error

    def verify(self) -> None:
        """Unpack everything once, piece by piece, so that a size that lies is found."""
        for info in self._zip.infos:
            try:
                for _ in self._zip.pieces(info):
                    pass
            except UnweighedError as error:
                raise UnreadableReportError(error.reason, detail=error.detail) from error
