"""Logging in and out, and changing one's password, by Django's own views in our look."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy


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
