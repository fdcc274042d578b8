"""Letters as others may see them: the applicant's own, and what anybody may verify."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.casework.application.models import Case
from gongkai.casework.application.sealing import opened
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.casework.letter.paper.sheet import Listing
from gongkai.casework.letter.record import Issued
from gongkai.law.letters import letters
from gongkai.org.models import Agency

CODE_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Figures and letters that are not taken for each other."""
CODE_LENGTH = 20
"""Of 31 characters each: more than 2^99 codes, so that nobody finds one by trying."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody may know of a letter; no personal data. `sha256` is that of the PDF, "" while
    it is not printed."""

    number: str
    agency: Agency
    dated: date
    kind: str
    state: LetterState
    sha256: str


def verified(code: str) -> Verified | None:
    """The letter with that verification code, however it was typed; None if there is none."""
    told = "".join(c for c in code.upper() if c.isalnum())[: CODE_LENGTH + 1]
    found = Letter.objects.select_related("agency").filter(verification=told).first()
    if found is None:
        return None
    state = LetterState(found.state)
    printed = found.paper_hash or ""
    return Verified(found.number, found.agency, found.dated, found.kind, state, printed)


def matches(code: str, pdf: bytes) -> bool:
    """Whether the bytes are the very PDF that was issued under the code, and it is in force."""
    known = verified(code)
    if known is None or known.state == LetterState.VOID or not known.sha256:
        return False
    return hmac.compare_digest(known.sha256, hashlib.sha256(pdf).hexdigest())


def letters_for_applicant(case: Case) -> QuerySet[Letter]:
    """What the applicant may open by number and code: letters to them that have been sent."""
    kinds = [known.code for known in letters(on=date.max) if known.addressee == "applicant"]
    sent = (LetterState.DISPATCHED, LetterState.SERVED)
    return case.letters.filter(kind__in=kinds, state__in=sent).order_by("id")


def listed_in(letter: Letter) -> tuple[str, ...]:
    """What a letter lists: of a correction notice the points to correct. Raises SealBrokenError."""
    words = Issued.from_bytes(opened(letter.sealed)).words
    return tuple(
        item for block in words.blocks if isinstance(block, Listing) for item in block.items
    )


def remedy_in(letter: Letter) -> tuple[str, ...]:
    """The paragraphs in which a letter tells the remedies. Raises SealBrokenError."""
    return Issued.from_bytes(opened(letter.sealed)).words.remedy


def answer_of(case: Case) -> Letter | None:
    """The letter that answers the case, by the decision that is in force; None before it."""
    standing = case.letters.filter(decision__state="signed").exclude(state=LetterState.VOID)
    return standing.filter(consultation=None).order_by("id").last()
