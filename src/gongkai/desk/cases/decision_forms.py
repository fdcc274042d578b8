"""The answer as it is drafted: what becomes of the application, on which ground, in which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework.decision.content import Draft, ItemDraft
from gongkai.desk.cases import fields
from gongkai.law.grounds import grounds
from gongkai.law.outcomes import Outcome, outcomes

ITEM = ("asked", "outcome", "ground", "reasons")
MOST_ITEMS = 50
GROUPS = (
    (gettext_lazy("公开"), ("A1", "A2", "A3")),
    (gettext_lazy("不予公开"), ("A4", "A5")),
    (gettext_lazy("无法提供"), ("A6", "A7", "A21", "A22", "A8", "A9")),
    (gettext_lazy("不予处理"), ("A10", "A11", "A12", "A13", "A14")),
    (gettext_lazy("不再处理"), ("A15", "A16")),
)
"""The outcomes that end a case, under the heads of the yearly form."""
ASKED: dict[str, tuple[str, ...]] = {
    "ground": ("A3", "A4"),
    "law_named": ("A4", "A3", "A5"),
    "answer": ("A1", "A3", "A4", "A8", "A9", "A11"),
    "way": ("A1", "A2", "A5", "A8", "A10", "A12", "A14", "A21"),
    "other_agency": ("A7", "A21", "A22"),
    "other_contact": ("A7", "A21"),
    "findings": ("A9", "A13", "A16"),
    "override_reason": ("A2", "A3"),
}
"""For which outcomes a field is asked; reasons are asked for all."""
HELP: dict[str, object] = {
    "ground": gettext_lazy("不予公开、部分公开的，送审前必须选定。"),
    "answer": gettext_lazy("只写不予公开的，写在答复书“下列内容不予公开”之后。"),
    "way": gettext_lazy("网址、栏目、地点和时间。"),
    "law_named": gettext_lazy("禁止公开或者另有规定的法律、行政法规的名称和条款。"),
    "other_agency": gettext_lazy("能够确定的，写全称。"),
    "reasons": gettext_lazy(
        "写明事实和法律上的理由，写进答复书。不公开、不提供、不处理的，送审前必须写。"
    ),
    "override_reason": gettext_lazy("第三方不同意而仍然公开的，写明公共利益的理由。"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An outcome to pick: its name, its articles are in the letter."""

    code: str
    name: str


def picker() -> list[tuple[str, list[Choice]]]:
    """The outcomes by group, by their plain names."""
    known = {one.code: one for one in _closing()}
    return [
        (str(head), [Choice(code, known[code].words(speech())) for code in codes if code in known])
        for head, codes in GROUPS
    ]


class DecisionForm(forms.Form):
    """One answer. Several things asked for are rows of `items`, from which it follows."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("处理结果"), required=False, widget=forms.RadioSelect
    )
    ground = fields.choice(gettext_lazy("不予公开的依据"), (), radio=False, required=False)
    law_named = fields.line(gettext_lazy("适用的法律、行政法规"), required=False)
    answer = fields.text(
        gettext_lazy("不予公开的内容（其他结果：前一次答复、不明确的地方）"), required=False
    )
    way = fields.text(gettext_lazy("获取的方式、途径和时间"), rows=2, required=False)
    other_agency = fields.line(gettext_lazy("负责公开的机关"), required=False)
    other_contact = fields.line(gettext_lazy("该机关联系方式"), required=False)
    findings = fields.text(gettext_lazy("查明的事实"), rows=3, required=False)
    reasons = fields.text(gettext_lazy("理由"), required=False)
    override_reason = fields.text(gettext_lazy("公开的公共利益理由"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        closing = [(one.code, one.words(speech())) for one in _closing()]
        self.fields["outcome"].choices = closing  # type: ignore[attr-defined]
        self.fields["ground"].choices = ground_choices()  # type: ignore[attr-defined]
        for name, words in HELP.items():
            self.fields[name].help_text = str(words)

    def asked(self) -> Iterator[tuple[forms.BoundField, str]]:
        """The fields below the outcome, each with the class that shows it for its outcomes."""
        for name in (*(n for n in self.fields if n not in {"outcome", "reasons"}), "reasons"):
            yield self[name], f"for-{name.replace('_', '-')}" if name in ASKED else ""

    def draft(self, items: tuple[ItemDraft, ...]) -> Draft:
        """The answer as filled in. Only after validation."""
        return Draft(**self.cleaned_data, items=items)


def ground_choices() -> list[tuple[str, str]]:
    """The grounds in force, with their articles."""
    known, language = grounds(on=timezone.localdate()), speech()
    return [("", "—"), *((g.code, f"{g.cited(language)} {g.words(language)}") for g in known)]


def items_of(said: QueryDict) -> list[ItemDraft]:
    """The rows of items as posted, blank ones left out."""
    columns = [_plain(said.getlist(f"item_{name}")[:MOST_ITEMS]) for name in ITEM]
    rows = [ItemDraft(*row) for row in zip(*columns, strict=False)]
    return [row for row in rows if row.asked.strip() or row.outcome]


def _plain(texts: list[str]) -> list[str]:
    return [text.replace("\0", "") for text in texts]


def _closing() -> list[Outcome]:
    """What ends a case by a decision; a withdrawal has a verb of its own."""
    listed = {code for _, codes in GROUPS for code in codes}
    return [one for one in outcomes(on=timezone.localdate()) if one.code in listed]
