"""What is wrong with a report, or has to be looked at.

    findings = check(read(data, name), Context(previous=last_year))

Findings come errors first, then reviews, then notes, each in the order of the form.
"""

from __future__ import annotations

from functools import cache

from gongkai.annual_report.check import (
    cells,
    duties,
    narrative,
    passages,
    rollup,
    structure,
    sums,
    unplaced,
    years,
)
from gongkai.annual_report.check.claim import Claim
from gongkai.annual_report.check.claims import claims
from gongkai.annual_report.check.finding import (
    REGISTRY,
    SEVERITIES,
    Finding,
    Mend,
    Rule,
    Severity,
    Term,
)
from gongkai.annual_report.check.subject import Context, Subject
from gongkai.annual_report.figures import Report
from gongkai.law.forms import form

__all__ = [
    "SEVERITIES",
    "Claim",
    "Context",
    "Finding",
    "Mend",
    "Rule",
    "Severity",
    "Term",
    "check",
    "claims",
    "rules",
]

# Importing a module registers its rules; this tuple is what keeps the imports.
_RULES = (structure, cells, unplaced, sums, narrative, years, passages, duties, rollup)
_SECTION_OF_TABLE = {"proactive": 2, "applications": 3, "appeals": 4}


def rules() -> dict[str, Rule]:
    """Every rule by its code."""
    return dict(REGISTRY.rules)


def check(report: Report, context: Context | None = None) -> list[Finding]:
    """Everything the rules find in a report: errors, reviews, notes, each in form order.

    `context` gives last year's report and the reports the figures must add up to. A rule is
    applied to the forms it is registered for; nothing is raised for a report of any content.
    """
    subject = Subject(report, context)
    version = subject.form.version
    found = [
        finding
        for entry in REGISTRY.rules.values()
        if version in entry.forms
        for finding in entry.check(subject)
    ]
    positions = _positions(version)
    found.sort(key=lambda finding: _order(finding, positions))
    return found


@cache
def _positions(version: str) -> dict[str, int]:
    return {address: index for index, address in enumerate(form(version).addresses)}


def _order(finding: Finding, positions: dict[str, int]) -> tuple[int, int, int, str]:
    table, _, rest = finding.address.partition(".")
    section = int(rest) if table == "section" else _SECTION_OF_TABLE.get(table, 0)
    return (
        SEVERITIES.index(finding.severity),
        section,
        positions.get(finding.address, -1),
        finding.code,
    )
