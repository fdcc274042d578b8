"""Why a token was not given or taken back, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from gongkai.org.refusal import Refusal


class NotAllowedError(Refusal):
    """A verb was refused and nothing was written."""

    WORDS: ClassVar[Mapping[str, tuple[str, str]]] = {
        "role": (
            "您不是该机关的管理员。请联系上级机关的管理员。",
            "You are no administrator of this agency. Ask one of its superior agency.",
        ),
        "name_missing": (
            "请写明令牌给哪个系统用。",
            "Say which system the token is for.",
        ),
        "writes_nothing": (
            "这个账号在该机关没有拟稿的角色。请先任命为拟稿人，或者另选账号。",
            "The account may not draft at this agency. Appoint it a drafter or choose another.",
        ),
        "revoked": ("这个令牌已经停用。", "The token has been revoked already."),
    }
    CONFLICTS: ClassVar[frozenset[str]] = frozenset({"revoked"})
