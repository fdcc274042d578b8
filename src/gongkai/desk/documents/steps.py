"""The next possible verbs of a document, and for those not possible the reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy, ngettext

from gongkai.annual_report.speech import speech
from gongkai.org.models import User
from gongkai.publishing import actions
from gongkai.publishing.document.models import Disclosure, Document
from gongkai.publishing.document.rules import Verb
from gongkai.publishing.permissions import DRAFT, PUBLISH, RELATE, WITHDRAW
from gongkai.publishing.publication.models import Schedule
from gongkai.publishing.publication.queries import interpretation_missing
from gongkai.publishing.refusal import NotAllowedError

LABELS: dict[str, object] = {
    "edit": gettext_lazy("修改"),
    "submit": gettext_lazy("送审"),
    "recall": gettext_lazy("撤回送审"),
    "publish": gettext_lazy("公布"),
    "schedule": gettext_lazy("定时发布"),
    "unschedule": gettext_lazy("取消定时发布"),
    "file_away": gettext_lazy("归档"),
    "amend": gettext_lazy("修订"),
    "withdraw": gettext_lazy("撤下"),
    "discard": gettext_lazy("作废"),
    "relate": gettext_lazy("关联文件"),
    "exempt": gettext_lazy("不作解读"),
}
DOES: dict[str, object] = {
    DRAFT: gettext_lazy("由拟稿人或公开办经办人办理。"),
    PUBLISH: gettext_lazy("由公开办办理。"),
    WITHDRAW: gettext_lazy("由公开办负责人或管理员办理。"),
    RELATE: gettext_lazy("由拟稿人或公开办办理。"),
}
"""Whose part a verb is, by the permission it needs."""
OFFERED: dict[str, tuple[Verb, ...]] = {
    "draft": ("submit", "edit", "relate", "discard"),
    "returned": ("edit", "submit", "relate", "discard"),
    "in_review": ("recall", "relate"),
    "approved": ("publish", "schedule", "unschedule", "file_away", "edit", "recall", "relate"),
    "settled": ("amend", "relate", "withdraw"),
    "discarded": (),
}
PAGES = frozenset({"publish", "schedule", "discard", "withdraw", "relate", "exempt"})
"""Verbs that ask for something first, each on a page of its own."""
RED = frozenset({"discard", "withdraw"})


@dataclass(frozen=True, slots=True)
class Step:
    """A verb as a button; `why_not` says why it is not possible now, "" if it is."""

    verb: str
    label: str
    why_not: str
    primary: bool

    @property
    def link(self) -> str:
        """The name of the page to go to; "" where the button acts at once."""
        if self.verb == "edit":
            return "desk:document_edit"
        return f"desk:document_{self.verb}" if self.verb in PAGES else ""

    @property
    def post(self) -> str:
        """The name of the address the button is sent to."""
        return f"desk:document_{self.verb}"

    @property
    def destructive(self) -> bool:
        return self.verb in RED


def steps(user: User, document: Document, missing: Sequence[str]) -> list[Step]:
    """The verbs that belong to the stage of the document, in the order of the work.

    `missing` are the labels of the required details that are not filled.
    """
    made: list[Step] = []
    refusals = actions.possible(user, document)
    scheduled = Schedule.objects.filter(document=document).exists()
    for verb in _offered(document, scheduled=scheduled):
        why = _why(verb, document, refusals[verb], missing)
        first = not why and verb not in {*RED, "relate", "recall"}
        primary = first and not any(step.primary for step in made)
        made.append(Step(verb, _label(verb, document), why, primary))
    if interpretation_missing(document) and document.stage != "discarded":
        role = refusals["relate"]
        why = str(DOES[RELATE]) if role and role.reason == "role" else ""
        made.append(Step("exempt", str(LABELS["exempt"]), why, primary=False))
    return made


def _offered(document: Document, *, scheduled: bool) -> list[Verb]:
    """What makes sense for the document: what is withheld is filed away, not published."""
    verbs = list(OFFERED[document.stage])
    proactive = document.head is None or document.head.disclosure == Disclosure.PROACTIVE
    public = document.publications.filter(state="public").exists()
    passed_over: set[str] = {"file_away"} if proactive else {"publish", "schedule"}
    passed_over.add("schedule" if scheduled else "unschedule")
    if not public:
        passed_over.add("withdraw")
    elif "withdraw" not in verbs:
        verbs.append("withdraw")
    return [verb for verb in verbs if verb not in passed_over]


def _label(verb: str, document: Document) -> str:
    if verb == "submit" and document.stage == "returned":
        return gettext("重新送审")
    return str(LABELS[verb])


def _why(
    verb: Verb, document: Document, refused: NotAllowedError | None, missing: Sequence[str]
) -> str:
    if refused is not None and refused.reason == "role":
        return str(DOES.get(actions.PERMISSION[verb], refused.message(speech())))
    if refused is not None:
        return refused.message(speech())
    if verb == "submit" and missing:
        return ngettext(
            "还缺 %(n)s 项：%(names)s。", "还缺 %(n)s 项：%(names)s。", len(missing)
        ) % {"n": len(missing), "names": gettext("、").join(missing)}
    if verb in {"publish", "schedule"} and interpretation_missing(document):
        return NotAllowedError("interpretation_missing").message(speech())
    return ""
