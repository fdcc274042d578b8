"""Several letters in one file, to be read one after another."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf


def bound(letters: Sequence[bytes]) -> bytes:
    """The pages of all PDFs in one, in their order."""
    made = BytesIO()
    with pikepdf.Pdf.new() as book:
        for letter in letters:
            with pikepdf.Pdf.open(BytesIO(letter)) as part:
                book.pages.extend(part.pages)
        book.save(made)
    return made.getvalue()
