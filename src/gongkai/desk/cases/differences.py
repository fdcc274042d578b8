"""What differs between two contents of a decision, field by field in the words of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from gongkai.casework.decision.content import Draft, GivenFile, from_canonical
from gongkai.casework.decision.models import Decision
from gongkai.casework.decision.queries import content_of, given_files
from gongkai.casework.decision.versions import DecisionVersion
from gongkai.desk.cases import words
from gongkai.desk.cases.decision_forms import DecisionForm
from gongkai.desk.differing import Run, runs
from gongkai.publishing.document.difference import plain

Said = tuple[Draft, tuple[GivenFile, ...]]
SHORT = 8
"""Digits of a digest that tell two files of the same title apart."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs, and its text with what was taken out and put in."""

    label: str
    runs: list[Run]


def of_version(version: DecisionVersion) -> Said:
    """What the version said; only of one whose content is still kept."""
    return from_canonical(version.content)


def of_decision(decision: Decision) -> Said:
    """What the decision says now."""
    return content_of(decision), given_files(decision)


def differences(before: Said, after: Said, on: date) -> list[Difference]:
    """The fields that differ, in the order of the page, with the names of codes on the day."""
    old, new = _texts(*before, on), _texts(*after, on)
    return [
        Difference(label, runs(plain(old[label], text)))
        for label, text in new.items()
        if text != old[label]
    ]


def _texts(draft: Draft, files: tuple[GivenFile, ...], on: date) -> dict[str, str]:
    named: dict[str, Callable[[str], str]] = {
        "outcome": lambda code: words.outcome_label(code, on),
        "ground": lambda code: words.ground_label(code, on),
    }
    said = {
        str(field.label): named.get(name, str)(getattr(draft, name))
        for name, field in DecisionForm().fields.items()
    }
    said[gettext("分项处理")] = "\n".join(_items(draft, on))
    said[gettext("提供的文件")] = "\n".join(
        f"{file.title} ({file.sha256[:SHORT]})" if file.sha256 else file.title for file in files
    )
    return said


def _items(draft: Draft, on: date) -> Iterator[str]:
    """A line for each thing asked for, and one for what becomes of it."""
    for item in draft.items:
        became = (words.outcome_label(item.outcome, on), words.ground_label(item.ground, on))
        yield item.asked
        yield " · ".join(filter(None, (*became, item.reasons)))
