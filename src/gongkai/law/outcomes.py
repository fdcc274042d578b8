"""How an application may end, as dated values: articles, row of the form, letter, what is required.

outcome("A6", on=date(2026, 3, 2)).requires        # ("search_record",)
row_of("A4", "N16_PROCESS", on=date(2026, 3, 2))   # "3.3.6"
combined([("A2", None), ("A4", "N15_TP")]).outcome # "A3"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.dated import rule_in_force, rules_in_force
from gongkai.law.forms import form as form_version
from gongkai.law.grounds import Ground, ground, grounds

When = Literal[
    "always", "withheld", "third_party_consulted", "objection_overridden", "agency_known"
]
Item = tuple[str, str | None]
"""What was decided on one of several requests: the outcome, and the ground where it has one."""


class NoRowError(ValueError):
    """The outcome does not end a case, so the form does not count it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which an application is answered or a case goes on.

    `articles` are short references ("36(四)"); `with_ground` are added where a ground is cited.
    `row` is the row of the form of 2021, empty where the ground gives it (`by_ground`) and where
    the outcome does not close the case. `letter` is a kind of letter (`law.letters`), `requires`
    are requirements, `must` and `may` elements of the letter, `proof` what a court asks for
    (`law.proofs`).
    """

    code: str
    name: str
    name_en: str
    valid_from: date
    articles: tuple[str, ...]
    letter: str
    row: str = ""
    by_ground: bool = False
    with_ground: tuple[str, ...] = ()
    addressee: Literal["applicant", "third_party"] = "applicant"
    closes: bool = True
    requires: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    uncertain: bool = False
    note: str = ""

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be on record before a letter is issued, and under which circumstance."""

    code: str
    name: str
    name_en: str
    when: When
    articles: tuple[str, ...]

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


@dataclass(frozen=True, slots=True)
class Combined:
    """The one outcome that several count as; `uncertain` where only this system's order says so."""

    outcome: str
    ground: str | None = None
    uncertain: bool = False


def outcome(code: str, *, on: date) -> Outcome:
    """The outcome under the rule of that day.

    Raises KeyError for a code that does not exist and NotInForceError before its first rule.
    """
    return rule_in_force(_all(), code, on=on)


def outcomes(*, on: date) -> tuple[Outcome, ...]:
    """Every outcome there is on that day, A1 to A22."""
    return rules_in_force(_all(), on=on)


def requirement(code: str) -> Requirement:
    """The requirement with that code. Raises KeyError."""
    return {known.code: known for known in requirements()}[code]


@cache
def requirements() -> tuple[Requirement, ...]:
    """Everything that may be required before a letter is issued."""
    return tuple(Requirement(**_tuples(entry)) for entry in _data()["requirements"])


def required(
    code: str,
    *,
    on: date,
    withheld: bool = True,
    third_party_consulted: bool = False,
    objection_overridden: bool = False,
    agency_known: bool = False,
) -> tuple[Requirement, ...]:
    """What must be on record in these circumstances before the letter is issued.

    `withheld`: something is withheld under articles 14 to 16; in a partial disclosure the rest may
    merely not exist. `objection_overridden`: what a third party objects to is disclosed all the
    same. `agency_known`: it is known which other agency is responsible.
    """
    circumstances: dict[When, bool] = {
        "always": True,
        "withheld": withheld,
        "third_party_consulted": third_party_consulted or objection_overridden,
        "objection_overridden": objection_overridden,
        "agency_known": agency_known,
    }
    listed = (requirement(name) for name in outcome(code, on=on).requires)
    return tuple(needed for needed in listed if circumstances[needed.when])


def cited_with(
    code: str, grounds: Iterable[str] = (), *, on: date, consulted: bool = False
) -> tuple[str, ...]:
    """The articles a letter cites, as short references.

    条例第三十六条第（三）项 never stands alone: an outcome that rests on a ground raises ValueError
    without one. `consulted` adds article 32 to the ground of a third party.
    """
    chosen, given = outcome(code, on=on), [ground(name, on=on) for name in grounds]
    if chosen.by_ground and not given:
        raise ValueError(f"{code} cites an article of the ground: name at least one ground")
    if given and not (chosen.by_ground or chosen.with_ground):
        raise ValueError(f"{code} rests on no ground")
    own = (*chosen.articles, *(chosen.with_ground if given else ()))
    of_grounds = (part for each in given for part in _of_ground(each, consulted))
    return tuple(dict.fromkeys((*own, *of_grounds)))


def row_of(code: str, ground_code: str | None = None, *, on: date, form: str = "2021") -> str:
    """The row of the third table an ended case is counted in, "3.1" or "3.3.6".

    The form of 2019 has one row, "3.6", for all that is otherwise handled. Raises NoRowError for
    what does not end a case, ValueError where the row needs a ground and none is given, and
    KeyError for a form, an outcome or a ground that does not exist.
    """
    chosen, rows = outcome(code, on=on), form_version(form).row_codes
    if not chosen.closes:
        raise NoRowError(f"{code} ({chosen.name_en}) does not end the case and is not counted")
    row = chosen.row
    if chosen.by_ground:
        if ground_code is None:
            raise ValueError(f"{code} is counted by its ground: name one")
        row = ground(ground_code, on=on).row
    return row if row in rows else row.rpartition(".")[0]


def combined(items: Iterable[Item], *, on: date) -> Combined:
    """The one outcome a case with several requests is counted as.

    Any disclosure beside anything else is a partial disclosure; a withdrawn request is left out
    where others remain; of several refusals, and of several grounds, the first in the order of
    the data counts (`uncertain`). Raises ValueError for no item, and NoRowError for an outcome
    that does not end a case.
    """
    items = tuple(items)
    mixtures, codes = _data()["mixtures"], {code for code, _ in items}
    for code in codes:
        row_needed = outcome(code, on=on)
        if not row_needed.closes:
            raise NoRowError(f"{code} ({row_needed.name_en}) does not end the case")
    codes = codes - set(mixtures["ignored"]) or codes
    if not codes:
        raise ValueError("no item: a case ends with at least one outcome")
    disclosed = [code for code in mixtures["disclosed"] if code in codes]
    if mixtures["partial"] in codes or (disclosed and codes - set(disclosed)):
        return Combined(mixtures["partial"])
    if disclosed:
        return Combined(disclosed[0])
    first = min(codes, key=[*mixtures["precedence"], *mixtures["ignored"]].index)
    named = {name for code, name in items if code == first and name}
    return Combined(first, _first_ground(named, on), uncertain=len(codes) > 1 or len(named) > 1)


def _first_ground(named: set[str], on: date) -> str | None:
    return next((known.code for known in grounds(on=on) if known.code in named), None)


def _of_ground(given: Ground, consulted: bool) -> tuple[str, ...]:
    return (given.article, *(given.consulted if consulted else ()))


@cache
def _all() -> tuple[Outcome, ...]:
    return tuple(Outcome(**_tuples(entry)) for entry in _data()["outcomes"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / "outcomes.toml").read_text("utf-8"))


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
