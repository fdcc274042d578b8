"""Third parties and agencies are asked for their opinion on disclosure, and answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.casework.application.models import Case
from gongkai.casework.application.person import Person
from gongkai.casework.decision.models import Consultation, Opinion
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, line, on_line
from gongkai.desk.cases.acting.forms import CaseForm, OnForm
from gongkai.org.models import User


class ConsultForm(CaseForm):
    """Whom to ask about disclosure, and about what."""

    whom = fields.choice(
        gettext_lazy("征求谁的意见"), Consultation.Whom.choices, initial="third_party"
    )
    name = fields.line(gettext_lazy("姓名或者名称"), max_length=100)
    organisation = fields.yes(gettext_lazy("是单位（名单中显示全称）"))
    address = fields.line(gettext_lazy("通信地址"), required=False, max_length=300)
    telephone = fields.line(gettext_lazy("联系电话"), required=False, max_length=40)
    matter = fields.text(
        gettext_lazy("征求意见的内容"),
        help_text=gettext_lazy("写明拟公开的信息，不要写申请人是谁。"),
    )
    on = fields.day(gettext_lazy("发出日期"))


class OpinionForm(CaseForm):
    """What was said, and whether the reasons hold."""

    opinion = fields.choice(
        gettext_lazy("意见"),
        [pair for pair in Opinion.choices if pair[0] != Opinion.PENDING],
        coerce=Opinion,
    )
    reasons = fields.text(gettext_lazy("对方的理由"), required=False)
    reasonable = fields.choice(
        gettext_lazy("理由是否合理"),
        [("", gettext_lazy("以后认定")), *fields.YES_NO],
        required=False,
        initial="",
        coerce=fields.is_yes,
        empty=None,
    )
    override_reason = fields.text(
        gettext_lazy("仍决定公开的公共利益理由"),
        required=False,
        help_text=gettext_lazy("不公开会对公共利益造成重大影响的，写明理由（条例第十五条）。"),
    )
    on = fields.day(gettext_lazy("收到日期"))


class JudgeForm(CaseForm):
    """Whether the reasons of an objection hold."""

    reasonable = fields.choice(gettext_lazy("理由是否合理"), fields.YES_NO, coerce=fields.is_yes)
    override_reason = fields.text(gettext_lazy("仍决定公开的公共利益理由"), required=False)


def _consult(user: User, case: Case, _of: object, said: Given) -> list[Consultation]:
    whom = Person(said["name"], telephone=said["telephone"], address=said["address"])
    asked = actions.Asked(said["whom"], whom, said["matter"], organisation=said["organisation"])
    return actions.consult(user, case, [asked], on=said["on"])


ASKED = (
    Asking(
        "consult",
        gettext_lazy("征求意见"),
        ConsultForm,
        _consult,
        gettext_lazy("征求意见书和告知书已制发。请在“文书”中送出。"),
        gettext_lazy(
            "第三方有十五个工作日；这段时间不计入答复期限（条例第三十二条、第三十三条）。"
        ),
    ),
    Asking(
        "consult",
        gettext_lazy("登记征求意见书送达"),
        OnForm,
        on_line(actions.record_delivery),
        gettext_lazy("已登记。"),
        named="record_delivery",
        of=line("consultations"),
    ),
    Asking(
        "record_opinion",
        gettext_lazy("登记回复意见"),
        OpinionForm,
        on_line(actions.record_opinion),
        gettext_lazy("已登记。"),
        of=line("consultations"),
    ),
    Asking(
        "consult",
        gettext_lazy("认定理由是否合理"),
        JudgeForm,
        on_line(actions.judge_opinion),
        gettext_lazy("已记录。"),
        named="judge_opinion",
        of=line("consultations"),
    ),
)
