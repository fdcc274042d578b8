"""The page where anyone drops a report and sees at once what it says. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.annual_report import queries
from gongkai.annual_report.charts import Chart, charts
from gongkai.annual_report.check import check
from gongkai.annual_report.check.claims import claims
from gongkai.annual_report.check.finding import SEVERITIES, Context
from gongkai.annual_report.figures import Report, dumps, loads
from gongkai.annual_report.models import Revision
from gongkai.annual_report.read import read
from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write import FORMATS, write
from gongkai.annual_report.write.document import usual_title
from gongkai.org import queries as org
from gongkai.portal.document import parts, passages, remarks
from gongkai.portal.media import MEDIA_TYPES
from gongkai.portal.preferences import at_once, remember
from gongkai.project.throttle import Allowance, allowance, drop_allowance
from gongkai.project.visitor import address

HEADROOM = 1024 * 1024
"""What a form adds to the file itself."""
DOWNLOADS_PER_DROP = 6
YEARS_CHARTED = 6
WISHES = ("language", "size", "contrast")


class DropForm(forms.Form):
    """A report as a file or as pasted text; the file counts if there are both."""

    report = forms.FileField(
        label=gettext_lazy("年度报告文件"),
        help_text=gettext_lazy(
            "网页（.html）、Word（.docx）、Excel（.xlsx）、PDF 或纯文本，不超过 20 MB。"
        ),
        required=False,
        allow_empty_file=True,
        max_length=None,
    )
    text = forms.CharField(
        label=gettext_lazy("或者把报告全文粘贴在这里"),
        help_text=gettext_lazy("可以从网页上全选、复制。表格的列丢了也没有关系。"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a drop was not read: the status to answer with, and words for the reader."""

    status: int
    message: str
    retry_after: int = 0


# A form token would need a cookie and protects nothing here: no account is used, nothing is kept.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest) -> HttpResponse:
    """What this is and a place to drop a report; with POST, the reading and the findings."""
    if request.method != "POST":
        return render(request, "portal/read.html", {"form": DropForm()})
    if _length(request) > settings.UPLOAD_LIMIT + HEADROOM:
        return _refused(request, DropForm(), _too_large())
    try:
        wishes = {name: request.POST[name] for name in WISHES if name in request.POST}
        form = DropForm(request.POST, request.FILES)
    except (RequestDataTooBig, TooManyFilesSent):
        return _refused(request, DropForm(), _too_large())
    at_once(request, wishes)
    response = _read_again(request) if request.POST.get("reading") else _read(request, form)
    remember(request, response, wishes)
    if "language" in wishes:
        response["Content-Language"] = get_language() or ""
    return response


def _read(request: HttpRequest, form: DropForm) -> HttpResponse:
    form.is_valid()
    upload = form.cleaned_data.get("report")
    text = form.cleaned_data.get("text") or ""
    if upload is None and not text.strip():
        nothing = gettext("还没有选择文件，也没有粘贴文字。")
        return _refused(request, form, Refusal(400, nothing))
    grant = drop_allowance(request)
    if not grant.allowed:
        return _refused(request, form, _too_often(grant.retry_after))
    name = upload.name if upload else ""
    try:
        if upload and upload.size > settings.UPLOAD_LIMIT:
            raise UnreadableReportError("too_large", name)
        report = read(upload.read() if upload else text.encode(), name)
    except UnreadableReportError as error:
        return _refused(request, form, Refusal(error.status, error.message(speech())), name)
    return _result(request, report, name)


def _read_again(request: HttpRequest) -> HttpResponse:
    """The same result once more, e.g. in the other language; the reading came with the request."""
    grant = allowance_of_downloads(request)
    if not grant.allowed:
        return _refused(request, DropForm(), _too_often(grant.retry_after))
    report = reread(request.POST["reading"])
    if report is None:
        return _refused(request, DropForm(), _not_a_reading())
    return _result(request, report, request.POST.get("name", ""))


