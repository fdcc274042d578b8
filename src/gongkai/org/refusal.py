"""What every room's refusal has in common: a reason, a status, a sentence in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Refusal(Exception):  # noqa: N818  it is an answer, not a fault
    """A verb was refused and nothing was written.

    `reason` is a stable code; `detail` names the thing it is about. A room derives its own class
    and gives it `WORDS`, reason → (Chinese, English), and `CONFLICTS`, the reasons that lie in the
    state of things and not in the input.
    """

    WORDS: ClassVar[Mapping[str, tuple[str, str]]] = {}
    CONFLICTS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    @property
    def status(self) -> int:
        """What a page answers with: 403 for a missing role, 409 for the state, 422 for input."""
        if self.reason == "role":
            return 403
        return 409 if self.reason in self.CONFLICTS else 422

    def message(self, language: str = "zh") -> str:
        """One sentence that says why and what to do, in "zh" or "en"."""
        text = self.WORDS[self.reason][0 if language.startswith("zh") else 1]
        if self.detail:
            text += f"（{self.detail}）" if language.startswith("zh") else f" ({self.detail})"
        return text

    def __str__(self) -> str:
        return self.message("en")
