"""Receipt of an application: asked to be confirmed, confirmed, put right, added to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case, EnclosureKind
from gongkai.casework.application.receipt import CONFIRMED_BY
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, on_case
from gongkai.desk.cases.acting.forms import CaseForm, OnForm, ReasonForm
from gongkai.org.models import User


class CorrectReceiptForm(ReasonForm):
    """The right day of receipt."""

    received_on = fields.day(gettext_lazy("正确的收到之日"), today=False)
    field_order = ("received_on", "reason")


class ConfirmForm(OnForm):
    """When and how both sides confirmed receipt, and with whom."""

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
    manner = fields.choice(gettext_lazy("确认方式"), ())
    note = fields.text(gettext_lazy("备注"), rows=2, required=False)

    def about(self, _case: Case, /) -> None:
        place = 0 if speech() == "zh" else 1
        named = [(code, said[place]) for code, said in CONFIRMED_BY.items()]
        self.fields["manner"].choices = named  # type: ignore[attr-defined]


def _confirm(user: User, case: Case, _of: object, said: Given) -> Case:
    how = actions.Confirmed(said["reached"], said["manner"], said["at"], said["note"])
    return actions.confirm(user, case, said["on"], how)


class EncloseForm(CaseForm):
    """A file and what it is."""

    kind = fields.choice(
        gettext_lazy("种类"), EnclosureKind.choices, radio=False, coerce=EnclosureKind
    )
    file = fields.file(
        gettext_lazy("文件"), help_text=gettext_lazy("PDF、图片或者 Word 文件，加密保存。")
    )

    def clean_file(self) -> Incoming | None:
        """The file as the verb takes it."""
        return fields.incoming(self.cleaned_data["file"])


ASKED = (
    Asking(
        "ask_confirmation",
        gettext_lazy("要求申请人确认收到"),
        OnForm,
        on_case(actions.ask_confirmation),
        gettext_lazy("已记录。"),
        gettext_lazy(
            "记下哪一天联系申请人、请其确认收到；系统不发通知，期限还没有开始。确认以后，用“双方确认收到”登记。"
        ),
    ),
    Asking(
        "confirm",
        gettext_lazy("双方确认收到"),
        ConfirmForm,
        _confirm,
        gettext_lazy("已确认，答复期限自次日起算。"),
        gettext_lazy(
            "网上、传真、电子邮件和平常信函的申请，以双方确认之日为收到之日（条例第三十一条）。"
        ),
    ),
    Asking(
        "correct_receipt",
        gettext_lazy("更正收到之日"),
        CorrectReceiptForm,
        on_case(actions.correct_receipt),
        gettext_lazy("已更正，期限已重新计算。"),
        lead=gettext_lazy(
            "期限重新计算。答复写明收到日期、还没有送出的，审核和签发作废，照原稿重新送审。"
        ),
    ),
    Asking(
        "enclose",
        gettext_lazy("添加材料"),
        EncloseForm,
        on_case(actions.add_enclosure),
        gettext_lazy("已加入案卷。"),
    ),
)
