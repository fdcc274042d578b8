"""People and the roles they hold, for administrators; and the page where one sets a password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.views import PasswordResetConfirmView
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.administration import people as verbs
from gongkai.administration.allowing import account_refusal, charge, people_in_charge
from gongkai.administration.invitations import Invitation, days, tokens
from gongkai.annual_report.speech import speech
from gongkai.desk.access import person
from gongkai.desk.administering import (
    PAGE_SIZE,
    administered,
    administrators,
    attempt,
    given,
    links,
    paged,
)
from gongkai.desk.documents.reach import whole
from gongkai.desk.forms import ReasonForm
from gongkai.desk.org_forms import NameForm, NewPersonForm, PlaceForm, RoleForm
from gongkai.org.models import Membership, Role, User

ASKED = require_http_methods(["GET", "HEAD", "POST"])
STATES = {
    "active": gettext_lazy("在用"),
    "waiting": gettext_lazy("还没有设密码"),
    "inactive": gettext_lazy("已停用"),
}
UNSET = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


@administrators
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """People who serve in the person's charge, by name, role and state of their account."""
    wish = {
        "q": request.GET.get("q", "").strip()[:100],
        "role": request.GET.get("role", ""),
        "state": request.GET.get("state", ""),
    }
    wish["state"] = wish["state"] if wish["state"] in STATES else "active"
    rows = _in_state(people_in_charge(person(request)), wish["state"])
    if wish["q"]:
        rows = rows.filter(Q(full_name__icontains=wish["q"]) | Q(username__icontains=wish["q"]))
    if wish["role"] in Role.values:
        posts = Membership.objects.filter(agency__in=charge(person(request)), role=wish["role"])
        rows = rows.filter(pk__in=posts.values("user"))
    ordered = rows.order_by("full_name", "username").prefetch_related(_posts(request))
    shown = {
        "tab": "people",
        "page": paged(ordered, request.GET.get("page")),
        "wish": wish,
        "filtered": bool(wish["q"] or wish["role"]),
        "states": STATES.items(),
        "roles": Role.choices,
    }
    return render(request, "desk/org/people.html", shown)


def _in_state(rows: QuerySet[User], state: str) -> QuerySet[User]:
    if state == "inactive":
        return rows.filter(is_active=False)
    rows = rows.filter(is_active=True)
    return rows.filter(UNSET) if state == "waiting" else rows


def _posts(request: HttpRequest) -> Prefetch[Any]:
    """The posts in the person's charge; of others nothing is told."""
    rows = Membership.objects.filter(agency__in=charge(person(request)))
    return Prefetch("memberships", rows.select_related("agency", "unit"), to_attr="posts")


@administrators
@ASKED
def add(request: HttpRequest, code: str) -> HttpResponse:
    """A person with a role at an agency: a new account, or one that is there already."""
    agency = administered(request, code)
    form = NewPersonForm(agency, given(request))
    made: list[Invitation | None] = []

    def act() -> None:
        said = form.cleaned_data
        made.append(
            verbs.add_person(
                person(request),
                said["username"],
                said["full_name"],
                agency=agency,
                role=Role(said["role"]),
                unit=said.get("unit"),
            )
        )

    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = attempt(form, act)
            if not status and made[0] is None:
                messages.success(request, gettext("已任命。此人原来就有账号。"))
                return redirect("desk:org_agency", code)
            if not status and made[0] is not None:
                return _links(request, (made[0],))
    shown = {"tab": "agencies", "form": form, "agency": agency}
    return render(request, "desk/org/person_form.html", shown, status=status)


@administrators
@ASKED
def shown(request: HttpRequest, key: int) -> HttpResponse:
    """One person: their posts in one's charge, and their account. A posted name renames."""
    holder = _holder(request, key)
    refused = account_refusal(person(request), holder)
    form = NameForm(given(request), initial={"full_name": holder.full_name})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            name = form.cleaned_data["full_name"]
            status = attempt(form, lambda: verbs.rename_person(person(request), holder, name))
            if not status:
                messages.success(request, gettext("已记下。"))
                return redirect("desk:org_person", key)
    context = {
        "tab": "people",
        "holder": holder,
        "posts": holder.memberships.filter(agency__in=charge(person(request))).select_related(
            "agency", "unit"
        ),
        "why_not": refused.message(speech()) if refused else "",
        "waiting": not holder.has_usable_password(),
        "is_self": holder == person(request),
        "form": form,
        "place": PlaceForm(),
        "days": days(),
    }
    return render(request, "desk/org/person.html", context, status=status)


