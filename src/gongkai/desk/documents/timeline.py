"""Who did what to a document and when, by which article, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from gongkai.desk.documents import words
from gongkai.publishing.document.models import Disclosure, Document
from gongkai.publishing.publication.models import RelationKind
from gongkai.publishing.review.models import Ruling
from gongkai.trail import queries as trail
from gongkai.trail.models import Entry

FOLDED = frozenset({"publishing.save"})
"""Verbs of which several in a row by one person are one line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline; `times` says how many of a kind in a row it stands for."""

    entry: Entry
    verb: str
    facts: tuple[tuple[str, str], ...]
    basis: str = ""
    times: int = 1


def lines(document: Document) -> list[Line]:
    """Everything that was done to the document, newest first."""
    entries = trail.about(document).order_by("-sequence")
    return list(_folded(entries))


def _folded(entries: Iterable[Entry]) -> Iterator[Line]:
    held: Line | None = None
    for entry in entries:
        if held and entry.verb in FOLDED and _alike(held.entry, entry):
            held = Line(held.entry, held.verb, held.facts, held.basis, held.times + 1)
            continue
        if held:
            yield held
        held = _line(entry)
    if held:
        yield held


def _alike(one: Entry, other: Entry) -> bool:
    return one.verb == other.verb and one.actor_id == other.actor_id


def _line(entry: Entry) -> Line:
    details = entry.details
    basis = str(words.BASIS.get(entry.verb, ""))
    if "step" in details:
        basis = words.step_articles(str(details["step"])) or basis
    verb = str(words.VERBS.get(entry.verb, entry.verb))
    return Line(entry, verb, tuple(_facts(details)), basis)


def _facts(details: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "step" in details:
        yield gettext("环节"), words.step_label(str(details["step"]))
    if isinstance(details.get("steps"), list):
        names = (words.step_label(str(step[0])) for step in details["steps"] if step)
        yield gettext("要经过"), gettext("、").join(names)
    for key, choices, label in CHOSEN:
        if key in details:
            yield str(label), str(dict(choices).get(details[key], details[key]))
    for key, name in NAMED.items():
        if details.get(key):
            yield str(name), str(details[key])


CHOSEN: tuple[tuple[str, Any, Any], ...] = (
    ("ruling", Ruling.choices, gettext_lazy("处理")),
    ("disclosure", Disclosure.choices, gettext_lazy("公开属性")),
    ("kind", RelationKind.choices, gettext_lazy("关系")),
)
NAMED = {
    "file": gettext_lazy("文件"),
    "code": gettext_lazy("规则"),
    "index_number": gettext_lazy("索引号"),
    "at": gettext_lazy("定于"),
    "comment": gettext_lazy("意见"),
    "reason": gettext_lazy("理由"),
    "public_note": gettext_lazy("公开说明"),
}