def _result(request: HttpRequest, report: Report, name: str) -> HttpResponse:
    before, charted = _beside(report)
    context = Context(previous=before.as_report() if before else None)
    noted = remarks(check(report, context), report)
    shown: dict[str, Any] = {
        "report": report,
        "name": name,
        "title": report.title or usual_title(report),
        "previous": before,
        "remarks": noted,
        "counts": [(s, sum(r.finding.severity == s for r in noted)) for s in SEVERITIES],
        "parts": parts(report, noted),
        "passages": passages(report),
        "claims": (stated := claims(report)),
        "disputed": any(claim.agrees is False for claim in stated),
        "solved": [a for a, p in report.provenance.items() if p.how == "solved"],
        "reading": dumps(report, provenance=True),
        "charts": charted,
        "formats": FORMATS,
        "repost_form": "again",
    }
    response = render(request, "portal/result.html", shown)
    response["Cache-Control"] = "no-store"
    return response


def _beside(report: Report) -> tuple[Revision | None, list[Chart]]:
    """The agency's published report of the year before, and this report charted beside all the
    published ones; both only where the site knows an agency of that name."""
    agency = org.named(report.agency) if report.agency else None
    if agency is None or report.year is None:
        return None, []
    earlier = queries.published(agency=agency).filter(report__year__lt=report.year)
    held = list(earlier.defer(None)[: YEARS_CHARTED - 1])
    if not held:
        return None, []
    before = held[0] if held[0].report.year == report.year - 1 else None
    series = [*(revision.as_report() for revision in held), report]
    return before, charts(series, language=speech())


def _refused(
    request: HttpRequest, form: DropForm, refusal: Refusal, name: str = ""
) -> HttpResponse:
    """The form once more with what was pasted still in it, and what to do."""
    shown = {"form": form, "refusal": refusal, "name": name, "repost_form": "drop"}
    response = render(request, "portal/read.html", shown, status=refusal.status)
    if refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    response["Cache-Control"] = "no-store"
    return response


@csrf_exempt
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The reading that came with the request, written in the format asked for."""
    if _length(request) > settings.UPLOAD_LIMIT + HEADROOM:
        return _refused(request, DropForm(), _too_large())
    grant = allowance_of_downloads(request)
    if not grant.allowed:
        return _refused(request, DropForm(), _too_often(grant.retry_after))
    suffix = request.POST.get("format", "")
    report = reread(request.POST.get("reading", ""))
    if report is None or suffix not in FORMATS:
        return _refused(request, DropForm(), _not_a_reading())
    content = write(report, suffix, language=speech())
    return attachment(content, report.title or usual_title(report), suffix)


def attachment(content: bytes, title: str, suffix: str) -> HttpResponse:
    """A file to keep under the report's title."""
    name = "".join(c for c in title if c.isprintable() and c not in '\\/:*?"<>|')[:80] or "report"
    response = HttpResponse(content, content_type=MEDIA_TYPES[suffix])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{suffix}")
    response["Cache-Control"] = "no-store"
    return response


def reread(reading: str) -> Report | None:
    """The report a page gave out as JSON; None if it is not one, or not one a page can show."""
    try:
        report = loads(reading)
        parts(report)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        ArithmeticError,
        RecursionError,
    ):
        return None
    return report


def allowance_of_downloads(request: HttpRequest) -> Allowance:
    """Results asked for again cost less than reading; they are counted apart."""
    limit = settings.DROP_LIMIT * DOWNLOADS_PER_DROP
    return allowance("reading", address(request), limit, settings.DROP_WINDOW)


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _too_large() -> Refusal:
    error = UnreadableReportError("too_large")
    return Refusal(error.status, error.message(speech()))


def _too_often(seconds: int) -> Refusal:
    minutes = max(1, round(seconds / 60))
    words = gettext("这个网络地址在短时间内核对了太多份报告。请在 %(minutes)s 分钟后再试。")
    return Refusal(429, words % {"minutes": minutes}, seconds)


def _not_a_reading() -> Refusal:
    return Refusal(400, gettext("随请求送来的读取结果不完整。请重新选择报告。"))
