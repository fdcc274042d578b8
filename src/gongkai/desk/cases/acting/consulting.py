"""Third parties and agencies are asked for their opinion on disclosure, and answer."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case
from gongkai.casework.application.person import Person
from gongkai.casework.decision.models import Consultation, Opinion
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, line, on_line
from gongkai.desk.cases.acting.forms import CaseForm, NothingForm, OnForm
from gongkai.org.models import User


class ConsultForm(CaseForm):
    """Whom to ask about disclosure, and about what."""

    whom = fields.choice(
        gettext_lazy("征求谁的意见"), Consultation.Whom.choices, initial="third_party"
    )
    name = fields.line(gettext_lazy("姓名或者名称"), max_length=100)
    organisation = fields.yes(gettext_lazy("是单位（名单中显示全称）"))
    address = fields.line(
        gettext_lazy("通信地址"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("要邮寄的必须填写。地址、电话、电子邮箱至少填一项，加密保存。"),
    )
    telephone = fields.line(gettext_lazy("联系电话"), required=False, max_length=40)
    email = fields.line(gettext_lazy("电子邮箱"), required=False, max_length=254)
    matter = fields.text(
        gettext_lazy("征求意见的内容"),
        help_text=gettext_lazy("写明拟公开的信息，不要写申请人是谁。"),
    )
    naming_applicant = fields.yes(
        gettext_lazy("内容不写申请人就无法说明（例如信息就是关于申请人的），确需写明")
    )


class UnaskedForm(CaseForm):
    """Who is not asked, about what, and why not."""

    name = fields.line(
        gettext_lazy("第三方"),
        max_length=100,
        help_text=gettext_lazy("姓名或者名称；人数众多的，写明是哪些人。"),
    )
    matter = fields.text(gettext_lazy("涉及第三方的内容"))
    reasons = fields.text(
        gettext_lazy("无法征求或者不必征求的理由"),
        help_text=gettext_lazy("记入案卷，审核人和签发人都能看到。"),
    )


class OpinionForm(CaseForm):
    """What was said, and whether the reasons hold."""

    opinion = fields.choice(
        gettext_lazy("意见"),
        [pair for pair in Opinion.choices if pair[0] not in {Opinion.PENDING, Opinion.UNASKED}],
        coerce=Opinion,
    )
    reasons = fields.text(
        gettext_lazy("对方的意见和理由"),
        required=False,
        help_text=gettext_lazy("没有回复文件的，写明对方的原话。"),
    )
    reply = fields.file(
        gettext_lazy("回复的文件"),
        required=False,
        help_text=gettext_lazy("PDF、图片或者 Word 文件，加密存入案卷。"),
    )
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

    def clean_reply(self) -> Incoming | None:
        """The file as the verb takes it."""
        return fields.incoming(self.cleaned_data["reply"])


class JudgeForm(CaseForm):
    """Whether the reasons of an objection hold."""

    reasonable = fields.choice(gettext_lazy("理由是否合理"), fields.YES_NO, coerce=fields.is_yes)
    override_reason = fields.text(gettext_lazy("仍决定公开的公共利益理由"), required=False)


def _consult(user: User, case: Case, _of: object, said: Given) -> list[Consultation]:
    ways = {name: said[name] for name in ("telephone", "email", "address")}
    whom = Person(said["name"], **ways)
    asked = actions.Asked(said["whom"], whom, said["matter"], organisation=said["organisation"])
    naming, today = said["naming_applicant"], timezone.localdate()
    return actions.consult(user, case, [asked], on=today, naming_applicant=naming)


def _leave_unasked(user: User, case: Case, _of: object, said: Given) -> Consultation:
    whom = Person(said["name"])
    return actions.leave_unasked(
        user, case, actions.Asked("third_party", whom, said["matter"]), said["reasons"]
    )


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
        drafts=True,
        instead="leave_unasked",
    ),
    Asking(
        "consult",
        gettext_lazy("无法征求或者不必征求第三方意见"),
        UnaskedForm,
        _leave_unasked,
        gettext_lazy("已记入案卷。"),
        gettext_lazy("不发征求意见书，期限继续计算。只能据此不予公开涉及第三方的内容，不能公开。"),
        named="leave_unasked",
    ),
    Asking(
        "consult",
        gettext_lazy("撤销没有征求意见的记录"),
        NothingForm,
        on_line(actions.ask_after_all),
        gettext_lazy("已撤销。"),
        named="ask_after_all",
        of=line("consultations"),
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
