"""What a decision gives to the letter that tells it: which column says which element."""

from __future__ import annotations

from django.utils import timezone

from gongkai.casework.application.models import Case, FactKind
from gongkai.casework.decision.models import Consultation, Decision, Opinion
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.paper.sheet import chinese
from gongkai.casework.letter.wording import Fields, Value
from gongkai.law.outcomes import outcome

SAID_IN: dict[str, dict[str, tuple[str, ...]]] = {
    "already_public": {"ways_of_access": ("way", "answer")},
    "disclosed": {"ways_of_access": ("way",)},
    "partly_disclosed": {"withheld_scope": ("answer",)},
    "denied": {"withheld_information": ("answer",)},
    "administrative_enquiry": {"special_law": ("law_named",), "enquiry_office": ("way",)},
    "not_existing": {},
    "not_responsible": {
        "responsible_agency": ("other_agency",),
        "responsible_contact": ("other_contact",),
        "public_elsewhere": ("way",),
    },
    "to_be_created": {
        "processing_needed": ("answer", "reasons"),
        "related_information": ("way",),
    },
    "still_unclear": {
        "correction_result": ("findings",),
        "still_unclear_points": ("answer", "reasons"),
    },
    "petition": {"proper_channel": ("way",)},
    "repeated": {"previous_answer": ("answer",)},
    "publications": {"where_to_obtain": ("way",)},
    "excessive": {"number_and_frequency": ("findings",)},
    "confirm_or_reissue": {"rectification_channel": ("way",)},
    "rectification": {"rectification_result": ("answer",), "competent_agency": ("other_agency",)},
    "archives": {"archives_name": ("other_agency",), "archives_access": ("way", "other_contact")},
}
"""For each kind of answer: in which column of the decision an element stands, the first that is
not empty."""

HEARD: dict[str, str] = {
    Opinion.OBJECTION: "本机关书面征求了第三方的意见，第三方不同意公开",
    Opinion.PARTIAL: "本机关书面征求了第三方的意见，第三方同意部分公开",
    Opinion.SILENCE: "本机关书面征求了第三方的意见，第三方逾期没有提出意见",
}
ALL_OF_IT = "所申请的全部信息"
REASONABLE = "，本机关认为其理由合理"


def answer_fields(case: Case, decision: Decision, kind: str) -> dict[str, Value | None]:
    """The elements that the decision and its records give to its letter."""
    named = SAID_IN.get(kind, {})
    fields: dict[str, Value | None] = {
        element: next((text for name in names if (text := getattr(decision, name))), None)
        for element, names in named.items()
    }
    used = {name for names in named.values() for name in names}
    items, grounds = list(decision.items.all()), grounds_of(decision)
    day = decision.decided_on or timezone.localdate(decision.drafted_at)
    fields["reasons"] = decision.reasons
    fields["findings"] = "" if "findings" in used else decision.findings
    fields["grounds"] = grounds
    fields["prohibiting_law"] = decision.law_named if "N14_LAW" in grounds else None
    fields["provided_list"] = provided_list(decision)
    fields["pages"] = sum(one.pages or 0 for one in decision.provided.all()) or None
    fields["item_results"] = tuple(
        f"{item.asked}：{outcome(item.outcome, on=day).name}" for item in items
    )
    return {**fields, **_from_records(case, decision, kind, fields)}


def grounds_of(decision: Decision) -> tuple[str, ...]:
    """The grounds on which something is withheld, that of each item once."""
    named = [item.ground for item in decision.items.all()]
    return tuple(dict.fromkeys(ground for ground in (named or [decision.ground]) if ground))


def _from_records(case: Case, decision: Decision, kind: str, fields: Fields) -> Fields:
    """What other rows say where the decision itself is silent."""
    match kind:
        case "not_existing":
            return {"search_scope": _search(case)}
        case "repeated" if case.repeats:
            return {"previous_answer": fields["previous_answer"] or _previous(case.repeats)}
        case "denied":
            withheld = fields["withheld_information"] or _withheld(decision) or ALL_OF_IT
            return {"withheld_information": withheld, "third_party_course": _heard(case, decision)}
        case "partly_disclosed":
            withheld = fields["withheld_scope"] or _withheld(decision)
            return {"withheld_scope": withheld, "third_party_course": _heard(case, decision)}
        case "still_unclear":
            return {"correction_result": fields["correction_result"] or _corrected(case)}
    return {}


def provided_list(decision: Decision) -> tuple[str, ...]:
    """The files that are given out, with their pages."""
    return tuple(
        f"{one.title}（{one.pages}页）" if one.pages else one.title
        for one in decision.provided.all()
    )


def _search(case: Case) -> str:
    rows = case.searches.filter(found=False)
    return "；".join(
        f"检索的部门、档案和系统为{row.places.strip()}，检索的用词和范围为{row.words.strip()}"
        for row in rows
    )


def _previous(case: Case) -> str:
    """Number, day and result of the answer to the earlier application."""
    answers = Letter.objects.filter(case=case, decision__state="signed").exclude(state="void")
    found = answers.select_related("decision").last()
    if found is None or found.decision is None:
        return ""
    name = outcome(found.decision.outcome, on=found.dated).name
    return f"{chinese(found.dated)}作出的{found.number}，处理结果为{name}"


def _withheld(decision: Decision) -> str:
    return "；".join(item.asked for item in decision.items.all() if item.ground)


def _heard(case: Case, decision: Decision) -> str | None:
    """How the third party was heard, where something is withheld for its sake (条例第三十二条)."""
    if "N15_TP" not in grounds_of(decision):
        return None
    asked = case.consultations.filter(whom=Consultation.Whom.THIRD_PARTY)
    heard = next((one for one in asked if one.opinion in HEARD), None)
    return HEARD[heard.opinion] + (REASONABLE if heard.reasonable else "") if heard else None


def _corrected(case: Case) -> str | None:
    found = case.facts.filter(kind=FactKind.CORRECTED, struck_at=None).order_by("on", "id").last()
    return f"{chinese(found.on)}作了补正" if found else None
