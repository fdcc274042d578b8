"""What was looked for and what was discussed, written down while it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import given, happened, prepared, within
from gongkai.casework.actions.recording import recorded
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Conference, SearchRecord
from gongkai.org.models import User


@dataclass(frozen=True, slots=True)
class Search:
    """Where, for what and by whom was looked, and what came of it (法释〔2025〕8号第五条)."""

    searched_on: date
    places: str
    words: str
    result: str
    searcher: str
    found: bool = False
    archive_reply: str = ""


@transaction.atomic
def record_search(user: User, case: Case, search: Search) -> SearchRecord:
    """Write down a search. Raises "missing" for a text that is not given, "future"."""
    case = prepared(user, "record_search", case)
    happened(search.searched_on)
    made = SearchRecord.objects.create(
        case=case,
        searched_on=search.searched_on,
        places=given(search.places, "missing"),
        words=given(search.words, "missing"),
        result=given(search.result, "missing"),
        searcher=given(search.searcher, "missing", 100),
        found=search.found,
        archive_reply=within(search.archive_reply),
        recorded_by=user,
        recorded_at=timezone.now(),
    )
    recorded(user, "record_search", case, {"search": made.pk, "found": made.found})
    return made


@transaction.atomic
def confer(user: User, case: Case, *, on: date, participants: str, note: str) -> Conference:
    """Write down who met about the case and what they found (会商)."""
    case = prepared(user, "confer", case)
    made = Conference.objects.create(
        case=case,
        held_on=happened(on, case),
        participants=given(participants, "missing"),
        note=given(note, "missing"),
        recorded_by=user,
        recorded_at=timezone.now(),
    )
    recorded(user, "confer", case, {"conference": made.pk, "on": on.isoformat()})
    return made
