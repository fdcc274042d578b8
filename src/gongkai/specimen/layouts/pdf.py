"""PDF files with ruled tables, set by typst."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.annual_report.figures import Report
from gongkai.specimen.layouts import sheet
from gongkai.specimen.layouts.sheet import Table
from gongkai.typesetting import Faces, Press

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "SimSun")


def pdf(report: Report) -> bytes:
    """One long page, so that no table is split."""
    return _set(report, small_pages=False)


def pdf_pages(report: Report) -> bytes:
    """Small pages: tables run over the break, page numbers stand in between."""
    return _set(report, small_pages=True)


@cache
def _press() -> Press:
    """The system's fonts are searched once; it takes longer than setting a report."""
    return Press(files("gongkai.specimen.layouts") / "tables.typ", _faces)


def _faces(_families: frozenset[str]) -> Faces:
    """An example is set with whatever is installed."""
    return {"text": FONTS}


def _set(report: Report, *, small_pages: bool) -> bytes:
    document = sheet.document(report)
    data = {
        "small_pages": small_pages,
        "title": document.title,
        "preface": document.preface,
        "parts": [
            {
                "heading": part.heading,
                "paragraphs": part.paragraphs,
                "table": _table(part.table) if part.table else None,
            }
            for part in document.parts
        ],
    }
    return bytes(_press().set(data, format="pdf").made)


def _table(table: Table) -> dict[str, Any]:
    cells = [
        {"text": box.text, "rowspan": box.rowspan, "colspan": box.colspan}
        for line in table.lines
        for box in line
    ]
    return {"width": table.width, "cells": cells}
