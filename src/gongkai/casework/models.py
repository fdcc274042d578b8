"""All rows of the flow, for Django."""

from gongkai.casework.appeal.models import Appeal, AppealAmendment
from gongkai.casework.application.feed import CalendarFeed
from gongkai.casework.application.models import (
    Applicant,
    Case,
    CaseNumbering,
    DueChange,
    DueWarning,
    Enclosure,
    Fact,
    Practice,
)
from gongkai.casework.application.outbox import Notice, StaffMail
from gongkai.casework.decision.extension import ExtensionRequest
from gongkai.casework.decision.models import (
    Assignment,
    Charge,
    Check,
    Conference,
    Consultation,
    Decision,
    DecisionItem,
    Provided,
    SearchRecord,
)
from gongkai.casework.decision.proposal import Proposal
from gongkai.casework.decision.versions import DecisionVersion
from gongkai.casework.ledger.models import Line
from gongkai.casework.letter.models import Letter, LetterNumbering, Service
from gongkai.casework.letter.seals import Seal

__all__ = [
    "Appeal",
    "AppealAmendment",
    "Applicant",
    "Assignment",
    "CalendarFeed",
    "Case",
    "CaseNumbering",
    "Charge",
    "Check",
    "Conference",
    "Consultation",
    "Decision",
    "DecisionItem",
    "DecisionVersion",
    "DueChange",
    "DueWarning",
    "Enclosure",
    "ExtensionRequest",
    "Fact",
    "Letter",
    "LetterNumbering",
    "Line",
    "Notice",
    "Practice",
    "Proposal",
    "Provided",
    "Seal",
    "SearchRecord",
    "Service",
    "StaffMail",
]
