"""Where the catalogue of a new agency begins: what the law asks of it, and what comes round."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.catalogue import Item, Level, items

Every = Literal["", "year", "quarter", "month"]
_NUMERALS = {"20": "二十", "21": "二十一"}


@dataclass(frozen=True, slots=True)
class UsualItem:
    """One item to begin with. `days` run from the end of each period, or from its start.

    `uncertain` marks a time limit that no rule sets in this form; `note` says why.
    """

    code: str
    item: str
    matter: str
    content: str
    basis: str
    time_limit: str
    every: Every = ""
    start: bool = False
    days: int = 20
    working_days: bool = True
    uncertain: bool = False
    note: str = ""


def usual_items(level: Level, *, department: bool, on: date) -> tuple[UsualItem, ...]:
    """What usually stands in the catalogue of an agency: first the items of articles 20 and 21
    that bind it, then what comes round by itself.

    `level` is that of the government or, for a `department`, of the government it belongs to.
    Raises LookupError before the law was in force.
    """
    statutory = tuple(_statutory(item) for item in items(on=on, level=level))
    who = {"department"} if department else {"government", level}
    return statutory + tuple(
        _periodic(entry)
        for entry in _data()["periodic"]
        if not entry.get("who") or who & set(entry["who"])
    )


def _statutory(item: Item) -> UsualItem:
    return UsualItem(
        code=f"art-{item.code.replace('.', '-')}",
        item=item.code,
        matter=item.label,
        content=_data()["content"].get(item.code, f"{item.label}的政策、标准、过程和结果"),
        basis=_cited(item.article),
        time_limit="信息形成或者变更之日起20个工作日内",
    )


def _cited(article: str) -> str:
    number, _, part = article.rstrip(")").partition("(")
    return f"政府信息公开条例第{_NUMERALS[number]}条" + (f"第（{part}）项" if part else "")


def _periodic(entry: dict[str, Any]) -> UsualItem:
    fields = {name: value for name, value in entry.items() if name not in {"who", "from"}}
    fields.setdefault("working_days", False)
    return UsualItem(**fields, start=entry.get("from") == "start")


@cache
def _data() -> dict[str, Any]:
    text = (files("gongkai.law") / "data" / "catalogue_usual.toml").read_text("utf-8")
    return tomllib.loads(text)
