"""The next possible verbs of a case, and for those not possible the reason in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework import permissions
from gongkai.casework.actions.allowing import PERMISSION, possible
from gongkai.casework.actions.clocked import standing
from gongkai.casework.actions.closing import unsent_letters
from gongkai.casework.application.clocking import round_of
from gongkai.casework.application.models import Case, FactKind
from gongkai.casework.application.rules import VERBS_BY_STAGE, Verb
from gongkai.casework.clock.due import Due
from gongkai.casework.decision.models import Provided
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

LABELS: dict[str, object] = {
    "confirm": gettext_lazy("确认收到"),
    "ask_confirmation": gettext_lazy("要求确认收到"),
    "take_up": gettext_lazy("受理"),
    "draft": gettext_lazy("拟写处理决定"),
    "hand_in": gettext_lazy("送审"),
    "check": gettext_lazy("审核"),
    "sign": gettext_lazy("签发"),
    "recall": gettext_lazy("撤回送审"),
    "dispatch": gettext_lazy("送出文书"),
    "record_service": gettext_lazy("登记送达"),
    "close": gettext_lazy("办结"),
    "file": gettext_lazy("归档"),
    "reopen": gettext_lazy("重新办理"),
    "assign": gettext_lazy("交办"),
    "hand_over": gettext_lazy("移交经办人"),
    "name_earlier": gettext_lazy("指明重复的申请"),
    "record_search": gettext_lazy("登记检索"),
    "confer": gettext_lazy("登记会商"),
    "ask_correction": gettext_lazy("告知补正"),
    "record_correction": gettext_lazy("登记补正"),
    "consult": gettext_lazy("征求意见"),
    "ask_extension": gettext_lazy("申请延期"),
    "extend": gettext_lazy("延长期限"),
    "ask_reasons": gettext_lazy("要求说明理由"),
    "record_reasons": gettext_lazy("登记理由"),
    "delay": gettext_lazy("延迟答复"),
    "charge": gettext_lazy("收取信息处理费"),
    "record_payment": gettext_lazy("登记缴费"),
    "refund": gettext_lazy("退费"),
    "abandon": gettext_lazy("逾期不再处理"),
    "withdraw": gettext_lazy("申请人撤回"),
    "enclose": gettext_lazy("添加材料"),
    "correct_receipt": gettext_lazy("更正收到日期"),
    "correct_applicant": gettext_lazy("更正申请人信息"),
    "correct_line": gettext_lazy("更正台账"),
    "void": gettext_lazy("收回决定"),
    "appeal": gettext_lazy("登记复议诉讼"),
    "propose_publication": gettext_lazy("建议主动公开"),
}
"""In the order of the work; what is listed first is shown first."""
DOES: dict[str, object] = {
    permissions.RECEIVE: gettext_lazy("由公开办经办人办理。"),
    permissions.HANDLE: gettext_lazy("由公开办经办人办理。"),
    permissions.EXTEND: gettext_lazy("由公开工作机构负责人办理。"),
    permissions.CORRECT: gettext_lazy("由公开工作机构负责人办理。"),
    permissions.SIGN: gettext_lazy("由签发人签发。"),
    permissions.DISPATCH: gettext_lazy("由公开办经办人办理。"),
    permissions.APPEAL: gettext_lazy("由公开办或合法性审核人员办理。"),
}
"""Whose part a verb is, by the permission it needs."""
HINTS: dict[str, object] = {
    "take_up": gettext_lazy("由您经办"),
    "assign": gettext_lazy("请业务机构查找、回复"),
}
FIRST: dict[str, tuple[str, ...]] = {
    "submitted": ("confirm", "ask_confirmation"),
    "registered": ("take_up", "ask_correction", "assign", "draft"),
    "examining": ("draft", "assign", "record_search", "ask_correction", "consult"),
    "drafting": ("hand_in", "draft", "assign", "record_search"),
    "checking": ("check", "recall"),
    "signing": ("sign", "check", "recall"),
    "signed": ("dispatch", "void"),
    "dispatched": ("record_service", "close"),
    "served": ("close",),
    "closed": ("file", "reopen"),
    "filed": ("reopen",),
}
"""What is mostly done next at a stage; the rest is folded away below."""
ELSEWHERE = frozenset({"answer_assignment", "record_opinion", "strike_fact"})
"""Verbs that stand at the line they are about."""
PAGES: dict[str, str] = {
    "draft": "desk:case_decision",
    "hand_in": "desk:case_decision",
    "check": "desk:case_review",
    "sign": "desk:case_review",
    "dispatch": "desk:case_letters",
    "record_service": "desk:case_letters",
}
"""Verbs that have a page of their own; the others have a form."""
AWAITED = {
    "record_correction": ("correction", "correction_not_pending"),
    "record_payment": ("fee", "nothing_to_pay"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A verb as a button; `why_not` says why it is not possible now, "" if it is."""

    verb: str
    label: str
    why_not: str
    primary: bool = False

    @property
    def page(self) -> str:
        """The name of a page of its own; "" for one that only has a form."""
        return PAGES.get(self.verb, "")

    @property
    def slug(self) -> str:
        """The verb as it stands in an address."""
        return self.verb.replace("_", "-")

    @property
    def hint(self) -> str:
        """What the verb means, for one that is mistaken for another; "" for most."""
        return str(HINTS.get(self.verb, ""))

    @property
    def destructive(self) -> bool:
        return self.verb in {"withdraw", "void", "abandon"}


