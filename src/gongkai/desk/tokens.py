"""Tokens by which other systems write drafts at an agency: given, shown once, taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.api import actions
from gongkai.api.refusal import NotAllowedError
from gongkai.desk.access import person
from gongkai.desk.administering import administrators, given, paged
from gongkai.desk.org_forms import AgencyName
from gongkai.org.models import User

ASKED = require_http_methods(["GET", "HEAD", "POST"])


class TokenForm(forms.Form):
    """For which agency, as whom, and what for."""

    agency = AgencyName(
        label=gettext_lazy("机关"),
        help_text=gettext_lazy("代码或全称。令牌只能办这个机关的事。"),
    )
    username = forms.CharField(
        max_length=150,
        label=gettext_lazy("以谁的名义：用户名"),
        help_text=gettext_lazy("在这个机关任拟稿人的账号。最好给系统单独开一个。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        max_length=100,
        label=gettext_lazy("用途"),
        help_text=gettext_lazy("给哪个系统用，由谁保管。"),
    )


@administrators
@ASKED
@sensitive_variables("secret")
def listed(request: HttpRequest) -> HttpResponse:
    """The tokens in the person's charge. A form sent makes one, whose secret is on this one page
    and nowhere else."""
    form = TokenForm(given(request))
    status, secret = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status, secret = _made(request, form)
    shown: dict[str, Any] = {
        "tab": "tokens",
        "form": TokenForm() if secret else form,
        "secret": secret,
        "page": paged(actions.administered(person(request)), request.GET.get("page")),
    }
    return render(request, "desk/org/tokens.html", shown, status=status)


@administrators
@ASKED
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Ask whether the token is to be taken back; with POST, take it back."""
    token = actions.administered(person(request)).filter(pk=key).first()
    if token is None:
        raise Http404("no such token")
    if request.method == "POST":
        actions.revoke_token(person(request), token)
        messages.success(request, gettext("令牌已停用，从现在起不能再用。"))
        return redirect("desk:tokens")
    return render(request, "desk/org/token_revoke.html", {"tab": "tokens", "token": token})


def _made(request: HttpRequest, form: TokenForm) -> tuple[int, str]:
    """The status and the secret; what was refused stands in the form."""
    said = form.cleaned_data
    holder = User.objects.filter(username=said["username"], is_active=True).first()
    # Whether an account exists elsewhere is nobody's business.
    if holder is None or not actions.holders(said["agency"]).filter(pk=holder.pk).exists():
        form.add_error("username", NotAllowedError("writes_nothing").message(speech()))
        return 422, ""
    _, secret = actions.give_token(person(request), said["agency"], holder, said["name"])
    return 200, secret
