"""The steps of review before publication, as data (条例第十七条)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from gongkai.law.kinds import kind

StepCode = Literal["first_reading", "secrecy", "legality", "signature"]
STEPS: tuple[StepCode, ...] = ("first_reading", "secrecy", "legality", "signature")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who takes it, whether it may be left out, and how long it takes.

    `term` (`law.terms`) is how long it may take, `at_least` how many working days it should.
    """

    code: StepCode
    label: str
    label_en: str
    role: str
    articles: tuple[str, ...]
    mandatory: bool = False
    normative_only: bool = False
    term: str = ""
    at_least: int = 0

    def words(self, language: str) -> str:
        """The label in "zh" or "en"."""
        return self.label if language.startswith("zh") else self.label_en


@cache
def steps() -> tuple[Step, ...]:
    """Every step there is, in the order in which they are taken."""
    text = (files("gongkai.law") / "data" / "review.toml").read_text("utf-8")
    entries = tomllib.loads(text)["steps"]
    return tuple(Step(**{**entry, "articles": tuple(entry["articles"])}) for entry in entries)


def step(code: str) -> Step:
    """The step with that code. Raises KeyError."""
    for known in steps():
        if known.code == code:
            return known
    raise KeyError(f"no step of review {code!r}")


def usual_steps(kind_code: str) -> tuple[Step, ...]:
    """The steps a document of that kind goes through where an agency has not set its own."""
    normative = kind(kind_code).normative
    return tuple(s for s in steps() if normative or not s.normative_only)


def mandatory_steps(kind_code: str) -> tuple[Step, ...]:
    """The steps no agency may leave out for that kind."""
    return tuple(s for s in usual_steps(kind_code) if s.mandatory)
