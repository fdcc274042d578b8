"""The verbs of publishing. Each one checks, writes and records in one transaction.

Every verb raises NotAllowedError, with the reason, where the role is missing, the stage forbids it
or the input does not fit; then nothing is written. A stage is assigned nowhere else.
"""

from __future__ import annotations

from gongkai.publishing.actions.allowing import PERMISSION, possible
from gongkai.publishing.actions.drafting import (
    Saved,
    amend,
    attach,
    create,
    detach,
    discard,
    reorder,
    save,
)
from gongkai.publishing.actions.registering import lapse_due, make_duties
from gongkai.publishing.actions.relating import relate, unrelate
from gongkai.publishing.actions.releasing import (
    exempt,
    file_away,
    publish,
    publish_due,
    schedule,
    unschedule,
)
from gongkai.publishing.actions.reviewing import (
    answer,
    approve,
    judge,
    recall,
    remark,
    retract,
    send_back,
    submit,
    why_not_decide,
)
from gongkai.publishing.actions.withdrawing import withdraw

__all__ = [
    "PERMISSION",
    "Saved",
    "amend",
    "answer",
    "approve",
    "attach",
    "create",
    "detach",
    "discard",
    "exempt",
    "file_away",
    "judge",
    "lapse_due",
    "make_duties",
    "possible",
    "publish",
    "publish_due",
    "recall",
    "relate",
    "remark",
    "reorder",
    "retract",
    "save",
    "schedule",
    "send_back",
    "submit",
    "unrelate",
    "unschedule",
    "why_not_decide",
    "withdraw",
]
