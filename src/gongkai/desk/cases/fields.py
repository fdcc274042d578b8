"""Fields that many forms of a case share: a day, a text, a choice, a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy

from gongkai.casework.application.enclosures import Incoming

MISSING = gettext_lazy("请填写这一项。")
NO_DAY = gettext_lazy("没有这一天。请写成 2026-03-02 这样的日期。")
NO_NUMBER = gettext_lazy("请填写整数。")
CHOOSE = gettext_lazy("请选择一项。")


def day(
    label: Any,
    *,
    required: bool = True,
    help_text: Any = "",
    today: bool = True,
    alternative: bool = False,
) -> Any:
    """A date; today unless another is given. Of those that are `alternative` one is needed, so
    that none is marked as one that may be left empty."""
    made = forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        initial=timezone.localdate if today and required else None,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": MISSING, "invalid": NO_DAY},
    )
    setattr(made, "alternative", alternative)  # noqa: B010  (the field has no such attribute)
    return made


def text(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "") -> Any:
    """Several lines. Its length is judged by the verb, which refuses and never cuts."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": MISSING},
    )


def line(label: Any, *, required: bool = True, help_text: Any = "", **more: Any) -> Any:
    """One line."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages={"required": MISSING},
        **more,
    )


def whole(
    label: Any,
    *,
    least: int = 1,
    most: int = 100_000,
    required: bool = True,
    help_text: Any = "",
    initial: int | None = None,
) -> Any:
    """A whole number."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=least,
        max_value=most,
        help_text=help_text,
        initial=initial,
        error_messages={"required": MISSING, "invalid": NO_NUMBER},
    )


def amount(label: Any, *, help_text: Any = "") -> Any:
    """An amount of money in 元."""
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=help_text,
        error_messages={"required": MISSING, "invalid": gettext_lazy("请填写金额，如 100.00。")},
    )


def choice(
    label: Any,
    choices: Any,
    *,
    required: bool = True,
    help_text: Any = "",
    radio: bool = True,
    initial: str | None = None,
    coerce: Callable[[str], Any] = str,
    empty: Any = "",
) -> Any:
    """One of several, few as buttons, many as a list; what is chosen is coerced."""
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        required=required,
        help_text=help_text,
        initial=initial,
        widget=forms.RadioSelect if radio else forms.Select,
        coerce=coerce,
        empty_value=empty,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def yes(label: Any, *, help_text: Any = "") -> Any:
    """Something that is so if it is ticked."""
    return forms.BooleanField(label=label, required=False, help_text=help_text)


YES_NO = [("yes", gettext_lazy("合理")), ("no", gettext_lazy("不合理"))]


def is_yes(said: str) -> bool:
    """Whether "yes" was chosen of "yes" and "no"."""
    return said == "yes"


def file(label: Any, *, required: bool = True, help_text: Any = "") -> Any:
    """A file."""
    return forms.FileField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages={
            "required": gettext_lazy("请选择文件。"),
            "empty": gettext_lazy("文件是空的。"),
        },
    )


def incoming(upload: UploadedFile[Any] | None) -> Incoming | None:
    """The file as the verbs take it; None where none was chosen."""
    if upload is None:
        return None
    name = upload.name or gettext_lazy("文件")
    return Incoming(str(name), upload.content_type or "application/octet-stream", upload.read())
