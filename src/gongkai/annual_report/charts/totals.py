"""Figures as charts take them: a total that was left blank is made up from its parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from gongkai.annual_report.figures import Figure, Report, row_codes
from gongkai.law.forms import Address, form

Language = Literal["zh", "en"]
KINDS = form("2021").column_codes[:-1]


def added(figures: Iterable[Figure]) -> Figure:
    """The sum of the figures that are there; None if none is."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def completed(report: Report) -> dict[Address, Figure]:
    """The report's figures; a blank 总计 is the sum of the six kinds where all six are there."""
    figures = dict(report.figures)
    for code in row_codes(report):
        kinds = [figures.get(f"applications.{code}.{kind}") for kind in KINDS]
        if figures.get(f"applications.{code}.total") is None and None not in kinds:
            figures[f"applications.{code}.total"] = added(kinds)
    return figures
