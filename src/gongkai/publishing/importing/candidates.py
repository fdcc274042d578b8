"""A row → a document to be kept, or what is wrong with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongkai.law.catalogue import items
from gongkai.law.kinds import kinds
from gongkai.org.models import Agency
from gongkai.publishing.document.content import Content
from gongkai.publishing.document.models import Disclosure, Ground
from gongkai.publishing.document.normal import normal
from gongkai.publishing.importing.columns import BY_FIELD, COLUMNS, RELATIONS, plain
from gongkai.publishing.importing.dates import day
from gongkai.publishing.importing.problems import Problem
from gongkai.publishing.importing.sources import Row
from gongkai.publishing.refusal import NotAllowedError

_BETWEEN = re.compile(r"[;；\n]+")
EARLIEST = date(1949, 10, 1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that can become a document. `mark` is the same whenever the row is read again."""

    row: int
    agency: Agency
    content: Content
    published_on: date | None
    index_number: str
    attachments: tuple[str, ...]
    relations: tuple[tuple[str, str], ...]
    mark: str

    @property
    def same(self) -> tuple[int, str, str]:
        """What tells that two rows are one document."""
        return self.agency.pk, plain(self.content.document_number), plain(self.content.title)


class Reader:
    """Turns rows into candidates; it knows the agencies and their catalogues."""

    def __init__(
        self, agencies: Sequence[Agency], catalogue: Mapping[tuple[int, str], int], as_of: date
    ) -> None:
        self._agencies = {plain(word): a for a in agencies for word in (a.name, a.code)}
        self._catalogue = catalogue
        self._as_of = as_of

    def candidate(self, row: Row, *, published: bool) -> Candidate | list[Problem]:
        """The document of the row, or its problems. `published` asks for what is public."""
        wrong: list[Problem] = []
        values = self._values(row, wrong)
        wrong += self._contradictions(row, values, published=published)
        if wrong:
            return wrong
        agency: Agency = values.pop("agency")
        more = {name: values.pop(name, None) for name in ("published_on", "index_number")}
        attachments = values.pop("attachments", ())
        relations = tuple((kind, t) for kind in RELATIONS for t in values.pop(kind, ()))
        try:
            content = normal(Content(**{"kind": "official_document", **values}))
        except NotAllowedError as refused:
            reason = Problem(
                row.number, "", "not_kept", refused.message("zh"), refused.message("en")
            )
            return [reason]
        return Candidate(
            row.number,
            agency,
            content,
            more["published_on"] or (content.formed_on if published else None),
            more["index_number"] or "",
            attachments,
            relations,
            _mark(row),
        )

    def _values(self, row: Row, wrong: list[Problem]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column in COLUMNS:
            text = row.values.get(column.field, "").strip()
            if not text:
                if column.needed:
                    wrong.append(Problem(row.number, column.heading, "missing"))
                continue
            value, code = self._value(column.shape, text)
            if code:
                wrong.append(Problem(row.number, column.heading, code, text[:60]))
            else:
                values[column.field] = value
        self._with_catalogue(row, values, wrong)
        return values

    def _value(self, shape: str, text: str) -> tuple[Any, str]:
        if shape == "date":
            found = day(text)
            if found is None:
                return None, "bad_date"
            likely = found >= EARLIEST and found.year <= self._as_of.year + 30
            return found, "" if likely else "unlikely_date"
        if shape == "agency":
            agency = self._agencies.get(plain(text))
            return agency, "" if agency else "unknown_agency"
        if shape == "list":
            return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip()), ""
        if shape in _WORDS:
            code = _WORDS[shape]().get(plain(text), "")
            return code, "" if code else f"unknown_{shape}"
        return text, ""

    def _with_catalogue(self, row: Row, values: dict[str, Any], wrong: list[Problem]) -> None:
        code = values.pop("catalogue_item", "")
        if not code or "agency" not in values:
            return
        key = self._catalogue.get((values["agency"].pk, code))
        if key is None:
            heading = BY_FIELD["catalogue_item"].heading
            wrong.append(Problem(row.number, heading, "unknown_catalogue_item", code[:40]))
        else:
            values["catalogue_item"] = key

    def _contradictions(
        self, row: Row, values: Mapping[str, Any], *, published: bool
    ) -> list[Problem]:
        formed, shown = values.get("formed_on"), values.get("published_on")
        found: list[Problem] = []
        if formed and formed > self._as_of and published:
            found.append(Problem(row.number, BY_FIELD["formed_on"].heading, "future", str(formed)))
        if shown and shown > self._as_of:
            found.append(
                Problem(row.number, BY_FIELD["published_on"].heading, "future", str(shown))
            )
        if formed and shown and shown < formed:
            heading = BY_FIELD["published_on"].heading
            found.append(Problem(row.number, heading, "published_before_formed", str(formed)))
        begins, ends = values.get("effective_on"), values.get("expires_on")
        if begins and ends and ends < begins:
            heading = BY_FIELD["expires_on"].heading
            found.append(Problem(row.number, heading, "expires_before_effective"))
        if published and values.get("disclosure", "proactive") != Disclosure.PROACTIVE:
            found.append(Problem(row.number, BY_FIELD["disclosure"].heading, "not_proactive"))
        return found


def _mark(row: Row) -> str:
    text = "\x1e".join(f"{name}\x1f{value}" for name, value in sorted(row.values.items()))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def _kind_words() -> dict[str, str]:
    return {plain(w): k.code for k in kinds() for w in (k.code, k.label, k.label_en)}


@cache
def _item_words() -> dict[str, str]:
    known = items(on=date(2019, 5, 15))
    return {plain(word): item.code for item in known for word in (item.code, item.article)}


@cache
def _disclosure_words() -> dict[str, str]:
    return {plain(w): d.value for d in Disclosure for w in (d.value, str(d.label))}


@cache
def _ground_words() -> dict[str, str]:
    return {plain(w): g.value for g in Ground for w in (g.value, str(g.label))}


_WORDS = {
    "kind": _kind_words,
    "item": _item_words,
    "disclosure": _disclosure_words,
    "ground": _ground_words,
}
