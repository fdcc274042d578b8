"""The wording of letters as dated data: which sentences a kind has, and what they need.

The files in `templates` hold them. A sentence is printed when the field it is bound to is given,
and whatever it names then has to be given too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.dated import rule_in_force

FIELD = re.compile(r"\{([a-z_]+)\}")
COMPUTED = frozenset({"basis", "provisions"})
"""Fields that follow from the law and the grounds, and that nobody gives."""

Style = Literal["paragraph", "heading", "list"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with `{fields}`; printed only `when` a field is given, or `unless` it is."""

    text: str
    when: str = ""
    unless: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that stand in it, in order."""
        return tuple(FIELD.findall(self.text))


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading or a list; one without a sentence to print is left out."""

    sentences: tuple[Sentence, ...]
    style: Style = "paragraph"


@dataclass(frozen=True, slots=True)
class Template:
    """How a kind of letter is worded from `valid_from` on.

    `cites` are the articles of an answer for which the law's data names none. `either` maps an
    element to the fields of which one has to be given. `said` are elements of the letter that
    its fixed words say. `attached` names the field with what is enclosed.
    """

    code: str
    valid_from: date
    title: str
    addressee: str
    body: tuple[Passage, ...]
    cites: tuple[str, ...] = ()
    either: Mapping[str, tuple[str, ...]] | None = None
    said: tuple[str, ...] = ()
    attached: str = ""

    @property
    def version(self) -> str:
        """What is kept with the letter, to know by which wording it was made."""
        return self.valid_from.isoformat()

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Every sentence that may be printed, title and addressee first."""
        yield Sentence(self.title)
        yield Sentence(self.addressee)
        for passage in self.body:
            yield from passage.sentences

    @property
    def possible(self) -> tuple[str, ...]:
        """Every field that the letter can print."""
        named = [name for sentence in self.sentences for name in sentence.fields]
        named += [self.attached] if self.attached else []
        return tuple(dict.fromkeys(name for name in named if name not in COMPUTED))


def template(kind: str, *, on: date) -> Template:
    """The wording of the kind on the day of the letter.

    Raises KeyError for a kind that does not exist and NotInForceError before its first wording.
    """
    return rule_in_force(templates(), kind, on=on)


@cache
def templates() -> tuple[Template, ...]:
    """Every wording there is or was."""
    return tuple(
        _template(entry, told.get("shared", {}))
        for told in (read(name) for name in ("procedure", "answers", "others"))
        for entry in told["letters"]
    )


@cache
def read(name: str) -> dict[str, Any]:
    """One file of wordings."""
    place = files("gongkai.casework.letter") / "templates" / f"{name}.toml"
    return tomllib.loads(place.read_text("utf-8"))


def _template(entry: dict[str, Any], shared: dict[str, Any]) -> Template:
    body = tuple(_passage(told, shared) for told in entry["body"])
    either = {name: tuple(fields) for name, fields in entry.get("either", {}).items()}
    return Template(
        code=entry["kind"],
        valid_from=entry["valid_from"],
        title=entry["title"],
        addressee=entry["addressee"],
        body=body,
        cites=tuple(entry.get("cites", ())),
        either=either,
        said=tuple(entry.get("said", ())),
        attached=entry.get("attached", ""),
    )


def _passage(told: Any, shared: dict[str, Any]) -> Passage:
    """A passage as the file writes it: a string, a list of sentences, or a table."""
    if isinstance(told, dict) and "use" in told:
        return _passage(shared[told["use"]], shared)
    if isinstance(told, dict) and "list" in told:
        field = told["list"]
        when = "" if told.get("always") else field
        return Passage((Sentence(f"{{{field}}}", when=when),), "list")
    if isinstance(told, dict) and "heading" in told:
        return Passage((Sentence(told["heading"], told.get("when", "")),), "heading")
    listed = told if isinstance(told, list) else [told]
    return Passage(tuple(_sentence(one) for one in listed))


def _sentence(told: str | dict[str, str]) -> Sentence:
    return Sentence(told) if isinstance(told, str) else Sentence(**told)
