"""Where on the pages of a case that is mended which keeps an answer or a letter from going out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse

from gongkai.annual_report.speech import speech
from gongkai.casework.application.models import Case
from gongkai.casework.letter.answers import SAID_IN
from gongkai.casework.letter.incomplete import IncompleteLetterError
from gongkai.casework.letter.wording import named
from gongkai.casework.refusal import NotAllowedError

GIVEN = "given"
"""The part of the page of a decision where the files are."""
FIELDS = {
    "reasons_missing": "reasons",
    "ground_missing": "ground",
    "override_missing": "override_reason",
    "fee_arrival_missing": "findings",
    "agency_contact_missing": "other_contact",
}
"""Fields of the decision, by what is lacking."""
FILES = frozenset({"files_missing", "hidden_content"})
VERBS = {
    "search_missing": "record-search",
    "third_party_unsettled": "consult",
    "correction_round_missing": "ask-correction",
    "fee_round_missing": "charge",
    "reasons_round_missing": "ask-reasons",
    "withdrawal_missing": "withdraw",
}
"""Forms of a case, by what is lacking."""
PRACTICE = frozenset({"letter_mark_missing", "online_channel_missing"})

ELEMENT_FIELDS = {"reasons": "reasons", "grounds": "ground", "prohibiting_law": "law_named"}
"""Elements of every answer that a field of the decision holds; others follow its kind."""
ELEMENT_FILES = frozenset({"provided_list", "provided_or_access", "pages"})
ELEMENT_VERBS = {
    "search_scope": "record-search",
    "third_party_course": "consult",
    "correction_notice_date": "ask-correction",
    "correction_period": "ask-correction",
    "reasons_asked_on": "ask-reasons",
    "reasons_given_on": "record-reasons",
    "fee_notice_date": "charge",
    "fee_amount": "charge",
    "fee_period": "charge",
    "delay_period": "delay",
    "withdrawal_date": "withdraw",
    "received_on": "confirm",
    "objection_on": "consult",
    "partial_objection_on": "consult",
}
ELEMENTS_OF_CASE = {
    "applicant": "applicant",
    "requested": "asked",
    "disclosed_content": "consultations",
}
"""Parts of the page of the case."""


class Gap(NamedTuple):
    """What is lacking, in words, and where it is put right: a part of the page of the decision,
    an address, or "" for nowhere in particular."""

    words: str
    place: str

    @property
    def href(self) -> str:
        """The same for a link on the page of the decision."""
        return self.place if self.place.startswith("/") or not self.place else f"#{self.place}"


def gaps(error: NotAllowedError, case: Case) -> Iterator[Gap]:
    """The refusal as a reader is told; what a letter lacks, one by one."""
    if isinstance(error, IncompleteLetterError):
        for element in error.elements:
            one = NotAllowedError(error.reason, named(element))
            yield Gap(one.message(speech()), _of_element(error.kind, element, case))
    else:
        yield Gap(error.message(speech()), _of_reason(error.reason, case))


def elsewhere(error: NotAllowedError | None, case: Case) -> list[Gap]:
    """The same for any other page of the case, with whole addresses; [] where no page mends it."""
    if error is None:
        return []
    decision = reverse("desk:case_decision", args=[case.pk])
    found = [
        gap._replace(place=f"{decision}{gap.href}") if gap.href.startswith("#") else gap
        for gap in gaps(error, case)
    ]
    return found if any(gap.place for gap in found) else []


def _of_reason(reason: str, case: Case) -> str:
    if reason in FIELDS:
        return f"id_{FIELDS[reason]}"
    if reason in FILES:
        return GIVEN
    if reason in PRACTICE:
        return reverse("desk:cases_practice", args=[case.agency.code])
    return _verb(VERBS[reason], case) if reason in VERBS else ""


def _of_element(kind: str, element: str, case: Case) -> str:
    if element in ELEMENT_FILES:
        return GIVEN
    column = ELEMENT_FIELDS.get(element) or next(iter(SAID_IN.get(kind, {}).get(element, ())), "")
    if column:
        return f"id_{column}"
    if element in ELEMENT_VERBS:
        return _verb(ELEMENT_VERBS[element], case)
    part = ELEMENTS_OF_CASE.get(element)
    return f"{reverse('desk:case', args=[case.pk])}#{part}" if part else ""


def _verb(slug: str, case: Case) -> str:
    return reverse("desk:case_verb", args=[case.pk, slug])
