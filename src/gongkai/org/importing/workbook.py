"""The sheets of an import as an Excel file: the empty template, and the tree as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format

from gongkai.org.importing.columns import (
    EXPLANATIONS,
    FORMS,
    LEVELS,
    ROLES,
    Column,
    Form,
    Kind,
)
from gongkai.org.importing.entries import Value
from gongkai.org.importing.state import State

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp, so that equal input gives equal bytes
OFFERED = 2_000
"""Rows of an empty sheet whose cells offer the words they take."""
Row = Mapping[str, Value]


def template() -> bytes:
    """An empty workbook with all columns, what they mean, and lists to choose from."""
    return _workbook({"agencies": [], "units": [], "people": []})


def export(there: State) -> bytes:
    """Everything in one's charge that exists, in a form that imports back without a change.

    Superiors stand before those below them. The same tree always gives the same bytes.
    """
    mine = {
        code: agency
        for code, agency in there.agencies.items()
        if agency.in_charge and agency.active
    }
    lines = {code: _line(code, there) for code in mine}
    agencies: list[Row] = [
        {"code": code, **mine[code].values} for code in sorted(mine, key=lambda code: lines[code])
    ]
    units: list[Row] = [
        {"agency": agency, "code": code, "name": unit.name, "position": unit.position}
        for (agency, code), unit in sorted(
            there.units.items(), key=lambda item: (item[0][0], item[1].position, item[0][1])
        )
        if agency in mine and unit.active
    ]
    return _workbook({"agencies": agencies, "units": units, "people": list(_people(there, mine))})


def _line(code: str, there: State) -> list[tuple[int, str]]:
    """Order among siblings, from the root down."""
    line: list[tuple[int, str]] = []
    at = code
    while at in there.agencies:
        values = there.agencies[at].values
        line.append((int(str(values["position"])), at))
        at = str(values["superior"])
    return line[::-1]


def _people(there: State, mine: Mapping[str, object]) -> Iterable[Row]:
    roles: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for (username, agency, role), unit in sorted(there.posts.items()):
        closed = unit and not there.units[agency, unit].active
        if agency in mine and there.people[username].active:
            roles[username, agency, "" if closed else unit].append(role)
    for (username, agency, unit), held in sorted(roles.items()):
        name = there.people[username].full_name
        yield {
            "username": username,
            "full_name": name,
            "agency": agency,
            "roles": tuple(role for role in ROLES if role in held),
            "unit": unit,
        }


def _workbook(rows: Mapping[Kind, Sequence[Row]]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": CREATED})
    head = book.add_format({"bold": True, "bg_color": "#E9F0F9", "bottom": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    for kind, form in FORMS.items():
        _sheet(book, form, rows[kind], head, text)
    _explanations(book, head)
    book.close()
    return out.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, form: Form, rows: Sequence[Row], head: Format, text: Format
) -> None:
    sheet = book.add_worksheet(form.title)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(form.columns):
        sheet.set_column(place, place, column.width, text)
        sheet.write_string(0, place, column.heading + ("（必填）" if column.needed else ""), head)
        words = _choices(column)
        if words:
            offered = {"validate": "list", "source": words, "ignore_blank": True}
            sheet.data_validation(1, place, max(len(rows), OFFERED), place, offered)
        for line, row in enumerate(rows, 1):
            sheet.write_string(line, place, _written(column, row.get(column.field, "")), text)


def _choices(column: Column) -> list[str]:
    if column.shape == "level":
        return [words[0] for words in LEVELS.values()]
    return ["是", "否"] if column.shape == "yes" else []


def _written(column: Column, value: Value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(ROLES[role][0] for role in value)
    return LEVELS[str(value)][0] if column.shape == "level" else str(value)


def _explanations(book: xlsxwriter.Workbook, head: Format) -> None:
    sheet = book.add_worksheet(EXPLANATIONS)
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 4, 40)
    for place, words in enumerate(("表", "列", "说明", "例", "也认得")):
        sheet.write_string(0, place, words, head)
    line = 1
    for form in FORMS.values():
        for column in form.columns:
            note = column.note or ("必填。" if column.needed else "可不填。")
            told = (form.title, column.heading, note, column.example, "、".join(column.aliases))
            for place, words in enumerate(told):
                sheet.write_string(line, place, words)
            line += 1
    general = (
        ("角色", "、".join(words[0] for words in ROLES.values())),
        ("空白", "空白的格不改原来的内容；要清空，填一个短横“-”。"),
        ("再次导入", "同一份文件导入两次，第二次什么也不变。表里没有的，不会被删除。"),
    )
    for line_after, (word, explained) in enumerate(general, line + 1):
        sheet.write_string(line_after, 0, word, head)
        sheet.write_string(line_after, 2, explained)
