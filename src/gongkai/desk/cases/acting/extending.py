"""The time to answer: extended, put later, reckoned anew without a record that was wrong."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.actions.extending import WHY_LONGER
from gongkai.casework.actions.striking import falls_with
from gongkai.casework.application.models import Case, Fact
from gongkai.casework.decision.extension import ExtensionRequest
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, by_letter, line, on_line
from gongkai.desk.cases.acting.forms import CaseForm, ReasonForm
from gongkai.desk.cases.words import letter_label
from gongkai.org.models import User


class ExtendForm(CaseForm):
    """By how many working days, and why."""

    days = fields.whole(
        gettext_lazy("延长（工作日）"),
        most=20,
        initial=20,
        help_text=gettext_lazy("最长 20 个工作日，只能延长一次（条例第三十三条）。"),
    )
    reason = fields.text(gettext_lazy("延长的理由"), help_text=gettext_lazy("写进延期告知书。"))

    def about(self, case: Case, /) -> None:
        asked = case.extension_requests.filter(granted=None).first()
        if asked:
            self.fields["days"].initial = asked.days


class RefuseExtensionForm(CaseForm):
    """Why the time is not extended."""

    reason = fields.text(
        gettext_lazy("不同意的理由"),
        rows=3,
        help_text=gettext_lazy("经办人在待办和案件页上看到，不送给申请人。"),
    )


class AskExtensionForm(CaseForm):
    """By how many working days, and for which of the usual reasons."""

    days = fields.whole(
        gettext_lazy("延长（工作日）"),
        most=20,
        initial=20,
        help_text=gettext_lazy(
            "由公开工作机构负责人决定是否延长，决定之前期限不变（条例第三十三条）。"
        ),
    )
    why = fields.choice(gettext_lazy("为什么要延长"), ())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = 0 if speech() == "zh" else 1
        self.fields["why"].choices = [  # type: ignore[attr-defined]
            (code, said[place]) for code, said in WHY_LONGER.items()
        ]


class DelayForm(CaseForm):
    """The later day, and why."""

    until = fields.day(gettext_lazy("延迟至"), today=False)
    reason = fields.text(gettext_lazy("理由"), help_text=gettext_lazy("写进延迟答复告知书。"))


def _strike(user: User, _case: Case, of: Fact, said: Given) -> Fact:
    return actions.strike_fact(user, of, said["reason"])


def _void_with_it(case: Case, of: Fact) -> list[str]:
    said = gettext("还没有送出的%(label)s %(number)s 同时作废，文号不再使用。")
    return [
        said % {"label": letter_label(row.kind, row.dated), "number": row.number}
        for row in falls_with(case, of)
    ]


def _ask_extension(user: User, case: Case, _of: Any, said: Given) -> ExtensionRequest:
    today = timezone.localdate()
    return actions.ask_extension(user, case, said["days"], said["why"], on=today)


ASKED = (
    Asking(
        "ask_extension",
        gettext_lazy("申请延期"),
        AskExtensionForm,
        _ask_extension,
        gettext_lazy("已提请负责人决定。决定之前，答复期限不变。"),
    ),
    Asking(
        "extend",
        gettext_lazy("延长答复期限"),
        ExtendForm,
        by_letter(actions.extend),
        gettext_lazy("已延长，延期告知书已制发。请在“文书”中送出。"),
        drafts=True,
        petition="ask_extension",
    ),
    Asking(
        "extend",
        gettext_lazy("不同意延期"),
        RefuseExtensionForm,
        on_line(actions.refuse_extension),
        gettext_lazy("已告诉经办人，答复期限不变。"),
        named="refuse_extension",
        of=line("extension_requests"),
    ),
    Asking(
        "delay",
        gettext_lazy("确定延迟答复的期限"),
        DelayForm,
        by_letter(actions.delay),
        gettext_lazy("已确定，告知书已制发。请在“文书”中送出。"),
        drafts=True,
    ),
    Asking(
        "strike_fact",
        gettext_lazy("更正一条记录"),
        ReasonForm,
        _strike,
        gettext_lazy("已更正，期限已重新计算。原记录保留。"),
        of=line("facts"),
        danger=True,
        besides=_void_with_it,
    ),
)
