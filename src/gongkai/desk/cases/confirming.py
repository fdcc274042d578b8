"""How both sides confirmed receipt, as it is asked for on entry and later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.application.receipt import CONFIRMED_BY
from gongkai.desk.cases import fields


def manners() -> list[tuple[str, str]]:
    """The ways of confirming, in the reader's language."""
    place = 0 if speech() == "zh" else 1
    return [(code, said[place]) for code, said in CONFIRMED_BY.items()]


class ConfirmedFields(forms.Form):
    """With whom, how and when on the day both sides confirmed receipt, and what was said."""

    at = forms.TimeField(
        label=gettext_lazy("时间"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("请写成 14:30 这样的时间。")},
    )
    reached = fields.line(
        gettext_lazy("联系到谁"),
        max_length=100,
        help_text=gettext_lazy("申请人本人，或者代其确认的人。加密存入案卷。"),
    )
    manner = fields.choice(gettext_lazy("确认方式"), manners)
    note = fields.text(gettext_lazy("备注"), rows=2, required=False)


def how(said: Mapping[str, Any]) -> actions.Confirmed:
    """What was filled in and is valid, as the verbs take it."""
    return actions.Confirmed(said["reached"], said["manner"], said["at"], said["note"])
