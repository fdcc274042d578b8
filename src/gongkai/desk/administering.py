"""What the pages of agencies and people share: who may open them, and how a verb is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from gongkai.administration.invitations import Invitation
from gongkai.administration.permissions import VIEW
from gongkai.administration.refusal import NotAllowedError
from gongkai.annual_report.speech import speech
from gongkai.desk.access import staff
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role

View = Callable[..., HttpResponse]

PAGE_SIZE = 50


def administrators(page: View) -> View:
    """A page for people who administer an agency; others read why they may not see it."""

    @staff
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not administers(request):
            raise NotAllowedError("role")
        return page(request, *args, **kwargs)

    return guarded


def administers(request: HttpRequest) -> bool:
    """Whether the person administers any agency, or the whole installation."""
    user = request.user
    if user.is_authenticated and user.is_active and user.is_superuser:
        return True
    return org.agencies_of(user, (Role.ADMINISTRATOR,)).exists()


def administered(request: HttpRequest, code: str) -> Agency:
    """The agency in the person's charge. Raises Http404 or NotAllowedError."""
    agency = org.agency(code)
    if agency is None:
        raise Http404(code)
    if not request.user.has_perm(VIEW, agency):
        raise NotAllowedError("role", agency.label())
    return agency


def paged(rows: Any, number: str | None) -> Page[Any]:
    """A page of the rows; a number that is none or out of range gives the nearest page."""
    return Paginator(rows, PAGE_SIZE).get_page(number or 1)


def attempt(form: forms.Form, act: Callable[[], object]) -> int:
    """Do it and give 0; where it cannot be done, say why in the form and give the status.

    A missing role is no matter of the form and is raised.
    """
    try:
        act()
    except ValidationError as error:
        fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, words in fields.items():
            form.add_error(name if name in form.fields else None, words)
        return 422
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        form.add_error(None, refused.message(speech()))
        return refused.status
    return 0


def given(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where it has not been sent."""
    return request.POST if request.method == "POST" else None


def found(text: str) -> Agency | None:
    """The agency that the text names by its code or its name."""
    return org.agency(text.strip()) or org.named(text)


def links(request: HttpRequest, invitations: tuple[Invitation, ...]) -> list[tuple[Any, str]]:
    """People with the full addresses at which they set their passwords."""
    return [
        (i.person, request.build_absolute_uri(reverse("desk:welcome", args=[i.uid, i.token])))
        for i in invitations
    ]
