"""Findings as text for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import click

from gongkai.annual_report.check import SEVERITIES, Finding, Mend, rules, wording
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.places import in_words
from gongkai.cli.report_files import Opened
from gongkai.law.forms import form

WORDS = {
    "zh": {
        "error": "错误",
        "review": "复核",
        "note": "提示",
        "place": "出处",
        "quote": "原文",
        "mend": "改正其一即成立",
        "all": "按已填数字",
        "or": "，或 ",
        "and": "，",
        "sound": "没有发现问题",
        "form": "{version} 年版格式",
        "no_agency": "机关不明",
        "no_year": "年份不明",
        "section": "第{numeral}部分",
    },
    "en": {
        "error": "error",
        "review": "review",
        "note": "note",
        "place": "at",
        "quote": "text",
        "mend": "one of these would mend it",
        "all": "by what is filled in",
        "or": ", or ",
        "and": ", ",
        "sound": "nothing found",
        "form": "form of {version}",
        "no_agency": "agency unknown",
        "no_year": "year unknown",
        "section": "part {number}",
    },
}
COLOURS = {"error": "red", "review": "yellow", "note": "blue"}


def checked_as_text(
    source: Opened, report: Report, findings: Sequence[Finding], language: str
) -> str:
    """One report's findings, each with its place in the form, in the source, and its mends."""
    words = WORDS[language]
    head = [report.agency or words["no_agency"], str(report.year or words["no_year"])]
    if report.form:
        head.append(words["form"].format(version=report.form))
    counts = Counter(finding.severity for finding in findings)
    tally = "  ".join(f"{words[s]} {counts[s]}" for s in SEVERITIES if counts[s])
    lines = [click.style(source.name, bold=True) + "  " + " · ".join(head)]
    lines += [line for finding in findings for line in _finding(report, finding, language)]
    lines.append(f"  {tally or words['sound']}")
    return "\n".join(lines) + "\n"


def _finding(report: Report, finding: Finding, language: str) -> Iterator[str]:
    words = WORDS[language]
    where = place_in_form(report, finding.address, language)
    severity = click.style(words[finding.severity], fg=COLOURS[finding.severity], bold=True)
    yield f"  {severity} {finding.code}" + (f"  {where}" if where else "")
    yield f"      {finding.message(language)}"
    sides = rules()[finding.code].sides
    facts = [(sides.expected, finding.expected), (sides.found, finding.found)]
    told = [f"{getattr(word, language)} {value}" for word, value in facts if value]
    if told:
        yield f"      {'  '.join(told)}"
    place = in_words(finding.place, language)
    for word, value in ((words["quote"], finding.quote), (words["place"], place)):
        if value:
            yield f"      {word} {value}"
    if finding.mend:
        yield f"      {_mend(report, finding, language)}"


def _mend(report: Report, finding: Finding, language: str) -> str:
    """What would repair it; blank totals are each worked out, so all of them hold at once."""
    words = WORDS[language]
    head, between = ("all", "and") if finding.code == "sum.unchecked" else ("mend", "or")
    return f"{words[head]} {words[between].join(_mends(report, finding.mend, language))}"


def _mends(report: Report, mends: Iterable[Mend], language: str) -> list[str]:
    return [
        f"{place_in_form(report, mend.address, language)} = {_text(mend.figure)}" for mend in mends
    ]


def place_in_form(report: Report, address: str, language: str) -> str:
    """The official words for a cell; for a row, a table or a section what comes closest."""
    layout = form(report.form or "2021")
    try:
        return layout.label(address, language)
    except KeyError:
        pass
    table, _, rest = address.partition(".")
    if table == "section" and rest.isdigit():
        return WORDS[language]["section"].format(number=rest, numeral=wording.NUMERALS[int(rest)])
    if table not in wording.TABLE_NAMES:
        return address
    names = wording.row(layout.version, table, rest) if rest else wording.TABLE_NAMES[table]
    return names[0] if language == "zh" else names[1]


def checked_as_json(
    results: Sequence[tuple[Opened, Sequence[Finding]]], language: str
) -> dict[str, Any]:
    """The findings of all files in one object; the keys are fixed (see `--help`)."""
    counts = Counter(finding.severity for _, findings in results for finding in findings)
    return {
        "files": [_file(source, findings, language) for source, findings in results],
        "counts": {severity: counts[severity] for severity in SEVERITIES},
    }


def _file(source: Opened, findings: Sequence[Finding], language: str) -> dict[str, Any]:
    report = source.report
    error = None if report else {"reason": source.reason, "message": source.message}
    return {
        "file": source.name,
        "agency": report and report.agency,
        "year": report and report.year,
        "form": report and report.form,
        "error": error,
        "findings": [_as_json(report or Report(), finding, language) for finding in findings],
    }


def _as_json(report: Report, finding: Finding, language: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message(language),
        "address": finding.address or None,
        "label": place_in_form(report, finding.address, language) or None,
        "place": finding.place or None,
        "quote": finding.quote or None,
        "expected": finding.expected or None,
        "found": finding.found or None,
        "terms": [
            {"address": term.address, "figure": _text(term.figure), "sign": term.sign}
            for term in finding.terms
        ],
        "mend": [{"address": mend.address, "figure": _text(mend.figure)} for mend in finding.mend],
        "fingerprint": finding.fingerprint,
    }


def _text(figure: Figure) -> str | None:
    """A figure exactly, as text; None for a blank."""
    return None if figure is None else f"{Decimal(figure):f}"
