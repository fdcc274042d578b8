"""How an agency does what the law leaves open, its mark on letters and its seal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.annual_report.queries import paged
from gongkai.annual_report.speech import speech
from gongkai.casework.actions.configuring import NAMES, set_practice
from gongkai.casework.actions.stamping import put_seal
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.models import Practice
from gongkai.casework.letter.paper.measures import SEAL_MM
from gongkai.casework.letter.paper.sheet import Style
from gongkai.casework.letter.seals import Seal
from gongkai.casework.permissions import CONFIGURE
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases import fields
from gongkai.desk.cases.reach import posted_to
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role

CONFIGURES = (Role.HEAD, Role.ADMINISTRATOR)
PAGE_SIZE = 50


class PracticeForm(forms.ModelForm[Practice]):
    """The readings, in the words of the documentation."""

    letter_style = fields.choice(
        gettext_lazy("文书格式"),
        [(Style.LETTER, gettext_lazy("信函格式")), (Style.PLAIN, gettext_lazy("普通格式"))],
    )

    class Meta:
        model = Practice
        fields = NAMES
        labels = {  # noqa: RUF012  Django reads it once
            "unconfirmed": gettext_lazy("网上申请没有经双方确认的"),
            "unconfirmed_days": gettext_lazy("提交后多少个工作日视为确认"),
            "exclusion_start": gettext_lazy("征求意见的时间从何时起不计"),
            "restart_after_payment": gettext_lazy("缴费后期限重新计算（不勾为接着计算）"),
            "partial_remedy": gettext_lazy("部分公开的救济途径"),
        }
        help_texts = {  # noqa: RUF012
            "letter_mark": gettext_lazy("如“青财公复”，写在文号里。"),
            "online_reconsideration": gettext_lazy(
                "通过互联网送达的答复书必须写明（行政复议法）。"
            ),
            "unconfirmed_days": gettext_lazy("1 至 20 个工作日。"),
            "correction_days": gettext_lazy("1 至 60 个工作日。"),
            "keep_years": gettext_lazy("1 至 100 年。办结满此年限，申请人信息和材料即删除。"),
            "keep_years_appealed": gettext_lazy("1 至 100 年。"),
        }


class SealForm(forms.Form):
    """A picture for letters from a day on."""

    kind = fields.choice(gettext_lazy("种类"), Seal.Kind.choices, initial=Seal.Kind.SEAL)
    png = fields.file(
        gettext_lazy("图片"), help_text=gettext_lazy("PNG，底色透明，不超过 1 MB。加密保存。")
    )
    width = forms.DecimalField(
        label=gettext_lazy("宽度（毫米）"), initial=SEAL_MM, min_value=10, max_value=60
    )
    post = fields.line(
        gettext_lazy("签名人职务"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("签名章填写，如“局长”。"),
    )
    valid_from = fields.day(gettext_lazy("启用日期"))


@staff
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies whose practice the person sets, each with what it follows."""
    places = org.agencies_of(person(request), CONFIGURES).filter(active=True).order_by("path")
    if not places.exists():
        raise NotAllowedError("role")
    if places.count() == 1:
        return redirect("desk:cases_practice", places[0].code)
    page = paged(places, request.GET.get("page"), PAGE_SIZE)
    own = set(Practice.objects.filter(agency__in=list(page)).values_list("agency_id", flat=True))
    shown = {"rows": [(agency, agency.pk in own) for agency in page], "page": page}
    return render(request, "desk/cases/practices.html", shown)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, code: str) -> HttpResponse:
    """The practice of one agency, to read and to set."""
    agency = _configured(request, code)
    followed = practice_of(agency)
    if request.method != "POST":
        initial = {name: getattr(followed, name) for name in NAMES}
        return _page(request, agency, PracticeForm(initial=initial))
    form = PracticeForm(request.POST)
    if not form.is_valid():
        return _page(request, agency, form, status=422)
    try:
        set_practice(person(request), agency, form.cleaned_data)
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        form.add_error(NON_FIELD_ERRORS, error.message(speech()))
        return _page(request, agency, form, status=error.status)
    messages.success(request, gettext("已保存。在办申请的期限按新的口径计算。"))
    return redirect("desk:cases_practice", code)


@staff
@posted_to("desk:cases_practice", "code")
def seal(request: HttpRequest, code: str) -> HttpResponse:
    """Put a seal or a signature stamp on letters from a day on."""
    agency = _configured(request, code)
    form = SealForm(request.POST, request.FILES, auto_id="seal_%s")
    if not form.is_valid():
        return _page(request, agency, None, seal_form=form, status=422)
    said = form.cleaned_data
    try:
        put_seal(
            person(request),
            agency,
            Seal.Kind(said["kind"]),
            said["png"].read(),
            valid_from=said["valid_from"],
            width=float(said["width"]),
            post=said["post"],
        )
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        form.add_error("png", error.message(speech()))
        return _page(request, agency, None, seal_form=form, status=error.status)
    messages.success(request, gettext("已启用。"))
    return redirect("desk:cases_practice", code)


def _configured(request: HttpRequest, code: str) -> Agency:
    agency = org.agency(code)
    if agency is None or not request.user.has_perm(CONFIGURE, agency):
        raise Http404("no such agency")
    return agency


def _page(
    request: HttpRequest,
    agency: Agency,
    form: PracticeForm | None,
    *,
    seal_form: SealForm | None = None,
    status: int = 200,
) -> HttpResponse:
    followed = practice_of(agency)
    initial = {name: getattr(followed, name) for name in NAMES}
    shown: dict[str, Any] = {
        "agency": agency,
        "form": form or PracticeForm(initial=initial),
        "seal_form": seal_form or SealForm(auto_id="seal_%s"),
        "follows": followed.agency if followed.pk and followed.agency_id != agency.pk else None,
        "own": followed.pk is not None and followed.agency_id == agency.pk,
        "seals": list(Seal.objects.filter(agency=agency).select_related("uploaded_by")),
        "today": timezone.localdate(),
    }
    return render(request, "desk/cases/practice.html", shown, status=status)
