"""One thing in a document that a person must look at, wherever it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "review", "note"]
ORDER: dict[Severity, int] = {"error": 0, "review": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """Something a person must look at.

    An "error" keeps the document from being approved until somebody decides about it. `quote` is
    masked where it is personal data. `start` and `end` are places in the plain text of the body,
    -1 where it is not about the body; `file` and `sha256` name the attachment it is in, and
    `cleanable` says whether a cleaned copy would be rid of it.
    """

    code: str
    severity: Severity
    message_zh: str
    message_en: str
    fingerprint: str
    quote: str = ""
    start: int = -1
    end: int = -1
    file: str = ""
    sha256: str = ""
    place_zh: str = ""
    place_en: str = ""
    cleanable: bool = False

    def message(self, language: str) -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        return self.message_zh if language.startswith("zh") else self.message_en

    def place(self, language: str) -> str:
        """Where in the file it stands, in "zh" or "en"; "" where it is in the body."""
        return self.place_zh if language.startswith("zh") else self.place_en
