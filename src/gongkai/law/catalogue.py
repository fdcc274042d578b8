"""What must be published: articles 20 and 21, the fields and columns of the standard catalogue."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Level = Literal["province", "prefecture", "county", "township"]
"""Of a government or the department of one; `prefecture` is a city with districts (设区的市)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the law. `levels` whose agencies it binds; empty: all of them."""

    code: str
    article: str
    label: str
    label_en: str
    reference: str
    valid_from: date
    levels: tuple[Level, ...] = ()

    def binds(self, level: Level) -> bool:
        return not self.levels or level in self.levels


@dataclass(frozen=True, slots=True)
class Field:
    """A field of grass-roots disclosure; `pilot` is its number among the 26, None for a later one.

    The order of the 26 is `uncertain` until it has been held against the annex.
    """

    code: str
    label: str
    label_en: str
    pilot: int | None = None
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueColumn:
    """A column of the standard catalogue; `group` is the merged head it stands under."""

    code: str
    label: str
    label_en: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way of publishing that the standard catalogue lists (公开渠道和载体)."""

    code: str
    label: str
    label_en: str


def items(*, on: date, level: Level | None = None) -> tuple[Item, ...]:
    """What the law in force on that day requires to be published, in the order of the law.

    With a level, only what binds its agencies: article 20 for all, article 21 in addition for
    cities with districts, counties and townships. Raises LookupError before 15 May 2019 and
    ValueError for a level that does not exist.
    """
    if level is not None and level not in get_args(Level):
        raise ValueError(f"no level {level!r}; there are {', '.join(get_args(Level))}")
    in_force = [edition for edition in _editions() if edition[0].valid_from <= on]
    if not in_force:
        first = _editions()[0][0].valid_from
        raise LookupError(f"the catalogue begins on {first}; {on} is before that")
    return tuple(item for item in in_force[-1] if level is None or item.binds(level))


def item(code: str, *, on: date) -> Item:
    """The item with that code ("20.5", "21.2.8"). Raises KeyError, and LookupError as `items`."""
    found = next((item for item in items(on=on) if item.code == code), None)
    if found is None:
        raise KeyError(f"no item {code!r} in the catalogue in force on {on}")
    return found


@cache
def fields(*, pilot_only: bool = False) -> tuple[Field, ...]:
    """The fields of grass-roots disclosure: the 26, then those added later."""
    data = _data()["fields"]
    found = (Field(**entry, uncertain=data["uncertain"]) for entry in data["list"])
    return tuple(field for field in found if field.pilot or not pilot_only)


@cache
def columns() -> tuple[CatalogueColumn, ...]:
    """The columns of the standard catalogue, left to right."""
    return tuple(CatalogueColumn(**entry) for entry in _data()["standard"]["columns"])


@cache
def channels() -> tuple[Channel, ...]:
    """The channels the standard catalogue offers, ■ required or □ optional for each matter."""
    return tuple(Channel(**entry) for entry in _data()["standard"]["channels"])


@cache
def _editions() -> tuple[tuple[Item, ...], ...]:
    editions = sorted(_data()["editions"], key=lambda edition: edition["valid_from"])
    return tuple(tuple(_item(entry, edition) for entry in edition["items"]) for edition in editions)


def _item(entry: dict[str, Any], edition: dict[str, Any]) -> Item:
    return Item(
        code=entry["code"],
        article=entry["article"],
        label=entry["label"],
        label_en=entry["label_en"],
        reference=edition["reference"],
        valid_from=edition["valid_from"],
        levels=tuple(entry.get("levels", ())),
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / "catalogue.toml").read_text("utf-8"))
