"""Who did what to a report and when, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from gongkai.annual_report import queries
from gongkai.annual_report.figures import Report
from gongkai.annual_report.models import Revision, Ruling, StoredReport
from gongkai.desk import org_words
from gongkai.desk.access import seen_revision, staff
from gongkai.desk.cases import words as case_words
from gongkai.desk.document import label
from gongkai.desk.documents import words
from gongkai.trail.models import Entry

OF_REPORTS = {
    "annual_report.upload": gettext_lazy("上传报告"),
    "annual_report.revise": gettext_lazy("新建更正版"),
    "annual_report.correct": gettext_lazy("更正一格"),
    "annual_report.identify": gettext_lazy("更正机关、年度或标题"),
    "annual_report.take_reading": gettext_lazy("选定连写数字的读法"),
    "annual_report.judge": gettext_lazy("处理一个疑点"),
    "annual_report.retract": gettext_lazy("撤回对疑点的处理"),
    "annual_report.freeze": gettext_lazy("定稿"),
    "annual_report.unfreeze": gettext_lazy("退回草稿"),
    "annual_report.publish": gettext_lazy("公布"),
    "annual_report.discard": gettext_lazy("删除草稿"),
    "annual_report.compile": gettext_lazy("由数据编制"),
    "annual_report.roll_up": gettext_lazy("汇总下级报告"),
    "annual_report.narrate": gettext_lazy("修改文字部分"),
    "annual_report.submit": gettext_lazy("报送主管部门"),
    "annual_report.accept": gettext_lazy("审核通过"),
    "annual_report.return": gettext_lazy("退回修改"),
    "annual_report.remind": gettext_lazy("催报"),
    "annual_report.mail_reminder": gettext_lazy("邮件催报"),
}
VERBS = {
    **OF_REPORTS,
    **case_words.BY_CODE,
    **words.VERBS,
    **org_words.VERBS,
}
GROUPS = (
    (gettext_lazy("年度报告"), OF_REPORTS),
    (gettext_lazy("申请"), case_words.BY_CODE),
    (gettext_lazy("文件"), words.VERBS),
    (gettext_lazy("机关和人员"), org_words.VERBS),
)
"""The verbs by what they are about."""
BASIS = {
    "annual_report.publish": gettext_lazy("《政府信息公开条例》第四十九条、第五十条"),
    "annual_report.correct": gettext_lazy("《政府信息公开条例》第六条"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    entry: Entry
    verb: str
    facts: tuple[tuple[str, str], ...]
    basis: str = ""

    @property
    def subject(self) -> str:
        """What it is about; a revision by its number in words."""
        name, mark, number = self.entry.object_label.rpartition(" r")
        if self.entry.object_type == "annual_report.revision" and mark and number.isdecimal():
            return gettext("%(report)s 第 %(number)s 版") % {"report": name, "number": number}
        return self.entry.object_label


@staff
@require_safe
def page(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """The timeline of a report over all its revisions, newest first."""
    revision = seen_revision(request, code, year, number)
    entries = queries.paged(about(revision.report).order_by("-sequence"), request.GET.get("page"))
    shown = {
        "revision": revision,
        "agency": revision.report.agency,
        "year": year,
        "tab": "history",
        "page": entries,
        "lines": lines(entries, revision.as_report()),
        "revisions": queries.revisions(revision.report),
    }
    return render(request, "desk/history.html", shown)


def about(report: StoredReport) -> QuerySet[Entry]:
    """The lines about all revisions of a report, those of discarded drafts too."""
    keys = Revision.objects.filter(report=report).values_list("pk", flat=True)
    wanted = Q(object_id__in=[str(key) for key in keys]) | Q(object_label__startswith=f"{report} r")
    return Entry.objects.filter(wanted, object_type="annual_report.revision").select_related(
        "actor"
    )


def about_cell(report: StoredReport, address: str, held: Report) -> list[Line]:
    """The lines that changed one cell, newest first."""
    rows = about(report).filter(
        verb__in=["annual_report.correct", "annual_report.take_reading"],
        details_json__contains=f'"{address}"',
    )
    return lines(rows.order_by("-sequence")[:20], held)


def since(report: StoredReport, seen: str, held: Report) -> list[Line]:
    """What happened to a report after its content was as `seen` seals it, newest first."""
    rows = about(report)
    last = rows.filter(details_json__contains=f'"{seen}"').order_by("-sequence").first()
    later = rows.filter(sequence__gt=last.sequence) if last else rows.none()
    return lines(later.order_by("-sequence")[:20], held)


def lines(entries: Iterable[Entry], report: Report | None = None) -> list[Line]:
    """The entries in words; `report` gives cells their official names."""
    return [line(entry, report) for entry in entries]


def line(entry: Entry, report: Report | None = None) -> Line:
    """One entry in words: what was done, to what, by which article, and why."""
    details = entry.details
    return Line(
        entry,
        str(VERBS.get(entry.verb, entry.verb)),
        tuple(_facts(entry.verb, details, report or Report())),
        str(BASIS.get(entry.verb, "")),
    )


def _facts(verb: str, details: dict[str, Any], report: Report) -> Iterable[tuple[str, str]]:
    if verb in org_words.VERBS:
        yield from org_words.facts(details)
        details = {key: details[key] for key in ("file", "reason") if key in details}
    address = str(details.get("address", ""))
    if address:
        yield gettext("哪一格"), label(address, report)
    if verb == "annual_report.correct":
        yield (
            gettext("改动"),
            gettext("%(before)s 改为 %(after)s")
            % {"before": _figure(details.get("before")), "after": _figure(details.get("after"))},
        )
    for key, title in IDENTITY.items():
        if isinstance(said := details.get(key), dict):
            yield str(title), gettext("%(before)s 改为 %(after)s") % said
    if "figures" in details:
        filled = (f"{label(a, report)} {_figure(f)}" for a, f in details["figures"].items())
        yield gettext("填入"), gettext("；").join(filled)
    if "ruling" in details:
        yield gettext("处理"), str(dict(Ruling.choices).get(details["ruling"], details["ruling"]))
    for key, name in NAMED.items():
        if details.get(key):
            yield str(name), str(details[key])


IDENTITY = {
    "agency": gettext_lazy("机关"),
    "year": gettext_lazy("年度"),
    "title": gettext_lazy("报告标题"),
}
NAMED = {
    "code": gettext_lazy("规则"),
    "file": gettext_lazy("文件"),
    "corrects": gettext_lazy("更正第几版"),
    "public_note": gettext_lazy("更正说明"),
    "reason": gettext_lazy("理由"),
}


def _figure(value: Any) -> str:
    return gettext("空白") if value is None else str(value)
