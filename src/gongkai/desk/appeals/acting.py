"""Verbs on one appeal, each with a page that asks for what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.actions.allowing import locked
from gongkai.casework.appeal.models import Appeal, AppealKind, AppealOutcome
from gongkai.casework.permissions import APPEAL
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.appeals import forms
from gongkai.desk.appeals.amending import AmendForm
from gongkai.desk.appeals.reach import seen_appeal
from gongkai.org.models import User

REPORTED = gettext_lazy(
    "年报已经定稿或者公布的，年报不变；与登记不一致的数字在年报页面列出，按年报更正的程序办理。"
)
Do = Callable[[User, Appeal, dict[str, Any]], Appeal]
WhyNot = Callable[[Appeal], str]


@dataclass(frozen=True, slots=True)
class Asking:
    """A verb's page: its head, its form, what is done, what is said afterwards; `why_not` says as
    a code why it is not possible now."""

    head: object
    form: type[forms.AppealForm]
    do: Do
    done: object
    why_not: WhyNot
    lead: object = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A verb as a button; `why_not` says why it is not possible now, "" if it is."""

    verb: str
    label: str
    why_not: str


def _pending(appeal: Appeal) -> str:
    return "" if appeal.outcome == AppealOutcome.PENDING else "appeal_concluded"


def _next(user: User, appeal: Appeal, said: dict[str, Any]) -> Appeal:
    opening = actions.Opening(kind=AppealKind(appeal.kind), about=appeal.about, **forms.heard(said))
    return actions.open_second_instance(user, appeal, opening)


def _retry(user: User, appeal: Appeal, said: dict[str, Any]) -> Appeal:
    opening = actions.Opening(kind=AppealKind(appeal.kind), about=appeal.about, **forms.heard(said))
    return actions.open_retrial(user, appeal, opening)


def _is_judged(appeal: Appeal) -> str:
    return _is_effective(appeal) if appeal.instance == 1 else "not_appealable"


def _is_effective(appeal: Appeal) -> str:
    """A judgment that no other instance has followed."""
    suit = appeal.kind != AppealKind.RECONSIDERATION and not appeal.retrial
    judged = appeal.outcome != AppealOutcome.PENDING and appeal.counted
    last = suit and judged and not appeal.followed_by.exists()
    return "" if last else "not_appealable"


def _is_ordered(appeal: Appeal) -> str:
    waits = appeal.redo_by is not None and appeal.redone_on is None
    return "" if waits and appeal.case_id is None else "redo_not_open"


ASKING: dict[str, Asking] = {
    "copy": Asking(
        gettext_lazy("登记收到副本"),
        forms.CopyForm,
        lambda user, appeal, said: actions.set_copy(user, appeal, **said),
        gettext_lazy("已登记。"),
        _pending,
    ),
    "answer": Asking(
        gettext_lazy("登记提交答复（答辩）"),
        forms.OnForm,
        lambda user, appeal, said: actions.answer_appeal(user, appeal, **said),
        gettext_lazy("已登记。"),
        _pending,
    ),
    "conclude": Asking(
        gettext_lazy("登记审理结果"),
        forms.ConcludeForm,
        lambda user, appeal, said: actions.conclude(user, appeal, **said),
        gettext_lazy("已登记。"),
        _pending,
    ),
    "next": Asking(
        gettext_lazy("登记二审"),
        forms.NextForm,
        _next,
        gettext_lazy("已登记。二审代替一审计入年报，只计一次。"),
        _is_judged,
        gettext_lazy("一审裁判被提起上诉。立案以后由二审代替一审计入年报，只计一次。"),
    ),
    "retrial": Asking(
        gettext_lazy("登记再审"),
        forms.NextForm,
        _retry,
        gettext_lazy("已登记。再审改判以前，仍按原裁判计入年报。"),
        _is_effective,
        gettext_lazy(
            "申请再审应当在裁判生效后六个月内提出，不停止原裁判的执行。再审不单独计入年报："
            "改判的，从再审裁判之日起代替原裁判计入；没有改判的，不改变原来的归类。"
        ),
    ),
    "carried-out": Asking(
        gettext_lazy("登记已按要求履行"),
        forms.OnForm,
        lambda user, appeal, said: actions.carry_out(user, appeal, **said),
        gettext_lazy("已登记。"),
        _is_ordered,
    ),
    "amend": Asking(
        gettext_lazy("更正登记"),
        AmendForm,
        lambda user, appeal, said: actions.amend_appeal(user, appeal, **said),
        gettext_lazy("已更正。期限和年报数字随之改变。"),
        lambda _appeal: "",
        REPORTED,
    ),
    "strike": Asking(
        gettext_lazy("登记作废"),
        forms.StrikeForm,
        lambda user, appeal, said: actions.strike_appeal(user, appeal, **said),
        gettext_lazy("已作废，不再计入年报。"),
        lambda _appeal: "",
        REPORTED,
        danger=True,
    ),
}


