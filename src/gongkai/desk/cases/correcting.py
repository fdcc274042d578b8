"""Who applied is put right, by somebody who has opened it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.application.faults import IncompleteError
from gongkai.casework.application.models import ApplicantKind
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases.page import basics
from gongkai.desk.cases.person_forms import PLACES, ApplicantForm
from gongkai.desk.cases.reach import posted, seen_case
from gongkai.desk.cases.verbs import unchanged


@staff
@posted
def applicant(request: HttpRequest, key: int) -> HttpResponse:
    """Put the person, or the column they count in, right for a reason."""
    held = seen_case(request, key)
    form = ApplicantForm(request.POST, case=held)
    refusal, status = "", 422
    if form.is_valid():
        said = form.cleaned_data
        try:
            with unchanged(held, request.POST.get("seen", "")):
                kind = ApplicantKind(said["kind"])
                whom = form.person()
                actions.correct_applicant(person(request), held, whom, kind, said["reason"])
            messages.success(request, gettext("已更正申请人信息。"))
            return redirect("desk:case", key)
        except IncompleteError as lacking:
            for problem in lacking.problems:
                form.add_error(PLACES.get(problem.field), problem.message(speech()))
        except NotAllowedError as refused:
            if refused.reason == "role":
                raise
            refusal, status = refused.message(speech()), refused.status
    shown = {**basics(held), "form": form, "refused": refusal, "person": None}
    return render(request, "desk/cases/applicant.html", shown, status=status)
