"""Workbooks as people make them, for tests that read one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from gongkai.org.importing.entries import Entries, entries
from gongkai.org.importing.plan import Plan, plan
from gongkai.org.importing.sheets import read
from gongkai.org.importing.state import State

AGENCIES = ("代码", "名称", "层级", "上级机关代码")
UNITS = ("机关代码", "代码", "名称")
PEOPLE = ("用户名", "姓名", "机关代码", "角色", "内设机构")
Rows = Sequence[Sequence[Any]]


def workbook(
    sheets: Mapping[str, Rows], touch: Callable[[xlsxwriter.Workbook], None] | None = None
) -> bytes:
    """A workbook of the rows; `touch` does what else a person does to one."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                sheet.write(r, c, value)
    if touch:
        touch(book)
    book.close()
    return out.getvalue()


def tree(
    agencies: Rows = (), units: Rows = (), people: Rows = (), *, heads: Sequence[str] = AGENCIES
) -> bytes:
    """The three sheets with the headings above."""
    sheets = {"机关": [heads, *agencies], "内设机构": [UNITS, *units], "人员": [PEOPLE, *people]}
    filled = {name: rows for name, rows in sheets.items() if len(rows) > 1}
    return workbook(filled or {"机关": [heads]})


def said(data: bytes) -> Entries:
    return entries(read(data))


def planned(data: bytes, there: State | None = None) -> Plan:
    return plan(said(data), there or State())


def problems(found: Plan | Entries) -> list[tuple[str, int, str, str]]:
    """Sheet, row, column and code of every problem."""
    return [(p.sheet, p.row, p.column, p.code) for p in sorted(found.problems)]
