"""Words a verb shows to the public without a review: screened on the spot."""

from __future__ import annotations

from django.utils import timezone

from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.wordlist import word_list
from gongkai.screening.text import screen
from gongkai.screening.text.invisible import visible

NAMED = 3
"""Passages that are named; more say no more."""


def note_screened(note: str) -> str:
    """The note, if it holds nothing that would block a text.

    Raises NotAllowedError "note_findings", with what was found masked: nobody decides about a note,
    so that it has to be rewritten.
    """
    found = screen(visible(note), words=word_list(), as_of=timezone.localdate(), origin="note")
    quotes = [finding.quote or finding.code for finding in found if finding.severity == "error"]
    if quotes:
        raise NotAllowedError("note_findings", "、".join(dict.fromkeys(quotes[:NAMED])))
    return note
