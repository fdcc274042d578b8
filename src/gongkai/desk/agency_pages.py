"""Pages about one agency's register, catalogue and duties: who reads them, and over which scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse

from gongkai.annual_report.speech import speech
from gongkai.desk.administering import paged
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role
from gongkai.org.refusal import Refusal
from gongkai.publishing import permissions
from gongkai.publishing.refusal import NotAllowedError

READS = tuple(dict.fromkeys((*permissions.SEES_DRAFTS, *permissions.OVERSEES)))
"""Nothing on these pages is a draft: the supervisor reads them too."""
OVER_SUBTREE = (Role.SUPERVISOR, Role.ADMINISTRATOR)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Scope:
    """The agency a page is about, alone or with all below it.

    `wider` says whether the person may look at those below as well.
    """

    agency: Agency
    subtree: bool
    wider: bool

    @property
    def query(self) -> str:
        """What an address needs so that the next page keeps the scope."""
        return "scope=all" if self.subtree else ""


def readable(request: HttpRequest, code: str) -> Agency:
    """The agency, if the person may read its register. Raises Http404 or NotAllowedError."""
    agency = org.agency(code)
    if agency is None:
        raise Http404(code)
    user = request.user
    if not (user.has_perm(permissions.VIEW, agency) or user.has_perm(permissions.OVERSEE, agency)):
        raise NotAllowedError("role", agency.label())
    return agency


def scope(request: HttpRequest, code: str) -> Scope:
    """The agency and how wide the person looks; `?scope=all` takes in the agencies below."""
    agency = readable(request, code)
    below = agency.subordinates.exists()
    wider = below and org.agencies_of(request.user, OVER_SUBTREE).filter(pk=agency.pk).exists()
    return Scope(agency, wider and request.GET.get("scope") == "all", wider)


def read_by(request: HttpRequest) -> tuple[Page[Any], list[Agency]]:
    """A page of the agencies whose registers the person may read, in the order of the tree."""
    keys = org.tree_order(org.agencies_of(request.user, READS).filter(active=True))
    page = paged(keys, request.GET.get("page"))
    held = Agency.objects.in_bulk(list(page))
    return page, [held[key] for key in page if key in held]


def may(request: HttpRequest, permission: str, agency: Agency) -> bool:
    """Whether the person may do it at the agency."""
    return bool(request.user.has_perm(permission, agency))


def ask(request: HttpRequest, permission: str, agency: Agency) -> None:
    """Raise NotAllowedError "role" before a form is shown that the person may not send."""
    if not may(request, permission, agency):
        raise NotAllowedError("role", agency.label())


def attempt(form: forms.Form, act: Callable[[], object]) -> int:
    """Do it and give 0; where it is refused, say why in the form and give the status.

    A missing role is no matter of the form and is raised.
    """
    try:
        act()
    except Refusal as refused:
        if refused.reason == "role":
            raise
        form.add_error(None, refused.message(speech()))
        return refused.status
    return 0


def excel(data: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under that name."""
    response = HttpResponse(data, content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
