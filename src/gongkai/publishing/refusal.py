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
        "内容在送审后有了变化，这次审核不再有效。请重新送审。",
        "The content has changed since it was submitted; this review no longer holds. "
        "Submit it again.",
    ),
    "not_reviewed": (
        "这份文件还没有走完审核，不能公布。",
        "The document has not been through review and cannot be published.",
    ),
    "undecided": (
        "还有必须处理的疑点。请修改，或逐项说明为什么可以公开。",
        "Some findings must be decided first. Change the text or say for each why it may be public.",
    ),
    "incomplete": (
        "还有必填的内容没有填写。",
        "Required details are missing.",
    ),
    "too_early": (
        "合法性审核不得少于规定的工作日。紧急情况请写明理由。",
        "A review of legality takes at least the set number of working days. "
        "In an emergency give the reason.",
    ),
    "interpretation_missing": (
        "这类文件要与解读同步公布。请关联已审核的解读，或记录不作解读的理由。",
        "A document of this kind is published together with its interpretation. "
        "Relate one that has been approved, or record why there is none.",
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
        "The pattern is not valid: it needs {number} and may use {code}, {credit_code}, {year}, "
        "{kind}.",
    ),
    "number_taken": (
        "这个索引号已经用过。",
        "That index number has been used before.",
    ),
    "not_registered": (
        "这类文件不进入规范性文件登记。",
        "Documents of this kind are not entered into the register.",
    ),
    "campaign_closed": ("这次清理已经结束。", "The clean-up is closed."),
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
            "interpretation_missing",
            "already_public",
            "not_public",
            "not_scheduled",
            "campaign_closed",
            "campaign_undecided",
            "changed_meanwhile",
        }
    )
