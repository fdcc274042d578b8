"""What happened to an application, day by day, and how it is read from JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, Literal, cast, get_args

from gongkai.law.festivals import FIRST_YEAR, LAST_YEAR

Kind = Literal[
    "received",
    "ordered_anew",
    "taken_up_anew",
    "correction_requested",
    "corrected",
    "reasons_requested",
    "reasons_given",
    "extended",
    "delayed",
    "consultation_sent",
    "consultation_delivered",
    "consultation_answered",
    "fee_notified",
    "paid",
    "withdrawn",
    "answered",
]
"""In the order in which facts of one day are taken. What is done on the day of an order belongs to
the round that the order opens. An extension granted on the last day lets a consultation sent on
that day still count, so it goes before; what ends the case goes last."""

Whom = Literal["third_party", "agency"]

KINDS: tuple[Kind, ...] = get_args(Kind)
ANEW: frozenset[Kind] = frozenset({"ordered_anew", "taken_up_anew"})
"""What opens another round after the answer: an order to decide anew, or the agency itself."""
LONGEST_EXTENSION = 20
LONGEST_TERM = 250
"""Working days: about a year, for terms that the agency sets."""

_BROKEN = re.compile("[\ud800-\udfff]")
"""Halves of a character, which JSON can spell and nothing can print."""
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_FIELDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "received": (frozenset(), frozenset({"basis"})),
    "ordered_anew": (frozenset(), frozenset({"until"})),
    "correction_requested": (frozenset(), frozenset({"days", "until"})),
    "extended": (frozenset({"days"}), frozenset()),
    "delayed": (frozenset({"until"}), frozenset()),
    "consultation_sent": (frozenset({"id", "whom"}), frozenset()),
    "consultation_delivered": (frozenset({"id"}), frozenset()),
    "consultation_answered": (frozenset({"id"}), frozenset()),
    "fee_notified": (frozenset(), frozenset({"days", "delivered"})),
}
"""Beside `kind` and `on`: what a kind must have, and what it may have."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened on a day.

    `id` joins the facts of one consultation, `whom` says who is asked. `days` are working days: of
    an extension, or of the term that a notice sets; `until` is the last day of such a term, of a
    delay under article 35, or of what an order leaves for the new answer. `basis` says on what the
    day of receipt rests (article 31), `delivered` when the notice of a fee arrived.
    """

    kind: Kind
    on: date
    id: str = ""
    whom: Whom | None = None
    days: int | None = None
    until: date | None = None
    basis: str = ""
    delivered: date | None = None
    order: tuple[object, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Facts sort by `order`: by day, then kind; the same however they were recorded."""
        until, arrived = self.until or date.max, self.delivered or date.max
        who = (self.whom or "", self.basis)
        rest = (_RANK[self.kind], self.id, self.days or 0, until, *who, arrived)
        object.__setattr__(self, "order", (self.on, *rest))


in_order = attrgetter("order")


class FactsError(ValueError):
    """These are no facts of an application; `place` says where, as in "facts[2].on"."""

    def __init__(self, place: str, zh: str, en: str) -> None:
        super().__init__(place, zh, en)
        self.place = place
        self.zh = zh
        self.en = en

    def message(self, language: str = "zh") -> str:
        """One sentence with the place, in "zh" or "en"."""
        return f"{self.place}：{self.zh}" if language == "zh" else f"{self.place}: {self.en}"

    def __str__(self) -> str:
        return self.message("en")


