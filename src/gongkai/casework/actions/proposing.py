"""What was given to an applicant is evaluated for publication (条例第四十四条)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import given, prepared, within
from gongkai.casework.actions.recording import recorded
from gongkai.casework.application.models import Case
from gongkai.casework.decision import files as given_out
from gongkai.casework.decision.models import DecisionState, Provided
from gongkai.casework.decision.proposal import Proposal
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User
from gongkai.publishing import actions as publishing
from gongkai.publishing import permissions as of_publishing
from gongkai.publishing.document import attachments
from gongkai.publishing.document.content import Content
from gongkai.publishing.document.models import Document
from gongkai.publishing.document.normal import ready
from gongkai.screening.files import identify


def propose_publication(
    user: User,
    case: Case,
    provided: Provided,
    *,
    basis: Proposal.Basis = Proposal.Basis.OWN,
    reason: str = "",
) -> Document:
    """Begin a draft of the file among what the agency publishes; the case links to it.

    It has the title of the file and the bytes that were given out, and nothing of the case: who
    asked and what for stays there. The draft goes through every review of its own. Raises
    "not_proposable", "same_value" for a file that was evaluated before, and "role" where the user
    may draft nothing.
    """
    data = _given_data(case, provided)
    text = ready(Content(title=provided.title))
    with transaction.atomic():
        case, provided = _evaluated(user, case, provided)
        if not user.has_perm(of_publishing.DRAFT, case.agency):
            raise NotAllowedError("role", case.agency.name)
        document = publishing.create(user, case.agency, text)
        kind = identify(data, provided.title).kind
        file = attachments.kept(f"{provided.title}.{kind}", data, kind)
        publishing.attach(user, document, file)
        document.refresh_from_db()
        said = within(reason, 500)
        _kept(user, case, provided, basis=basis, reason=said, document=document)
    return document


@transaction.atomic
def decline_publication(
    user: User,
    case: Case,
    provided: Provided,
    reason: str,
    *,
    basis: Proposal.Basis = Proposal.Basis.SUGGESTED,
) -> Proposal:
    """Write down why the file is not published. Raises as `propose_publication` does."""
    case, provided = _evaluated(user, case, provided)
    said = within(given(reason), 500)
    return _kept(user, case, provided, basis=basis, reason=said)


def _given_data(case: Case, provided: Provided) -> bytes:
    if provided.decision.case_id != case.pk:
        raise NotAllowedError("not_proposable")
    try:
        return given_out.content(provided)
    except FileNotFoundError as error:
        raise NotAllowedError("not_proposable") from error


def _evaluated(user: User, case: Case, provided: Provided) -> tuple[Case, Provided]:
    case = prepared(user, "propose_publication", case)
    row = Provided.objects.select_related("decision").filter(pk=provided.pk).first()
    if row is None or row.decision.case_id != case.pk:
        raise NotAllowedError("not_proposable")
    if row.decision.state != DecisionState.SIGNED or case.answered_on is None:
        raise NotAllowedError("not_proposable")
    if Proposal.objects.filter(provided=row).exists():
        raise NotAllowedError("same_value")
    return case, row


def _kept(
    user: User,
    case: Case,
    provided: Provided,
    *,
    basis: Proposal.Basis,
    reason: str,
    document: Document | None = None,
) -> Proposal:
    made = Proposal.objects.create(
        case=case,
        provided=provided,
        basis=basis,
        document=document,
        reason=reason,
        by=user,
        at=timezone.now(),
    )
    details = {"provided": provided.pk, "document": document.pk if document else None}
    recorded(user, "propose_publication", case, {**details, "basis": basis})
    return made
