"""How each verb of a case is asked for and done: its form, its words, what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.casework.actions.proposing import decline_publication, propose_publication
from gongkai.casework.appeal.models import Appeal, AppealKind
from gongkai.casework.application.models import Case
from gongkai.casework.application.person import Person
from gongkai.casework.application.rules import Verb
from gongkai.casework.decision.models import Charge, Opinion, Provided
from gongkai.casework.decision.proposal import Proposal
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.cases import appeal_forms as appeals
from gongkai.desk.cases import verb_forms as forms
from gongkai.desk.cases.fields import incoming
from gongkai.desk.cases.verb_forms import CaseForm
from gongkai.org.models import Agency, Unit, User

Given = Mapping[str, Any]
Do = Callable[[User, Case, Any, Given], Any]
Find = Callable[[Case, int], Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """A verb's page: its head, its form, what is done, and what is said afterwards.

    `of` finds the line of the case that the verb is about, for a verb that is about one.
    `permitted` is the verb whose permission and stage hold for it.
    """

    head: object
    form: type[CaseForm]
    do: Do
    done: object
    permitted: Verb
    lead: object = ""
    of: Find | None = None
    danger: bool = False


def _assign(user: User, case: Case, _of: Any, said: Given) -> Any:
    sort, _, key = said["to"].partition(":")
    unit = Unit.objects.filter(pk=key).first() if sort == "unit" else None
    agency = Agency.objects.filter(pk=key).first() if sort == "agency" else None
    dates = {"on": said["on"], "due_on": said["due_on"]}
    return actions.assign(user, case, said["question"], unit=unit, agency=agency, **dates)


def _consult(user: User, case: Case, _of: Any, said: Given) -> Any:
    whom = Person(said["name"], telephone=said["telephone"], address=said["address"])
    asked = actions.Asked(said["whom"], whom, said["matter"], organisation=said["organisation"])
    return actions.consult(user, case, [asked], on=said["on"])


def _opinion(user: User, _case: Case, of: Any, said: Given) -> Any:
    return actions.record_opinion(
        user,
        of,
        Opinion(said["opinion"]),
        on=said["on"],
        reasons=said["reasons"],
        reasonable=_judged(said["reasonable"]),
        override_reason=said["override_reason"],
    )


def _judged(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)


def _enclose(user: User, case: Case, _of: Any, said: Given) -> Any:
    return actions.add_enclosure(user, case, said["kind"], incoming(said["file"]))  # type: ignore[arg-type]


def _charge(user: User, case: Case, _of: Any, said: Given) -> Any:
    return actions.charge(
        user,
        case,
        Charge.Basis(said["basis"]),
        said["quantity"],
        on=said["on"],
        payment_method=said["payment_method"],
        before=said["before"] or 0,
    )


def _appeal(user: User, case: Case, _of: Any, said: Given) -> Any:
    opening = actions.Opening(
        kind=AppealKind(said["kind"]),
        before=said["before"],
        about=said["matter"],
        opened_on=said["opened_on"],
        number=said["number"],
        procedure=Appeal.Procedure(said["procedure"]),
        copy_received_on=said["copy_received_on"],
        joint_key=said["joint_key"],
    )
    return actions.open_appeal(user, case, opening)


def _reopen(user: User, case: Case, _of: Any, said: Given) -> Any:
    ordered = case.appeals.filter(pk=said["appeal"]).first() if said["appeal"] else None
    return actions.reopen(user, case, appeal=ordered, reason=said["reason"])


def _propose(user: User, case: Case, _of: Any, said: Given) -> Any:
    file = Provided.objects.filter(decision__case=case, pk=said["provided"]).first()
    if file is None:
        raise NotAllowedError("not_proposable")
    basis, reason = Proposal.Basis(said["basis"]), said["reason"]
    if said["publish"] == "yes":
        return propose_publication(user, case, file, basis=basis, reason=reason)
    return decline_publication(user, case, file, reason, basis=basis)


def _row(name: str) -> Find:
    """Finds the line of the case among the rows of that name."""
    return lambda case, key: getattr(case, name).filter(pk=key).first()


ASKING: dict[str, Asking] = {
    "take_up": Asking(
        gettext_lazy("受理这件申请"),
        forms.TakeUpForm,
        lambda user, case, _of, said: actions.take_up(user, case, said["unit"]),
        gettext_lazy("已受理，您是经办人。"),
        "take_up",
    ),
    "ask_confirmation": Asking(
        gettext_lazy("要求申请人确认收到"),
        forms.OnForm,
        lambda user, case, _of, said: actions.ask_confirmation(user, case, said["on"]),
        gettext_lazy("已记录。"),
        "ask_confirmation",
    ),
    "confirm": Asking(
        gettext_lazy("双方确认收到"),
        forms.OnForm,
        lambda user, case, _of, said: actions.confirm(user, case, said["on"]),
        gettext_lazy("已确认，答复期限自次日起算。"),
        "confirm",
        gettext_lazy(
            "网上、传真、电子邮件和平常信函的申请，以双方确认之日为收到之日（条例第三十一条）。"
        ),
    ),
    "correct_receipt": Asking(
        gettext_lazy("更正收到之日"),
        forms.CorrectReceiptForm,
        lambda user, case, _of, said: actions.correct_receipt(
            user, case, said["received_on"], said["reason"]
        ),
        gettext_lazy("已更正，期限已重新计算。"),
        "correct_receipt",
    ),
    "enclose": Asking(
        gettext_lazy("添加材料"),
        forms.EncloseForm,
        _enclose,
        gettext_lazy("已加入案卷。"),
        "enclose",
    ),
    "assign": Asking(
        gettext_lazy("交办"),
        forms.AssignForm,
        _assign,
        gettext_lazy("已交办，对方的联络员会看到。"),
        "assign",
        gettext_lazy("对方看不到申请人是谁。"),
    ),
    "remind": Asking(
        gettext_lazy("催办"),
        forms.OnForm,
        lambda user, _case, of, said: actions.remind(user, of, said["on"]),
        gettext_lazy("已催办。"),
        "assign",
        of=_row("assignments"),
    ),
    "recall_assignment": Asking(
        gettext_lazy("收回交办"),
        forms.NothingForm,
        lambda user, _case, of, _said: actions.recall_assignment(user, of),
        gettext_lazy("已收回。"),
        "assign",
        of=_row("assignments"),
        danger=True,
    ),
    "answer_assignment": Asking(
        gettext_lazy("回复交办"),
        forms.AnswerForm,
        lambda user, _case, of, said: actions.answer_assignment(user, of, said["reply"]),
        gettext_lazy("已回复。"),
        "answer_assignment",
        of=_row("assignments"),
    ),
    "ask_correction": Asking(
        gettext_lazy("告知补正"),
        forms.AskCorrectionForm,
        lambda user, case, _of, said: actions.ask_correction(
            user,
            case,
            said["points"],
            on=said["on"],
            guidance=said["guidance"],
            days=said["days"],
            reason=said["reason"],
        ),
        gettext_lazy("补正通知已制发，期限暂停。请在“文书”中送出。"),
        "ask_correction",
        gettext_lazy("收到申请之日起七个工作日内一次性告知（条例第三十条）。"),
    ),
    "record_correction": Asking(
        gettext_lazy("登记补正"),
        forms.RecordCorrectionForm,
        lambda user, case, _of, said: actions.record_correction(
            user, case, said["text"], on=said["on"]
        ),
        gettext_lazy("已登记，期限重新计算。"),
        "record_correction",
    ),
    "ask_reasons": Asking(
        gettext_lazy("要求说明理由"),
        forms.AskReasonsForm,
        lambda user, case, _of, said: actions.ask_reasons(
            user, case, said["why"], on=said["on"], days=said["days"]
        ),
        gettext_lazy("通知已制发，期限继续计算。"),
        "ask_reasons",
    ),
    "record_reasons": Asking(
        gettext_lazy("登记申请人说明的理由"),
        forms.RecordReasonsForm,
        lambda user, case, _of, said: actions.record_reasons(
            user, case, said["text"], on=said["on"], reasonable=said["reasonable"] == "yes"
        ),
        gettext_lazy("已登记。"),
        "record_reasons",
    ),
    "consult": Asking(
        gettext_lazy("征求意见"),
        forms.ConsultForm,
        _consult,
        gettext_lazy("征求意见书和告知书已制发。请在“文书”中送出。"),
        "consult",
        gettext_lazy(
            "第三方有十五个工作日；这段时间不计入答复期限（条例第三十二条、第三十三条）。"
        ),
    ),
    "record_delivery": Asking(
        gettext_lazy("登记征求意见书送达"),
        forms.OnForm,
        lambda user, _case, of, said: actions.record_delivery(user, of, on=said["on"]),
        gettext_lazy("已登记。"),
        "consult",
        of=_row("consultations"),
    ),
    "record_opinion": Asking(
        gettext_lazy("登记回复意见"),
        forms.OpinionForm,
        _opinion,
        gettext_lazy("已登记。"),
        "record_opinion",
        of=_row("consultations"),
    ),
    "judge_opinion": Asking(
        gettext_lazy("认定理由是否合理"),
        forms.JudgeForm,
        lambda user, _case, of, said: actions.judge_opinion(
            user,
            of,
            reasonable=said["reasonable"] == "yes",
            override_reason=said["override_reason"],
        ),
        gettext_lazy("已记录。"),
        "consult",
        of=_row("consultations"),
    ),
    "extend": Asking(
        gettext_lazy("延长答复期限"),
        forms.ExtendForm,
        lambda user, case, _of, said: actions.extend(
            user, case, said["days"], said["reason"], on=said["on"]
        ),
        gettext_lazy("已延长，延期告知书已制发。请在“文书”中送出。"),
        "extend",
    ),
    "delay": Asking(
        gettext_lazy("确定延迟答复的期限"),
        forms.DelayForm,
        lambda user, case, _of, said: actions.delay(
            user, case, said["until"], said["reason"], on=said["on"]
        ),
        gettext_lazy("已确定，告知书已制发。"),
        "delay",
    ),
    "charge": Asking(
        gettext_lazy("收取信息处理费"),
        forms.ChargeForm,
        _charge,
        gettext_lazy("收费通知已制发，期限暂停。请在“文书”中送出。"),
        "charge",
        gettext_lazy("按件或者按量计收，不得重复（国办函〔2020〕109号）。"),
    ),
    "record_payment": Asking(
        gettext_lazy("登记缴费"),
        forms.PaymentForm,
        lambda user, case, _of, said: actions.record_payment(
            user,
            case,
            on=said["on"],
            amount=said["amount"],
            receipt_number=said["receipt_number"],
        ),
        gettext_lazy("已登记。"),
        "record_payment",
    ),
    "refund": Asking(
        gettext_lazy("退费"),
        forms.RefundForm,
        lambda user, case, _of, said: actions.refund(
            user, case, on=said["on"], amount=said["amount"], reason=said["reason"]
        ),
        gettext_lazy("已登记。"),
        "refund",
    ),
    "waive": Asking(
        gettext_lazy("不再收费"),
        forms.ReasonForm,
        lambda user, case, _of, said: actions.waive(user, case, said["reason"]),
        gettext_lazy("已记录，期限不因收费暂停。"),
        "charge",
    ),
    "strike_fact": Asking(
        gettext_lazy("更正一条记录"),
        forms.ReasonForm,
        lambda user, _case, of, said: actions.strike_fact(user, of, said["reason"]),
        gettext_lazy("已更正，期限已重新计算。原记录保留。"),
        "strike_fact",
        of=_row("facts"),
        danger=True,
    ),
    "record_search": Asking(
        gettext_lazy("登记检索"),
        forms.SearchForm,
        lambda user, case, _of, said: actions.record_search(user, case, actions.Search(**said)),
        gettext_lazy("已登记。"),
        "record_search",
        gettext_lazy("答复信息不存在的，要能证明已经合理检索。"),
    ),
    "confer": Asking(
        gettext_lazy("登记会商"),
        forms.ConferForm,
        lambda user, case, _of, said: actions.confer(
            user, case, on=said["on"], participants=said["participants"], note=said["note"]
        ),
        gettext_lazy("已登记。"),
        "confer",
    ),
    "withdraw": Asking(
        gettext_lazy("登记申请人撤回"),
        forms.WithdrawForm,
        lambda user, case, _of, said: actions.withdraw(
            user, case, on=said["on"], in_writing=said["in_writing"]
        ),
        gettext_lazy("已办结：申请人撤回。"),
        "withdraw",
        danger=True,
    ),
    "abandon": Asking(
        gettext_lazy("逾期不再处理"),
        forms.AbandonForm,
        lambda user, case, _of, said: actions.abandon(user, case, said["what"], on=said["on"]),
        gettext_lazy("已拟稿，请送审。"),
        "abandon",
        danger=True,
    ),
    "recall": Asking(
        gettext_lazy("撤回送审"),
        forms.NothingForm,
        lambda user, case, _of, _said: actions.recall(user, case),
        gettext_lazy("已撤回，可以修改。"),
        "recall",
    ),
    "void": Asking(
        gettext_lazy("收回已签发的决定"),
        forms.ReasonForm,
        lambda user, case, _of, said: actions.void(user, case, said["reason"]),
        gettext_lazy("已收回，文书作废，文号不再使用。内容已成为新的草稿。"),
        "void",
        danger=True,
    ),
    "close": Asking(
        gettext_lazy("办结"),
        forms.NothingForm,
        lambda user, case, _of, _said: actions.close(user, case),
        gettext_lazy("已办结。"),
        "close",
    ),
    "file": Asking(
        gettext_lazy("归档"),
        forms.NothingForm,
        lambda user, case, _of, _said: actions.file(user, case),
        gettext_lazy("已归档。"),
        "file",
    ),
    "correct_line": Asking(
        gettext_lazy("更正台账"),
        forms.CorrectLineForm,
        lambda user, case, _of, said: actions.correct_line(
            user,
            case,
            outcome=said["outcome"],
            reason=said["reason"],
            on=said["on"],
            ground=said["ground"],
        ),
        gettext_lazy("已更正。原记录保留，年报按更正后的计。"),
        "correct_line",
    ),
    "reopen": Asking(
        gettext_lazy("重新办理"),
        appeals.ReopenForm,
        _reopen,
        gettext_lazy("已重新打开。原决定不再有效，案件不重复计数。"),
        "reopen",
        danger=True,
    ),
    "propose_publication": Asking(
        gettext_lazy("评估是否主动公开"),
        forms.ProposeForm,
        _propose,
        gettext_lazy("已记录。决定公开的，已在“文件”中建了草稿，照常审核。"),
        "propose_publication",
        gettext_lazy("公开后不出现申请人和申请内容（条例第四十四条）。"),
    ),
    "appeal": Asking(
        gettext_lazy("登记复议诉讼"),
        appeals.AppealForm,
        _appeal,
        gettext_lazy("已登记。"),
        "appeal",
    ),
    "set_copy": Asking(
        gettext_lazy("登记收到副本"),
        appeals.CopyForm,
        lambda user, _case, of, said: actions.set_copy(
            user, of, on=said["on"], procedure=Appeal.Procedure(said["procedure"])
        ),
        gettext_lazy("已登记。"),
        "appeal",
        of=_row("appeals"),
    ),
    "answer_appeal": Asking(
        gettext_lazy("登记提交答复（答辩）"),
        forms.OnForm,
        lambda user, _case, of, said: actions.answer_appeal(user, of, on=said["on"]),
        gettext_lazy("已登记。"),
        "appeal",
        of=_row("appeals"),
    ),
    "conclude": Asking(
        gettext_lazy("登记审理结果"),
        appeals.ConcludeForm,
        lambda user, _case, of, said: actions.conclude(
            user, of, said["code"], on=said["on"], ordered=said["ordered"], redo_by=said["redo_by"]
        ),
        gettext_lazy("已登记。"),
        "appeal",
        of=_row("appeals"),
    ),
}
