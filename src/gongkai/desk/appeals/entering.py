"""Entering an appeal: about a case of ours, an older answer, or something that was published."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.appeals.forms import NewForm
from gongkai.desk.appeals.reach import entered_by
from gongkai.org.models import User

TWICE_WITHIN = timedelta(minutes=1)
"""The same entry of one person within this time is one that was sent twice."""


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask what is contested before whom, then enter it."""
    user = person(request)
    agencies = entered_by(user)
    if not agencies.exists():
        raise NotAllowedError("role")
    given = request.POST if request.method == "POST" else None
    form = NewForm(given, agencies=agencies, initial={"case": request.GET.get("case", "")[:80]})
    if given is None:
        return render(request, "desk/appeals/new.html", {"form": form})
    status = 422
    if form.is_valid():
        try:
            made = _entered(user, form)
        except NotAllowedError as refused:
            if refused.reason == "role":
                raise
            form.add_error(None, refused.message(speech()))
            status = refused.status
        else:
            messages.success(request, gettext("已登记。"))
            return redirect("desk:appeal", made.pk)
    return render(request, "desk/appeals/new.html", {"form": form}, status=status)


def _entered(user: User, form: NewForm) -> Appeal:
    agency, case, opening = form.cleaned_data["agency"], form.cleaned_data["case"], form.opening()
    if case is not None:
        return actions.open_appeal(user, case, opening)
    alike = Appeal.objects.filter(
        agency=agency,
        kind=opening.kind,
        number=opening.number,
        before=opening.before,
        about=opening.about,
        opened_on=opening.opened_on,
        created_by=user,
        created_at__gte=timezone.now() - TWICE_WITHIN,
    )
    return alike.first() or actions.open_appeal_elsewhere(user, agency, opening)
