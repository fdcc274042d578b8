"""Formats → blocks: the bytes of a source as paragraphs and grids in reading order.

Nothing is understood here and nothing is folded: the text is the source's own.
"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.source import Source
from gongkai.annual_report.read.sources import encoding, html, ole, sniff, text
from gongkai.annual_report.read.sources.limits import LIMIT_BYTES, LIMIT_JSON, too_complex
from gongkai.annual_report.read.sources.package import Package
from gongkai.annual_report.read.sources.readings import without_readings


def parse(data: bytes, name: str = "") -> Source:
    """The source as blocks; `name` is only carried along, the format is told by content.

    Raises UnreadableReportError and nothing else.
    """
    try:
        return _parse(data, name)
    except UnreadableReportError as error:
        error.name = error.name or name
        raise
    except (Exception, RecursionError, MemoryError) as error:
        raise UnreadableReportError("damaged", name, type(error).__name__) from error


def _parse(data: bytes, name: str) -> Source:
    if len(data) > LIMIT_BYTES:
        raise UnreadableReportError("too_large", name)
    outer = sniff.container(data)
    source = _READERS[outer](data, name)
    if not source.blocks and source.kind != "json":
        raise UnreadableReportError("no_text", name)
    return source


def _parse_text(data: bytes, name: str) -> Source:
    content = without_readings(encoding.decode(data))
    kind = sniff.markup(content)
    if kind == "html":
        return html.parse(content, name)
    if kind == "json":
        if len(data) > LIMIT_JSON:
            raise too_complex("JSON bytes", LIMIT_JSON)
        return Source(kind="json", name=name)
    return text.parse(content, name)


def _parse_zip(data: bytes, name: str) -> Source:
    package = Package(data)
    if package.kind() == "docx":
        from gongkai.annual_report.read.sources import docx  # noqa: PLC0415 (loaded when needed)

        return docx.parse(package, name)
    from gongkai.annual_report.read.sources import xlsx  # noqa: PLC0415

    return xlsx.parse(data, name, package)


def _parse_ole(data: bytes, name: str) -> Source:
    """A password-protected Office document, or one in the formats before 2007."""
    compound = ole.opened(data)
    if "EncryptedPackage" in compound:
        raise UnreadableReportError("encrypted", name)
    if "Workbook" in compound or "Book" in compound:
        from gongkai.annual_report.read.sources import xlsx  # noqa: PLC0415

        return xlsx.parse(data, name)
    detail = ".doc" if "WordDocument" in compound else "OLE"
    raise UnreadableReportError("unsupported", name, detail)


def _parse_pdf(data: bytes, name: str) -> Source:
    from gongkai.annual_report.read.sources import pdf  # noqa: PLC0415

    return pdf.parse(data, name)


_READERS: dict[sniff.Container, Callable[[bytes, str], Source]] = {
    "text": _parse_text,
    "zip": _parse_zip,
    "ole": _parse_ole,
    "pdf": _parse_pdf,
}
