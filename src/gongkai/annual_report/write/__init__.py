"""A report in every format it is published in.

Each format is a function from the same laid-out document, so that no two can differ in content.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from gongkai.annual_report.corrigenda import Corrigenda
from gongkai.annual_report.figures import Report

FORMATS: tuple[str, ...] = ("html", "docx", "xlsx", "pdf", "json")


class UnknownFormatError(ValueError):
    """The suffix names no format that a report can be written in."""

    def __init__(self, suffix: str) -> None:
        super().__init__(f"cannot write {suffix!r}; choose one of {', '.join(FORMATS)}")
        self.suffix = suffix


def write(
    report: Report, suffix: str, *, language: str = "zh", corrigenda: Corrigenda | None = None
) -> bytes:
    """The report as a file of that format ("html", "docx", "xlsx", "pdf" or "json").

    `suffix` may have a leading dot and capitals. The tables are those of the report's form; what
    the report does not have is not added. The same report always gives the same bytes. Figures
    named by `corrigenda` are marked as corrected, with a list of what changed when and why; what
    is written with it is read back to the same report as without.
    Raises UnknownFormatError, and MissingFontError where no Chinese font is installed.
    """
    chosen = suffix.lower().removeprefix(".")
    if chosen not in FORMATS:
        raise UnknownFormatError(suffix)
    module = import_module(f"gongkai.annual_report.write.{chosen}")
    render = cast("Callable[[Report, str, Corrigenda | None], bytes]", module.render)
    return render(report, language, corrigenda)
