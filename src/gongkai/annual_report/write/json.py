"""The report as JSON, in the fixed shape of `gongkai.annual_report.figures`."""

from __future__ import annotations

from gongkai.annual_report.figures import Report, dumps


def render(report: Report, language: str = "zh") -> bytes:  # noqa: ARG001 - JSON has no language
    """UTF-8 JSON; what cannot be encoded (a lone surrogate) becomes a question mark."""
    return (dumps(report) + "\n").encode(errors="replace")
