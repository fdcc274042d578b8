"""More time: one extension with the head's approval (第三十三条), or a delay (第三十五条).

Both hold once the applicant has been told: until the notice goes out (`following`) the fact is
`untold`, and the clock passes it over.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import LONGEST_REASON, given, happened, prepared
from gongkai.casework.actions.clocked import found_on, in_time, standing
from gongkai.casework.actions.issuing import Given, issue
from gongkai.casework.actions.recording import add_fact, recorded
from gongkai.casework.application.models import Case, Fact, FactKind
from gongkai.casework.clock import facts as clock
from gongkai.casework.clock.due import Due
from gongkai.casework.clock.facts import LONGEST_EXTENSION
from gongkai.casework.decision.extension import ExtensionRequest
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

WHY_LONGER: dict[str, tuple[str, str]] = {
    "search": ("要检索、整理的信息多", "much to search and put in order"),
    "redact": ("要区分、处理的内容多", "much to separate and redact"),
    "confer": ("要与其他机关会商、征求意见", "other agencies have to be consulted"),
    "establish": ("事实还要进一步核实", "facts have yet to be established"),
}
"""Why an officer asks for more time: codes, so that no words about a person reach the trail."""


@transaction.atomic
def ask_extension(user: User, case: Case, days: int, why: str, *, on: date) -> ExtensionRequest:
    """Ask the head of the office to extend the time; nothing changes until they do (第三十三条).

    Asking again puts the new request in the place of one that still waits. Raises "why_unknown"
    and what `extend` raises.
    """
    case = prepared(user, "ask_extension", case)
    if given(why) not in WHY_LONGER:
        raise NotAllowedError("why_unknown")
    _extendable(case, days, on)
    said = {"days": days, "why": why, "asked_on": on, "asked_by": user}
    request, _ = case.extension_requests.update_or_create(granted=None, defaults=said)
    recorded(user, "ask_extension", case, {"days": days, "why": why, "on": on.isoformat()})
    return request


@transaction.atomic
def refuse_extension(user: User, request: ExtensionRequest, reason: str) -> ExtensionRequest:
    """The head of the office does not extend the time, and says why; it stays as it is.

    Raises "reason_missing", "too_long", "extension_not_asked" for a request that is settled.
    """
    case = prepared(user, "extend", request.case)
    row = case.extension_requests.select_for_update().filter(pk=request.pk, granted=None).first()
    if row is None:
        raise NotAllowedError("extension_not_asked")
    row.refused_because = given(reason, longest=LONGEST_REASON)
    row.granted, row.settled_by, row.settled_at = False, user, timezone.now()
    row.save(update_fields=["refused_because", "granted", "settled_by", "settled_at"])
    recorded(user, "refuse_extension", case, {"days": row.days, "request": row.pk})
    return row


@transaction.atomic
def extend(user: User, case: Case, days: int, reason: str, *, on: date) -> Fact:
    """Extend the time to answer by `days` working days, at most twenty, once (第三十三条第二款).

    The head of the office does it, which is the approval, before the answer is overdue; whoever
    asked for it has been granted it. Issues the notice with the new last day; the time is longer
    once it has gone out. Raises "extended_already", "extension_too_long", "extension_late",
    "order_not_extended" where an order set the day, "reason_missing".
    """
    case = prepared(user, "extend", case)
    words = given(reason)
    _extendable(case, days, on)
    longer = found_on(case, on, clock.Fact("extended", on, days=days))
    fact = add_fact(user, case, FactKind.EXTENDED, on, {"days": days, "untold": True})
    fields: Given = {
        "extension_reasons": words,
        "extension_days": days,
        "new_due": longer.on,
    }
    issue(user, case, "extension_notice", dated=on, fields=fields)
    settled = {"granted": True, "settled_by": user, "settled_at": timezone.now()}
    case.extension_requests.filter(granted=None).update(**settled)
    recorded(user, "extend", case, {"days": days, "on": on.isoformat()})
    return fact


@transaction.atomic
def delay(user: User, case: Case, until: date, reason: str, *, on: date) -> Fact:
    """Set a reasonable later day for an answer that cannot be given in time (第三十五条).

    Only where the applicant was asked for reasons and they were found to hold. Issues the notice;
    the day is another once it has gone out. Raises "reasons_round_missing", "delay_not_later",
    "delay_untold" while the notice of another lies unsent, "time_over", "order_not_extended",
    "reason_missing".
    """
    case = prepared(user, "delay", case)
    words = given(reason)
    found = _refuse_order(in_time(case, happened(on, case)))
    heard = [fact for fact in standing(case, FactKind.REASONS_GIVEN) if fact.on <= on]
    if not heard or not heard[-1].details.get("reasonable"):
        raise NotAllowedError("reasons_round_missing")
    if until <= found.on:
        raise NotAllowedError("delay_not_later", found.on.isoformat())
    if any(earlier.untold for earlier in standing(case, FactKind.DELAYED)):
        raise NotAllowedError("delay_untold")
    told = {"until": until.isoformat(), "untold": True}
    fact = add_fact(user, case, FactKind.DELAYED, on, told)
    issue(user, case, "delayed", dated=on, fields={"delay_period": until, "reasons": words})
    recorded(user, "delay", case, {"until": until.isoformat(), "on": on.isoformat()})
    return fact


def _extendable(case: Case, days: int, on: date) -> None:
    if not 1 <= days <= LONGEST_EXTENSION:
        raise NotAllowedError("extension_too_long")
    if standing(case, FactKind.EXTENDED):
        raise NotAllowedError("extended_already")
    _refuse_order(in_time(case, happened(on, case), "extension_late"))


def _refuse_order(found: Due) -> Due:
    """What another authority has set is not the agency's to put off (行政复议法第六十四条)."""
    if found.opening.until is not None:
        raise NotAllowedError("order_not_extended", found.opening.until.isoformat())
    return found
