"""The day an application counts as received, and what it must contain (条例第二十九条、三十一条).

receipt("registered_post", submitted_on=sent, signed_on=signed, as_of=today).on   # signed
receipt("web", submitted_on=sent, as_of=today).awaits                             # "confirmation"
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.dated import rule_in_force, rules_in_force

Counts = Literal["submission", "signature", "confirmation"]
Basis = Literal["", "submission", "signature", "confirmation", "unconfirmed"]
Correction = Literal["identity", "description", "form", "proxy"]
Fault = Literal["future", "before_submission", "days"]


class ReceiptError(ValueError):
    """The dates of a receipt cannot be; `reason` says why and `what` which of them."""

    def __init__(self, reason: Fault, what: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.what = what


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which applications arrive, and what fixes the day of receipt.

    `unconfirmed` says that an installation may settle what happens while the confirmation by both
    sides is outstanding.
    """

    code: str
    name: str
    name_en: str
    valid_from: date
    article: str
    counts: Counts
    unconfirmed: bool = False
    uncertain: bool = False
    note: str = ""

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """What an application counts as while nobody has confirmed it; the Regulations do not say.

    "never": not received (the default, the wording of 条例第三十一条第（三）项); "submission":
    received when it was sent; "after_days": received `days` calendar days after it was sent.
    """

    counts: Literal["never", "submission", "after_days"] = "never"
    days: int = 0


WORDING = Unconfirmed()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt, or what it still waits for.

    `basis` is what fixed the day ("unconfirmed" where the installation's choice did), `article`
    the short reference; `uncertain` where the Regulations leave it open.
    """

    on: date | None
    basis: Basis
    article: str
    awaits: Literal["", "signature", "confirmation"] = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """Something an application must contain; `correction` the ground for asking for it."""

    code: str
    name: str
    name_en: str
    article: str
    correction: Correction
    proxy_only: bool = False
    uncertain: bool = False
    note: str = ""

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


@dataclass(frozen=True, slots=True)
class CorrectionGround:
    """Why an applicant is asked to correct the application (条例第三十条)."""

    code: Correction
    name: str
    name_en: str

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


def channel(code: str, *, on: date) -> Channel:
    """The channel with that code. Raises KeyError, and NotInForceError before 2019-05-15."""
    return rule_in_force(_channels(), code, on=on)


def channels(*, on: date) -> tuple[Channel, ...]:
    """Every channel under the rule of that day."""
    return rules_in_force(_channels(), on=on)


def receipt(
    code: str,
    *,
    submitted_on: date,
    as_of: date,
    signed_on: date | None = None,
    confirmed_on: date | None = None,
    unconfirmed: Unconfirmed = WORDING,
) -> Receipt:
    """When an application that came by that channel counts as received, as known on `as_of`.

    `submitted_on` is the day it was handed in or sent. Raises ReceiptError for a day after
    `as_of`, for a signature or confirmation before the submission and for negative days.
    """
    _check(submitted_on, as_of, {"signed_on": signed_on, "confirmed_on": confirmed_on})
    used = channel(code, on=submitted_on)
    if used.counts == "submission":
        return Receipt(submitted_on, "submission", used.article, uncertain=used.uncertain)
    fixed = signed_on if used.counts == "signature" else confirmed_on
    if fixed is not None:
        return Receipt(fixed, used.counts, used.article)
    day = _while_unconfirmed(submitted_on, unconfirmed) if used.unconfirmed else None
    if day is not None and day <= as_of:
        return Receipt(day, "unconfirmed", used.article, uncertain=True)
    return Receipt(None, "", used.article, awaits=used.counts, uncertain=used.uncertain)


def missing(present: Collection[str], *, proxy: bool = False) -> tuple[Element, ...]:
    """Which elements an application lacks, given the codes of those it has.

    Whether a description is clear enough is for a person to say. Raises KeyError for a code that
    is no element.
    """
    known = {element.code for element in elements()}
    for code in present:
        if code not in known:
            raise KeyError(f"no element {code!r}; there are {', '.join(sorted(known))}")
    return tuple(
        element
        for element in elements()
        if element.code not in present and (proxy or not element.proxy_only)
    )


@cache
def elements() -> tuple[Element, ...]:
    """What an application must contain, the last two of a proxy."""
    return tuple(Element(**entry) for entry in _data()["elements"])


@cache
def correction_grounds() -> tuple[CorrectionGround, ...]:
    """The grounds on which an applicant is asked to correct an application."""
    return tuple(CorrectionGround(**entry) for entry in _data()["corrections"])


def _while_unconfirmed(submitted_on: date, unconfirmed: Unconfirmed) -> date | None:
    if unconfirmed.counts == "never":
        return None
    if unconfirmed.counts == "submission":
        return submitted_on
    if unconfirmed.days < 0:
        raise ReceiptError("days", "unconfirmed", "days after submission cannot be negative")
    return submitted_on + timedelta(days=unconfirmed.days)


def _check(submitted_on: date, as_of: date, later: dict[str, date | None]) -> None:
    for what, day in {"submitted_on": submitted_on, **later}.items():
        if day is not None and day > as_of:
            raise ReceiptError("future", what, f"{what} {day} is after {as_of}")
        if day is not None and day < submitted_on:
            message = f"{what} {day} is before the submission on {submitted_on}"
            raise ReceiptError("before_submission", what, message)


@cache
def _channels() -> tuple[Channel, ...]:
    return tuple(Channel(**entry) for entry in _data()["channels"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / "receipt.toml").read_text("utf-8"))
