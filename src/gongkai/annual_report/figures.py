"""The yearly report as plain values: what it says, and where in its source each figure stood.

A figure is an `int`, a `Decimal` (only where the form allows decimals) or `None`.
`None` is a cell that is there and blank or unreadable. An address that is missing from
`Report.figures` is a cell that was not found at all. Neither is zero.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple

from gongkai.annual_report.records import RECORDS
from gongkai.law.forms import Address, Form, form

Figure = int | Decimal | None
How = Literal["read", "solved", "corrected", "counted"]
TABLES = ("proactive", "applications", "appeals")


class Provenance(NamedTuple):
    """Where a figure stood: file, place inside it, and the original text of the cell.

    `how` is "read" for a cell taken as it stands, "solved" for one recovered from glued digits
    by arithmetic that leaves one reading, "corrected" for one changed by a person, "counted" for
    one counted from the records of the system (`file` is the book, `place` the year and the day).
    """

    file: str
    place: str
    text: str
    how: How = "read"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a statement about the report (its title, agency, year …) rests on."""

    value: str
    source: Literal["title", "head", "body", "metadata", "content"]
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six numbered parts. `text` is the original narrative without the tables."""

    number: int
    title: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something the reader saw and, on purpose, did not put into a cell.

    `code` is one of the reader's own codes (`UNPLACED`); `readings` are the possible
    values per address where digits have run together and several readings hold.
    """

    code: str
    place: str
    text: str
    addresses: tuple[Address, ...] = ()
    readings: tuple[tuple[int | Decimal, ...], ...] = ()


