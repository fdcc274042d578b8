"""The next possible verbs of a revision, and for those not possible the reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy, ngettext

from gongkai.annual_report import actions
from gongkai.annual_report.models import OPEN, Revision, State, Step
from gongkai.annual_report.narrative import unfinished
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import Judged, undecided_errors
from gongkai.annual_report.rules import Verb
from gongkai.annual_report.speech import speech
from gongkai.annual_report.yearend.receiving import receiver
from gongkai.org.models import User

LABELS: dict[Verb, object] = {
    "freeze": gettext_lazy("定稿"),
    "submit": gettext_lazy("报送"),
    "publish": gettext_lazy("公布"),
    "unfreeze": gettext_lazy("退回草稿"),
    "revise": gettext_lazy("新建更正版"),
    "discard": gettext_lazy("删除草稿"),
}
DOES: dict[Verb, object] = {
    "freeze": gettext_lazy("由审核人定稿。"),
    "submit": gettext_lazy("由审核人报送。"),
    "publish": gettext_lazy("由审核人公布。"),
    "unfreeze": gettext_lazy("由审核人退回。"),
    "revise": gettext_lazy("由经办人更正。"),
    "discard": gettext_lazy("由经办人删除。"),
}
"""Whose part a verb is, for those who may not do it."""
STANDING = (Step.SUBMITTED, Step.ACCEPTED)
OFFERED: dict[str, tuple[Verb, ...]] = {
    "draft": ("freeze", "submit", "publish", "discard"),
    "frozen": ("submit", "publish", "unfreeze", "discard"),
    "published": ("revise",),
    "superseded": (),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb as a button; `why_not` says why it is not possible now, "" if it is.

    One that asks for something first (`asks`) has a page of its own.
    """

    verb: Verb
    label: str
    why_not: str
    primary: bool

    @property
    def asks(self) -> bool:
        return self.verb in {"publish", "discard"}


def steps(user: User, revision: Revision, judged: Sequence[Judged]) -> list[Offer]:
    """The verbs that belong to the state of the revision, in the order of the work."""
    refusals = actions.possible(user, revision)
    made: list[Offer] = []
    for verb in OFFERED[revision.state]:
        if verb == "submit" and receiver(revision.report.agency) is None:
            continue
        why = _why(verb, revision, judged, refusals[verb])
        first = not why and not any(step.primary for step in made) and verb != "discard"
        made.append(Offer(verb, str(LABELS[verb]), why, first))
    return made


def _why(
    verb: Verb, revision: Revision, judged: Sequence[Judged], refused: NotAllowedError | None
) -> str:
    if refused is not None and refused.reason == "role":
        return str(DOES[verb])
    if refused is not None:
        first = refused.reason == "not_frozen"
        return gettext("先定稿。") if first else refused.message(speech())
    if why := _held_up(verb, revision):
        return why
    if revision.state == State.DRAFT and verb in {"freeze", "submit"}:
        return _undecided(judged)
    if verb == "revise" and revision.report.revisions.filter(state__in=OPEN).exists():
        return NotAllowedError("has_draft").message(speech())
    return ""


def _undecided(judged: Sequence[Judged]) -> str:
    number = len(undecided_errors(judged))
    if not number:
        return ""
    words = ngettext(
        "还有 %(n)s 个错误没有处理。请更正，或逐项说明理由。",
        "还有 %(n)s 个错误没有处理。请更正，或逐项说明理由。",
        number,
    )
    return words % {"n": number}


def _held_up(verb: Verb, revision: Revision) -> str:
    """Why the revision is not submitted or taken back: it is with the office above, or its text is
    not written."""
    if verb not in {"submit", "unfreeze"}:
        return ""
    if revision.submissions.filter(step__in=STANDING).exists():
        return NotAllowedError("submitted").message(speech())
    return _unwritten(revision) if verb == "submit" else ""


def _unwritten(revision: Revision) -> str:
    left = len(unfinished(revision.texts()))
    words = ngettext("正文还有 %(n)s 处没有写。", "正文还有 %(n)s 处没有写。", left)
    return words % {"n": left} if left else ""


def asked(verb: Verb) -> str:
    """The question at the head of a verb's own page."""
    heads = {
        "publish": gettext("公布这一版"),
        "discard": gettext("删除这份草稿"),
        "identify": gettext("更正机关、年度或标题"),
    }
    return heads.get(verb, str(LABELS.get(verb, verb)))
