"""Putting right what of an appeal was entered wrongly, and what it said before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework.actions import Opening, Stated
from gongkai.casework.actions.amending_appeals import stated
from gongkai.casework.appeal.models import Appeal, AppealKind
from gongkai.desk.appeals.forms import NO_NAMES, AppealForm, OpeningForm, opened
from gongkai.desk.cases import fields
from gongkai.law.appeals import Procedure, result, results
from gongkai.law.dated import NotInForceError

LABELS: Mapping[str, object] = {
    "kind": gettext_lazy("种类"),
    "procedure": gettext_lazy("程序"),
    "before": gettext_lazy("复议机关或者法院"),
    "number": gettext_lazy("案号"),
    "about": gettext_lazy("争议事项"),
    "opened_on": gettext_lazy("受理（立案）日期"),
    "copy_received_on": gettext_lazy("收到副本日期"),
    "answered_on": gettext_lazy("提交答复日期"),
    "result": gettext_lazy("裁判结果"),
    "concluded_on": gettext_lazy("审结日期"),
    "ordered": gettext_lazy("责令履行的内容"),
    "redo_by": gettext_lazy("重新作出的期限"),
    "redone_on": gettext_lazy("重新作出的日期"),
    "contested_number": gettext_lazy("被诉行为的文号"),
    "contested_on": gettext_lazy("被诉行为的日期"),
    "contested_ground": gettext_lazy("被诉行为的依据"),
    "joint_key": gettext_lazy("共同被告案件的编号"),
    "counted": gettext_lazy("计入本机关年报"),
}
"""What of an appeal can be put right, by its column."""
OF_NO_CASE = ("contested_number", "contested_on", "contested_ground", "redone_on", "elsewhere")


class AmendForm(OpeningForm, AppealForm):
    """All that was entered, as it stands, and why it is changed."""

    contested_number = fields.line(LABELS["contested_number"], required=False, max_length=120)
    contested_on = fields.day(LABELS["contested_on"], required=False)
    contested_ground = fields.line(LABELS["contested_ground"], required=False, max_length=200)
    elsewhere = fields.yes(
        gettext_lazy("本机关是复议机关、作共同被告：由原行为机关计入年报，本机关不计")
    )
    answered_on = fields.day(LABELS["answered_on"], required=False)
    result = fields.choice(LABELS["result"], (), required=False, radio=False)
    concluded_on = fields.day(LABELS["concluded_on"], required=False)
    ordered = fields.text(LABELS["ordered"], rows=3, required=False)
    redo_by = fields.day(
        LABELS["redo_by"],
        required=False,
        help_text=gettext_lazy("决定、裁判没有写明的，不填，按法定期限。"),
    )
    redone_on = fields.day(LABELS["redone_on"], required=False)
    reason = fields.text(gettext_lazy("更正理由"), rows=2, help_text=NO_NAMES)
    field_order = (
        "contested_number",
        "contested_on",
        "contested_ground",
        "kind",
        "matter",
        "before",
        "number",
        "opened_on",
        "copy_received_on",
        "procedure",
        "answered_on",
        "result",
        "concluded_on",
        "ordered",
        "redo_by",
        "redone_on",
        "joint_key",
        "elsewhere",
        "reason",
    )

    def about(self, appeal: Appeal, /) -> None:
        now = stated(appeal)
        for name, value in _told(now).items():
            self.fields[name].initial = value
        choice: Any = self.fields["result"]
        choice.choices = _results(appeal)
        alone = appeal.follows_id is None and not appeal.followed_by.exists()
        if appeal.case_id is not None:
            for name in OF_NO_CASE:
                del self.fields[name]
        elif not alone:
            del self.fields["elsewhere"]

    def clean(self) -> dict[str, Any]:
        """A result has its day, a day its result, an order what it orders."""
        said = super().clean() or {}
        code, day = said.get("result", ""), said.get("concluded_on")
        if code and day is None and "concluded_on" not in self.errors:
            self.add_error("concluded_on", fields.MISSING)
        if day and not code and "result" not in self.errors:
            self.add_error("result", fields.CHOOSE)
        if code in _orders() and not said.get("ordered", "").strip():
            self.add_error("ordered", fields.MISSING)
        return said

    def said(self) -> dict[str, Any]:
        """How it should read, and the reason."""
        return {"said": self._stated(), "reason": self.cleaned_data["reason"]}

    def _stated(self) -> Stated:
        said = self.cleaned_data
        rest = ("answered_on", "result", "concluded_on", "ordered", "redo_by", "redone_on")
        contested = ("contested_number", "contested_on", "contested_ground")
        opening = Opening(
            counted=not said.get("elsewhere"),
            **opened(said),
            **{name: said[name] for name in contested if name in said},
        )
        return Stated(opening, **{name: said[name] for name in rest if name in said})


@dataclass(frozen=True, slots=True)
class Amendment:
    """Who changed what, when and why; with each column what it said before."""

    by: str
    at: datetime
    reason: str
    before: tuple[tuple[str, str], ...]


def amendments(appeal: Appeal) -> list[Amendment]:
    """What was put right, the latest first."""
    rows = appeal.amendments.select_related("by").order_by("-id")
    return [
        Amendment(row.by.get_full_name(), row.at, row.reason, tuple(_before(row.before)))
        for row in rows
    ]


def labels(names: Iterable[str]) -> str:
    """The columns by their names."""
    return gettext("、").join(str(LABELS.get(name, name)) for name in names)


def _told(now: Stated) -> dict[str, Any]:
    opening = now.opening
    asked = {name: getattr(opening, name, None) for name in AmendForm.base_fields}
    of_end = {name: getattr(now, name) for name in asked if hasattr(now, name)}
    return {**asked, **of_end, "matter": opening.about, "elsewhere": not opening.counted}


def _orders() -> frozenset[str]:
    """The results after which the agency has to act again."""
    day = timezone.localdate()
    kinds: tuple[Procedure, ...] = ("reconsideration", "litigation", "retrial")
    return frozenset(one.code for kind in kinds for one in results(kind, on=day) if one.anew)


def _results(appeal: Appeal) -> list[tuple[str, str]]:
    """Every result of the procedures of which it may turn out to be one."""
    day = timezone.localdate()
    suits: tuple[Procedure, ...] = ("reconsideration", "litigation")
    kinds = ("retrial",) if appeal.retrial else suits
    known = {one.code: one.words(speech()) for kind in kinds for one in results(kind, on=day)}
    return [("", gettext("尚未审结")), *known.items()]


def _before(before: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(str(LABELS[name]), _said(name, before[name])) for name in LABELS if name in before]


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return gettext("（空）")
    spoken = SPOKEN.get(name)
    return spoken(value) if spoken else str(value)


def _ended(code: str) -> str:
    try:
        return result(code, on=timezone.localdate()).words(speech())
    except (KeyError, NotInForceError):
        return code


SPOKEN: Mapping[str, Callable[[Any], str]] = {
    "kind": lambda code: str(AppealKind(code).label),
    "procedure": lambda code: str(Appeal.Procedure(code).label),
    "counted": lambda counted: gettext("是") if counted else gettext("否"),
    "result": _ended,
}
"""How what is kept as a code is said."""
