"""What was published is taken down, and leaves a public trace."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.org.models import User
from gongkai.publishing.actions.allowing import prepared, reason_given
from gongkai.publishing.actions.drafting import void
from gongkai.publishing.actions.recording import announced, recorded
from gongkai.publishing.actions.registering import taken_down
from gongkai.publishing.actions.reviewing import taken_back
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.publication.models import PublicState, Withdrawal
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.notes import note_screened


@transaction.atomic
def withdraw(
    user: User, document: Document, *, reason: str, public_note: str, names_title: bool = True
) -> Withdrawal:
    """Take the public revision down, with its attachments and all earlier revisions.

    `reason` stays inside; `public_note` is shown in its place together with the day and, unless
    the title itself must not be seen, the title. Every cache and the index follow within a second.
    """
    document = prepared(user, "withdraw", document)
    inside = reason_given(reason)
    outside = note_screened(reason_given(public_note, "note_missing"))
    public = document.publications.select_for_update().filter(state=PublicState.PUBLIC).first()
    if public is None:
        raise NotAllowedError("not_public")
    public.state = PublicState.WITHDRAWN
    public.save(update_fields=["state"])
    made = Withdrawal.objects.create(
        document=document,
        publication=public,
        reason=inside,
        public_note=outside,
        names_title=names_title,
        by=user,
        at=timezone.now(),
    )
    details = {"reason": inside, "public_note": outside, "content_hash": public.content_hash}
    announced(recorded(user, "withdraw", document, details), document)
    taken_down(public)
    _end_what_is_pending(user, document)
    return made


def _end_what_is_pending(user: User, document: Document) -> None:
    """A revision on its way does not put back what was taken down: whoever reviewed or scheduled it
    did so for a document that was public. It is a draft again."""
    if document.stage == Stage.APPROVED:
        void(user, document)
    elif document.stage == Stage.IN_REVIEW:
        taken_back(user, document)
