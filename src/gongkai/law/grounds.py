"""The grounds for withholding information (条例第十四条至第十六条), as dated data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.citing import article_english, article_numeral
from gongkai.law.dated import rule_in_force, rules_in_force

Opening = Literal["third_party_agrees", "public_interest", "disclosure_prescribed"]
_NOT = "(?:(?:[不未]|没有)(?:涉及|属于|是|含有?|构成)|并非)"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground for withholding.

    `article` is the short reference, "14" or "16(1)"; `consulted` what is cited with it where a
    third party was asked; `row` the row of the form. `discretion` says whether the agency must
    or may withhold, `absolute` that nothing opens it, `exceptions` what does. `classes` are the
    kinds of information the law names, `proof` what must be shown in court (`law.proofs`), `must`
    what a letter that rests on it has to say besides (elements of `law.letters`).
    """

    code: str
    name: str
    name_en: str
    valid_from: date
    article: str
    row: str
    discretion: Literal["must", "may"]
    proof: tuple[str, ...]
    absolute: bool = False
    exceptions: tuple[Opening, ...] = ()
    classes: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    uncertain: bool = False
    note: str = ""

    @property
    def article_text(self) -> str:
        """The article as a letter names it: 第十四条, 第十六条第一款."""
        return article_numeral(self.article)

    def cited(self, language: str) -> str:
        """The article before the name in "zh" or "en": 第十四条, Article 16 paragraph 1."""
        return self.article_text if language.startswith("zh") else article_english(self.article)

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en

    def classes_in(self, reasons: str) -> tuple[str, ...]:
        """Those of its classes on which the reasons rest: the ones they name.

        None where they say of a class that it is not so, for then a name proves nothing.
        """
        denied = any(re.search(f"{_NOT}[^，。；]*{name}", reasons) for name in self.classes)
        return () if denied else tuple(name for name in self.classes if name in reasons)


def ground(code: str, *, on: date) -> Ground:
    """The ground with that code. Raises KeyError, and NotInForceError before 2019-05-15."""
    return rule_in_force(_all(), code, on=on)


def grounds(*, on: date) -> tuple[Ground, ...]:
    """Every ground in force on that day, in the order of the form's rows."""
    return rules_in_force(_all(), on=on)


@cache
def _all() -> tuple[Ground, ...]:
    text = (files("gongkai.law") / "data" / "grounds.toml").read_text("utf-8")
    return tuple(Ground(**_tuples(entry)) for entry in tomllib.loads(text)["grounds"])


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
