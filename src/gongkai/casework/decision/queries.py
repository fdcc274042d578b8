"""What stands in the file of a case about its decision."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.db.models import Q
from django.utils import timezone

from gongkai.casework.application.clocking import due_of, practice_of
from gongkai.casework.application.keys import keys_on_record
from gongkai.casework.application.models import Case, Fact, FactKind
from gongkai.casework.clock.due import Due
from gongkai.casework.decision.content import TEXTS, Draft, GivenFile, ItemDraft, content_hash
from gongkai.casework.decision.models import (
    Consultation,
    Decision,
    DecisionState,
    Opinion,
)
from gongkai.casework.decision.rules import (
    Heard,
    Legality,
    OnRecord,
    Part,
    Round,
    Said,
    Step,
    Whom,
    overrides,
    steps,
)

OPEN_STATES = (DecisionState.DRAFT, DecisionState.CHECKING, DecisionState.SIGNING)
GONE = ("dispatched", "served")
"""States of a letter that was sent."""
_WITHHELD = frozenset({"A3", "A4"})


def open_decision(case: Case) -> Decision | None:
    """The decision that is being drafted, reviewed or signed; None if there is none."""
    return case.decisions.filter(state__in=OPEN_STATES).first()


def decision_in_force(case: Case) -> Decision | None:
    """The signed decision; None before and after one."""
    return case.decisions.filter(state=DecisionState.SIGNED).first()


def content_of(decision: Decision) -> Draft:
    """What the decision says, as plain values."""
    items = (
        ItemDraft(item.asked, item.outcome, item.ground, item.reasons)
        for item in decision.items.order_by("position")
    )
    return Draft(**{name: getattr(decision, name) for name in TEXTS}, items=tuple(items))


def given_files(decision: Decision) -> tuple[GivenFile, ...]:
    """The files given out with it, in their order."""
    rows = decision.provided.order_by("position")
    return tuple(GivenFile(row.title, row.given_sha256 or "") for row in rows)


def sealed(decision: Decision) -> str:
    """The seal over what stands in the database now."""
    return content_hash(content_of(decision), given_files(decision))


def approvals(decision: Decision) -> dict[str, int]:
    """The steps whose last check approved exactly this content, each with who approved it."""
    checks = decision.checks.filter(content_hash=decision.content_hash).order_by("id")
    last = {
        step: (by, approved) for step, by, approved in checks.values_list("step", "by", "approved")
    }
    return {step: by for step, (by, approved) in last.items() if approved}


def approved_steps(decision: Decision) -> frozenset[str]:
    """The steps whose last check approved exactly this content."""
    return frozenset(approvals(decision))


def needed_steps(case: Case, decision: Decision, as_of: date) -> tuple[Step, ...]:
    """The reviews before signature, as the agency has it (`Practice.legality`)."""
    legality = cast("Legality", practice_of(case.agency).legality)
    return steps(decision.outcome, decision.ground, on=as_of, legality=legality)


def on_record(case: Case, decision: Decision, as_of: date) -> OnRecord:
    """What the file holds for this decision on the day. Raises CalendarRangeError."""
    found = due_of(case, as_of)
    facts = list(case.facts.filter(struck_at=None).order_by("on", "id"))
    parts = tuple(Part(*row) for row in decision.items.values_list("outcome", "ground"))
    outcomes = {part.outcome for part in parts}
    return OnRecord(
        outcome=decision.outcome,
        ground=decision.ground,
        parts=parts,
        withheld=bool(outcomes & _WITHHELD) if outcomes else True,
        findings=decision.findings,
        reasons=decision.reasons,
        override_reason=decision.override_reason,
        other_agency=decision.other_agency,
        other_contact=decision.other_contact,
        searches=case.searches.filter(found=False).count(),
        heard=tuple(heard for _, heard in heard_of(case, found)),
        correction=_round("correction", FactKind.CORRECTED, found, facts),
        fee=_round("fee", FactKind.PAID, found, facts),
        fee_arrived=bool(found and not found.payment_presumed),
        reasons_round=_reasons_round(facts, as_of),
        answered_before=_answered_before(case),
        withdrawn=any(fact.kind == FactKind.WITHDRAWN for fact in facts),
        needed=needed_steps(case, decision, as_of),
        approved=approved_steps(decision),
    )


def heard_of(case: Case, found: Due | None) -> list[tuple[Consultation, Heard]]:
    """Whoever was asked and what they said, and who was not asked, for reasons on file. Who let
    the time pass kept silent, if the letter went out at all."""
    known = found.deadlines.consultations if found else {}
    rows = case.consultations.filter(Q(key__in=known) | Q(opinion=Opinion.UNASKED)).order_by("id")
    return [(row, _heard(row, known.get(row.key), found)) for row in rows]


def went_out(consultation: Consultation) -> bool:
    """Whether the letter that asks was sent and has not come back."""
    asking = ("third_party_consultation", "agency_consultation")
    sent = consultation.letters.filter(kind__in=asking, state__in=GONE)
    return sent.filter(services__returned_on=None).exists()


def overridden(case: Case, decision: Decision, as_of: date) -> list[Consultation]:
    """The third parties against whose objection the decision discloses: they have to be told in
    writing what and why, before the information goes out (条例第三十二条)."""
    pairs = heard_of(case, due_of(case, as_of))
    return [row for row, heard in pairs if overrides(decision.outcome, heard)]


def untold(decision: Decision) -> list[Consultation]:
    """Those of them whose letter has not gone out yet; the answer waits for it."""
    day = decision.decided_on or timezone.localdate(decision.drafted_at)
    told = Q(letters__decision=decision, letters__state__in=GONE)
    rows = overridden(decision.case, decision, day)
    done = set(
        decision.case.consultations.filter(told).values_list("pk", flat=True) if rows else ()
    )
    return [row for row in rows if row.pk not in done]


def _heard(row: Consultation, until: date | None, found: Due | None) -> Heard:
    lapsed = found is not None and until is not None and until < found.as_of
    silent = row.opinion == Opinion.PENDING and lapsed and went_out(row)
    said = Opinion.SILENCE if silent else Opinion(row.opinion)
    return Heard(
        cast("Whom", row.whom), cast("Said", said.value), row.reasonable, row.override_reason
    )


def _round(what: str, done: FactKind, found: Due | None, facts: list[Fact]) -> Round:
    for waiting in found.waiting_for if found else ():
        if waiting.what == what:
            return "lapsed" if waiting.lapsed else "pending"
    return "done" if any(fact.kind == done for fact in facts) else ""


def _reasons_round(facts: list[Fact], as_of: date) -> Round:
    """第三十五条. "done" only where the reasons were found wanting: those that hold end nothing."""
    last = max((f.round for f in facts if f.kind == FactKind.REASONS_REQUESTED), default=0)
    asked = [f for f in facts if (f.kind, f.round) == (FactKind.REASONS_REQUESTED, last)]
    replies = [f for f in facts if (f.kind, f.round) == (FactKind.REASONS_GIVEN, last)]
    if len(asked) > len(replies):
        until = asked[-1].details.get("until")
        return "lapsed" if until and date.fromisoformat(until) < as_of else "pending"
    return "done" if replies and not replies[-1].details.get("reasonable") else ""


def _answered_before(case: Case) -> bool:
    """第三十六条（六）: the same applicant was answered by the agency on the same."""
    earlier = case.repeats
    return bool(
        earlier
        and earlier.answered_on
        and earlier.agency_id == case.agency_id
        and keys_on_record(earlier.applicant).same(keys_on_record(case.applicant))
    )
