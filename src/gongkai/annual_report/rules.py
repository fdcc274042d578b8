"""Which verb a revision's state allows. Plain values; roles are another matter."""

from __future__ import annotations

from typing import Literal

from gongkai.annual_report.refusal import Reason

Verb = Literal[
    "correct",
    "identify",
    "judge",
    "narrate",
    "freeze",
    "unfreeze",
    "submit",
    "publish",
    "discard",
    "revise",
]

VERBS_BY_STATE: dict[str, tuple[Verb, ...]] = {
    "draft": ("correct", "identify", "judge", "narrate", "freeze", "submit", "discard"),
    "frozen": ("unfreeze", "submit", "publish"),
    "published": ("revise",),
    "superseded": (),
}


def refusal(verb: Verb, state: str) -> Reason | None:
    """Why the state forbids the verb; None if it does not."""
    if verb in VERBS_BY_STATE[state]:
        return None
    if verb == "revise":
        return "not_published"
    if state in {"published", "superseded"}:
        return "not_open"
    return "not_frozen" if verb in {"unfreeze", "publish"} else "not_draft"


Decision = Literal["accept", "return"]
DECISIONS_BY_STEP: dict[str, tuple[Decision, ...]] = {
    "submitted": ("accept", "return"),
    "accepted": ("return",),
    "returned": (),
    "replaced": (),
}
"""What the supervising office may do with a submission; what it accepted it may still return as
long as it is not public."""