def steps(user: User, appeal: Appeal) -> list[Step]:
    """What may be done about the appeal; what belongs to another stage of it is left out."""
    if _over(appeal):
        return []
    may = user.has_perm(APPEAL, appeal.agency)
    why = "" if may else gettext("由公开办或合法性审核人员办理。")
    possible = (verb for verb, asking in ASKING.items() if not asking.why_not(appeal))
    return [Step(verb, str(ASKING[verb].head), why) for verb in possible]


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Show the form of the verb, then do it; what stands against it is said, nothing is lost."""
    appeal = seen_appeal(request, key)
    asking = ASKING.get(verb)
    if asking is None:
        raise Http404("no such verb")
    if request.method != "POST":
        _refuse(person(request), asking, appeal)
        return _question(request, appeal, asking, asking.form(appeal=appeal))
    form = asking.form(request.POST, appeal=appeal)
    if not form.is_valid():
        return _question(request, appeal, asking, form, status=422)
    try:
        with unchanged(appeal, request.POST.get("seen", "")):
            made = asking.do(person(request), appeal, form.said())
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        fresh = seen_appeal(request, key)
        return _question(request, fresh, asking, form, status=error.status, refusal=error)
    messages.success(request, str(asking.done))
    return redirect("desk:appeal", made.pk)


def _over(appeal: Appeal) -> str:
    """Why nothing is done about it any more; "" if something may be."""
    if appeal.struck_at is not None:
        return "appeal_struck"
    return "anonymised" if appeal.anonymised_at is not None else ""


def _refuse(user: User, asking: Asking, appeal: Appeal) -> None:
    if not user.has_perm(APPEAL, appeal.agency):
        raise NotAllowedError("role", appeal.agency.label())
    reason = _over(appeal) or asking.why_not(appeal)
    if reason:
        raise NotAllowedError(reason)


def mark(appeal: Appeal) -> str:
    """How the appeal stands: a form made from it holds until that changes."""
    stands = (
        appeal.outcome,
        appeal.procedure,
        appeal.copy_received_on,
        appeal.answered_on,
        appeal.redo_by,
        appeal.redone_on,
        appeal.counted,
        appeal.amendments.count(),
        appeal.struck_at,
        appeal.anonymised_at,
    )
    return "|".join(map(str, stands))


@contextmanager
def unchanged(appeal: Appeal, seen: str) -> Iterator[None]:
    """Run a verb only if the appeal still stands as it did when the form was made.

    Raises NotAllowedError "changed_meanwhile".
    """
    with transaction.atomic():
        if appeal.case_id is not None:  # the verbs lock the case first
            locked(appeal.case_id)
        if mark(Appeal.everything.select_for_update(of=("self",)).get(pk=appeal.pk)) != seen:
            raise NotAllowedError("changed_meanwhile")
        yield


def _question(
    request: HttpRequest,
    appeal: Appeal,
    asking: Asking,
    form: forms.AppealForm,
    *,
    status: int = 200,
    refusal: NotAllowedError | None = None,
) -> HttpResponse:
    shown = {
        "appeal": appeal,
        "question": str(asking.head),
        "lead": str(asking.lead),
        "danger": asking.danger,
        "form": form,
        "seen": mark(appeal),
        "refused": refusal.message(speech()) if refusal else "",
    }
    return render(request, "desk/appeals/verb.html", shown, status=status)
