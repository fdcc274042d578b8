"""The list of cases, and the same list as a workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gongkai.annual_report.queries import paged
from gongkai.annual_report.speech import speech
from gongkai.casework import queries
from gongkai.casework.actions import export_list, find_named
from gongkai.casework.application.models import ApplicantKind, Case, Channel, Stage
from gongkai.casework.figures import ANSWERED_SO
from gongkai.casework.permissions import EXPORTS
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk import frame
from gongkai.desk.access import person, staff
from gongkai.desk.cases import awaiting, selection, urgency, words, workbook
from gongkai.desk.cases.due import STYLES, Standing, standing
from gongkai.desk.cases.lapsed import Lapsed, lapsed
from gongkai.desk.cases.reach import soon_after
from gongkai.desk.cases.selection import Wish
from gongkai.desk.frame import Choices, worded
from gongkai.org import queries as org
from gongkai.org.models import User

PAGE_SIZE = 25
CHIPS = {
    "open": gettext_lazy("未办结"),
    "overdue": gettext_lazy("超期"),
    "soon": gettext_lazy("快到期"),
    "paused": gettext_lazy("等待中"),
    "unconfirmed": gettext_lazy("待确认"),
    "done": gettext_lazy("已办结"),
    "all": gettext_lazy("全部"),
}
FIGURES = {
    "carried": gettext_lazy("上年结转"),
    "received": gettext_lazy("收到"),
    "answered": gettext_lazy("已答复"),
    "on_time": gettext_lazy("按期"),
    "withdrawn": gettext_lazy("撤回"),
    "unfinished": gettext_lazy("年末未答复"),
}
"""What the columns of the page of figures count."""
LASTING = ("open", "overdue", "all")
GROUPS = {
    "overdue": gettext_lazy("超期未答复"),
    "soon": gettext_lazy("快到期"),
    "running": gettext_lazy("办理中"),
    "unconfirmed": gettext_lazy("待确认收到"),
    "paused": gettext_lazy("等待中，不计时"),
    "done": gettext_lazy("已答复"),
}
HEADS = (
    ("number", gettext_lazy("登记号和内容")),
    ("", gettext_lazy("申请人")),
    ("", gettext_lazy("状态")),
    ("due", gettext_lazy("答复期限")),
    ("", gettext_lazy("经办人")),
    ("received", gettext_lazy("收到之日")),
)


class Row:
    """One case in the list."""

    def __init__(
        self,
        case: Case,
        as_of: date,
        passed: Lapsed | None = None,
        *,
        corrected: bool = False,
        untold: bool = False,
    ) -> None:
        self.case = case
        self.standing: Standing = standing(case, as_of, passed)
        self.stage: str = case.get_stage_display()
        self.style = STYLES[case.stage]
        rank = getattr(case, "rank", None)
        self.group = str(GROUPS[queries.RANKS[rank]]) if rank is not None else ""
        self.rank = rank
        self.corrected = corrected
        self.untold = untold


@staff
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The cases the person sees, the most urgent first."""
    user, today = person(request), timezone.localdate()
    wish, soon = selection.wished(request.GET), soon_after()
    page = paged(selection.chosen(user, wish, today, soon), request.GET.get("page"), PAGE_SIZE)
    news = set(awaiting.corrections().filter(case__in=list(page)).values_list("case", flat=True))
    untold, passed = awaiting.untold(page), lapsed(page, today)
    shown = {
        "rows": [
            Row(
                case,
                today,
                passed.get(case.pk),
                corrected=case.pk in news,
                untold=case.pk in untold,
            )
            for case in page
        ],
        "page": page,
        "wish": wish,
        "query": wish.query(),
        "usual": selection.USUAL,
        "chips": frame.chips(
            CHIPS,
            selection.counts(user, wish, today, soon),
            wish.view,
            lambda view: wish.query(view=view),
            lasting=LASTING,
        ),
        "heads": frame.heads(HEADS, wish.order, lambda order: wish.query(order=order)),
        "anything": queries.seen_by(user).exists(),
        "everything": Wish(view="all").query(),
        "unfiltered": Wish(view=wish.view, order=wish.order).query(),
        "mine": wish.query(mine=not wish.mine),
        "may_enter": queries.handled_by(user).exists(),
        **frame.filters([*_fields(user), *_figure(wish)], wish),
    }
    return render(request, "desk/cases/list.html", shown)


@staff
@require_POST
def named(request: HttpRequest) -> HttpResponse:
    """The cases of an applicant of exactly that name; the name stands in no address."""
    user, today = person(request), timezone.localdate()
    name = request.POST.get("name", "").replace("\0", "")
    shown: dict[str, Any] = {"name": name, "rows": []}
    try:
        found, shown["total"] = find_named(user, name)
        passed = lapsed(found, today)
        shown["rows"] = [Row(case, today, passed.get(case.pk)) for case in found]
    except NotAllowedError as refused:
        shown["refused"] = refused.message(speech())
    return render(
        request, "desk/cases/named.html", shown, status=422 if "refused" in shown else 200
    )


@staff
@require_safe
def exported(request: HttpRequest) -> HttpResponse:
    """The list as it is narrowed, as a workbook; names masked as on the page."""
    user, today = person(request), timezone.localdate()
    places = org.agencies_of(user, EXPORTS)
    if not places.exists():
        raise NotAllowedError("role")
    rows = selection.chosen(user, selection.wished(request.GET), today, soon_after())
    rows = rows.filter(agency__in=places)
    total, may = rows.count(), list(rows[: workbook.MOST])
    export_list(user, len(may))
    passed = lapsed(may, today)
    lines = [Row(case, today, passed.get(case.pk)) for case in may]
    data = workbook.written(lines, today, total)
    answer = HttpResponse(data, content_type=workbook.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="cases-{today.isoformat()}.xlsx"'
    return answer


def _fields(user: User) -> list[tuple[str, str, Choices]]:
    """What the list can be narrowed to: name of the field, its label, its choices."""
    fields = [
        ("stage", gettext("状态"), worded(Stage.choices)),
        ("channel", gettext("申请渠道"), worded(Channel.choices)),
        ("kind", gettext("申请人类型"), worded(ApplicantKind.choices)),
        ("left", gettext("距答复期限"), worded(urgency.GROUPS.items())),
        (
            "part",
            gettext("等我办的"),
            [("review", gettext("审核、签发")), ("letters", gettext("送出文书"))],
        ),
        ("officer", gettext("经办人"), _officers(user)),
        ("year", gettext("年份"), [(year, year) for year in selection.years(user)]),
    ]
    agencies = selection.agencies(user)
    if len(agencies) > 1:
        fields.insert(0, ("agency", gettext("机关（含下属）"), agencies))
    return fields


def _figure(wish: Wish) -> list[tuple[str, str, Choices]]:
    """The figure whose cases are listed, for one who came from there."""
    fields = [frame.alone()] if wish.alone else []
    name, _, year = wish.figure.partition("-")
    if not name:
        return fields
    said = gettext("%(year)s年%(figure)s") % {"year": year, "figure": _counted(name)}
    return [*fields, ("figure", gettext("统计数"), [(wish.figure, said)])]


def _counted(name: str) -> str:
    """What the figure counts, in words; of one outcome, its name."""
    if name in FIGURES:
        return str(FIGURES[name])
    return words.outcome_label(name.removeprefix(ANSWERED_SO), timezone.localdate())


def _officers(user: User) -> Choices:
    return [(selection.NOBODY, gettext("还没有")), *selection.officers(user)]
