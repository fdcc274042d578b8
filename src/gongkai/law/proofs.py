"""What an agency has to prove in court, decision by decision (法释〔2025〕8号第五条), as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing to be shown, and in `kept` what a case file holds for it."""

    code: str
    name: str
    name_en: str
    kept: str
    articles: tuple[str, ...]

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


@cache
def proofs() -> tuple[Proof, ...]:
    """Everything that may have to be shown."""
    text = (files("gongkai.law") / "data" / "proofs.toml").read_text("utf-8")
    entries = tomllib.loads(text)["proofs"]
    return tuple(Proof(**{**entry, "articles": tuple(entry["articles"])}) for entry in entries)


def proof(code: str) -> Proof:
    """The proof with that code. Raises KeyError."""
    return {known.code: known for known in proofs()}[code]
