"""A letter on paper: made from what is sealed, once, after it was issued.

The paper follows from the sealed words alone, so that it can be made outside the transaction that
gives the number: neither the typesetting nor the agency's seal service holds up who writes next.
What is missing because it failed is made when somebody asks for it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils.module_loading import import_string

from gongkai.casework.application.sealing import opened
from gongkai.casework.letter import files
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.paper.pdf import pdf
from gongkai.casework.letter.paper.sheet import Sheet, Style, Verification
from gongkai.casework.letter.paper.word import word
from gongkai.casework.letter.record import Issued
from gongkai.casework.letter.seals import Seal, picture

_log = logging.getLogger(__name__)
_later: ContextVar[bool] = ContextVar("printing_later", default=False)
SealService = Callable[[bytes, str], bytes]


def print_letter(letter: Letter) -> Letter:
    """Make PDF and Word and keep them sealed, unless that was done; gives the row with their names.

    Raises MissingFontError, TypesettingError, SealBrokenError, and what the seal service raises.
    """
    if letter.pdf:
        return letter
    issued = Issued.from_bytes(opened(letter.sealed))
    paper = sheet_of(issued)
    printed = _stamped(pdf(paper), letter.agency.code)
    made = {
        "pdf": files.keep(printed),
        "word": files.keep(word(paper)),
        "paper_hash": hashlib.sha256(printed).hexdigest(),
    }
    # Of two who print at the same time the first is kept.
    Letter.objects.filter(pk=letter.pk, pdf="").update(**made)
    letter.refresh_from_db(fields=list(made))
    return letter


@contextmanager
def printing_later() -> Iterator[None]:
    """Letters issued meanwhile are printed when they are sent or opened, as after a failure.

    For who issues many at once; one print takes a good part of a second.
    """
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def print_quietly(pk: int) -> None:
    """Print once the letter stands; what goes wrong is logged without its words."""
    if _later.get():
        return
    try:
        print_letter(Letter.objects.select_related("agency").get(pk=pk))
    except Exception as error:
        _log.warning("letter %s was not printed: %s", pk, type(error).__name__)


def sheet_of(issued: Issued) -> Sheet:
    """The letter as it goes on paper, with the pictures that are in use for it."""
    words = issued.words
    seals = {row.pk: row for row in Seal.objects.filter(pk__in=_pictures(issued))}
    signature = seals.get(issued.signature or 0)
    return Sheet(
        letterhead=issued.issuer,
        issuer=issued.issuer,
        number=issued.number,
        title=words.title,
        addressee=words.addressee,
        blocks=words.blocks,
        day=issued.dated,
        style=Style(issued.style),
        attachments=words.attachments,
        seal=picture(seals.get(issued.seal or 0)),
        signature=picture(signature),
        post=signature.post if signature else "",
        contact=issued.contact,
        verification=Verification(issued.address, spaced(issued.code)) if issued.address else None,
    )


def spaced(code: str) -> str:
    """The code in groups of four, as people read it to each other."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _pictures(issued: Issued) -> list[int]:
    return [pk for pk in (issued.seal, issued.signature) if pk]


def _stamped(printed: bytes, agency_code: str) -> bytes:
    """The PDF as the installation's electronic-seal service gives it back."""
    if not settings.SEAL_SERVICE:
        return printed
    service: SealService = import_string(settings.SEAL_SERVICE)
    return service(printed, agency_code)