def steps(user: User, case: Case, found: Due | None) -> tuple[list[Step], list[Step]]:
    """What is mostly done next, and everything else the stage or the law has for the case."""
    refusals = possible(user, case)
    usual = [verb for verb in FIRST[case.stage] if verb in LABELS]
    others = [v for v in LABELS if v not in usual and _belongs(v, case)]
    first = [_step(verb, case, found, refusals) for verb in usual]
    primary = next((step.verb for step in first if not step.why_not), "")
    marked = [Step(s.verb, s.label, s.why_not, s.verb == primary) for s in first]
    return marked, [_step(verb, case, found, refusals) for verb in others]


def why_not(verb: str, case: Case, found: Due | None) -> str:
    """Why the law does not have the verb for the case now, as a code; "" if it does."""
    check = CHECKS.get(verb)
    if verb in AWAITED:
        what, reason = AWAITED[verb]
        return "" if _awaits(found, what) else reason
    return check(case, found) if check else ""


def _belongs(verb: str, case: Case) -> bool:
    return verb in VERBS_BY_STAGE[case.stage]


def _step(
    verb: str,
    case: Case,
    found: Due | None,
    refusals: dict[Verb, NotAllowedError | None],
) -> Step:
    refused = refusals.get(verb)  # type: ignore[call-overload]
    if refused is not None and refused.reason == "role":
        permission = PERMISSION[verb]  # type: ignore[index]
        why = str(DOES.get(permission, refused.message(speech())))
    elif refused is not None:
        why = refused.message(speech())
    else:
        reason = why_not(verb, case, found)
        why = NotAllowedError(reason).message(speech()) if reason else ""
    return Step(verb, str(LABELS[verb]), why)


def _awaits(found: Due | None, what: str) -> bool:
    return any(one.what == what for one in found.waiting_for) if found else False


def _extend(case: Case, found: Due | None) -> str:
    if found and found.opening.until:
        return "order_not_extended"
    if standing(case, FactKind.EXTENDED):
        return "extended_already"
    return "extension_late" if found and found.state == "overdue" else ""


def _ask_correction(_case: Case, found: Due | None) -> str:
    if found and found.state == "overdue":
        return "time_over"
    return "correction_pending" if _awaits(found, "correction") else ""


def _asked(case: Case) -> bool:
    asked = standing(case, FactKind.REASONS_REQUESTED)
    return len(asked) > len(standing(case, FactKind.REASONS_GIVEN))


def _delay(case: Case, found: Due | None) -> str:
    if found and found.opening.until:
        return "order_not_extended"
    heard = standing(case, FactKind.REASONS_GIVEN)
    return "" if heard and heard[-1].details.get("reasonable") else "reasons_round_missing"


def _charge(case: Case, _found: Due | None) -> str:
    charged = case.charges.filter(waived_reason="", round=round_of(case))
    return "charged_already" if charged.exists() else ""


def _refund(case: Case, _found: Due | None) -> str:
    paid = case.charges.exclude(paid_amount=None).filter(refunded_on=None)
    return "" if paid.exists() else "nothing_to_refund"


def _abandon(_case: Case, found: Due | None) -> str:
    return "" if found and found.lapsed else "correction_not_lapsed"


def _close(case: Case, _found: Due | None) -> str:
    if not case.answered_on:
        return "not_answered"
    return "letters_unsent" if unsent_letters(case).exists() else ""


def _propose(case: Case, _found: Due | None) -> str:
    given = Provided.objects.filter(decision__case=case, decision__state="signed", proposals=None)
    return "" if given.exists() else "not_proposable"


CHECKS: dict[str, Callable[[Case, Due | None], str]] = {
    "ask_extension": _extend,
    "extend": _extend,
    "ask_correction": _ask_correction,
    "ask_reasons": lambda case, _found: "reasons_pending" if _asked(case) else "",
    "record_reasons": lambda case, _found: "" if _asked(case) else "reasons_round_missing",
    "delay": _delay,
    "charge": _charge,
    "refund": _refund,
    "abandon": _abandon,
    "close": _close,
    "propose_publication": _propose,
}