@administrators
@ASKED
def appoint(request: HttpRequest, key: int) -> HttpResponse:
    """One role more for a person: first the agency, then the role there."""
    holder = _holder(request, key)
    place = PlaceForm(request.GET)
    if not place.is_valid():
        shown = {"tab": "people", "holder": holder, "form": place}
        return render(request, "desk/org/place.html", shown, status=422 if request.GET else 200)
    agency = administered(request, place.cleaned_data["agency"].code)
    form = RoleForm(agency, given(request))

    def act() -> None:
        role, unit = Role(form.cleaned_data["role"]), form.cleaned_data.get("unit")
        verbs.appoint(person(request), holder, agency, role, unit)

    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = attempt(form, act)
            if not status:
                messages.success(request, gettext("已任命。"))
                return redirect("desk:org_person", key)
    context = {"tab": "people", "holder": holder, "agency": agency, "form": form}
    return render(request, "desk/org/appoint.html", context, status=status)


@administrators
@require_POST
def dismiss(request: HttpRequest, key: int) -> HttpResponse:
    """The person no longer holds a role. Whoever holds none is seen no longer."""
    holder = _holder(request, key)
    posts = holder.memberships.filter(agency__in=charge(person(request)))
    held = posts.filter(pk=whole(request.POST.get("post")) or 0).first()
    if held is None:
        raise Http404("no such post")
    verbs.dismiss(person(request), holder, held.agency, Role(held.role))
    messages.success(request, gettext("已免去。"))
    if people_in_charge(person(request)).filter(pk=holder.pk).exists():
        return redirect("desk:org_person", key)
    return redirect("desk:org_agency", held.agency.code)


@administrators
@ASKED
def deactivate(request: HttpRequest, key: int) -> HttpResponse:
    """The person can no longer log in."""
    holder = _holder(request, key)
    form = ReasonForm(given(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            why = form.cleaned_data["reason"]
            status = attempt(form, lambda: verbs.deactivate(person(request), holder, why))
            if not status:
                messages.success(request, gettext("已停用。此人的登录马上失效。"))
                return redirect("desk:org_person", key)
    shown = {"tab": "people", "holder": holder, "form": form}
    return render(request, "desk/org/deactivate.html", shown, status=status)


@administrators
@require_POST
def activate(request: HttpRequest, key: int) -> HttpResponse:
    """The person can log in again."""
    verbs.activate(person(request), _holder(request, key))
    messages.success(request, gettext("已启用。"))
    return redirect("desk:org_person", key)


@administrators
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """New links for the chosen people, shown once."""
    chosen = map(whole, request.POST.getlist("person")[:PAGE_SIZE])
    keys = [key for key in chosen if key is not None]
    holders = people_in_charge(person(request)).filter(pk__in=keys).order_by("full_name")
    made = tuple(verbs.invite(person(request), holder) for holder in holders)
    if not made:
        messages.warning(request, gettext("没有选中任何人。请先在表格左侧打勾。"))
        return redirect("desk:org_people")
    return _links(request, made)


def _links(request: HttpRequest, invitations: tuple[Invitation, ...]) -> HttpResponse:
    shown = {"tab": "people", "links": links(request, invitations), "days": days()}
    return render(request, "desk/org/links.html", shown)


def _holder(request: HttpRequest, key: int) -> User:
    """The person, if they serve in one's charge; anybody else is as if there were none."""
    holder = people_in_charge(person(request)).filter(pk=key).first()
    if holder is None:
        raise Http404("no such person")
    return holder


class WelcomeForm(SetPasswordForm):  # type: ignore[type-arg]
    """A password, twice, in our words; it is set by the verb."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = gettext_lazy("新密码")
        self.fields["new_password1"].help_text = gettext_lazy(
            "至少十个字符，不要全是数字，不要用常见的密码。"
        )
        self.fields["new_password2"].label = gettext_lazy("再输一次新密码")

    def save(self, commit: bool = True) -> Any:  # noqa: ARG002  (Django's signature)
        return verbs.set_password(self.user, self.cleaned_data["new_password1"])


class Welcome(PasswordResetConfirmView):
    """Where a person sets the password that their link allows, once."""

    template_name = "desk/org/welcome.html"
    form_class = WelcomeForm
    token_generator = tokens
    success_url = reverse_lazy("desk:login")
    reset_url_token = "set"  # noqa: S105  a part of the address

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """A dead link says so, with the status that does."""
        return super().render_to_response(
            {**context, "days": days()}, status=200 if context["validlink"] else 410, **more
        )

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, gettext("密码已设好。请登录。"))
        return super().form_valid(form)


welcome = sensitive_post_parameters()(Welcome.as_view())
