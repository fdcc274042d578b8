"""The register of reconsiderations and law suits."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from gongkai.annual_report.queries import paged
from gongkai.casework.appeal.models import Appeal, AppealKind, AppealOutcome
from gongkai.casework.appeal.queries import seen_by
from gongkai.desk import frame
from gongkai.desk.access import person, staff
from gongkai.desk.appeals import selection
from gongkai.desk.appeals.reach import entered_by
from gongkai.desk.appeals.selection import Wish
from gongkai.desk.cases import words
from gongkai.desk.cases.selection import agencies
from gongkai.desk.documents.deadlines import Due, due_on
from gongkai.desk.frame import Choices, worded
from gongkai.org.models import User

PAGE_SIZE = 25
CHIPS = {
    "open": gettext_lazy("未了结"),
    "reply": gettext_lazy("待答复、答辩"),
    "heard": gettext_lazy("审理中"),
    "redo": gettext_lazy("待履行"),
    "done": gettext_lazy("已审结"),
    "all": gettext_lazy("全部"),
    "void": gettext_lazy("登记作废的"),
}
HEADS = (
    ("", gettext_lazy("案号和争议事项")),
    ("", gettext_lazy("种类")),
    ("", gettext_lazy("审理机关")),
    ("opened", gettext_lazy("受理（立案）")),
    ("due", gettext_lazy("期限")),
    ("", gettext_lazy("结果")),
)
FIGURES = {"concluded": gettext_lazy("审结"), "corrected": gettext_lazy("被纠正")}
"""What the page of figures counts of appeals."""
STYLES = {"pending": "badge-act", "upheld": "", "corrected": "badge-review", "other": ""}


class Row:
    """One appeal in a list: what is due, and how it stands."""

    def __init__(self, appeal: Appeal, as_of: date) -> None:
        self.appeal = appeal
        self.due = next_due(appeal, as_of)
        self.what = what_is_due(appeal)
        self.outcome: str = appeal.get_outcome_display()
        self.style = STYLES[appeal.outcome]
        self.instance = instance_label(appeal)


def next_due(appeal: Appeal, as_of: date) -> Due | None:
    """The day by which the agency has to reply or to act anew, from `queries.seen_by`."""
    day: date | None = getattr(appeal, "next_on", None)
    stands = appeal.struck_at is None
    return due_on(day, appeal.agency, as_of) if day and stands else None


def instance_label(appeal: Appeal) -> str:
    """Which instance it is; "" for the first."""
    if appeal.retrial:
        return gettext("再审")
    return gettext("二审") if appeal.instance > 1 else ""


def what_is_due(appeal: Appeal) -> str:
    """What the day is for."""
    if appeal.outcome != AppealOutcome.PENDING:
        return gettext("履行")
    return gettext("答复") if appeal.kind == AppealKind.RECONSIDERATION else gettext("答辩")


def _counted(wish: Wish, as_of: date) -> list[tuple[str, str, Choices]]:
    """The figure whose appeals are listed, for one who came from there."""
    fields = [frame.alone()] if wish.alone else []
    name, _, year = wish.figure.partition("-")
    if name:
        said = gettext("%(year)s年%(figure)s") % {"year": year, "figure": FIGURES[name]}
        fields.append(("figure", gettext("统计数"), [(wish.figure, said)]))
    if wish.decided:
        result, _, basis = wish.decided.partition(":")
        label = words.outcome_label(result, as_of)
        ground = words.ground_label(basis, as_of)
        shown = f"{label} · {ground}" if ground else label
        fields.append(("decided", gettext("处理结果"), [(wish.decided, shown)]))
    return fields


@staff
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The appeals of the person's agencies, what is due first in front."""
    user, today = person(request), timezone.localdate()
    wish = selection.wished(request.GET.dict())
    page = paged(selection.chosen(user, wish, today), request.GET.get("page"), PAGE_SIZE)
    shown = {
        "rows": [Row(appeal, today) for appeal in page],
        "page": page,
        "wish": wish,
        "usual": selection.USUAL,
        "chips": frame.chips(
            CHIPS,
            selection.counts(user, wish, today),
            wish.view,
            lambda view: wish.query(view=view),
            lasting=CHIPS,
        ),
        "heads": frame.heads(HEADS, wish.order, lambda order: wish.query(order=order)),
        "anything": seen_by(user).exists() or seen_by(user, struck=True).exists(),
        "everything": Wish(view="all").query(),
        "unfiltered": Wish(view=wish.view, order=wish.order).query(),
        "may_enter": entered_by(user).exists(),
        **frame.filters([*_fields(user), *_counted(wish, today)], wish),
    }
    return render(request, "desk/appeals/list.html", shown)


def _fields(user: User) -> list[tuple[str, str, Choices]]:
    """What the list can be narrowed to: name of the field, its label, its choices."""
    deadlines = [("overdue", gettext("超期")), ("soon", gettext("10 个工作日以内"))]
    fields = [
        ("deadline", gettext("期限"), deadlines),
        ("kind", gettext("种类"), worded(AppealKind.choices)),
        ("outcome", gettext("结果"), worded(AppealOutcome.choices)),
        ("year", gettext("受理年份"), [(year, year) for year in selection.years(user)]),
    ]
    places = agencies(user)
    if len(places) > 1:
        fields.insert(0, ("agency", gettext("机关（含下属）"), places))
    return fields
