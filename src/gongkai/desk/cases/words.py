"""What the verbs, outcomes and facts of a case are called on the pages of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.law.citing import cited
from gongkai.law.dated import NotInForceError
from gongkai.law.grounds import ground
from gongkai.law.letters import letter
from gongkai.law.outcomes import outcome

VERBS: dict[str, tuple[object, tuple[str, ...]]] = {
    "apply": (gettext_lazy("网上提交申请"), ("条例29",)),
    "receive": (gettext_lazy("登记申请"), ("条例29", "条例45")),
    "receive_lapsed": (gettext_lazy("逾期未确认，按口径视为收到"), ("条例31",)),
    "ask_confirmation": (gettext_lazy("要求确认收到"), ("条例31",)),
    "confirm": (gettext_lazy("双方确认收到"), ("条例31",)),
    "correct_receipt": (gettext_lazy("更正收到日期"), ("条例31",)),
    "correct_applicant": (gettext_lazy("更正申请人信息"), ()),
    "amend_contact": (gettext_lazy("申请人自己更改联系方式"), ("条例29",)),
    "enclose": (gettext_lazy("添加材料"), ("条例45",)),
    "take_up": (gettext_lazy("受理承办"), ("条例45",)),
    "hand_over": (gettext_lazy("移交经办人"), ("条例45",)),
    "name_earlier": (gettext_lazy("指明重复的申请"), ("条例36",)),
    "assign": (gettext_lazy("交办"), ("条例45",)),
    "recall_assignment": (gettext_lazy("收回交办"), ()),
    "answer_assignment": (gettext_lazy("回复交办"), ("条例45",)),
    "remind": (gettext_lazy("催办"), ()),
    "ask_correction": (gettext_lazy("告知补正"), ("条例30",)),
    "record_correction": (gettext_lazy("收到补正"), ("条例30",)),
    "ask_reasons": (gettext_lazy("要求说明理由"), ("条例35",)),
    "record_reasons": (gettext_lazy("收到说明的理由"), ("条例35",)),
    "consult": (gettext_lazy("征求意见"), ("条例32", "条例34")),
    "record_delivery": (gettext_lazy("征求意见书送达"), ("条例32",)),
    "record_opinion": (gettext_lazy("登记回复意见"), ("条例32", "条例34")),
    "judge_opinion": (gettext_lazy("认定理由是否合理"), ("条例32",)),
    "ask_extension": (gettext_lazy("申请延期"), ("条例33(2)",)),
    "refuse_extension": (gettext_lazy("不同意延期"), ("条例33(2)",)),
    "leave_unasked": (gettext_lazy("写明没有征求第三方意见的理由"), ("条例32",)),
    "ask_after_all": (gettext_lazy("撤销没有征求意见的记录"), ("条例32",)),
    "extend": (gettext_lazy("延长期限"), ("条例33(2)",)),
    "delay": (gettext_lazy("确定延迟答复的期限"), ("条例35",)),
    "charge": (gettext_lazy("通知缴费"), ("条例42",)),
    "record_payment": (gettext_lazy("收到缴费"), ("条例42",)),
    "refund": (gettext_lazy("退费"), ("条例42",)),
    "waive": (gettext_lazy("不再收费"), ("条例42",)),
    "strike_fact": (gettext_lazy("更正一条记录"), ()),
    "record_search": (gettext_lazy("登记检索"), ("条例36",)),
    "confer": (gettext_lazy("登记会商"), ()),
    "draft": (gettext_lazy("拟写处理决定"), ("条例36",)),
    "hand_in": (gettext_lazy("送审"), ("条例17",)),
    "recall": (gettext_lazy("撤回送审"), ()),
    "check": (gettext_lazy("审核"), ("条例17",)),
    "sign": (gettext_lazy("签发"), ("条例36",)),
    "void": (gettext_lazy("收回已签发的决定"), ()),
    "provide": (gettext_lazy("添加要提供的文件"), ("条例40",)),
    "judge_file": (gettext_lazy("处理文件中的疑点"), ("条例17",)),
    "take_off": (gettext_lazy("不再提供文件"), ()),
    "clean": (gettext_lazy("清除隐藏内容"), ()),
    "blacken": (gettext_lazy("涂黑不予公开的内容"), ("条例37",)),
    "issue_letter": (gettext_lazy("制发文书"), ()),
    "void_letter": (gettext_lazy("文书作废"), ()),
    "open_letter": (gettext_lazy("打开文书"), ()),
    "dispatch": (gettext_lazy("送出文书"), ("条例40",)),
    "record_service": (gettext_lazy("登记送达"), ("条例40",)),
    "letter_opened": (gettext_lazy("申请人查看文书"), ("条例40",)),
    "answer": (gettext_lazy("答复"), ("条例33",)),
    "answer_anew": (gettext_lazy("重新答复"), ("条例33",)),
    "close": (gettext_lazy("办结"), ("条例45",)),
    "file": (gettext_lazy("归档"), ("条例45",)),
    "reopen": (gettext_lazy("重新办理"), ()),
    "withdraw": (gettext_lazy("申请人撤回"), ()),
    "abandon": (gettext_lazy("拟不再处理"), ("条例30",)),
    "correct_line": (gettext_lazy("更正台账"), ()),
    "open_person": (gettext_lazy("查看申请人信息"), ()),
    "open_enclosure": (gettext_lazy("打开材料"), ()),
    "open_appeal": (gettext_lazy("登记复议诉讼"), ("条例51",)),
    "appeal_copy": (gettext_lazy("登记收到副本"), ()),
    "answer_appeal": (gettext_lazy("提交答复（答辩）"), ()),
    "conclude_appeal": (gettext_lazy("登记审理结果"), ()),
    "carry_out_appeal": (gettext_lazy("登记已按要求履行"), ()),
    "amend_appeal": (gettext_lazy("更正复议诉讼登记"), ()),
    "strike_appeal": (gettext_lazy("复议诉讼登记作废"), ()),
    "anonymise_appeal": (gettext_lazy("保管期限届满，删除文字"), ()),
    "correct_round": (gettext_lazy("更正重新办理"), ()),
    "propose_publication": (gettext_lazy("建议主动公开"), ("条例44",)),
    "warn": (gettext_lazy("提醒期限"), ("条例33",)),
    "calendar": (gettext_lazy("工作日历变动，重新计算期限"), ("条例33",)),
    "migrate": (gettext_lazy("由原有台账迁入"), ("条例45",)),
    "anonymise": (gettext_lazy("保管期限届满，删除个人信息"), ()),
    "find_named": (gettext_lazy("按姓名查找申请"), ()),
    "subscribe": (gettext_lazy("取得日历订阅地址"), ()),
    "unsubscribe": (gettext_lazy("停用日历订阅地址"), ()),
    "set_practice": (gettext_lazy("设定办理口径"), ()),
    "put_seal": (gettext_lazy("启用印章"), ()),
    "export_archive": (gettext_lazy("导出案卷"), ("条例45",)),
    "export_evidence": (pgettext_lazy("trail", "导出证据材料"), ()),
    "export_list": (gettext_lazy("导出申请列表"), ()),
}
"""By the verb of the trail after "casework.": what was done, and under which articles."""

BY_CODE = {f"casework.{verb}": said for verb, (said, _) in VERBS.items()}
"""By the whole code of the trail, what was done."""


def verb_label(verb: str) -> str:
    """What was done; the code itself where there is no word for it."""
    known = VERBS.get(verb.removeprefix("casework."))
    return str(known[0]) if known else verb


def articles(verb: str) -> str:
    """By which articles it is done, in words; "" where none says so."""
    known = VERBS.get(verb.removeprefix("casework."))
    return cited_all(known[1] if known else ())


def cited_all(shorts: Iterable[str]) -> str:
    """The references in words, one after another."""
    return gettext("、").join(cited(short, speech()) for short in shorts)


def outcome_label(code: str, on: date) -> str:
    """The outcome by its plain name; "" for none."""
    try:
        return outcome(code, on=on).words(speech()) if code else ""
    except (KeyError, NotInForceError):
        return code


def ground_label(code: str, on: date) -> str:
    """The ground by its name; "" for none."""
    try:
        return ground(code, on=on).words(speech()) if code else ""
    except (KeyError, NotInForceError):
        return code


def letter_label(code: str, on: date) -> str:
    """What a kind of letter is called; the code itself where there is none."""
    try:
        return letter(code, on=on).words(speech())
    except (KeyError, NotInForceError):
        return code
