"""What the applicant is asked for: to correct the application, to give reasons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, by_letter, on_case
from gongkai.desk.cases.acting.forms import CaseForm


class AskCorrectionForm(CaseForm):
    """What has to be corrected, and until when."""

    points = fields.text(
        gettext_lazy("需要补正的内容"), help_text=gettext_lazy("一行一项，写进补正通知。")
    )
    guidance = fields.text(
        gettext_lazy("指导和释明"), required=False, help_text=gettext_lazy("怎样补正才够明确。")
    )
    days = fields.whole(
        gettext_lazy("补正期限（工作日）"),
        most=250,
        required=False,
        help_text=gettext_lazy("不填按本机关通常的期限。"),
    )
    reason = fields.text(
        gettext_lazy("为什么现在还要告知"),
        rows=2,
        required=False,
        help_text=gettext_lazy("超过七个工作日，或者已经告知过一次的，要写明原因。"),
    )


class RecordCorrectionForm(CaseForm):
    """What the applicant corrected."""

    text = fields.text(gettext_lazy("补正的内容"), rows=6)
    on = fields.day(
        gettext_lazy("收到补正之日"),
        help_text=gettext_lazy("期限自次日起重新计算（条例第三十条）。"),
    )


class AskReasonsForm(CaseForm):
    """Why there are so many applications."""

    why = fields.text(
        gettext_lazy("数量和频次"),
        help_text=gettext_lazy("写明认定申请数量、频次明显超过合理范围的事实（条例第三十五条）。"),
    )
    days = fields.whole(gettext_lazy("说明期限（工作日）"), most=250, initial=10)


class RecordReasonsForm(CaseForm):
    """The reasons, and whether they hold."""

    text = fields.text(gettext_lazy("申请人说明的理由"), help_text=gettext_lazy("加密存入案卷。"))
    reasonable = fields.choice(gettext_lazy("认定"), fields.YES_NO, coerce=fields.is_yes)
    on = fields.day(gettext_lazy("收到日期"))


ASKED = (
    Asking(
        "ask_correction",
        gettext_lazy("告知补正"),
        AskCorrectionForm,
        by_letter(actions.ask_correction),
        gettext_lazy("补正通知已制发，期限暂停。请在“文书”中送出。"),
        gettext_lazy("收到申请之日起七个工作日内一次性告知（条例第三十条）。"),
        drafts=True,
    ),
    Asking(
        "record_correction",
        gettext_lazy("登记补正"),
        RecordCorrectionForm,
        on_case(actions.record_correction),
        gettext_lazy("已登记，期限重新计算。"),
    ),
    Asking(
        "ask_reasons",
        gettext_lazy("要求说明理由"),
        AskReasonsForm,
        by_letter(actions.ask_reasons),
        gettext_lazy("通知已制发，期限继续计算。"),
        drafts=True,
    ),
    Asking(
        "record_reasons",
        gettext_lazy("登记申请人说明的理由"),
        RecordReasonsForm,
        on_case(actions.record_reasons),
        gettext_lazy("已登记。"),
    ),
)
