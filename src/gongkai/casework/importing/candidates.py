"""A row → a case to be taken over, or what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.casework.actions.migrating import Ending, Happened, Migrant
from gongkai.casework.application.intake import IN_FORCE
from gongkai.casework.application.models import ApplicantKind, Carrier, Channel, Delivery, FactKind
from gongkai.casework.application.person import Person, same_number
from gongkai.casework.importing import words
from gongkai.casework.importing.columns import BY_FIELD, COLUMNS
from gongkai.casework.importing.problems import Problem
from gongkai.casework.importing.reading import Row
from gongkai.law.outcomes import outcome
from gongkai.org.models import Agency
from gongkai.publishing.importing.columns import plain
from gongkai.publishing.importing.dates import day
from gongkai.screening.text import numbers
from gongkai.screening.text.invisible import visible

USUAL_EXTENSION = 20
LONGEST_EXTENSION = 20
ORDER = (
    "submitted_on",
    "received_on",
    "correction_requested_on",
    "corrected_on",
    "extended_on",
    "answered_on",
)
"""No day of a row is before the receipt, nor after the answer; nothing is received before it was
submitted or corrected before that was asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that can become a case."""

    row: int
    migrant: Migrant


class Reader:
    """Turns rows into candidates; it knows the agencies by code and name."""

    def __init__(self, agencies: Sequence[Agency], as_of: date) -> None:
        self._agencies: dict[str, list[Agency]] = defaultdict(list)
        for one in agencies:
            for word in {plain(w) for w in (one.short_name, one.name, one.code)}:
                self._agencies[word].append(one)
        self._as_of = as_of

    def candidate(self, row: Row) -> Candidate | list[Problem]:
        """The case of the row, or its problems."""
        said = _Said(row, self._as_of, list(row.doubts))
        said.check_texts()
        agency = self._agency(said)
        days = {name: said.day(name) for name in ORDER}
        said.check_order(days)
        kind, channel, delivery = said.kind(), said.channel(), said.delivery()
        ended, happened = said.ending(days["answered_on"]), said.happened(days)
        received = days["received_on"]
        if said.wrong or agency is None or received is None or kind is None or channel is None:
            return said.wrong
        migrant = Migrant(
            agency=agency,
            old_number=said.text("old_number"),
            channel=channel,
            submitted_on=days["submitted_on"] or received,
            received_on=received,
            kind=kind,
            person=said.person(kind),
            description=said.text("description"),
            document_number=said.text("document_number"),
            delivery=delivery,
            carrier=Carrier.PAPER if delivery in {Delivery.POST, Delivery.COUNTER} else
            Carrier.ELECTRONIC,
            happened=happened,
            ended=ended,
        )  # fmt: skip
        return Candidate(row.number, migrant)

    def _agency(self, said: _Said) -> Agency | None:
        word = said.text("agency")
        found = self._agencies.get(plain(word), []) if word else []
        if word and len(found) != 1:
            said.bad("agency", "two_agencies" if found else "unknown_agency", word[:60])
        return found[0] if len(found) == 1 else None


class _Said:
    """What a row says, with the problems found while it is read."""

    def __init__(self, row: Row, as_of: date, wrong: list[Problem]) -> None:
        self._row, self._as_of, self.wrong = row, as_of, wrong

    def bad(self, field: str, code: str, detail: str = "", detail_en: str = "") -> None:
        heading = BY_FIELD[field].heading
        self.wrong.append(Problem(self._row.number, heading, code, detail, detail_en))

    def text(self, field: str) -> str:
        return visible(self._row.values.get(field, "")).strip()

    def check_texts(self) -> None:
        for column in COLUMNS:
            text = self.text(column.field)
            if column.needed and not text:
                self.bad(column.field, "missing")
            elif len(text) > column.longest:
                self.bad(column.field, "too_long", str(column.longest))

    def day(self, field: str) -> date | None:
        text = self.text(field)
        if not text:
            return None
        found = day(text)
        if found is None:
            self.bad(field, "bad_date", text[:40])
        elif found > self._as_of:
            self.bad(field, "future", found.isoformat())
        elif found < IN_FORCE:
            self.bad(field, "before_the_regulations", found.isoformat())
        else:
            return found
        return None

    def check_order(self, days: Mapping[str, date | None]) -> None:
        received, answered = days["received_on"], days["answered_on"]
        submitted = days["submitted_on"]
        if received and submitted and received < submitted:
            self._out_of_order("received_on", "submitted_on")
        asked, corrected = days["correction_requested_on"], days["corrected_on"]
        if corrected and not asked and not self.text("correction_requested_on"):
            self.bad("correction_requested_on", "missing")
        elif corrected and asked and corrected < asked:
            self._out_of_order("corrected_on", "correction_requested_on")
        for field in ORDER[2:]:
            on = days[field]
            if on and received and on < received:
                self._out_of_order(field, "received_on")
            elif on and answered and on > answered:
                self._out_of_order("answered_on", field)

    def _out_of_order(self, field: str, before: str) -> None:
        self.bad(field, "out_of_order", BY_FIELD[before].heading)

    def kind(self) -> ApplicantKind | None:
        word = self.text("kind")
        found = words.kind(word, self.text("name")) if word else None
        if word and found is None:
            self.bad("kind", "unknown_kind", word[:40])
        return found

    def channel(self) -> Channel | None:
        word = self.text("channel")
        found = words.channel(word) if word else None
        if word and found is None:
            self.bad("channel", "unknown_channel", word[:40])
        return found

    def delivery(self) -> Delivery:
        word = self.text("delivery")
        found = words.way(word) if word else Delivery.POST
        if found is None:
            self.bad("delivery", "unknown_way", word[:40])
        return found or Delivery.POST

    def ending(self, on: date | None) -> Ending | None:
        word = self.text("outcome")
        if bool(word) != bool(self.text("answered_on")):
            self.bad("outcome" if not word else "answered_on", "half_closed")
            return None
        if not word or on is None:
            return None
        found = words.result(word, self._as_of)
        if found is None:
            self.bad("outcome", "unknown_outcome", word[:60])
            return None
        known = outcome(found[0], on=self._as_of)
        if not known.closes:
            self.bad("outcome", "ends_no_case", known.name, known.name_en)
            return None
        basis = found[1] or self._ground(needed=known.by_ground)
        return Ending(on, found[0], basis if known.by_ground or known.with_ground else "")

    def _ground(self, *, needed: bool) -> str:
        word = self.text("ground")
        found = words.ground(word, self._as_of) if word else None
        if word and found is None and needed:
            self.bad("ground", "unknown_ground", word[:60])
        elif not word and needed:
            self.bad("ground", "ground_missing")
        return found or ""

    def happened(self, days: Mapping[str, date | None]) -> tuple[Happened, ...]:
        told: list[Happened] = []
        kinds = {
            "correction_requested_on": FactKind.CORRECTION_REQUESTED,
            "corrected_on": FactKind.CORRECTED,
            "extended_on": FactKind.EXTENDED,
        }
        for field, kind in kinds.items():
            on = days[field]
            if on:
                details: dict[str, Any] = {}
                if kind == FactKind.EXTENDED:
                    details = {"days": self._extension()}
                told.append((kind, on, details))
        return tuple(told)

    def _extension(self) -> int:
        text = plain(self.text("extended_days")).removesuffix("天").removesuffix("个工作日")
        if not text:
            return USUAL_EXTENSION
        if text.isascii() and text.isdigit() and 1 <= int(text) <= LONGEST_EXTENSION:
            return int(text)
        self.bad("extended_days", "not_days", text[:20])
        return USUAL_EXTENSION

    def person(self, kind: ApplicantKind) -> Person:
        number = self.text("identity_number")
        contact = self.text("contact_person")
        return Person(
            name=self.text("name"),
            identity_kind=_identity_kind(number),
            identity_number=number,
            contact_person=contact if kind != ApplicantKind.NATURAL_PERSON else "",
            telephone=self.text("telephone"),
            email=self.text("email"),
            address=self.text("address"),
            postcode=self.text("postcode"),
        )


def _identity_kind(number: str) -> str:
    text = same_number(number)
    if not text:
        return ""
    if numbers.id_card(text) or numbers.old_id_card(text):
        return "id_card"
    return "credit_code" if numbers.credit_code(text) else "other"
