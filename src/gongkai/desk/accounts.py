"""Logging in and out, and changing one's password, by Django's own views in our look."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy

from gongkai.desk import keeping
from gongkai.desk.access import Page


class LoginForm(AuthenticationForm):
    """Name and password. The message never says which of the two was wrong."""

    error_messages = {  # noqa: RUF012  the base class declares it so
        "invalid_login": gettext_lazy("用户名或密码不对。连续五次不对，要等十五分钟才能再试。"),
        "inactive": gettext_lazy("这个账号已停用。请联系管理员。"),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = gettext_lazy("用户名")
        self.fields["username"].widget.attrs.update({"autofocus": False, "spellcheck": "false"})
        self.fields["password"].label = gettext_lazy("密码")


class Login(views.LoginView):
    template_name = "registration/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the form that was waiting, so that a wrong password does not lose it."""
        kept = self.request.POST.get("kept", "")
        known = keeping.unsealed(kept) is not None
        return super().get_context_data(**kwargs, kept=kept if known else "")

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Lead on, or first to the form that was typed before the session had ended."""
        response = super().form_valid(form)
        waiting = keeping.after_login(self.request, form.get_user())
        return cast("HttpResponse", waiting or response)


def kept_through_login(page: Page) -> Page:
    """A page whose form is not lost when it arrives after the session has ended.

    A browser gets the log-in page with the form in it; a script reads 401 and keeps its text.
    """

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated:
            return page(request, *args, **kwargs)
        if request.headers.get("X-Fragment"):
            return HttpResponse(status=401)
        shown = {
            "form": LoginForm(request),
            "kept": keeping.arrived(request),
            "next": request.path,
            "login": True,
        }
        response = render(request, "registration/login.html", shown, status=401)
        add_never_cache_headers(response)
        return response

    return guarded


class Logout(views.LogoutView):
    pass


class PasswordChange(views.PasswordChangeView):
    template_name = "registration/password_change.html"
    success_url = reverse_lazy("desk:password_done")

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        labels = (
            ("old_password", gettext_lazy("现在的密码")),
            ("new_password1", gettext_lazy("新密码")),
            ("new_password2", gettext_lazy("再输一次新密码")),
        )
        for name, label in labels:
            form.fields[name].label = label
        form.fields["new_password1"].help_text = gettext_lazy(
            "至少十个字符，不要全是数字，不要用常见的密码。"
        )
        form.fields["new_password2"].help_text = ""
        return form


class PasswordDone(views.PasswordChangeDoneView):
    template_name = "registration/password_done.html"
