"""What an item of the catalogue says, as plain values in one form."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gongkai.law import catalogue as law
from gongkai.law.usual_catalogue import UsualItem
from gongkai.publishing.catalogue.models import CatalogueItem

EVERYONE = "全社会"
PARTICULAR = "特定群体"
MANNERS = ("主动", "依申请")
LEVELS = ("县级", "乡级")
RHYTHM = ("period", "days", "working_days", "anchor", "since", "until")
"""Fields that say when duties are due."""
LONGEST_TEXT = 2_000
MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with all columns of the standard catalogue (国办发〔2019〕54号).

    `audience`, `manner` and `level` are the words of the columns that are marked, joined by 、;
    particular groups may be named after 特定群体：. `channels` are codes of `law.catalogue`.
    """

    matter: str
    since: date
    code: str = ""
    field: str = ""
    matter_2: str = ""
    content: str = ""
    basis: str = ""
    time_limit: str = ""
    subject: str = ""
    channels: tuple[str, ...] = ("website",)
    audience: str = EVERYONE
    manner: str = "主动"
    level: str = ""
    item: str = ""
    period: str = ""
    anchor: str = "end"
    days: int = 20
    working_days: bool = True
    until: date | None = None


FIELDS = tuple(field.name for field in fields(Entry))


def entry_of(item: CatalogueItem) -> Entry:
    """What a stored item says."""
    values = {name: getattr(item, name) for name in FIELDS}
    return Entry(**{**values, "channels": tuple(item.channels)})


def as_values(entry: Entry) -> dict[str, Any]:
    """The entry as a stored item takes it."""
    values = {name: getattr(entry, name) for name in FIELDS}
    return {**values, "channels": list(entry.channels)}


def differences(before: Entry, after: Entry) -> dict[str, dict[str, Any]]:
    """What is different, field by field, as plain JSON values."""
    return {
        name: {"before": _plain(getattr(before, name)), "after": _plain(getattr(after, name))}
        for name in FIELDS
        if getattr(before, name) != getattr(after, name)
    }


def usual(item: UsualItem, *, subject: str, level: str, since: date) -> Entry:
    """A suggested item as the agency's own."""
    return Entry(
        code=item.code,
        matter=item.matter,
        content=item.content,
        basis=item.basis,
        time_limit=item.time_limit,
        subject=subject,
        level=level,
        item=item.item,
        period=item.every,
        anchor="start" if item.start else "end",
        days=item.days,
        working_days=item.working_days,
        since=since,
    )


def channel_names(codes: tuple[str, ...]) -> list[str]:
    """The names of channels, in the order of the standard catalogue."""
    return [channel.label for channel in law.channels() if channel.code in codes]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
