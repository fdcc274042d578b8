"""A letter is opened: by who may see names, each time with a line of the trail."""

from __future__ import annotations

from typing import Literal

from django.db import transaction

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, locked
from gongkai.casework.actions.recording import recorded
from gongkai.casework.letter import files
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.printing import print_letter
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

Form = Literal["pdf", "word"]


def open_letter(user: User, letter: Letter, form: Form = "pdf") -> bytes:
    """The letter as PDF or for Word, printed now if that failed before.

    Raises "role", "anonymised", "letter_not_printed".
    """
    ask(user, permissions.OPEN, letter.case.agency)
    data = printed(letter, form)
    with transaction.atomic():
        case = locked(letter.case_id)
        recorded(user, "open_letter", case, {"letter": letter.number, "form": form})
    return data


def printed(letter: Letter, form: Form = "pdf") -> bytes:
    """The bytes of the letter, for whoever was let in before. Raises as `open_letter`."""
    if letter.case.anonymised_at:
        raise NotAllowedError("anonymised")
    try:
        print_letter(letter)
        return files.pdf_of(letter) if form == "pdf" else files.word_of(letter)
    except Exception as error:
        raise NotAllowedError("letter_not_printed", letter.number) from error
