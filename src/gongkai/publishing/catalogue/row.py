"""One row of a workbook → an item of the catalogue, each cell read as its column asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongkai.law import catalogue as law
from gongkai.publishing.catalogue.columns import ANCHORS, COLUMNS, PERIODS, YES, plain
from gongkai.publishing.catalogue.entry import (
    EVERYONE,
    LEVELS,
    LONGEST_TEXT,
    MANNERS,
    MOST_DAYS,
    PARTICULAR,
    Entry,
)
from gongkai.publishing.register.problems import Problem

_CODE = re.compile(r"[-a-zA-Z0-9_]{1,40}")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T.*)?")
_BOX = re.compile(r"[■□☑✓√☒]")
_BOXED = re.compile(r"(?=[■□☑✓√☒])|[、，,;；\n]")
_LISTED = re.compile(r"[、，,;；\n]+")


def code_of(cells: Mapping[str, str]) -> str:
    """The code of the item the row is about, "" where the row names none."""
    return unicodedata.normalize("NFKC", cells.get("code", "")).strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One row, read as its columns ask. A column that is not there changes nothing.

    `number` is the row's as Excel shows it; what is wrong is added to `problems`.
    """

    number: int
    cells: Mapping[str, str]
    as_of: date
    problems: list[Problem]

    def entry(self, before: Entry) -> Entry:
        """What the row says, on top of what is there."""
        texts = {n: self._text(n) for n in self.cells if COLUMNS[n].shape == "text"}
        entry = replace(
            before,
            **texts,
            code=self._code(before.code),
            field=self._choice("field", _fields(), "unknown_field", before.field),
            item=self._item(before.item),
            period=self._choice("period", PERIODS, "unknown_period", before.period),
            anchor=self._choice("anchor", ANCHORS, "bad_choice", before.anchor),
            days=self._days(before.days),
            working_days=self._yes("working_days", yes=before.working_days),
            channels=self._channels(before.channels),
            audience=self._audience(before.audience),
            manner=self._ticked(("proactive", "on_application"), MANNERS, before.manner),
            level=self._ticked(("county", "township"), LEVELS, before.level),
            since=self._day("since", before.since) or before.since,
            until=self._day("until", before.until),
        )
        if entry.until is not None and entry.until < entry.since:
            self._wrong("until", "ends_before_listed")
        return entry

    def _text(self, name: str) -> str:
        text = unicodedata.normalize("NFC", self.cells[name]).strip()
        limit = COLUMNS[name].limit or LONGEST_TEXT
        if len(text) > limit:
            self._wrong(name, "too_long", str(limit))
        return text[:limit]

    def _code(self, before: str) -> str:
        text = code_of(self.cells)
        if text and not _CODE.fullmatch(text):
            self._wrong("code", "bad_code", text[:40])
        return text or before

    def _choice(self, name: str, known: Mapping[str, str], problem: str, before: str) -> str:
        if name not in self.cells:
            return before
        word = plain(self.cells[name])
        if word not in known and word:
            self._wrong(name, problem, self.cells[name][:40])
            return before
        return known.get(word, before if name == "anchor" else "")

    def _item(self, before: str) -> str:
        if "item" not in self.cells:
            return before
        code = plain(self.cells["item"]).split("·")[0]
        if code and code not in {item.code for item in law.items(on=self.as_of)}:
            self._wrong("item", "unknown_item", self.cells["item"][:40])
            return before
        return code

    def _days(self, before: int) -> int:
        text = plain(self.cells.get("days", ""))
        if not text:
            return before
        digits = text.removesuffix("个工作日").removesuffix("日").removesuffix("天")
        if not (digits.isascii() and digits.isdecimal() and 1 <= int(digits[:4]) <= MOST_DAYS):
            self._wrong("days", "bad_days", text[:20])
            return before
        return int(digits)

    def _yes(self, name: str, *, yes: bool) -> bool:
        word = plain(self.cells.get(name, ""))
        if word and word not in YES:
            self._wrong(name, "bad_choice", word[:20])
        return YES.get(word, yes)

    def _channels(self, before: tuple[str, ...]) -> tuple[str, ...]:
        """■ marks what is required, □ what is not; a list without boxes is all required."""
        text = self.cells.get("channels")
        if text is None:
            return before
        parts = (_BOXED if _BOX.search(text) else _LISTED).split(text)
        by_name = {plain(channel.label): channel.code for channel in law.channels()}
        chosen: list[str] = []
        for part in filter(None, (piece.strip() for piece in parts if piece)):
            name = plain(_BOX.sub("", part))
            if name and name not in by_name:
                self._wrong("channels", "unknown_channel", part[:30])
            elif name and not part.startswith("□"):
                chosen.append(by_name[name])
        return tuple(code for code in by_name.values() if code in chosen)

    def _audience(self, before: str) -> str:
        if "everyone" not in self.cells and "particular_groups" not in self.cells:
            return before
        groups = self.cells.get("particular_groups", "").strip()
        named = plain(groups) and plain(groups) not in YES and not _BOX.fullmatch(groups)
        words = [EVERYONE] if self._marked("everyone") else []
        if named:
            words.append(f"{PARTICULAR}：{groups.removeprefix(PARTICULAR).lstrip('：:')}")
        elif self._marked("particular_groups"):
            words.append(PARTICULAR)
        return "、".join(words)[:200]

    def _ticked(self, names: tuple[str, ...], words: tuple[str, ...], before: str) -> str:
        if not set(names) & set(self.cells):
            return before
        pairs = zip(names, words, strict=True)
        return "、".join(word for name, word in pairs if self._marked(name))

    def _marked(self, name: str) -> bool:
        word = plain(self.cells.get(name, ""))
        if not word or word in {"□", "☒"}:
            return False
        if _BOX.fullmatch(word):
            return True
        if word not in YES and name != "particular_groups":
            self._wrong(name, "bad_choice", word[:20])
        return YES.get(word, True)

    def _day(self, name: str, before: date | None) -> date | None:
        text = plain(self.cells.get(name, ""))
        if not text:
            return before if name not in self.cells else None
        found = _DAY.fullmatch(text)
        try:
            return date(int(found[1]), int(found[2]), int(found[3])) if found else _no_day()
        except ValueError:
            self._wrong(name, "bad_date", text[:20])
            return before

    def _wrong(self, name: str, code: str, detail: str = "") -> None:
        self.problems.append(Problem(self.number, COLUMNS[name].heading, code, detail))


def _no_day() -> date:
    raise ValueError


def _fields() -> dict[str, str]:
    return {plain(field.label): field.code for field in law.fields()}
