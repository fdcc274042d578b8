"""The tables of the flow, gathered where Django looks for them; each lives with its step."""

from __future__ import annotations

from gongkai.publishing.catalogue.models import CatalogueItem, Duty
from gongkai.publishing.document.models import Attachment, Document, Version
from gongkai.publishing.importing.models import Batch, BatchRow
from gongkai.publishing.publication.models import (
    Exemption,
    MonthOfVisits,
    Numbering,
    NumberPattern,
    Publication,
    Relation,
    Schedule,
    Withdrawal,
)
from gongkai.publishing.register.models import (
    Campaign,
    CampaignDecision,
    RegisterEvent,
    Tally,
    UsualValidity,
)
from gongkai.publishing.review.models import (
    Decision,
    FileScreening,
    LinkCheck,
    Remark,
    ReviewStep,
    Round,
    Verdict,
)
from gongkai.publishing.search.models import Outbox

__all__ = [
    "Attachment",
    "Batch",
    "BatchRow",
    "Campaign",
    "CampaignDecision",
    "CatalogueItem",
    "Decision",
    "Document",
    "Duty",
    "Exemption",
    "FileScreening",
    "LinkCheck",
    "MonthOfVisits",
    "NumberPattern",
    "Numbering",
    "Outbox",
    "Publication",
    "RegisterEvent",
    "Relation",
    "Remark",
    "ReviewStep",
    "Round",
    "Schedule",
    "Tally",
    "UsualValidity",
    "Verdict",
    "Version",
    "Withdrawal",
]
