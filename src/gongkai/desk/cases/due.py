"""How long there is until the answer of a case is due, as a list and a head show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_lazy

from gongkai.casework.application.models import Case, ClockState, Stage
from gongkai.desk.cases.lapsed import Lapsed
from gongkai.desk.documents.deadlines import Due, due_on

AWAITED = {
    "correction": gettext_lazy("等申请人补正"),
    "consultation": gettext_lazy("等第三方或其他机关回复"),
    "fee": gettext_lazy("等申请人缴费"),
}
WHOLE = 20
"""Working days of the usual period; the bar is as long."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the case stands on a day: what is left until `due`, and what is awaited in the meantime.

    `due` is None where no day runs: before receipt, and once the case has ended. `lapsed`: what is
    awaited did not come in its time.
    """

    due: Due | None
    waits: tuple[str, ...] = ()
    ended: str = ""
    lapsed: bool = False

    @property
    def words(self) -> str:
        """What is awaited, or how it ended; "" while the days run."""
        return gettext("、").join(self.waits) or self.ended

    @property
    def spent(self) -> int:
        """Working days of the bar that have gone by, from 0 to `WHOLE`."""
        left = self.due.left if self.due else WHOLE
        return min(max(WHOLE - left, 0), WHOLE)

    @property
    def whole(self) -> int:
        return WHOLE


def standing(case: Case, as_of: date, lapsed: Lapsed | None = None) -> Standing:
    """How the case stands on the day, from what is kept with it and what the applicant has let
    pass."""
    if case.clock_state == ClockState.NOT_RECEIVED:
        return Standing(None, ended=gettext("待确认收到，期限尚未起算"))
    if case.clock_state == ClockState.WITHDRAWN:
        return Standing(None, ended=gettext("申请人已撤回"))
    if case.clock_state == ClockState.ANSWERED:
        said = case.answered_on.isoformat() if case.answered_on else ""
        return Standing(None, ended=gettext("%(day)s 已答复") % {"day": said})
    if still(case, as_of):
        waits = (lapsed.words,) if lapsed else _waits(case.waiting_for)
        return Standing(None, waits, lapsed=lapsed is not None)
    day = case.due_latest_on if case.clock_state == ClockState.PAUSED else case.due_on
    if day is None:
        return Standing(None)
    return Standing(due_on(day, case.agency, as_of, provisional=case.due_provisional))


def still(case: Case, as_of: date) -> bool:
    """Whether the clock stands on the day because something is awaited."""
    if case.clock_state != ClockState.PAUSED:
        return False
    return case.resumes_on is None or case.resumes_on >= as_of


def _waits(waiting_for: str) -> tuple[str, ...]:
    return tuple(str(AWAITED.get(what, what)) for what in waiting_for.split(",") if what)


STYLES: dict[str, str] = {
    Stage.SUBMITTED: "badge-review",
    Stage.REGISTERED: "badge-act",
    Stage.EXAMINING: "",
    Stage.DRAFTING: "",
    Stage.CHECKING: "badge-act",
    Stage.SIGNING: "badge-act",
    Stage.SIGNED: "badge-review",
    Stage.DISPATCHED: "badge-note",
    Stage.SERVED: "badge-note",
    Stage.CLOSED: "badge-done",
    Stage.FILED: "badge-done",
}