def read_facts(text: str | bytes) -> tuple[Fact, ...]:
    """The facts of `{"facts": [{"kind": "received", "on": "2026-03-02"}, …]}`.

    Raises FactsError for what is no such JSON, an unknown kind or field, a day that does not exist,
    no receipt or more than one, and a consultation that was never sent or is sent twice.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FactsError("JSON", f"不是 JSON（{error}）。", f"not JSON ({error}).") from error
    return facts_of(data)


def facts_of(data: object) -> tuple[Fact, ...]:
    """The facts of such an object, already parsed. Raises FactsError."""
    entries = data.get("facts") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise FactsError(
            "facts", "应为事实的列表。", 'must be a list: {"facts": [{"kind": …, "on": …}]}.'
        )
    facts = tuple(_fact(entry, f"facts[{place}]") for place, entry in enumerate(entries))
    _check_receipt(facts)
    _check_consultations(facts)
    return facts


def _fact(entry: object, place: str) -> Fact:
    if not isinstance(entry, dict):
        raise FactsError(place, "应为对象。", 'must be an object such as {"kind": …, "on": …}.')
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in _RANK:
        known = ", ".join(KINDS)
        raise FactsError(
            f"{place}.kind", f"没有这种事实；可用：{known}。", f"unknown; the kinds are {known}."
        )
    _check_fields(entry, kind, place)
    until = _day(entry["until"], f"{place}.until") if "until" in entry else None
    arrived = _day(entry["delivered"], f"{place}.delivered") if "delivered" in entry else None
    fact = Fact(
        kind=kind,
        on=_day(entry["on"], f"{place}.on"),
        id=_text(entry.get("id", ""), f"{place}.id"),
        whom=_whom(entry["whom"], f"{place}.whom") if "whom" in entry else None,
        days=_days(entry["days"], kind, f"{place}.days") if "days" in entry else None,
        until=until,
        basis=_text(entry.get("basis", ""), f"{place}.basis"),
        delivered=arrived,
    )
    for name, day in (("until", until), ("delivered", arrived)):
        if day is not None and day < fact.on:
            raise FactsError(f"{place}.{name}", "早于 on。", "lies before `on`.")
    return fact


def _check_fields(entry: dict[str, Any], kind: str, place: str) -> None:
    required, optional = _FIELDS.get(kind, (frozenset(), frozenset()))
    required |= {"kind", "on"}
    for name in sorted(required - entry.keys()):
        raise FactsError(f"{place}.{name}", "缺少此项。", f"is missing; {kind} needs it.")
    for name in sorted(entry.keys() - required - optional):
        raise FactsError(f"{place}.{name}", "没有这一项。", f"is no field of {kind}.")
    if {"days", "until"} <= entry.keys():
        raise FactsError(f"{place}.until", "不能与 days 并用。", "cannot stand beside `days`.")


def _day(value: object, place: str) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise FactsError(place, f"没有 {value} 这一天。", f"there is no day {value}.") from None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        raise FactsError(
            place,
            f"{value} 不在日历范围（{FIRST_YEAR}–{LAST_YEAR}）内。",
            f"{value} is outside the calendar ({FIRST_YEAR} to {LAST_YEAR}).",
        )
    raise FactsError(place, "应写成 2026-03-02 的样子。", "must be a day such as 2026-03-02.")


def _text(value: object, place: str) -> str:
    if isinstance(value, str) and len(value) <= 200 and not _BROKEN.search(value):
        return value
    raise FactsError(place, "应为不超过 200 字的文字。", "must be text of at most 200 characters.")


def _whom(value: object, place: str) -> Whom:
    if isinstance(value, str) and value in {"third_party", "agency"}:
        return cast("Whom", value)
    raise FactsError(place, "应为 third_party 或者 agency。", 'must be "third_party" or "agency".')


def _days(value: object, kind: str, place: str) -> int:
    most = LONGEST_EXTENSION if kind == "extended" else LONGEST_TERM
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
        return value
    raise FactsError(
        place,
        f"应为 1 至 {most} 的整数（工作日）。",
        f"must be a whole number of working days from 1 to {most}.",
    )


def _check_receipt(facts: Iterable[Fact]) -> None:
    places = [place for place, fact in enumerate(facts) if fact.kind == "received"]
    if not places:
        raise FactsError("facts", "没有收到申请的事实（received）。", "no fact is `received`.")
    if len(places) > 1:
        raise FactsError(
            f"facts[{places[1]}].kind",
            "一件申请只能有一次收到（received）。",
            "an application is `received` once.",
        )


def _check_consultations(facts: tuple[Fact, ...]) -> None:
    sent: set[str] = set()
    for place, fact in enumerate(facts):
        if fact.kind == "consultation_sent":
            if fact.id in sent:
                raise FactsError(
                    f"facts[{place}].id", f"“{fact.id}”用了两次。", f'"{fact.id}" is used twice.'
                )
            sent.add(fact.id)
    for place, fact in enumerate(facts):
        if fact.kind in {"consultation_delivered", "consultation_answered"} and fact.id not in sent:
            raise FactsError(
                f"facts[{place}].id",
                f"没有发出过编号为“{fact.id}”的征求意见。",
                f'no consultation "{fact.id}" was sent.',
            )
