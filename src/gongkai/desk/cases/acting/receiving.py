"""Receipt of an application: asked to be confirmed, confirmed, put right, added to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case, EnclosureKind
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, on_case
from gongkai.desk.cases.acting.forms import CaseForm, OnForm, ReasonForm
from gongkai.desk.cases.confirming import ConfirmedFields, how
from gongkai.org.models import User


class CorrectReceiptForm(ReasonForm):
    """The right day of receipt."""

    received_on = fields.day(gettext_lazy("正确的收到之日"), today=False)
    field_order = ("received_on", "reason")


class ConfirmForm(ConfirmedFields, OnForm):
    """When and how both sides confirmed receipt, and with whom."""


def _confirm(user: User, case: Case, _of: object, said: Given) -> Case:
    return actions.confirm(user, case, said["on"], how(said))


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
