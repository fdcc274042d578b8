"""What happened to a document → whether it is in force on any day. Plain values.

    made ─▶ not_yet ─▶ in_force ─▶ amended          each of them until
                                     └─▶ lapsed     its validity has run out, or
                                     └─▶ repealed, invalid: for good

A document ends once. What is repealed after it lapsed stays lapsed; only an extension gives it
force again, and nothing does after a repeal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["made", "amended", "repealed", "invalidated", "extended"]
State = Literal["not_yet", "in_force", "amended", "lapsed", "repealed", "invalid"]

IN_FORCE: frozenset[str] = frozenset({"in_force", "amended"})
ENDED: frozenset[str] = frozenset({"lapsed", "repealed", "invalid"})
_DAY = timedelta(days=1)
_NEVER = date.max
_ENDS: dict[str, State] = {"repealed": "repealed", "invalidated": "invalid"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day.

    `effective_on` and `expires_on` (the last day of validity) belong to "made", the latter also to
    "extended", where None is without limit. `by` is the key of the document that did it, `campaign`
    that of the clean-up. A `revoked` event never happened.
    """

    kind: Kind
    on: date
    effective_on: date | None = None
    expires_on: date | None = None
    by: int | None = None
    campaign: int | None = None
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document is from `since` through `until` (None: no end is known), and through what.

    `by` and `campaign` name what brought it about; both are None where the document's own dates
    did.
    """

    validity: State
    since: date
    until: date | None = None
    by: int | None = None
    campaign: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it is in force, amended or not."""
        return self.validity in IN_FORCE


def timeline(events: Iterable[Event]) -> tuple[Standing, ...]:
    """Every standing of the document in order, without gaps, from the day it was made.

    Empty where nothing says that it was made. The order of the events does not matter.
    """
    life = _life(events)
    if life is None:
        return ()
    spans: list[Standing] = []
    days = life.turning_days()
    for day, following in zip(days, [*days[1:], None], strict=True):
        validity, by, campaign = life.on(day)
        until = following - _DAY if following else None
        last = spans[-1] if spans else None
        if last and (last.validity, last.by, last.campaign) == (validity, by, campaign):
            spans[-1] = Standing(validity, last.since, until, by, campaign)
        else:
            spans.append(Standing(validity, day, until, by, campaign))
    return tuple(spans)


def standing(events: Iterable[Event], on: date) -> Standing | None:
    """How the document stands on that day; None before it was made."""
    return at(timeline(events), on)


def at(spans: Sequence[Standing], on: date) -> Standing | None:
    """The standing of a timeline on that day; None before its first."""
    return next((span for span in reversed(spans) if span.since <= on), None)


def endings(spans: Sequence[Standing]) -> tuple[Standing, ...]:
    """The standings in which a document, until then made and not ended, came to an end."""
    pairs = zip((None, *spans), spans, strict=False)
    return tuple(
        after
        for before, after in pairs
        if after.validity in ENDED and (before is None or before.validity not in ENDED)
    )


def lapses_on(spans: Sequence[Standing], on: date) -> date | None:
    """The last day of validity ahead of a document that has not ended; None if there is none."""
    now = at(spans, on)
    if now is None or now.validity in ENDED:
        return None
    end = next((s for s in spans if s.since > on and s.validity in ENDED), None)
    return end.since - _DAY if end and end.validity == "lapsed" else None


@dataclass(frozen=True, slots=True)
class _Life:
    """The days on which something turns."""

    made: date
    effective: date
    amendments: tuple[Event, ...]
    lapses: tuple[tuple[date, date], ...]
    """First and last day of every time without validity."""
    end: Event | None

    @property
    def death(self) -> date:
        return max(self.end.on, self.made) if self.end else _NEVER

    def turning_days(self) -> list[date]:
        days = {self.made, self.effective, *(a.on for a in self.amendments), self.death}
        days |= {day for first, last in self.lapses for day in (first, _after(last))}
        return sorted(day for day in days if self.made <= day < _NEVER)

    def on(self, day: date) -> tuple[State, int | None, int | None]:
        lapse = next((span for span in self.lapses if span[0] <= day <= span[1]), None)
        if lapse and not self.death < lapse[0]:
            return "lapsed", None, None
        if self.end and day >= self.death:
            return _ENDS[self.end.kind], self.end.by, self.end.campaign
        if day < self.effective:
            return "not_yet", None, None
        amended = [event for event in self.amendments if event.on <= day]
        if amended:
            return "amended", amended[-1].by, amended[-1].campaign
        return "in_force", None, None


def _life(events: Iterable[Event]) -> _Life | None:
    live = sorted((event for event in events if not event.revoked), key=_order)
    made = next((event for event in live if event.kind == "made"), None)
    if made is None:
        return None
    end = next((event for event in live if event.kind in _ENDS), None)
    lapses = _lapses(made, [e for e in live if e.kind == "extended"], end)
    return _Life(
        made=made.on,
        effective=made.effective_on or made.on,
        amendments=tuple(event for event in live if event.kind == "amended"),
        lapses=tuple(lapses),
        end=end,
    )


def _lapses(made: Event, extensions: Sequence[Event], end: Event | None) -> list[tuple[date, date]]:
    """The times without validity. An extension never shortens and, after a repeal, does nothing."""
    lapses: list[tuple[date, date]] = []
    last = made.expires_on or _NEVER
    for extension in extensions:
        if end is not None and extension.on >= end.on:
            break
        until = extension.expires_on or _NEVER
        if last < extension.on - _DAY:
            lapses.append((last + _DAY, extension.on - _DAY))
        last = max(last, until)
    if last < _NEVER:
        lapses.append((last + _DAY, _NEVER))
    return lapses


def _after(day: date) -> date:
    return day if day == _NEVER else day + _DAY


def _order(event: Event) -> tuple[object, ...]:
    """One order for the same events, whoever recorded them when. A repeal goes before a mere
    declaration of the same day, the later of two amendments of a day is the one that is named."""
    kinds = ("made", "amended", "extended", "repealed", "invalidated")
    return (
        event.on,
        kinds.index(event.kind),
        event.effective_on or event.on,
        event.expires_on or _NEVER,
        event.by or 0,
        event.campaign or 0,
    )
