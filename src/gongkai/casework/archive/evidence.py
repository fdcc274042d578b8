"""What has to be proved for what was decided, what of it is in the file, and what is missing.

The agency bears the burden of proof for each way of deciding (法释〔2025〕8号第五条、第六条). Which
proof a decision needs comes from the law's data (`law.outcomes`, `law.grounds`); where a case keeps
it stands in `archive.dossier`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from gongkai.casework.application.models import Case, FactKind
from gongkai.casework.archive.dossier import SOURCES, Dossier, Exhibit, decided
from gongkai.casework.archive.statements import Statement
from gongkai.casework.decision.models import Decision
from gongkai.law.grounds import ground
from gongkai.law.outcomes import outcome
from gongkai.law.proofs import Proof, proof

ASKED = frozenset({FactKind.CORRECTION_REQUESTED, FactKind.REASONS_REQUESTED, FactKind.EXTENDED,
                   FactKind.DELAYED, FactKind.FEE_NOTIFIED})  # fmt: skip
"""What the applicant must have been told by a notice that was served."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to be proved, with what shows it and what is missing."""

    proof: Proof
    exhibits: tuple[Exhibit, ...]
    missing: tuple[Statement, ...]


def evidence(case: Case) -> list[Shown]:
    """What has to be proved about the case, as it went: when it was received and answered, the
    notices on the way, then what its decision rests on."""
    dossier = Dossier(case)
    return [_shown(dossier, code) for code in needed(case)]


def needed(case: Case) -> list[str]:
    """The proofs (`law.proofs`) that the case needs; each once."""
    decision = decided(case)
    codes = ["in_time"]
    if case.facts.filter(kind__in=ASKED, struck_at=None).exists():
        codes.append("notice_served")
    if decision is not None:
        for result, basis in _results(decision):
            codes += _of_result(result, basis, decision.decided_on or timezone.localdate())
        if decision.override_reason:
            codes.append("public_interest")
    elif case.outcome:
        codes += _of_result(case.outcome, "", case.answered_on or timezone.localdate())
    return list(dict.fromkeys(codes))


def _results(decision: Decision) -> list[tuple[str, str]]:
    items = list(decision.items.order_by("position").values_list("outcome", "ground"))
    return [*items, (decision.outcome, decision.ground)]


def _of_result(result: str, basis: str, on: date) -> list[str]:
    proofs = list(outcome(result, on=on).proof)
    return [*proofs, *ground(basis, on=on).proof] if basis else proofs


def _shown(dossier: Dossier, code: str) -> Shown:
    found = list(SOURCES[code](dossier))
    exhibits = dict.fromkeys(one for one in found if isinstance(one, Exhibit))
    missing = dict.fromkeys(one for one in found if isinstance(one, Statement))
    known = proof(code)
    if code == "notice_served" and (articles := dossier.articles_of_notices()):
        known = replace(known, articles=articles)
    return Shown(known, tuple(exhibits), tuple(missing))
