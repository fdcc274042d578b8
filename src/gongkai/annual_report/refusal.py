"""Why a verb was not carried out, in words for the person who asked."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "role",
    "agency_unknown",
    "year_unknown",
    "not_open",
    "not_draft",
    "not_frozen",
    "not_published",
    "frozen",
    "has_draft",
    "undecided",
    "note_missing",
    "reason_missing",
    "no_such_cell",
    "not_a_figure",
    "unchanged",
    "no_such_finding",
    "ruling_unknown",
    "changed_meanwhile",
    "no_form",
    "narrative_faulty",
    "narrative_unfinished",
    "nobody_to_submit_to",
    "submitted",
    "not_submitted",
    "own_submission",
    "nothing_below",
    "acceptance_note_missing",
    "already_submitted",
]

WORDS: dict[Reason, tuple[str, str]] = {
    "role": (
        "您在该机关没有办理此事的权限。请联系管理员。",
        "You hold no role at this agency that allows this. Ask an administrator.",
    ),
    "agency_unknown": (
        "无法从报告确定是哪个机关的年度报告。请选择机关后再上传。",
        "Which agency the report is of could not be told. Choose the agency and upload again.",
    ),
    "year_unknown": (
        "无法从报告确定年度。请填写年度后再上传。",
        "Which year the report is for could not be told. Enter the year and upload again.",
    ),
    "not_open": (
        "这一版已经公布，不能再改。如需更正，请新建更正版。",
        "This revision is published and no longer changes. Start a correction instead.",
    ),
    "not_draft": (
        "只有草稿可以修改。请先退回草稿。",
        "Only a draft can be changed. Return it to draft first.",
    ),
    "not_frozen": (
        "只有已定稿的版本可以公布或退回。请先定稿。",
        "Only a final revision can be published or returned. Make it final first.",
    ),
    "not_published": (
        "还没有公布的版本，无需更正版；请直接修改草稿。",
        "Nothing is published yet, so there is nothing to correct; change the draft instead.",
    ),
    "frozen": (
        "已有定稿待公布。请先退回草稿，再重新上传。",
        "A final revision is waiting to be published. Return it to draft, then upload again.",
    ),
    "has_draft": (
        "该报告已有未公布的草稿。请在草稿上修改，或先删除草稿。",
        "There already is an open draft of this report. Change that one or discard it first.",
    ),
    "undecided": (
        "还有未处理的错误。请更正，或逐项说明理由。",
        "Errors are still open. Correct them or give a reason for each.",
    ),
    "note_missing": (
        "更正版公布时必须写明更正说明，向社会公开。",
        "A correction is published with a public note that says what was corrected.",
    ),
    "reason_missing": ("请写明理由。", "Give the reason."),
    "no_such_cell": ("该格式没有这一格。", "The form has no such cell."),
    "not_a_figure": (
        "这一格只能填非负整数；金额和增减数按格式的规定填写。",
        "This cell takes a whole number, zero or more; amounts and changes as the form allows.",
    ),
    "unchanged": ("与原来一样，没有变化。", "It is what it already was."),
    "no_such_finding": (
        "没有这一条疑点，可能已因更正而消失。请刷新页面。",
        "There is no such finding; a correction may have removed it. Reload the page.",
    ),
    "ruling_unknown": (
        "处理方式只能是属实或不成立。",
        "The ruling is either accepted or dismissed.",
    ),
    "changed_meanwhile": (
        "其他人刚刚改动了这份报告。请刷新页面后再试。",
        "Somebody else has just changed this report. Reload the page and try again.",
    ),
    "no_form": (
        "该年度没有统一格式，不能由台账生成；可以上传已有的报告。",
        "There was no form for that year to compile a report in; upload the one there is.",
    ),
    "narrative_faulty": (
        "正文中引用的数字有误，请按所指位置改正。",
        "A figure in the text cannot be told; correct it at the place named.",
    ),
    "narrative_unfinished": (
        "正文还有待写的部分，写完后再报送。",
        "Parts of the text are still to be written; write them, then submit.",
    ),
    "nobody_to_submit_to": (
        "本机关在系统中没有接收年度报告的上级主管部门。",
        "There is no supervising office above this agency to submit the report to.",
    ),
    "submitted": (
        "报告已报送，正在审核或者已审核通过；须由主管部门退回后才能修改。",
        "The report is with the supervising office; it has to be returned before it can change.",
    ),
    "not_submitted": (
        "没有待审核的报送，可能已经处理。请刷新页面。",
        "There is no submission to decide about; it may have been decided. Reload the page.",
    ),
    "own_submission": (
        "报送人不能审核自己报送的报告。",
        "Nobody decides about a report that they submitted themselves.",
    ),
    "nothing_below": (
        "没有审核通过的下级单位报告，不能汇总。",
        "No report of an agency below has been accepted yet; there is nothing to roll up.",
    ),
    "acceptance_note_missing": (
        "报告里还有数字矛盾。审核通过要写明为什么可以通过。",
        "Figures of the report still disagree. Say why it is accepted all the same.",
    ),
    "already_submitted": (
        "报告已经报送或者公布，不用催报。",
        "The report has been submitted or published; there is nothing to remind of.",
    ),
}


class NotAllowedError(Exception):
    """A verb was refused and nothing was written.

    `reason` is a stable code; `detail` names the thing it is about. `status` is what a page
    answers with: 403 where the role is missing, 409 where the state of the report forbids it, 422
    where the input does not fit.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason: Reason = reason
        self.detail = detail

    @property
    def status(self) -> int:
        if self.reason == "role":
            return 403
        return 409 if self.reason in CONFLICTS else 422

    def message(self, language: str = "zh") -> str:
        """One sentence that says why and what to do, in "zh" or "en"."""
        text = WORDS[self.reason][0 if language.startswith("zh") else 1]
        if self.detail:
            text += f"（{self.detail}）" if language.startswith("zh") else f" ({self.detail})"
        return text

    def __str__(self) -> str:
        return self.message("en")


CONFLICTS: frozenset[Reason] = frozenset(
    {
        "not_open",
        "not_draft",
        "not_frozen",
        "not_published",
        "frozen",
        "has_draft",
        "undecided",
        "changed_meanwhile",
        "submitted",
        "not_submitted",
        "nothing_below",
        "already_submitted",
    }
)
