"""Kinds of documents (体裁) and what is asked of each, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Registered = Literal["", "regulation", "normative_document"]
Column = Literal["", "news", "notices"]
Section = Literal["", "guide", "rules"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    `registered` names the register it is entered into; `interpretation` says whether an
    interpretation is due with it; `item` is the item of article 20 it usually falls under;
    `publish_within` the term that replaces the twenty working days of article 26 (`law.terms`);
    `column` the kind of column it keeps fresh; `section` the fixed section of the platform it
    stands in besides the catalogue.
    """

    code: str
    label: str
    label_en: str
    item: str
    registered: Registered = ""
    interpretation: Literal["", "required"] = ""
    interpreting: bool = False
    publish_within: str = "D01"
    column: Column = ""
    section: Section = ""

    @property
    def normative(self) -> bool:
        """Whether it binds the public, so that its legality is reviewed (国办发〔2018〕115号)."""
        return bool(self.registered)

    def words(self, language: str) -> str:
        """The label in "zh" or "en"."""
        return self.label if language.startswith("zh") else self.label_en


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which they are offered."""
    text = (files("gongkai.law") / "data" / "kinds.toml").read_text("utf-8")
    return tuple(Kind(**entry) for entry in tomllib.loads(text)["kinds"])


def kind(code: str) -> Kind:
    """The kind with that code. Raises KeyError."""
    for known in kinds():
        if known.code == code:
            return known
    raise KeyError(f"no kind {code!r}; there are {', '.join(k.code for k in kinds())}")


def registered(register: Registered) -> tuple[str, ...]:
    """Codes of the kinds entered into that register."""
    return tuple(known.code for known in kinds() if known.registered == register)
