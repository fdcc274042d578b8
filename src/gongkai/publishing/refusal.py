"""Why a verb of publishing was not carried out, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from gongkai.org.refusal import Refusal

WORDS: Mapping[str, tuple[str, str]] = {
    "role": (
        "您在该机关没有办理此事的权限。请联系管理员。",
        "You hold no role at this agency that allows this. Ask an administrator.",
    ),
    "stage": (
        "文件现在的状态不能办理此事。请刷新页面查看最新状态。",
        "The document is in a state that does not allow this. Reload the page to see it.",
    ),
    "own_draft": (
        "起草或修改过这份文件的人不能审核它。请由其他人审核。",
        "Whoever has written or changed a document may not review it. Somebody else has to.",
    ),
    "already_decided": (
        "您在这一轮中已经审核过一个环节，其余环节请由其他人审核。",
        "You have decided a step of this round already. The others are for other people.",
    ),
    "not_your_step": (
        "现在的环节不由您审核。",
        "The step that is due is not yours to decide.",
    ),
    "content_changed": (
        "您打开以后内容有了变化，这次没有通过也没有退回。请看新的内容（修改记录里有对比）再审。",
        (
            "The content has changed since you opened it; nothing was decided. "
            "Read it again (the versions show what changed), then decide."
        ),
    ),
    "not_reviewed": (
        "这份文件还没有走完审核，不能公布。",
        "The document has not been through review and cannot be published.",
    ),
    "undecided": (
        "还有必须处理的疑点。请修改，或逐项说明为什么可以公开。",
        "Some findings must be decided first. Change the text, or say why it may be public.",
    ),
    "incomplete": (
        "还有必填的内容没有填写。",
        "Required details are missing.",
    ),
    "too_early": (
        "合法性审核不得少于规定的工作日，最早在所示日期通过。紧急情况请勾选“紧急”并写明理由。",
        (
            "A review of legality takes at least the set number of working days; the earliest day "
            "is shown. In an emergency tick “urgent” and give the reason."
        ),
    ),
    "for_secrecy_reviewer": (
        "涉密标志只能由保密审查人处理。",
        "Only the secrecy reviewer decides about a marking of secrecy.",
    ),
    "unanswered": (
        "退回后内容没有改动，审核意见也没有答复。请修改，或答复审核意见，再送审。",
        "Nothing was changed and the remarks are not answered. Change the text or answer them.",
    ),
    "interpretation_missing": (
        "这类文件要与解读同步公布。请关联已审核的解读，或记录不作解读的理由。",
        (
            "A document of this kind is published together with its interpretation. "
            "Relate one that has been approved, or record why there is none."
        ),
    ),
    "not_proactive": (
        "这份文件不是主动公开，不能公布；请归档。",
        "The document is not for proactive disclosure and cannot be published; file it away.",
    ),
    "is_proactive": (
        "这份文件应当主动公开，不能只归档。",
        "The document is for proactive disclosure; it cannot just be filed away.",
    ),
    "formed_later": (
        "成文日期在今后，不能公布。",
        "The date of the document lies in the future; it cannot be published yet.",
    ),
    "already_public": ("这份文件已经公布。", "The document is public already."),
    "not_public": ("这份文件现在没有公布。", "The document is not public now."),
    "past": (
        "定时发布的时间要在今后。",
        "The time to publish has to lie in the future.",
    ),
    "not_scheduled": ("这份文件没有定时发布。", "The document is not scheduled."),
    "reason_missing": ("请写明理由。", "Give the reason."),
    "note_missing": (
        "请写明向社会公开的说明。",
        "Write the note that is shown to the public.",
    ),
    "note_findings": (
        "公开说明里有不能公开的内容。请删去或改写后再试。",
        "The note to the public holds what must not be public. Rewrite it without.",
    ),
    "unchanged": (
        "与已公布的一版没有区别。",
        "It is the same as the revision that is public.",
    ),
    "unknown_kind": ("没有这种体裁。", "There is no such kind of document."),
    "unknown_item": ("没有这一法定公开事项。", "The law has no such item."),
    "other_agency": (
        "目录事项不属于这个机关。",
        "The item belongs to the catalogue of another agency.",
    ),
    "bad_dates": (
        "日期前后矛盾，请核对成文、施行和失效日期。",
        "The dates contradict each other; check when it was made, took effect and expires.",
    ),
    "too_long": ("内容超过了长度限制。", "It is longer than allowed."),
    "file_refused": ("这个文件不能作为附件。", "This file cannot be attached."),
    "file_too_large": (
        "文件超过 200 MB。请压缩或拆分后再上传。",
        "The file is over 200 MB. Split or shrink it and upload again.",
    ),
    "no_such_file": ("没有这个附件。请刷新页面。", "There is no such attachment. Reload the page."),
    "no_such_finding": (
        "没有这一条疑点，可能已因修改而消失。请刷新页面。",
        "There is no such finding; a change may have removed it. Reload the page.",
    ),
    "not_cleanable": (
        "这一处不能自动清除。请在原文件中处理后重新上传。",
        "This cannot be removed automatically. Change the original and upload it again.",
    ),
    "same_document": ("文件不能与自己关联。", "A document cannot be related to itself."),
    "circular": (
        "这样会形成循环：对方已经直接或间接指向这份文件。",
        "That would make a circle: the other already leads to this document.",
    ),
    "repealed_before_made": (
        "废止或修改的日期早于该文件的成文日期。",
        "It would be repealed or amended before it was made.",
    ),
    "result_differs": (
        "正文中的清理结果表与所作的决定不一致，不能公布。请重新打开清理，再生成结果。",
        "The list of results is not what was decided. Reopen the clean-up and draft it again.",
    ),
    "not_subordinate": (
        "只能修改或废止本机关和下级机关的文件。",
        "Only documents of the agency itself and of those below it can be amended or repealed.",
    ),
    "no_such_relation": (
        "没有这个关系。请刷新页面。",
        "There is no such relation. Reload the page.",
    ),
    "not_interpretation": (
        "只有政策解读可以关联为解读。",
        "Only an interpretation can be related as one.",
    ),
    "bad_pattern": (
        "索引号规则写法不对，必须含 {number}，可用 {code}、{credit_code}、{year}、{kind}。",
        (
            "The pattern is not valid: it needs {number}; it may use {code}, {credit_code}, "
            "{year}, {kind}."
        ),
    ),
    "unknown_step": (
        "审核环节或角色不对，每个环节只能出现一次。",
        "That is no step or role of review; each step may occur once.",
    ),
    "mandatory_step": (
        "这个环节是必经的，不能去掉。",
        "This step is mandatory and cannot be left out.",
    ),
    "number_taken": (
        "这个索引号已经用过。",
        "That index number has been used before.",
    ),
    "not_registered": (
        "这类文件不进入规范性文件登记。",
        "Documents of this kind are not entered into the register.",
    ),
    "already_ended": (
        "这份文件那时已经失效或废止，不能再办理。",
        "By that day the document has lapsed or been repealed already.",
    ),
    "not_made_yet": (
        "日期早于该文件的成文日期。",
        "That day lies before the document was made.",
    ),
    "still_public": (
        "文件还在公布，不能撤销制发登记。请先撤回文件。",
        "The document is public, so that it counts as made. Withdraw it first.",
    ),
    "no_such_event": (
        "没有这条登记，或者已经撤销。请刷新页面。",
        "There is no such entry, or it has been revoked. Reload the page.",
    ),
    "by_relation": (
        "这条登记来自文件之间的关系。请取消那个关系。",
        "This entry follows from a relation between documents. Take that relation back.",
    ),
    "campaign_empty": (
        "基准日没有有效的规章或规范性文件，没有可清理的。",
        "Nothing was in force on that day, so there is nothing to decide about.",
    ),
    "campaign_closed": ("这次清理已经结束。", "The clean-up is closed."),
    "campaign_published": (
        "清理结果已经公布，不能重新打开。",
        "The result has been published; the clean-up cannot be reopened.",
    ),
    "not_in_campaign": (
        "这份文件不在这次清理的范围内。请刷新页面。",
        "The document is not part of this clean-up. Reload the page.",
    ),
    "future_month": (
        "这个月还没有到，不能填报。",
        "That month has not begun; it cannot be reported yet.",
    ),
    "ends_before_listed": (
        "目录事项的日期前后矛盾：终止日期早于列入日期。",
        "The item would end before it was listed.",
    ),
    "bad_period": (
        "所属期写法不对。年写 2026，季度写 2026Q1，月写 2026-03。",
        "Write a period as 2026, 2026Q1 or 2026-03.",
    ),
    "already_fulfilled": (
        "这项任务已经完成，不需要说明。",
        "The duty is fulfilled; nothing has to be excused.",
    ),
    "catalogue_not_empty": (
        "目录里已经有事项，不再套用参考目录。",
        "The catalogue has items already; the suggested one is only a beginning.",
    ),
    "bad_rows": (
        "有的行有错，什么也没有导入。请改正，或者只导入没有错的行。",
        "Some rows have mistakes and nothing was imported. Correct them or take only the others.",
    ),
    "campaign_undecided": (
        "还有文件没有清理意见。",
        "Some documents have not been decided about.",
    ),
    "bad_tally": (
        "数量要是不小于零的数；件数为整数，金额最多两位小数。",
        "The amount must be zero or more: whole for decisions, at most two decimals for money.",
    ),
    "code_taken": ("这个编号已经用过。", "That code is taken."),
    "bad_row": ("这一行有错。", "There is a mistake in this row."),
    "changed_meanwhile": (
        "其他人刚刚改动了这份文件。请刷新页面后再试。",
        "Somebody else has just changed this document. Reload the page and try again.",
    ),
}


class NotAllowedError(Refusal):
    """A verb of publishing was refused and nothing was written."""

    WORDS: ClassVar[Mapping[str, tuple[str, str]]] = WORDS
    CONFLICTS: ClassVar[frozenset[str]] = frozenset(
        {
            "stage",
            "own_draft",
            "already_decided",
            "not_your_step",
            "content_changed",
            "not_reviewed",
            "undecided",
            "too_early",
            "unanswered",
            "interpretation_missing",
            "already_public",
            "not_public",
            "not_scheduled",
            "already_ended",
            "still_public",
            "by_relation",
            "campaign_closed",
            "campaign_published",
            "campaign_undecided",
            "already_fulfilled",
            "catalogue_not_empty",
            "changed_meanwhile",
        }
    )
