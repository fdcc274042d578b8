"""A file → rows of texts: Excel, CSV, JSON, or a zip of one of these with the attachments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.org.importing.problems import UnusableFileError
from gongkai.org.importing.sheets import Line, read
from gongkai.publishing.importing.columns import HEADINGS, plain
from gongkai.publishing.importing.problems import Problem
from gongkai.screening.files import UnsafeFileError, safe_members

HEAD_WITHIN = 10
TABLES = (".xlsx", ".csv", ".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number as a spreadsheet shows it; values by field, only those that are there."""

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds: its rows, the attachments that came with it, and what it says besides."""

    rows: Sequence[Row]
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def source(data: bytes, name: str) -> Source:
    """The rows of the file. A file that cannot be read has no rows and a problem that says why."""
    try:
        if _is_archive(data, name):
            return _archive(data)
        return _table(data, name, {})
    except UnusableFileError as error:
        return Source((), {}, (_unusable(error.message("zh"), error.message("en")),))
    except UnsafeFileError as error:
        refusal = error.refusal
        return Source((), {}, (_unusable(refusal.message("zh"), refusal.message("en")),))


def _is_archive(data: bytes, name: str) -> bool:
    return data.startswith(b"PK\x03\x04") and not name.lower().endswith(".xlsx")


def _archive(data: bytes) -> Source:
    members = {member.name: member.data for member in safe_members(data)}
    tables = [name for name in members if "/" not in name and name.lower().endswith(TABLES)]
    if len(tables) != 1:
        code = "two_tables" if tables else "no_table"
        return Source((), {}, (Problem(0, "", code, "、".join(sorted(tables))[:200]),))
    files = {name: content for name, content in members.items() if name != tables[0]}
    return _table(members[tables[0]], tables[0], files)


def _table(data: bytes, name: str, files: Mapping[str, bytes]) -> Source:
    if name.lower().endswith((".json", ".jsonl")) or data.lstrip()[:1] in (b"[", b"{"):
        return _json(data, files)
    notes: list[Problem] = []
    for sheet in read(data, name):
        found = _headed(sheet.lines, notes)
        if found is not None:
            rows = tuple(_rows(found, sheet.lines, notes))
            empty = () if rows else (Problem(0, "", "no_rows"),)
            return Source(rows, files, (*notes, *empty))
    return Source((), files, (Problem(0, "", "no_headings"),))


@dataclass(frozen=True, slots=True)
class _Head:
    number: int
    places: Mapping[int, str]


def _headed(lines: Sequence[Line], notes: list[Problem]) -> _Head | None:
    for line in lines[:HEAD_WITHIN]:
        known = {
            place: HEADINGS[word].field
            for place, cell in enumerate(line.cells)
            if (word := plain(cell)) in HEADINGS
        }
        if {"agency", "title"} <= set(known.values()):
            notes += [
                Problem(line.number, "", "unknown_column", cell[:40])
                for place, cell in enumerate(line.cells)
                if cell and place not in known
            ]
            return _Head(line.number, known)
    return None


def _rows(head: _Head, lines: Sequence[Line], notes: list[Problem]) -> Iterator[Row]:
    for line in lines:
        if line.number <= head.number:
            continue
        values = {
            name: line.cells[place]
            for place, name in head.places.items()
            if place < len(line.cells) and line.cells[place]
        }
        if values and line.hidden:
            notes.append(Problem(line.number, "", "hidden_row"))
        if values:
            yield Row(line.number, values)


def _json(data: bytes, files: Mapping[str, bytes]) -> Source:
    try:
        found = _objects(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return Source((), files, (Problem(0, "", "not_a_list"),))
    if not found:
        return Source((), files, (Problem(0, "", "no_rows"),))
    return Source(tuple(_from_object(n, one) for n, one in enumerate(found, 1)), files)


def _objects(text: str) -> list[dict[str, Any]]:
    """A list of objects, or one object a line. Raises ValueError."""
    lines = text.strip()
    if lines.startswith("["):
        found = json.loads(lines)
    else:
        found = [json.loads(line) for line in lines.splitlines() if line.strip()]
    if not all(isinstance(one, dict) for one in found):
        raise ValueError("not a list of objects")
    return list(found)


def _from_object(number: int, values: Mapping[str, Any]) -> Row:
    texts = {
        HEADINGS[word].field: _text(value)
        for name, value in values.items()
        if (word := plain(str(name))) in HEADINGS and value not in (None, "", [])
    }
    return Row(number, texts)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(_text(one) for one in value)
    return str(value)


def _unusable(zh: str, en: str) -> Problem:
    return Problem(0, "", "unusable", zh, en)
