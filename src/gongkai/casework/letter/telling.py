"""Which remedy a letter prints, and where its reader is told to turn."""

from __future__ import annotations

from datetime import date

from gongkai.casework.application.models import Case, Delivery, Practice
from gongkai.casework.letter.remedy import Places, remedy_words
from gongkai.casework.letter.wording import Fields
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.grounds import ground
from gongkai.law.letters import letter
from gongkai.law.outcomes import outcomes
from gongkai.law.remedies import Choices, Remedy, remedy
from gongkai.org.queries import reconsideration

ONLINE = (Delivery.ONLINE, Delivery.EMAIL)
DISCLOSED = ("A1", "A2")


def remedy_of(
    case: Case, kind: str, dated: date, fields: Fields, practice: Practice
) -> Remedy | None:
    """The remedy of a letter of the kind by the law of its day; None if it prints none."""
    told = letter(kind, on=dated)
    if not told.remedy:
        return None
    answer = next(known for known in outcomes(on=dated) if known.letter == kind)
    first = next(iter(_refused_by(dated, fields)), None)
    return remedy(
        answer.code,
        decided_on=dated,
        ground_article=first,
        previous_disclosed=case.repeats is not None and case.repeats.outcome in DISCLOSED,
        delivered_online=told.addressee == "applicant" and case.delivery in ONLINE,
        choices=Choices(partial="pre_all" if practice.partial_remedy == "pre_all" else "split"),
    )


def paragraphs(
    case: Case, kind: str, dated: date, fields: Fields, practice: Practice
) -> tuple[str, ...]:
    """What the letter tells of the remedies, in words.

    Raises "organ_missing" where nobody knows who reconsiders, and "online_channel_missing" where
    a letter that is served online has no channel to name (行政复议法第二十二条第二款).
    """
    found = remedy_of(case, kind, dated, fields, practice)
    if found is None or not any(part.steps for part in found.parts):
        return ()
    organ = reconsideration(case.agency).organ
    if organ is None:
        raise NotAllowedError("organ_missing", case.agency.name)
    if found.must_name_online_channel and not practice.online_reconsideration:
        raise NotAllowedError("online_channel_missing")
    places = Places(
        organ=organ.name,
        court=case.agency.court,
        online=practice.online_reconsideration,
        complaints=practice.complaints,
    )
    refused_by = _refused_by(dated, fields)
    you = str(fields["you"])
    return remedy_words(found, places, decided_on=dated, you=you, refused_by=refused_by)


def _refused_by(dated: date, fields: Fields) -> tuple[str, ...]:
    """The articles of the grounds on which something is withheld."""
    grounds = fields.get("grounds")
    codes = grounds if isinstance(grounds, tuple) else ()
    return tuple(ground(code, on=dated).article for code in codes)
