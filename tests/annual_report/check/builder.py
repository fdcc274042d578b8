"""A sound report to break: every cell filled, all sums balanced, all six sections there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gongkai.annual_report.check import Context, Finding, check
from gongkai.annual_report.figures import Figure, Report, Section
from gongkai.law.forms import form

ROWS = {"1": 20, "2": 3, "3.1": 12, "3.2": 4, "3.3.6": 2, "3.4.1": 3, "3.7": 21, "4": 2}
FEE = "本年度未收取信息处理费。"


def sound(version: str = "2021", year: int = 2023, **changes: Any) -> Report:
    """A report whose applications are all by natural persons, with the rows of `ROWS`."""
    layout = form(version)
    figures: dict[str, Figure] = dict.fromkeys(layout.addresses, 0)
    for code, count in ROWS.items():
        figures[f"applications.{code}.natural_person"] = count
        figures[f"applications.{code}.total"] = count
    texts = {1: "本机关认真执行条例。", 5: "公开的范围不够宽，今后扩大。", 6: FEE}
    sections = tuple(Section(s.number, s.title, texts.get(s.number, "")) for s in layout.sections)
    report = Report(
        agency="清河县财政局", year=year, form=version, sections=sections, figures=figures
    )
    return replace(report, **changes)


def changed(report: Report, figures: Mapping[str, Figure]) -> Report:
    return replace(report, figures={**report.figures, **figures})


def without(report: Report, prefix: str) -> Report:
    """The report without the cells whose address begins so."""
    kept = {a: f for a, f in report.figures.items() if not a.startswith(prefix)}
    return replace(report, figures=kept)


def telling(report: Report, text: str, number: int = 1) -> Report:
    """The report with the words of one section replaced."""
    sections = tuple(replace(s, text=text) if s.number == number else s for s in report.sections)
    return replace(report, sections=sections)


def overview(text: str, version: str = "2021", year: int = 2023) -> Report:
    return telling(sound(version, year), text)


def found(report: Report, code: str, context: Context | None = None) -> list[Finding]:
    """What one rule finds."""
    return [finding for finding in check(report, context) if finding.code == code]


def codes(report: Report, context: Context | None = None) -> list[str]:
    return [finding.code for finding in check(report, context)]
