"""The fixed forms of the yearly report (国办公开办函〔2019〕60号, 〔2021〕30号).

A form is data: every row, column, label, code and unit, and the sums that must hold.
Addresses name one cell of a form, in the spelling used everywhere in the system:

    proactive.normative_documents.in_force
    applications.3.3.1.natural_person
    appeals.litigation_direct.total
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

Address = str
Table = Literal["proactive", "applications", "appeals"]

VERSIONS = ("2019", "2021")
_ORDINAL = re.compile(r"^(?:\(\d\)|\d\.) ")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `unit` is 件, 项 or 万元, empty where the form names none."""

    code: str
    label: str
    label_en: str
    unit: str
    group: str = ""
    decimal: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the proactive or applications table; `under` are the merged heads above it."""

    code: str
    label: str
    label_en: str
    under: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    @property
    def name_en(self) -> str:
        """The English label without its number, to stand beside the row's code."""
        return _ORDINAL.sub("", self.label_en)


@dataclass(frozen=True, slots=True)
class ProactiveBlock:
    """One item of article 20 in section two: its own small table."""

    item: str
    item_en: str
    article: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class AppealGroup:
    """Five columns of the appeals table."""

    code: str
    label: str
    label_en: str
    under: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionHead:
    number: int
    title: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Cells that must add up: Σ left = Σ right.

    `across` says what `left` and `right` name: "rows" (the sum holds in every column)
    or "columns" (it holds in every row, or in every appeal group).
    """

    rule: str
    table: Table
    across: Literal["rows", "columns"]
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """One version of the form. `last_year` is None while it is in force."""

    version: str
    reference: str
    first_year: int
    last_year: int | None
    overview_limit: int | None
    sections: tuple[SectionHead, ...]
    proactive: tuple[ProactiveBlock, ...]
    applications_note: str
    applications_heading: str
    applications_note_en: str
    applications_heading_en: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    appeal_columns: tuple[Column, ...]
    appeal_groups: tuple[AppealGroup, ...]
    sums: tuple[Sum, ...]

    @cached_property
    def addresses(self) -> dict[Address, Column]:
        """Every cell of the form in reading order, with the column it stands in."""
        return {
            **{
                f"proactive.{row.code}.{column.code}": column
                for block in self.proactive
                for row in block.rows
                for column in block.columns
            },
            **{
                f"applications.{row.code}.{column.code}": column
                for row in self.rows
                for column in self.columns
            },
            **{
                f"appeals.{group.code}.{column.code}": column
                for group in self.appeal_groups
                for column in self.appeal_columns
            },
        }

    @cached_property
    def column_codes(self) -> tuple[str, ...]:
        return tuple(column.code for column in self.columns)

    @cached_property
    def row_codes(self) -> tuple[str, ...]:
        return tuple(row.code for row in self.rows)

    def label(self, address: Address, language: str = "zh") -> str:
        """The official words for a cell, e.g. 「（三）不予公开 1.属于国家秘密 · 自然人」.

        Raises KeyError for an address the form does not have.
        """
        return self._labels[language][address]

    @cached_property
    def _labels(self) -> dict[str, dict[Address, str]]:
        labels: dict[str, dict[Address, str]] = {"zh": {}, "en": {}}

        def put(address: Address, zh: tuple[str, ...], en: tuple[str, ...]) -> None:
            labels["zh"][address] = " ".join(zh[:-1]) + " · " + zh[-1]
            labels["en"][address] = " ".join(en[:-1]) + " · " + en[-1]

        for block in self.proactive:
            for row in block.rows:
                for column in block.columns:
                    put(
                        f"proactive.{row.code}.{column.code}",
                        (row.label, column.label),
                        (row.label_en, column.label_en),
                    )
        for row in self.rows:
            for column in self.columns:
                put(
                    f"applications.{row.code}.{column.code}",
                    (*row.under[1:], row.label, column.label),
                    (row.code, row.name_en, column.label_en),
                )
        for group in self.appeal_groups:
            for column in self.appeal_columns:
                put(
                    f"appeals.{group.code}.{column.code}",
                    (*group.under, group.label, column.label),
                    (group.label_en, column.label_en),
                )
        return labels


@cache
def form(version: str) -> Form:
    """The form of that version ("2019" or "2021"). Raises KeyError for any other."""
    if version not in VERSIONS:
        raise KeyError(f"no form {version!r}; there are {', '.join(VERSIONS)}")
    text = (files("gongkai.law") / "data" / "forms" / f"{version}.toml").read_text("utf-8")
    return _build(tomllib.loads(text))


def form_in_force(year: int) -> Form | None:
    """The form that reports of that year must use; None before 2019, when there was none."""
    for version in VERSIONS:
        candidate = form(version)
        if candidate.first_year <= year <= (candidate.last_year or year):
            return candidate
    return None


def _build(data: dict[str, Any]) -> Form:
    applications, appeals = data["applications"], data["appeals"]
    return Form(
        version=data["version"],
        reference=data["reference"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        overview_limit=data.get("overview_limit"),
        sections=tuple(SectionHead(**head) for head in data["sections"]),
        proactive=tuple(
            ProactiveBlock(
                item=block["item"],
                item_en=block["item_en"],
                article=block["article"],
                rows=tuple(Row(**row, articles=(block["article"],)) for row in block["rows"]),
                columns=tuple(Column(**column) for column in block["columns"]),
            )
            for block in data["proactive"]
        ),
        applications_note=applications["note"],
        applications_heading=applications["heading"],
        applications_note_en=applications["note_en"],
        applications_heading_en=applications["heading_en"],
        columns=tuple(Column(**column) for column in applications["columns"]),
        rows=tuple(_row(row) for row in applications["rows"]),
        appeal_columns=tuple(Column(**column) for column in appeals["columns"]),
        appeal_groups=tuple(
            AppealGroup(group["code"], group["label"], group["label_en"], tuple(group["under"]))
            for group in appeals["groups"]
        ),
        sums=tuple(
            Sum(s["rule"], s["table"], s["across"], tuple(s["left"]), tuple(s["right"]))
            for s in data["sums"]
        ),
    )


def _row(row: dict[str, Any]) -> Row:
    return Row(
        row["code"], row["label"], row["label_en"], tuple(row["under"]), tuple(row["articles"])
    )
