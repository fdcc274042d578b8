"""What a decision has to go through and what must be on record first. Plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from gongkai.law.outcomes import outcome, required, row_of

Step = Literal["office", "secrecy", "legality", "signature"]
Legality = Literal["refusals", "always", "never"]
Whom = Literal["third_party", "agency"]
Said = Literal["pending", "consent", "objection", "partial", "silence", "unasked"]
Round = Literal["", "pending", "done", "lapsed"]
"""A question to the applicant: never put, waiting, answered, or its time over."""

STEPS: tuple[Step, ...] = ("office", "secrecy", "legality")
_JUDGED_ROWS = ("3.2", "3.3", "3.5")
_OF_PARTS = frozenset({"search_record", "previous_answer", "reasons_round"})
"""What a part of a decision asks to be on record, whatever the whole counts as."""
THIRD_PARTY = "N15_TP"
_PROTECTS = frozenset({"A3", "A4"})
"""Outcomes that withhold what concerns a third party."""
_AGAINST = frozenset({"objection", "partial"})
"""Who consents to a part objects to the rest."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A third party or an agency that was asked. `reasonable` is what the agency holds of its
    reasons, None while nobody has said; `pending` ends as `silence` once the time is over.
    `unasked` could not or need not be asked, for reasons on file."""

    whom: Whom
    said: Said
    reasonable: bool | None = None
    override_reason: str = ""


class Part(NamedTuple):
    """What became of one of several things asked for."""

    outcome: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the file of a case holds when its answer is to be issued.

    `parts` are the several things asked for. `withheld` is False where the rest of a partial
    disclosure merely does not exist. `searches` are those that found nothing. `approved` are
    the steps passed for exactly this content, `needed` those it has to pass.
    `answered_before` says that the earlier application it repeats was answered by this agency,
    `fee_arrived` that the day on which the notice of the fee arrived is known.
    """

    outcome: str
    ground: str = ""
    parts: tuple[Part, ...] = ()
    withheld: bool = True
    findings: str = ""
    reasons: str = ""
    override_reason: str = ""
    other_agency: str = ""
    other_contact: str = ""
    searches: int = 0
    heard: tuple[Heard, ...] = ()
    correction: Round = ""
    fee: Round = ""
    fee_arrived: bool = False
    reasons_round: Round = ""
    answered_before: bool = False
    withdrawn: bool = False
    needed: tuple[Step, ...] = ()
    approved: frozenset[str] = frozenset()


def steps(
    code: str, ground: str = "", *, on: date, legality: Legality = "refusals"
) -> tuple[Step, ...]:
    """The reviews before signature, for an outcome of that day.

    The office and the reviewer of secrecy see every answer (条例第十七条); legality is reviewed
    where something is withheld or not dealt with, unless the agency has it otherwise.
    """
    refuses = outcome(code, on=on).by_ground and not ground
    judged = refuses or row_of(code, ground or None, on=on).startswith(_JUDGED_ROWS)
    with_legality = legality == "always" or (legality == "refusals" and judged)
    return STEPS if with_legality else STEPS[:2]


def objection_overridden(record: OnRecord) -> bool:
    """Whether something is disclosed against the objection of a third party (条例第三十二条)."""
    return any(overrides(record.outcome, heard) for heard in record.heard)


def overrides(code: str, heard: Heard) -> bool:
    """Whether the outcome discloses what this third party objects to.

    A partial disclosure withholds it where its reasons were found to hold, unless a reason for
    disclosing all the same is on record. So it is with the rest where it consented to a part.
    """
    if heard.whom != "third_party" or heard.said not in _AGAINST:
        return False
    if code == "A3":
        return heard.reasonable is False or bool(heard.override_reason.strip())
    return code == "A2"


def lacking(record: OnRecord, *, on: date, review: bool = True) -> tuple[str, ...]:
    """What `law.outcomes` requires for the outcome and is not on record, as codes of requirements.

    `review` False leaves out the review itself: so it is asked when a draft is handed in.
    """
    listed = required(
        record.outcome,
        on=on,
        withheld=record.withheld,
        third_party_consulted=_rests_on_third_party(record) or bool(_third_parties(record)),
        objection_overridden=objection_overridden(record),
        agency_known=bool(record.other_agency.strip()),
    )
    asked = [needed.code for needed in listed]
    of_parts = {code for part in record.parts for code in outcome(part.outcome, on=on).requires}
    asked += sorted(of_parts & _OF_PARTS - set(asked))
    if outcome(record.outcome, on=on).closes and "review" not in asked:
        asked.append("review")
    return tuple(code for code in asked if (review or code != "review") and not _MET[code](record))


def _reviewed(record: OnRecord) -> bool:
    return set(record.needed) <= record.approved


def _settled(record: OnRecord) -> bool:
    """第三十二条: heard or silent, and an objection has been judged. Who is to be protected by a
    refusal has been asked, or the file says why not; nothing is disclosed unasked."""
    asked = _third_parties(record)
    if not asked and _rests_on_third_party(record):
        return False
    if record.outcome not in _PROTECTS and any(one.said == "unasked" for one in asked):
        return False
    judged = (one.reasonable is not None for one in asked if one.said in _AGAINST)
    return all(one.said != "pending" for one in asked) and all(judged)


def _third_parties(record: OnRecord) -> list[Heard]:
    return [heard for heard in record.heard if heard.whom == "third_party"]


def _rests_on_third_party(record: OnRecord) -> bool:
    grounds = {record.ground, *(part.ground for part in record.parts)}
    return record.outcome == "A4" and THIRD_PARTY in grounds


def _grounded(record: OnRecord) -> bool:
    refused = (part for part in record.parts if part.outcome == "A4")
    return _written(record.ground) and all(_written(part.ground) for part in refused)


def _overriding_explained(record: OnRecord) -> bool:
    against = [heard for heard in record.heard if overrides(record.outcome, heard)]
    return _written(record.override_reason) or all(_written(one.override_reason) for one in against)


def _correction_round(record: OnRecord) -> bool:
    """第三十条: what stays unclear has been corrected, what is given up has not."""
    return record.correction == ("lapsed" if record.outcome == "A15" else "done")


def _written(text: str) -> bool:
    return bool(text.strip())


_MET: dict[str, Callable[[OnRecord], bool]] = {
    "search_record": lambda record: record.searches > 0,
    "ground": _grounded,
    "review": _reviewed,
    "reasons": lambda record: _written(record.reasons),
    "third_party_settled": _settled,
    "override_reason": _overriding_explained,
    "letter_to_third_party": lambda _: True,
    "agency_named_if_known": lambda record: _written(record.other_contact),
    "previous_answer": lambda record: record.answered_before,
    "correction_round": _correction_round,
    "fee_round": lambda record: record.fee == "lapsed",
    "fee_arrival": lambda record: record.fee_arrived or _written(record.findings),
    "reasons_round": lambda record: record.reasons_round in {"done", "lapsed"},
    "withdrawal": lambda record: record.withdrawn,
    "rectification_evidence": lambda _: True,
}
"""How each requirement is met. The letter to a third party is issued by the signature itself,
together with the answer that it has to precede."""


def waiting(record: OnRecord) -> bool:
    """Whether somebody who was asked still has time to reply (条例第三十二条、第三十四条)."""
    return any(heard.said == "pending" for heard in record.heard)


def next_number(numbers: Iterable[int]) -> int:
    """The number of the next decision in a case, from 1."""
    return max(numbers, default=0) + 1
