"""Who did what to a document and when, by which article, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from gongkai.desk.documents import words
from gongkai.publishing.document.models import Disclosure, Document
from gongkai.publishing.publication.models import RelationKind
from gongkai.publishing.review.models import Remark, Ruling
from gongkai.trail import queries as trail
from gongkai.trail.models import Entry

FOLDED = frozenset({"publishing.save"})
"""Verbs of which several in a row by one person are one line."""
LONGEST = 200
"""Characters of a remark, its passage or its answer in a line; the whole stands with it."""


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
    remarks = {remark.pk: remark for remark in document.remarks.all()}
    return [_with_words(line, remarks) for line in _folded(entries)]


def _with_words(line: Line, remarks: Mapping[int, Remark]) -> Line:
    """The line with what was remarked or answered: the trail itself holds no texts."""
    remark = remarks.get(line.entry.details.get("remark", 0))
    if remark is None:
        return line
    said = remark.answer if line.entry.verb == "publishing.answer" else ""
    told = (
        (gettext("针对"), _shortened(remark.quote)),
        (gettext("意见"), _shortened(remark.text)),
        (gettext("答复"), _shortened(said)),
    )
    return replace(line, facts=(*line.facts, *(fact for fact in told if fact[1])))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


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
    if details.get("code"):
        yield gettext("规则"), words.rule_label(str(details["code"]))
    if isinstance(details.get("removed"), dict):
        told = (f"{words.rule_label(code)} {n}" for code, n in details["removed"].items())
        yield gettext("清除了"), gettext("、").join(told)
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
    "index_number": gettext_lazy("索引号"),
    "at": gettext_lazy("定于"),
    "comment": gettext_lazy("意见"),
    "reason": gettext_lazy("理由"),
    "public_note": gettext_lazy("公开说明"),
}
