"""The days that matter in a month: deadlines, set times, evaluations, duties."""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from gongkai.desk.access import person, staff
from gongkai.desk.documents import waiting
from gongkai.desk.documents.reach import overseen, visible
from gongkai.law.calendar import CalendarRangeError
from gongkai.org.models import User
from gongkai.org.working_days import calendar_of
from gongkai.publishing.catalogue.models import Duty
from gongkai.publishing.document.models import Disclosure, Document, Stage

SHOWN = 6
"""Entries of one day before the rest is only counted."""
FIRST, LAST = date(2000, 1, 1), date(2098, 12, 1)
WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)
KINDS = {
    "due": (gettext_lazy("公开期限"), "badge-review"),
    "scheduled": (gettext_lazy("定时发布"), "badge-act"),
    "evaluation": (gettext_lazy("到期评估"), ""),
    "duty": (gettext_lazy("公开任务"), "badge-note"),
    "answer": (gettext_lazy("答复期限"), "badge-review"),
    "assignment": (gettext_lazy("交办期限"), "badge-act"),
    "appeal": (gettext_lazy("复议诉讼答复"), "badge-note"),
    "redo": (gettext_lazy("重新答复"), "badge-review"),
}
OF_DOCUMENTS = ("due", "scheduled", "evaluation", "duty")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a day. `late` is what should have been done by now; `about` says more than the
    title, for the page alone."""

    kind: str
    title: str
    url: str
    late: bool = False
    at: str = ""
    about: str = ""

    @property
    def label(self) -> str:
        """What it is; what is late says so beside it."""
        name = str(KINDS[self.kind][0])
        return gettext("%(what)s，超期") % {"what": name} if self.late else name

    @property
    def style(self) -> str:
        return "badge-overdue" if self.late else KINDS[self.kind][1]


@dataclass(slots=True)
class Cell:
    """One day of the page."""

    day: date
    inside: bool
    today: bool
    rest: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def shown(self) -> list[Entry]:
        return self.entries[:SHOWN]

    @property
    def hidden(self) -> int:
        return max(len(self.entries) - SHOWN, 0)


@staff
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month of days, each with what falls on it."""
    user = person(request)
    today = timezone.localdate()
    first = wanted(request.GET.get("month", ""), today)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    weeks = weeks_of(first, today)
    fill(weeks, _entries(user, first, last, today))
    days = [cell for week in weeks for cell in week]
    shown = {
        "first": first,
        "weeks": weeks,
        "busy": [cell for cell in days if cell.inside and cell.entries],
        "before": (first - timedelta(days=1)).strftime("%Y-%m") if first > FIRST else "",
        "after": (last + timedelta(days=1)).strftime("%Y-%m") if first < LAST else "",
        "this": today.strftime("%Y-%m"),
        "weekdays": WEEKDAYS,
        "legend": [KINDS[kind] for kind in OF_DOCUMENTS],
    }
    return render(request, "desk/documents/month.html", shown)


def wanted(said: str, today: date) -> date:
    """The first day of the month asked for, or of the present one."""
    try:
        found = datetime.strptime(said, "%Y-%m").date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        return today.replace(day=1)
    return found if FIRST <= found <= LAST else today.replace(day=1)


def weeks_of(first: date, today: date) -> list[list[Cell]]:
    """The weeks of the month, each day with its holiday."""
    calendar = calendar_of("")

    def rest(day: date) -> str:
        try:
            found = calendar.day(day)
        except CalendarRangeError:
            return ""
        if found.works:
            return ""
        if found.provisional and found.name:
            # The notice of the year is not out: the holiday is computed and may move.
            return gettext("%(day)s（暂定）") % {"day": found.name}
        return found.name or gettext("休")

    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return [
        [Cell(day, day.month == first.month, day == today, rest(day)) for day in week]
        for week in weeks
    ]


def fill(weeks: list[list[Cell]], entries: Iterable[tuple[date, Entry]]) -> None:
    """Put each entry into its day, if the day is on the page."""
    cells = {cell.day: cell for week in weeks for cell in week if cell.inside}
    for day, entry in entries:
        if day in cells:
            cells[day].entries.append(entry)


def _entries(user: User, first: date, last: date, today: date) -> list[tuple[date, Entry]]:
    found: list[tuple[date, Entry]] = []
    due = waiting.unpublished(user).filter(publish_by__range=(first, last))
    for row in due:
        if row.publish_by:
            late = row.publish_by < today
            found.append((row.publish_by, Entry("due", str(row), _url(row), late)))
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last, time.max))
    for planned in waiting.scheduled(user).filter(at__range=(begin, end)):
        at = timezone.localtime(planned.at)
        document = planned.document
        entry = Entry(
            "scheduled", str(document), _url(document), bool(planned.failure), f"{at:%H:%M}"
        )
        found.append((at.date(), entry))
    for row in _withheld(user).filter(head__evaluate_on__range=(first, last)):
        if row.head and row.head.evaluate_on:
            day = row.head.evaluate_on
            found.append((day, Entry("evaluation", str(row), _url(row), day < today)))
    for duty in _duties(user).filter(due_on__range=(first, last)):
        title = f"{duty.item.agency.label()} {duty}"
        late = duty.due_on < today and duty.fulfilled_by_id is None and not duty.excused
        url = reverse("desk:duties", args=[duty.item.agency.code])
        found.append((duty.due_on, Entry("duty", title, url, late)))
    return found


def _url(document: Document) -> str:
    return reverse("desk:document", args=[document.pk])


def _withheld(user: User) -> QuerySet[Document]:
    return visible(user).filter(stage=Stage.SETTLED, head__disclosure=Disclosure.WITHHELD)


def _duties(user: User) -> QuerySet[Duty]:
    return Duty.objects.filter(item__agency__in=overseen(user)).select_related("item__agency")
