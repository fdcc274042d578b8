"""The bytes of letters, sealed: the names of people stand in them."""

from __future__ import annotations

from django.db.models import Q

from gongkai import files
from gongkai.casework.application.sealing import opened, seal
from gongkai.casework.letter.models import Letter


def keep(data: bytes) -> str:
    """Keep the bytes sealed and give their hash."""
    return files.keep(seal(data))


def pdf_of(letter: Letter) -> bytes:
    """The letter as it was printed. Raises FileNotFoundError, SealBrokenError."""
    return opened(files.read(letter.pdf))


def word_of(letter: Letter) -> bytes:
    """The letter for Word. Raises FileNotFoundError, SealBrokenError."""
    return opened(files.read(letter.word))


def held(sha256: str) -> bool:
    """Whether a letter still stands on the bytes."""
    return Letter.objects.filter(Q(pdf=sha256) | Q(word=sha256)).exists()
