"""Blocks → Report: the region of the report, its identity, its sections and its three tables."""

from __future__ import annotations

import re

from gongkai.annual_report.figures import Evidence, Report
from gongkai.annual_report.read.annex import without_annex
from gongkai.annual_report.read.appeals import place_appeals
from gongkai.annual_report.read.applications import Placement, place_applications
from gongkai.annual_report.read.canvas import Canvas
from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.identity import Identity, identify
from gongkai.annual_report.read.outline import Head, heads, sections
from gongkai.annual_report.read.preface import preface
from gongkai.annual_report.read.proactive import place_proactive
from gongkai.annual_report.read.rows import atoms
from gongkai.annual_report.read.source import Grid, Source
from gongkai.annual_report.read.vocabulary import HEADS_2019, HEADS_2021

# Characters of text, tables included. The longest real reports, of whole provinces, stay below a
# tenth of it; what is longer is no single report and would take seconds to search.
LONGEST = 300_000

_TABLE_HEADS = ("(本列数据", "申请人情况", "自然人")
_LABEL_LEAD = re.compile(r"(?:一[、.,]?)?(?:本年度?|当年|20\d\d年度?)?$")
_LONGEST_LEAD = len("一、2021年度")


def place(source: Source) -> Report:
    """The report in a source.

    Raises UnreadableReportError: "not_a_report" where there is none, "too_complex" for a text
    longer than LONGEST.
    """
    source = without_annex(source)
    if _length(source) > LONGEST:
        raise UnreadableReportError("too_complex", source.name, f"characters > {LONGEST}")
    canvas = Canvas(source)
    found = heads(canvas)
    words = atoms(canvas)
    text = canvas.squeezed.text
    applications = place_applications(canvas, words, source.name)
    before = applications.start if applications.figures else _start(found, 3, len(text))
    version = _version(canvas, applications, before)
    proactive = place_proactive(canvas, words, before, version or "2021", source.name)
    after = _after(canvas, applications, found)
    appeals = place_appeals(canvas, words, after, source.name)
    placements = (proactive, applications, appeals)
    if not any(p.figures for p in placements) and len(found) < 3:
        raise UnreadableReportError("not_a_report", source.name)
    return _assemble(source, canvas, found, placements, version)


def _length(source: Source) -> int:
    """Characters of text in a source."""
    length = 0
    for block in source.blocks:
        if isinstance(block, Grid):
            length += sum(len(cell.text) for row in block.rows for cell in row if cell)
        else:
            length += len(block.text)
    return length


def _start(found: list[Head], number: int, otherwise: int) -> int:
    return next((head.start for head in found if head.number == number), otherwise)


def _after(canvas: Canvas, applications: Placement, found: list[Head]) -> int:
    """Where the appeals table may begin, in the squeezed canvas."""
    if applications.figures:
        return len("".join(canvas.squeezed.folded[: applications.end].split()))
    return next((head.end for head in found if head.number == 4), 0)


def _version(canvas: Canvas, applications: Placement, before: int) -> str | None:
    """The form by what stands in it: the heads of section two, else the rows of （六）."""
    text = canvas.squeezed.text[max(0, before - 1500) : before]
    old, new = len(HEADS_2019.findall(text)), len(HEADS_2021.findall(text))
    if old != new:
        return "2019" if old > new else "2021"
    if any(
        address.startswith("applications.3.6.") and address.count(".") == 4
        for address in applications.figures
    ):
        return "2021"
    return "2019" if "applications.3.6.total" in applications.figures else None


def _assemble(
    source: Source,
    canvas: Canvas,
    found: list[Head],
    placements: tuple[Placement, Placement, Placement],
    version: str | None,
) -> Report:
    body = canvas.squeezed.origin(found[0].start) if found else min(len(canvas.text), 6000)
    identity = identify(canvas, source.title, source.published, body)
    return Report(
        agency=identity.agency,
        year=identity.year,
        form=version,
        title=identity.title,
        period=identity.period,
        published=identity.published,
        preface=preface(canvas, identity.title_end, body) if found else "",
        sections=sections(canvas, found, _covered(canvas, placements)),
        figures={a: f for p in placements for a, f in p.figures.items()},
        provenance={a: s for p in placements for a, s in p.provenance.items()},
        evidence=_evidence(identity, version),
        unplaced=tuple(u for p in placements for u in p.unplaced),
    )


def _covered(canvas: Canvas, placements: tuple[Placement, ...]) -> list[tuple[int, int]]:
    """Canvas stretches that belong to the tables: whole grids, or the lines of a table in text."""
    stretches = []
    for placement in placements:
        if not placement.figures:
            continue
        start = canvas.squeezed.origin(_with_head(canvas, placement.start))
        stretches.append((start, placement.end))
        stretches += [
            (first, last)
            for first, last, _ in canvas.grids
            if first < placement.end and last > start
        ]
    return stretches


def _with_head(canvas: Canvas, start: int) -> int:
    """The squeezed start of a table with the head and the note above its first row."""
    text = canvas.squeezed.text
    window = text[max(0, start - 400) : start]
    marks = [at for mark in _TABLE_HEADS if (at := window.rfind(mark)) >= 0]
    label = _LABEL_LEAD.search(window, max(0, len(window) - _LONGEST_LEAD))
    return start - len(window) + min([*marks, label.start() if label else len(window)])


def _evidence(identity: Identity, version: str | None) -> dict[str, Evidence]:
    if version:
        identity.note("form", version, "content", "", "")
    return identity.evidence
