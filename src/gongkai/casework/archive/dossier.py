"""Where a case keeps what shows each thing that has to be proved, and what of it is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from gongkai.casework.application.models import Case, Enclosure, EnclosureKind
from gongkai.casework.archive.contents import Key
from gongkai.casework.archive.statements import Statement
from gongkai.casework.decision.models import (
    Consultation,
    Decision,
    DecisionState,
    Opinion,
    Provided,
)
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.law.letters import letter as letter_kind
from gongkai.law.outcomes import outcome

NOTICES = ("correction_notice", "reasons_notice", "extension_notice", "delayed", "fee_notice")
DELAYED = "A19"
CONSULTING = ("third_party_consultation", "agency_consultation")


class Exhibit(NamedTuple):
    """A thing of the file that shows something; `key` is that of `contents`."""

    key: Key
    shows: Statement


Found = Iterator[Exhibit | Statement]
"""Exhibits, and statements of what is missing."""


def decided(case: Case) -> Decision | None:
    """The decision in force, else the last one that was signed and then taken back."""
    signed = case.decisions.exclude(signed_at=None)
    return signed.filter(state=DecisionState.SIGNED).first() or signed.order_by("number").last()


class Dossier:
    """The rows of a case that may show something."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.decision = decided(case)
        self.letters = list(case.letters.exclude(state=LetterState.VOID).order_by("id"))
        self.consultations = list(case.consultations.order_by("id"))

    def public(self) -> Found:
        yield from self.answer()
        if self.decision is None or not self.decision.way:
            yield Statement("no_way")
        yield from self.materials("published", "copies")

    def provided(self) -> Found:
        yield from self.answer()
        rows = list(self.decision.provided.order_by("position")) if self.decision else []
        for row in rows:
            yield Exhibit(("provided", str(row.pk)), self._provided(row))
        if not rows and not (self.decision and self.decision.way):
            yield Statement("nothing_provided")
        yield from self.served()

    def public_interest(self) -> Found:
        yield from self.opinions()
        if self.decision is None or not self.decision.override_reason:
            yield Statement("interest_unstated")
        else:
            yield Exhibit(("page", "decisions"), Statement("public_interest"))
        yield from self.of_kind(("third_party_notice",), "party_told", "party_untold")

    def third_party(self) -> Found:
        yield from self.of_kind(CONSULTING, "party_asked", "party_unasked")
        yield from self.opinions()
        if not any(self._objects(row) for row in self.consultations):
            yield Statement("no_objection")
        if any(self._objects(row) and row.reasonable is None for row in self.consultations):
            yield Statement("unjudged")
        yield from self.review()

    def classified(self) -> Found:
        yield from self.review()
        yield Statement("kept_apart")

    def prohibited(self) -> Found:
        if self.decision is None or not self.decision.law_named:
            yield Statement("law_unnamed")
        yield from self.review()

    def adverse(self) -> Found:
        if self.case.conferences.exists():
            yield Exhibit(("page", "conferences"), Statement("conference"))
        elif self.decision is None or not self.decision.reasons:
            yield Statement("harm_unstated")
        yield from self.review()

    def internal(self) -> Found:
        yield from self.review()
        if self.decision is None or not self.decision.reasons:
            yield Statement("affair_unstated")

    def deliberative(self) -> Found:
        yield from self.review()
        yield from self.materials("formed", "formation")

    def case_file(self) -> Found:
        yield from self.review()
        yield from self.materials("in_case_file", "file_number")

    def searched(self) -> Found:
        rows = list(self.case.searches.all())
        if not rows:
            yield Statement("unsearched")
            return
        yield Exhibit(("page", "searches"), Statement("searches"))
        if not any(row.archive_reply for row in rows):
            yield Statement("archive_silent")

    def repeated(self) -> Found:
        earlier = self.case.repeats
        if earlier is None:
            yield Statement("earlier_unnamed")
            return
        yield Exhibit(("page", "application"), Statement("asked_now", number=earlier.number))
        yield Exhibit(("earlier", str(earlier.pk)), Statement("earlier"))
        if not earlier.answered_on:
            yield Statement("earlier_unanswered", number=earlier.number)

    def notices(self) -> Found:
        rows = self._notices()
        for row in rows:
            yield Exhibit(("letter_pdf", str(row.pk)), self._notice(row))
        if not rows:
            yield Statement("no_notice")
        for row in rows:
            yield from self._service(row)

    def articles_of_notices(self) -> tuple[str, ...]:
        """The articles under which the notices were given, each once."""
        given = [article for row in self._notices() for article in _articles(row)]
        return tuple(dict.fromkeys(given))

    def in_time(self) -> Found:
        yield Exhibit(("page", "application"), Statement("receipt"))
        for record in self._enclosed(EnclosureKind.CONFIRMATION):
            yield Exhibit(("enclosure", str(record.pk)), Statement("confirmation"))
        yield Exhibit(("page", "facts"), Statement("days"))
        yield Exhibit(("page", "clock"), Statement("clock"))
        if self.case.answered_on is None and not self._withdrawn():
            row = self._answer()
            yield Statement("unsent", number=row.number) if row else Statement("unanswered")
            return
        yield from self.answer()
        yield from self.served()

    def answer(self) -> Found:
        row = self._answer()
        if row is not None:
            yield Exhibit(("letter_pdf", str(row.pk)), Statement("answer", number=row.number))
        elif not self._withdrawn():
            yield Statement("no_letter")

    def served(self) -> Found:
        row = self._answer()
        if row is not None:
            yield from self._service(row)

    def opinions(self) -> Found:
        if self.consultations:
            yield Exhibit(("page", "consultations"), Statement("opinions"))
        for row in self._enclosed(EnclosureKind.OPINION):
            yield Exhibit(("enclosure", str(row.pk)), Statement("reply"))

    def review(self) -> Found:
        """The reasons as they were approved, step by step (条例第十七条)."""
        if self.decision is None:
            yield Statement("no_review")
        else:
            yield Exhibit(("page", "decisions"), Statement("reasons"))

    def materials(self, shows: str, missing: str) -> Found:
        rows = self._enclosed(EnclosureKind.MATERIAL)
        for row in rows:
            yield Exhibit(("enclosure", str(row.pk)), Statement(shows))
        if not rows:
            yield Statement("no_material", needed=Statement(missing))

    def of_kind(self, kinds: tuple[str, ...], shows: str, missing: str) -> Found:
        rows = [row for row in self.letters if row.kind in kinds]
        for row in rows:
            yield Exhibit(("letter_pdf", str(row.pk)), Statement(shows, number=row.number))
        if not rows:
            yield Statement(missing)

    def _enclosed(self, kind: EnclosureKind) -> list[Enclosure]:
        return list(self.case.enclosures.filter(kind=kind).order_by("id"))

    def _notices(self) -> list[Letter]:
        return [row for row in self.letters if row.kind in NOTICES and not row.decision_id]

    @staticmethod
    def _notice(row: Letter) -> Statement:
        """Nothing is told to a court that no record of service bears out."""
        services = list(row.services.all())
        told = "told" if services else "made_only"
        if services and all(one.returned_on for one in services):
            told = "returned"
        return Statement("notice", told=Statement(told), number=row.number, law=_articles(row))

    @staticmethod
    def _provided(row: Provided) -> Statement:
        if row.pages:
            return Statement("provided_pages", title=row.title, pages=row.pages)
        return Statement("provided", title=row.title)

    def _service(self, row: Letter) -> Found:
        services = list(row.services.order_by("id"))
        for one in services:
            yield Exhibit(("page", "services"), Statement("served", number=row.number))
            if one.proof_id:
                proved = Statement("proof_of_service", number=row.number)
                yield Exhibit(("enclosure", str(one.proof_id)), proved)
        if not services:
            yield Statement("unserved", number=row.number)
        elif not any(one.signed_for_on or one.opened_at or one.proof_id for one in services):
            yield Statement("never_seen", number=row.number)
        elif not any(one.proof_id or one.sent_at for one in services):
            yield Statement("unproved", number=row.number)

    def _answer(self) -> Letter | None:
        if self.decision is None:
            return None
        own = [row for row in self.letters if row.decision_id == self.decision.pk]
        return next((row for row in own if row.consultation_id is None), None)

    def _withdrawn(self) -> bool:
        return self.case.outcome == "A17"

    @staticmethod
    def _objects(row: Consultation) -> bool:
        return row.opinion in {Opinion.OBJECTION, Opinion.PARTIAL}


def _articles(row: Letter) -> tuple[str, ...]:
    """Under which the notice was given; that of a delay has those of its outcome."""
    own = letter_kind(row.kind, on=row.dated).articles
    return own or outcome(DELAYED, on=row.dated).articles


SOURCES: dict[str, Callable[[Dossier], Found]] = {
    "published_and_told": Dossier.public,
    "provided_as_asked": Dossier.provided,
    "public_interest": Dossier.public_interest,
    "third_party_harm": Dossier.third_party,
    "classification": Dossier.classified,
    "prohibition_named": Dossier.prohibited,
    "adverse_effect": Dossier.adverse,
    "internal_affair": Dossier.internal,
    "before_the_decision": Dossier.deliberative,
    "in_case_file": Dossier.case_file,
    "reasonable_search": Dossier.searched,
    "same_request_answered": Dossier.repeated,
    "notice_served": Dossier.notices,
    "in_time": Dossier.in_time,
}
"""Where a case keeps what shows each proof; a test holds that none of the law's is left out."""