UNPLACED = {
    "glued": ("数字连写，有多种读法，未填入", "digits run together and several readings hold"),
    "contradictory": ("数字连写，没有一种读法能使各项合计成立", "no reading makes the sums hold"),
    "short_row": ("该行数字少于应有的格数，无法判断各在哪一列", "fewer figures than columns"),
    "long_row": ("该行数字多于应有的格数，无法判断各在哪一列", "more figures than columns"),
    "extra_column": ("表中有法定格式以外的列", "a column the form does not have"),
    "extra_row": ("表中有法定格式以外的行", "a row the form does not have"),
    "repeated": ("同一表格出现多次，以第一次为准", "the same table occurs more than once"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """One yearly report of one agency.

    `form` is the version recognised by content ("2019", "2021") or None where no table tells.
    `figures` maps cell addresses to figures (see `gongkai.law.forms` for the spelling). `records`
    are those the text may tell beside the tables (`gongkai.annual_report.records`); only a report
    that came out of the books has them, counted together with its cells.
    """

    agency: str | None = None
    year: int | None = None
    form: str | None = None
    title: str | None = None
    period: Period | None = None
    published: date | None = None
    preface: str = ""
    sections: tuple[Section, ...] = ()
    figures: dict[Address, Figure] = field(default_factory=dict)
    provenance: dict[Address, Provenance] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    unplaced: tuple[Unplaced, ...] = ()
    records: dict[Address, Figure] = field(default_factory=dict)

    def layout(self) -> Form | None:
        """The form the report is laid out in."""
        return form(self.form) if self.form else None

    def has(self, table: str) -> bool:
        """Whether any cell of that table was found."""
        return any(address.startswith(table) for address in self.figures)

    def row(self, code: str) -> tuple[Figure, ...] | None:
        """A row of the applications table in column order; None if the row was not found."""
        columns = form(self.form or "2021").column_codes
        addresses = [f"applications.{code}.{column}" for column in columns]
        if not any(address in self.figures for address in addresses):
            return None
        return tuple(self.figures.get(address) for address in addresses)

    def section(self, number: int) -> Section | None:
        return next((s for s in self.sections if s.number == number), None)

    def with_figure(self, address: Address, figure: Figure, provenance: Provenance) -> Report:
        """The report with one cell changed."""
        return replace(
            self,
            figures={**self.figures, address: figure},
            provenance={**self.provenance, address: provenance},
        )


def row_codes(report: Report) -> tuple[str, ...]:
    """The applications rows the report holds, in form order.

    A report may use the single row 3.6 of the 2019 form inside the 2021 form; it is kept as found.
    """
    found = {
        address.split(".", 1)[1].rpartition(".")[0]
        for address in report.figures
        if address.startswith("applications.")
    }
    order = [*form("2021").row_codes]
    order.insert(order.index("3.6.1"), "3.6")
    return tuple(code for code in order if code in found)


def to_json(report: Report, *, provenance: bool = False) -> dict[str, Any]:
    """The report as JSON values. Keys and nesting are fixed; blank cells are null.

    A table that was not found is null; inside a found table, rows that were not found are absent.
    Decimals become numbers. With `provenance`, every cell's source, the evidence and what was
    left unplaced are added, and what was counted for the text where that was done.
    """
    data: dict[str, Any] = {
        "agency": report.agency,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "period": report.period
        and {
            "start": report.period.start.isoformat(),
            "end": report.period.end.isoformat(),
        },
        "published": report.published and report.published.isoformat(),
        "proactive": _nested(report, "proactive"),
        "applications": _applications(report),
        "appeals": _nested(report, "appeals"),
        "preface": report.preface,
        "sections": [
            {"number": s.number, "title": s.title, "text": s.text} for s in report.sections
        ],
    }
    if provenance:
        data["provenance"] = {
            address: {"file": p.file, "place": p.place, "text": p.text, "how": p.how}
            for address, p in report.provenance.items()
        }
        data["evidence"] = {
            name: {"value": e.value, "source": e.source, "place": e.place, "text": e.text}
            for name, e in report.evidence.items()
        }
        data["unplaced"] = [
            {
                "code": u.code,
                "place": u.place,
                "text": u.text,
                "addresses": list(u.addresses),
                "readings": [[_number(n) for n in reading] for reading in u.readings],
            }
            for u in report.unplaced
        ]
        if report.records:
            data["records"] = {a: _number(figure) for a, figure in report.records.items()}
    return data


def _nested(report: Report, table: str) -> dict[str, dict[str, Any]] | None:
    rows: dict[str, dict[str, Any]] = {}
    for address, figure in _in_form_order(report, table):
        _, row, column = address.split(".")
        rows.setdefault(row, {})[column] = _number(figure)
    return rows or None


def _in_form_order(report: Report, table: str) -> list[tuple[Address, Figure]]:
    known = list(form(report.form or "2021").addresses)
    order = {address: place for place, address in enumerate(known)}
    found = [(a, f) for a, f in report.figures.items() if a.startswith(table + ".")]
    return sorted(found, key=lambda item: order.get(item[0], len(order)))


def _applications(report: Report) -> dict[str, Any] | None:
    codes = row_codes(report)
    if not codes:
        return None
    rows = {code: [_number(figure) for figure in report.row(code) or ()] for code in codes}
    return {"columns": list(form(report.form or "2021").column_codes), "rows": rows}


def _number(figure: Figure) -> int | float | None:
    if figure is None or isinstance(figure, int):
        return figure
    return int(figure) if figure == figure.to_integral_value() else float(figure)


# Bounds of what a report in JSON may hold. Real ones stay below a tenth of them.
LONGEST_FIGURE = 15  # digits
LONGEST_TEXT = 400_000  # characters, provenance included
LONGEST_TITLE = 500  # characters


class ReportFormatError(ValueError):
    """The JSON is not a report; the message names the key."""


def from_json(data: Any) -> Report:
    """The report that `to_json` wrote (with or without provenance).

    Raises ReportFormatError naming the first key that does not fit.
    """
    if not isinstance(data, dict):
        raise ReportFormatError("expected a JSON object with the keys agency, year, form …")
    try:
        report = _from_object(data)
        _within_bounds(report)
        return report
    except (TypeError, KeyError, AttributeError, ArithmeticError) as error:
        raise ReportFormatError(f"a value is not of the kind its key asks for: {error}") from error


def _within_bounds(report: Report) -> None:
    """Refuse what no report holds: cells of no form, text without end, characters of no script."""
    unknown = next((a for a in (*report.figures, *report.provenance) if a not in _cells()), None)
    if unknown is not None:
        raise ReportFormatError(f"{unknown[:80]}: the form has no such cell")
    unknown = next((a for a in report.records if a not in RECORDS), None)
    if unknown is not None:
        raise ReportFormatError(f"{unknown[:80]}: no such figure is counted from records")
    texts = [
        report.agency or "",
        report.title or "",
        report.preface,
        *(text for s in report.sections for text in (s.title, s.text)),
        *(text for p in report.provenance.values() for text in (p.file, p.place, p.text)),
        *(text for e in report.evidence.values() for text in (e.value, e.place, e.text)),
        *(text for u in report.unplaced for text in (u.place, u.text)),
    ]
    if sum(map(len, texts)) > LONGEST_TEXT:
        raise ReportFormatError(f"the texts are longer than {LONGEST_TEXT} characters")
    if max(len(text) for text in (texts[0], texts[1])) > LONGEST_TITLE:
        raise ReportFormatError(f"title or agency is longer than {LONGEST_TITLE} characters")
    try:
        "".join(texts).encode()
    except UnicodeEncodeError as error:
        raise ReportFormatError("a text holds half a character (an unpaired surrogate)") from error


@cache
def _cells() -> frozenset[Address]:
    columns = form("2021").column_codes
    single = (f"applications.3.6.{column}" for column in columns)
    return frozenset((*form("2019").addresses, *form("2021").addresses, *single))


def _from_object(data: dict[str, Any]) -> Report:
    figures: dict[Address, Figure] = {}
    for table in ("proactive", "appeals"):
        for row, cells in (_mapping(data, table)).items():
            for column, value in _mapping({row: cells}, row).items():
                figures[f"{table}.{row}.{column}"] = _figure(value, f"{table}.{row}.{column}")
    applications = _mapping(data, "applications")
    columns = applications.get("columns") or form("2021").column_codes
    for code, values in _mapping(applications, "rows").items():
        if not isinstance(values, list) or len(values) != len(columns):
            raise ReportFormatError(f"applications.rows.{code}: expected {len(columns)} values")
        for column, value in zip(columns, values, strict=True):
            address = f"applications.{code}.{column}"
            figures[address] = _figure(value, address)
    version = data.get("form")
    if version not in (None, "2019", "2021"):
        raise ReportFormatError(f"form: expected 2019, 2021 or null, found {version!r}")
    year = data.get("year")
    if isinstance(year, bool) or not (year is None or (isinstance(year, int) and 0 < year < 9999)):
        raise ReportFormatError(f"year: expected a whole number, found {year!r}")
    return Report(
        agency=_text(data, "agency"),
        year=year,
        form=version,
        title=_text(data, "title"),
        period=_period(data.get("period")),
        published=_date(data.get("published"), "published"),
        preface=_text(data, "preface") or "",
        sections=tuple(_section(s) for s in data.get("sections") or ()),
        figures=figures,
        provenance={a: Provenance(**_words(p)) for a, p in _mapping(data, "provenance").items()},
        evidence={n: Evidence(**_words(e)) for n, e in _mapping(data, "evidence").items()},
        unplaced=tuple(
            Unplaced(
                **_words({key: u[key] for key in ("code", "place", "text")}),
                addresses=tuple(_words(dict(enumerate(u["addresses"]))).values()),
                readings=tuple(tuple(_exact(n) for n in reading) for reading in u["readings"]),
            )
            for u in data.get("unplaced") or ()
        ),
        records={a: _figure(figure, a) for a, figure in _mapping(data, "records").items()},
    )


def _words(value: dict[Any, Any]) -> dict[Any, Any]:
    """The object, if all its values are text."""
    for key, text in value.items():
        if not isinstance(text, str):
            raise ReportFormatError(f"{key}: expected text, found {type(text).__name__}")
    return value


def _mapping(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ReportFormatError(f"{key}: expected an object, found {type(value).__name__}")
    return value


def _text(data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise ReportFormatError(f"{key}: expected text, found {type(value).__name__}")
    return value


def _figure(value: Any, address: Address) -> Figure:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ReportFormatError(f"{address}: expected a number or null, found {value!r}")
    return _exact(value)


def _exact(value: float | Decimal) -> int | Decimal:
    if isinstance(value, int):
        if value.bit_length() > LONGEST_FIGURE * 4:
            raise ReportFormatError(f"a number has more than {LONGEST_FIGURE} digits")
        return value
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        raise ReportFormatError(f"{value!r} is not a number")
    # Turning 1E+1000000 into digits would take half a minute.
    if not -LONGEST_FIGURE <= exact.adjusted() < LONGEST_FIGURE or _places(exact) > LONGEST_FIGURE:
        raise ReportFormatError(f"a number has more than {LONGEST_FIGURE} digits")
    return int(exact) if exact == exact.to_integral_value() else exact


def _places(exact: Decimal) -> int:
    exponent = exact.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _date(value: Any, key: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError) as error:
        raise ReportFormatError(
            f"{key}: expected a date like 2024-01-31, found {value!r}"
        ) from error


def _period(value: Any) -> Period | None:
    if not value:
        return None
    start, end = _date(value.get("start"), "period.start"), _date(value.get("end"), "period.end")
    return Period(start, end) if start and end else None


def _section(value: Any) -> Section:
    try:
        return Section(int(value["number"]), str(value["title"]), str(value["text"]))
    except (TypeError, KeyError, ValueError) as error:
        raise ReportFormatError("sections: expected objects with number, title and text") from error


def loads(text: str) -> Report:
    """The report in a JSON text. Raises ReportFormatError."""
    try:
        data = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise ReportFormatError(f"not JSON: {error}") from error
    return from_json(data)


def dumps(report: Report, *, provenance: bool = False) -> str:
    """The report as JSON text, one row of the applications table a line."""
    data = to_json(report, provenance=provenance)
    rows = (data["applications"] or {}).get("rows", {})
    marks = {f"@row {code}@": json.dumps(values) for code, values in rows.items()}
    for code in rows:
        rows[code] = f"@row {code}@"
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for mark, values in marks.items():
        text = text.replace(json.dumps(mark), values, 1)
    return text
