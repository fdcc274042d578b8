"""The navigation of the desk: by task, with what waits, and only what the person may open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from gongkai.casework import queries as casework
from gongkai.casework.permissions import SEES_CASES
from gongkai.desk import administering, trail, work
from gongkai.desk.access import person
from gongkai.desk.appeals import reach as appeals
from gongkai.desk.cases import importing, liaison, practice
from gongkai.desk.cases import selection as cases
from gongkai.desk.documents.reach import overseen, visible, writes_for
from gongkai.desk.documents.review_plan import CONFIGURES
from gongkai.desk.documents.selection import Wish, count
from gongkai.desk.todo import page as todo
from gongkai.desk.yearend import notices as yearend
from gongkai.org import queries as org

Allowed = Callable[[HttpRequest], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation. `count` says how much waits there; None where nothing is counted.

    `inside` is true for the task the present page belongs to.
    """

    label: str
    url: str
    current: bool = False
    inside: bool = False
    count: int | None = None
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A task: its first page, how its address begins, and the pages below it."""

    name: str
    label: object
    under: tuple[str, ...]
    allowed: Allowed
    below: tuple[tuple[str, object, Allowed], ...] = ()


def _everybody(_request: HttpRequest) -> bool:
    return True


def _writes(request: HttpRequest) -> bool:
    return writes_for(person(request)).exists()


def _oversees(request: HttpRequest) -> bool:
    return overseen(person(request)).exists()


def _configures(request: HttpRequest) -> bool:
    return org.agencies_of(person(request), CONFIGURES).exists()


def _trails(request: HttpRequest) -> bool:
    return trail.oversees(person(request))


def _sees_documents(request: HttpRequest) -> bool:
    return _writes(request) or visible(person(request)).exists()


def _sees_cases(request: HttpRequest) -> bool:
    return org.agencies_of(person(request), SEES_CASES).exists()


def _is_asked(request: HttpRequest) -> bool:
    return casework.assigned_to(person(request)).exists()


def _watches_cases(request: HttpRequest) -> bool:
    return casework.overseen_by(person(request)).exists()


def _sets_practice(request: HttpRequest) -> bool:
    return org.agencies_of(person(request), practice.CONFIGURES).exists()


def _enters_cases(request: HttpRequest) -> bool:
    return casework.handled_by(person(request)).exists()


def _enters_appeals(request: HttpRequest) -> bool:
    return appeals.entered_by(person(request)).exists()


def _awaits_reports(request: HttpRequest) -> bool:
    return yearend.oversees(person(request))


TASKS = (
    Task("desk:home", gettext_lazy("待办"), ("/desk/",), _everybody),
    Task(
        "desk:cases",
        gettext_lazy("申请"),
        ("/desk/cases/",),
        _sees_cases,
        (
            ("desk:case_new", gettext_lazy("登记"), _enters_cases),
            ("desk:cases_calendar", gettext_lazy("期限日历"), _everybody),
            ("desk:cases_often", gettext_lazy("申请频次"), _enters_cases),
            ("desk:cases_import", gettext_lazy("导入台账"), importing.imports),
            ("desk:cases_practices", gettext_lazy("办理口径"), _sets_practice),
        ),
    ),
    Task(
        "desk:appeals",
        gettext_lazy("复议诉讼"),
        ("/desk/appeals/",),
        _sees_cases,
        (("desk:appeal_new", gettext_lazy("登记"), _enters_appeals),),
    ),
    Task("desk:assigned", gettext_lazy("交办给我的"), ("/desk/assigned/",), _is_asked),
    Task("desk:cases_figures", gettext_lazy("申请统计"), ("/desk/figures/",), _watches_cases),
    Task(
        "desk:documents",
        pgettext_lazy("menu", "文件"),
        ("/desk/documents/", "/desk/import/"),
        _sees_documents,
        (
            ("desk:document_start", gettext_lazy("起草"), _writes),
            ("desk:documents_calendar", gettext_lazy("日历"), _everybody),
            ("desk:import", gettext_lazy("批量导入"), _writes),
            ("desk:review_plans", gettext_lazy("审核与编号"), _configures),
        ),
    ),
    Task("desk:catalogue", gettext_lazy("目录和任务"), ("/desk/catalogue/",), _oversees),
    Task("desk:register", gettext_lazy("规范性文件"), ("/desk/register/",), _oversees),
    Task(
        "desk:reports",
        gettext_lazy("年报"),
        ("/desk/reports/", "/desk/upload/"),
        _everybody,
        (
            ("desk:compile", gettext_lazy("年报数据"), _everybody),
            ("desk:yearend_choose", gettext_lazy("汇总"), _awaits_reports),
            ("desk:upload", gettext_lazy("上传"), work.may_upload),
        ),
    ),
    Task(
        "desk:org_agencies",
        gettext_lazy("机关和人员"),
        ("/desk/org/",),
        administering.administers,
        (("desk:cases_import", gettext_lazy("导入申请台账"), importing.imports),),
    ),
    Task("desk:trail", gettext_lazy("操作记录"), ("/desk/trail/",), _trails),
)


def entries(request: HttpRequest) -> list[Entry]:
    """The tasks the person has, the present one with the pages below it."""
    return list(_entries(request))


def _entries(request: HttpRequest) -> Iterator[Entry]:
    here = request.path
    for task in TASKS:
        url = _address(task.name)
        if not url or not task.allowed(request):
            continue
        inside = here == url or any(here.startswith(u) for u in task.under if u != "/desk/")
        below = tuple(_below(request, task)) if inside else ()
        yield Entry(str(task.label), url, here == url, inside, _count(request, task.name), below)


def _below(request: HttpRequest, task: Task) -> Iterator[Entry]:
    for name, label, allowed in task.below:
        url = _address(name)
        if url and allowed(request):
            yield Entry(str(label), url, request.path.startswith(url))


COUNTS: dict[str, Callable[[HttpRequest], int]] = {
    "desk:home": lambda request: todo.nav_count(person(request)),
    "desk:cases": lambda request: cases.waiting_count(person(request)),
    "desk:appeals": lambda request: appeals.waiting_count(person(request)),
    "desk:assigned": liaison.waiting_count,
    "desk:documents": lambda request: count(person(request), Wish(), todo.today()),
    "desk:reports": work.nav_count,
}
"""How much waits at a task, for those that count it."""


def _count(request: HttpRequest, name: str) -> int | None:
    counted = COUNTS.get(name)
    return counted(request) if counted else None


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
