"""How cells, rows and figures are named in messages: in the form's own words, kept short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from gongkai.annual_report.figures import Figure
from gongkai.law.forms import Address, Form, form

TABLE_NAMES = {
    "proactive": ("第二部分主动公开表", "the proactive disclosure table (section 2)"),
    "applications": ("第三部分申请办理表", "the applications table (section 3)"),
    "appeals": ("第四部分复议诉讼表", "the reconsideration and litigation table (section 4)"),
}
NUMERALS = "〇一二三四五六"
_EXPLANATION = re.compile("（[^（）]{4,}）$")


def number(figure: Figure) -> str:
    """A figure as people write it; a blank cell is "空白"."""
    if figure is None:
        return "空白"
    return format(figure, "f") if isinstance(figure, Decimal) else str(figure)


def number_en(figure: Figure) -> str:
    return "blank" if figure is None else number(figure)


@cache
def cell(version: str, address: Address) -> tuple[str, str]:
    """A cell in Chinese and English, e.g. ("（一）予以公开·自然人", "row 3.1, Natural persons").

    A row of the other version of the form is named as that form names it.
    """
    layout = form(version)
    if address not in layout.addresses:
        layout = form("2019" if version == "2021" else "2021")
    if address not in layout.addresses:
        return address, address
    table, _, rest = address.partition(".")
    code = rest.rpartition(".")[0]
    zh, en = row(layout.version, table, code)
    head = layout.addresses[address]
    return f"{zh}·{_brief(head.label)}", f"{en}, {head.label_en}"


@cache
def row(version: str, table: str, code: str) -> tuple[str, str]:
    """A row or appeal group in Chinese and English, without the long explanations in brackets."""
    for layout in (form(version), form("2019" if version == "2021" else "2021")):
        name = _row(layout, table, code)
        if name:
            return name
    return code, code


def _row(layout: Form, table: str, code: str) -> tuple[str, str] | None:
    if table == "applications":
        for found in layout.rows:
            if found.code == code:
                under = "".join(found.under[1:])
                return under + _brief(found.label), f"row {code} ({found.name_en})"
    elif table == "proactive":
        for block in layout.proactive:
            for found in block.rows:
                if found.code == code:
                    return found.label, found.label_en
    else:
        for group in layout.appeal_groups:
            if group.code == code:
                return "".join((*group.under, group.label)), group.label_en
    return None


def _brief(label: str) -> str:
    head = _EXPLANATION.sub("", label)
    return head if len(head) <= 22 else head[:21] + "…"


def column(layout: Form, code: str) -> tuple[str, str]:
    """A column of the applications table."""
    found = next(c for c in layout.columns if c.code == code)
    return found.label, found.label_en


def listed(names: Sequence[str], language: str = "zh", limit: int = 6) -> str:
    """Names in a row; past `limit` the rest is counted, not named."""
    if language == "zh":
        shown = "、".join(f"「{name}」" for name in names[:limit])
        return shown + (f"等 {len(names)} 处" if len(names) > limit else "")
    shown = "; ".join(names[:limit])  # the names hold commas themselves
    return shown + (f" and {len(names) - limit} more" if len(names) > limit else "")


def addition(figures: Iterable[Figure]) -> str:
    """As in "22 + 2 + 1"; blanks and zeros are left out, "0" if nothing remains."""
    return " + ".join(number(f) for f in figures if f) or "0"


def section(number_: int) -> tuple[str, str]:
    if number_ == 0:
        return "开头", "the preface"
    return f"第{NUMERALS[number_]}部分", f"section {number_}"
