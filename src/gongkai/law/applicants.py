"""The six kinds of applicants of the yearly form, and what belongs to each, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class ApplicantKind:
    """One kind; `code` is the column of the form (`law.forms`).

    `belongs` are examples of what counts to it, `hints` parts of a name that suggest it. Both are
    this system's: no national rule defines the kinds.
    """

    code: str
    name: str
    name_en: str
    belongs: tuple[str, ...]
    belongs_en: tuple[str, ...]
    hints: tuple[str, ...] = ()
    uncertain: bool = False
    note: str = ""

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


@cache
def applicant_kinds() -> tuple[ApplicantKind, ...]:
    """The six kinds, in the order of the form's columns."""
    text = (files("gongkai.law") / "data" / "applicants.toml").read_text("utf-8")
    return read_kinds(tomllib.loads(text)["kinds"])


def read_kinds(entries: Iterable[Mapping[str, Any]]) -> tuple[ApplicantKind, ...]:
    """The kinds as an installation may word them, in the shape of data/applicants.toml."""
    return tuple(ApplicantKind(**_tuples(entry)) for entry in entries)


def applicant_kind(code: str) -> ApplicantKind:
    """The kind with that code. Raises KeyError."""
    for known in applicant_kinds():
        if known.code == code:
            return known
    raise KeyError(f"no kind {code!r}; there are {', '.join(k.code for k in applicant_kinds())}")


def suggested(name: str, kinds: Iterable[ApplicantKind] | None = None) -> str | None:
    """The kind an organisation's name suggests, by the longest hint found; None if none is.

    Of two hints of one length the one nearer the end of the name counts, as names of bodies end
    with what they are.
    """
    known = applicant_kinds() if kinds is None else kinds
    found = [(len(h), name.rfind(h), kind.code) for kind in known for h in kind.hints if h in name]
    return max(found)[2] if found else None


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
