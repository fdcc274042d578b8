"""The kinds of letters, what each must say, and their numbers, as dated data.

letter("correction_notice", on=date(2026, 3, 2)).addressee   # "applicant"
number("示公复", 2026, 3)                                      # "示公复〔2026〕3号"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.dated import rule_in_force, rules_in_force
from gongkai.law.outcomes import Outcome, outcome, outcomes
from gongkai.law.remedies import Remedy

Sequence = Literal["", "answer", "notice", "consultation"]

_MARK = re.compile(r"[A-Za-z〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]{1,20}")
_YEARS = range(1949, 10_000)


class NumberError(ValueError):
    """A letter cannot be numbered so; `reason` is "mark", "year" or "serial"."""

    def __init__(self, reason: Literal["mark", "year", "serial"], message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Element:
    """Something a letter says."""

    code: str
    name: str
    name_en: str

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of letter.

    `number` is the sequence it is numbered in, each year anew; papers without one carry the case
    number only. `answer` marks the letters of an outcome (`law.outcomes`), `remedy` those that
    print one. `required` are the elements the kind itself must have.
    """

    code: str
    name: str
    name_en: str
    valid_from: date
    number: Sequence
    addressee: Literal["applicant", "third_party", "agency"]
    articles: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    answer: bool = False
    remedy: bool = False
    uncertain: bool = False
    note: str = ""

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


def letter(code: str, *, on: date) -> Letter:
    """The kind of letter. Raises KeyError, and NotInForceError before its first rule."""
    return rule_in_force(_letters(), code, on=on)


def letters(*, on: date) -> tuple[Letter, ...]:
    """Every kind on that day: those that move a case along, then the answers."""
    return rules_in_force(_letters(), on=on)


def required_elements(code: str, *, on: date, remedy: Remedy | None = None) -> tuple[Element, ...]:
    """What a letter of that kind must say, in the order in which it usually stands.

    `remedy` (`law.remedies`) is the one of the decision; it adds what its class has to announce.
    Raises ValueError if a letter that prints a remedy is given none.
    """
    kind, common = letter(code, on=on), _data()["common"]
    if kind.remedy and remedy is None:
        raise ValueError(f"{code} prints a remedy: give the remedy of the decision")
    codes = [*(common["numbered"] if kind.number else ()), *kind.required]
    if kind.answer:
        codes += [*common["answer"], *_outcome_of(code, on).must]
    if kind.remedy and remedy is not None:
        codes += remedy.elements
    return tuple(element(name) for name in dict.fromkeys(codes))


def optional_elements(code: str, *, on: date) -> tuple[Element, ...]:
    """What a letter of that kind may say besides."""
    kind = letter(code, on=on)
    return tuple(element(name) for name in (_outcome_of(code, on).may if kind.answer else ()))


def letter_of(outcome_code: str, *, on: date) -> Letter:
    """The letter an outcome is told with. Raises as `law.outcomes.outcome` does."""
    return letter(outcome(outcome_code, on=on).letter, on=on)


def number(mark: str, year: int, serial: int) -> str:
    """The number of a letter: 机关代字, the year in full, the serial without leading zeros.

    Raises NumberError unless the mark has 1 to 20 Chinese characters or Latin letters, the year
    four digits and the serial is at least 1.
    """
    if not _MARK.fullmatch(mark):
        raise NumberError("mark", f"{mark!r} must be 1 to 20 Chinese characters or letters")
    if year not in _YEARS:
        raise NumberError("year", f"{year} is not a year in four digits")
    if serial < 1:
        raise NumberError("serial", f"numbers begin with 1, not {serial}")
    return f"{mark}〔{year}〕{serial}号"


def element(code: str) -> Element:
    """The element with that code. Raises KeyError."""
    return _elements()[code]


def _outcome_of(letter_code: str, on: date) -> Outcome:
    return next(known for known in outcomes(on=on) if known.letter == letter_code)


@cache
def _elements() -> dict[str, Element]:
    text = (files("gongkai.law") / "data" / "elements.toml").read_text("utf-8")
    return {entry["code"]: Element(**entry) for entry in tomllib.loads(text)["elements"]}


@cache
def _letters() -> tuple[Letter, ...]:
    return tuple(Letter(**_tuples(entry)) for entry in _data()["letters"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / "letters.toml").read_text("utf-8"))


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
