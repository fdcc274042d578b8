"""Who did what to a case and when, by which article, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from gongkai.casework.actions.extending import WHY_LONGER
from gongkai.casework.actions.opening import WHY
from gongkai.casework.appeal.models import AppealOutcome
from gongkai.casework.application.models import Case, EnclosureKind
from gongkai.casework.decision.models import Check, Opinion
from gongkai.desk.appeals.amending import labels
from gongkai.desk.cases import words
from gongkai.org.models import User
from gongkai.trail import queries as trail
from gongkai.trail.models import Entry

OPENINGS = frozenset({"casework.open_person", "casework.open_enclosure", "casework.open_letter"})
"""Lines that tell who looked, not what was done."""
BY_APPLICANT = frozenset(
    f"casework.{verb}"
    for verb in (
        "apply",
        "amend_contact",
        "record_correction",
        "enclose",
        "withdraw",
        "letter_opened",
    )
)
"""What is done without an account on the applicant's own pages."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    entry: Entry
    verb: str
    facts: tuple[tuple[str, str], ...]
    basis: str

    @property
    def opening(self) -> bool:
        return self.entry.verb in OPENINGS

    @property
    def who(self) -> str:
        """Who did it; without an account that was the applicant, or nobody but the system."""
        if self.entry.actor_name:
            return self.entry.actor_name
        return gettext("申请人") if self.entry.verb in BY_APPLICANT else gettext("系统")


def lines(case: Case) -> list[Line]:
    """Everything that was done to the case, newest first."""
    return in_words(trail.about(case).order_by("-sequence"))


def in_words(entries: Iterable[Entry]) -> list[Line]:
    """The lines of the trail in words, in their order."""
    return [
        Line(
            entry,
            words.verb_label(entry.verb),
            tuple(_facts(entry.details)),
            words.articles(entry.verb),
        )
        for entry in entries
    ]


def mark(case: Case) -> str:
    """The number of the last line that changed the case: a form made from it holds until the
    next. Looking at personal data changes nothing."""
    last = trail.about(case).exclude(verb__in=OPENINGS).order_by("-sequence").first()
    return str(last.sequence) if last else "0"


def _facts(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, label in NAMED.items():
        if details.get(name) not in (None, "", []):
            yield str(label), _said(details[name])
    for name, choices, label in CHOSEN:
        if name in details:
            yield str(label), str(dict(choices).get(details[name], details[name]))
    if details.get("before_arrival"):
        yield gettext("没有送达凭证"), gettext("写明理由后办结，理由见“文书”")
    if "enclosure" in details and "kind" in details:
        yield gettext("材料"), str(EnclosureKind(details["kind"]).label)
    yield from _handed_over(details)
    yield from _amended(details)
    if "approved" in details:
        yield gettext("结论"), gettext("通过") if details["approved"] else gettext("退回")
    outcome = str(details.get("outcome", ""))
    if outcome in AppealOutcome.values:
        yield gettext("审理结果"), str(AppealOutcome(outcome).label)
    elif outcome:
        yield gettext("处理结果"), words.outcome_label(outcome, timezone.localdate())


def _handed_over(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The trail has their keys."""
    if "officer_before" in details:
        keys = (details["officer_before"], details["officer"])
        people = User.objects.in_bulk([key for key in keys if key])
        for label, key in zip((gettext("原经办人"), gettext("移交给")), keys, strict=True):
            if key in people:
                yield label, people[key].get_full_name()


def _amended(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "fields" in details:
        yield gettext("更正的内容"), labels(details["fields"])
    for key, label in (
        ("contact", gettext("更改的内容")),
        ("contact_removed", gettext("删除的内容")),
    ):
        if key in details:
            yield label, gettext("、").join(str(CONTACT[name]) for name in details[key])


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    return gettext("、").join(map(str, value)) if isinstance(value, list) else str(value)


NAMED = {
    "on": gettext_lazy("日期"),
    "received_on": gettext_lazy("收到之日"),
    "until": gettext_lazy("至"),
    "due_on": gettext_lazy("办理期限"),
    "days": gettext_lazy("工作日"),
    "amount": gettext_lazy("金额（元）"),
    "letter": gettext_lazy("文书"),
    "number": gettext_lazy("文号"),
    "earlier": gettext_lazy("重复的申请"),
    "not_repeated": gettext_lazy("不再算作重复"),
    "reasonable": gettext_lazy("理由合理"),
    "keep_until": gettext_lazy("保管至"),
    "redo_by": gettext_lazy("重新作出的期限"),
}
CONTACT = {
    "telephone": gettext_lazy("联系电话"),
    "email": gettext_lazy("电子邮箱"),
    "address": gettext_lazy("通信地址"),
    "postcode": gettext_lazy("邮政编码"),
    "proxy_telephone": gettext_lazy("代理人电话"),
    "carrier": gettext_lazy("希望得到的形式"),
    "delivery": gettext_lazy("获取的方式"),
}
"""What an applicant may change of how they are reached; only the names stand in the trail."""
CHOSEN: tuple[tuple[str, Any, Any], ...] = (
    ("step", Check.Step.choices, gettext_lazy("环节")),
    ("opinion", Opinion.choices, gettext_lazy("意见")),
    ("why", [(code, zh) for code, (zh, _) in {**WHY, **WHY_LONGER}.items()], gettext_lazy("原因")),
)
