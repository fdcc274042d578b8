"""Any published yearly report, in whatever state the web left it → Report with provenance."""

from __future__ import annotations

from gongkai.annual_report.figures import Report, ReportFormatError, loads
from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.placing import place
from gongkai.annual_report.read.sources import parse
from gongkai.annual_report.read.sources.encoding import decode

__all__ = ["UnreadableReportError", "read"]


def read(data: bytes, name: str = "") -> Report:
    """The report in a file's bytes. The format is told by content; `name` is for provenance.

    Raises UnreadableReportError, and nothing else, when the bytes are not a readable report.
    """
    source = parse(data, name)
    if source.kind == "json":
        return _written(data, name)
    return place(source)


def _written(data: bytes, name: str) -> Report:
    try:
        return loads(decode(data))
    except (ReportFormatError, RecursionError) as error:
        raise UnreadableReportError("not_a_report", name, str(error)[:200]) from error
