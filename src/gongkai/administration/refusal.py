"""Why a verb of the administration was not carried out, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from gongkai.org.refusal import Refusal

Reason = Literal[
    "role",
    "root",
    "below_itself",
    "has_subordinates",
    "closed",
    "not_closed",
    "reason_missing",
    "unchanged",
    "changed_meanwhile",
    "own_account",
    "own_administration",
    "beyond_charge",
    "name_differs",
    "inactive",
    "not_inactive",
    "unit_elsewhere",
    "not_held",
    "bad_rows",
]


class NotAllowedError(Refusal):
    """A verb was refused and nothing was written."""

    WORDS: ClassVar[Mapping[str, tuple[str, str]]] = {
        "role": (
            "您不是该机关的管理员。请联系上级机关的管理员。",
            "You are no administrator of this agency. Ask one of its superior agency.",
        ),
        "root": (
            "只有系统的运行者可以设最上一级的机关。请选择上级机关。",
            "Only whoever runs the installation places an agency under nobody. Choose a superior.",
        ),
        "below_itself": (
            "机关不能移到自己或自己的下级之下。请另选上级。",
            "An agency cannot stand below itself or what is below it. Choose another superior.",
        ),
        "has_subordinates": (
            "下面还有存续的机关。请先撤销或移走它们。",
            "Agencies still exist below it. Close or move them first.",
        ),
        "closed": ("该机关或内设机构已撤销。请先恢复。", "It is closed. Reopen it first."),
        "not_closed": (
            "没有撤销，不用恢复；或者它的上级已撤销，请先恢复上级。",
            "It is not closed, or its superior is: reopen that first.",
        ),
        "reason_missing": ("请写明理由。", "Give the reason."),
        "unchanged": ("与原来一样，没有变化。", "It is what it already was."),
        "changed_meanwhile": (
            "其他人刚刚改动过。请核对现在的内容后再提交一次。",
            "Somebody else has just changed it. Look at what is there now and submit again.",
        ),
        "own_account": (
            "不能停用自己的账号。请另一位管理员办理。",
            "You cannot switch off your own account. Ask another administrator.",
        ),
        "own_administration": (
            "不能免去自己的管理员角色。请另一位管理员办理。",
            "You cannot give up your own role of administrator. Ask another administrator.",
        ),
        "beyond_charge": (
            "此人还在您管理范围以外任职，账号由上级的管理员办理。这里的任职您可以增减。",
            "This person also serves outside your charge: ask a superior's administrator.",
        ),
        "name_differs": (
            "这个用户名已有人使用，姓名与您填的不同。请核对，或换一个用户名。",
            "This user name is taken by somebody of another name. Check it or choose another.",
        ),
        "inactive": ("账号已停用。请先启用。", "The account is switched off. Switch it on first."),
        "not_inactive": ("账号没有停用。", "The account is not switched off."),
        "unit_elsewhere": (
            "该内设机构不属于这个机关，或已撤销。请另选。",
            "The unit is not of this agency, or is closed. Choose another.",
        ),
        "not_held": ("此人没有担任这个角色。", "The person does not hold this role."),
        "bad_rows": (
            "文件里有错，什么也没有导入。请改正后再试，或者只导入没有错的行。",
            "The file has errors; nothing was imported. Correct them, or take the good rows only.",
        ),
    }
    CONFLICTS: ClassVar[frozenset[str]] = frozenset(
        {
            "below_itself",
            "has_subordinates",
            "closed",
            "not_closed",
            "changed_meanwhile",
            "own_account",
            "own_administration",
            "beyond_charge",
            "inactive",
            "not_inactive",
            "not_held",
        }
    )

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
