"""Whether a verb may be done to a document: the role, its stage, and a reason in words."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from gongkai.org.models import Agency, User
from gongkai.publishing import permissions
from gongkai.publishing.document.models import Document
from gongkai.publishing.document.rules import VERBS_BY_STAGE, Verb, allows
from gongkai.publishing.refusal import NotAllowedError
from gongkai.screening.text.invisible import visible

PERMISSION: dict[Verb, str] = {
    "edit": permissions.DRAFT,
    "submit": permissions.DRAFT,
    "recall": permissions.DRAFT,
    "approve": permissions.REVIEW,
    "send_back": permissions.REVIEW,
    "remark": permissions.REVIEW,
    "judge": permissions.JUDGE,
    "publish": permissions.PUBLISH,
    "schedule": permissions.PUBLISH,
    "unschedule": permissions.PUBLISH,
    "file_away": permissions.PUBLISH,
    "amend": permissions.DRAFT,
    "withdraw": permissions.WITHDRAW,
    "discard": permissions.DRAFT,
    "relate": permissions.RELATE,
}


def ask(user: User | AnonymousUser, permission: str, agency: Agency) -> None:
    """Raise NotAllowedError "role" unless the user has the permission at the agency."""
    if not user.has_perm(permission, agency):
        raise NotAllowedError("role", agency.name)


def refused(user: User | AnonymousUser, verb: Verb, document: Document) -> NotAllowedError | None:
    """Why the user may not do the verb to the document, by role or stage; None if they may."""
    if not user.has_perm(PERMISSION[verb], document.agency):
        return NotAllowedError("role", document.agency.name)
    return None if allows(verb, document.stage) else NotAllowedError("stage")


def possible(user: User | AnonymousUser, document: Document) -> dict[Verb, NotAllowedError | None]:
    """For every verb, None if role and stage allow it now, or why not."""
    verbs = dict.fromkeys(verb for verbs in VERBS_BY_STAGE.values() for verb in verbs)
    return {verb: refused(user, verb, document) for verb in verbs}


def locked(pk: int) -> Document:
    """The document as it stands now, locked until the transaction ends."""
    rows = Document.objects.select_for_update(of=("self",)).select_related("agency", "head")
    document = rows.filter(pk=pk).first()
    if document is None:
        raise NotAllowedError("changed_meanwhile")
    return document


def prepared(user: User | AnonymousUser, verb: Verb, document: Document) -> Document:
    """The document, locked, if the verb may be done to it now. Raises NotAllowedError."""
    fresh = locked(document.pk)
    why_not = refused(user, verb, fresh)
    if why_not:
        raise why_not
    return fresh


LONGEST_REASON = 5_000
"""Characters of a reason or comment; what is longer is refused, never cut."""


def reason_given(text: str, missing: str = "reason_missing") -> str:
    """The reason as it is read, without blanks around it. Raises `missing`, or "too_long"."""
    words = within(visible(text).strip())
    if not words:
        raise NotAllowedError(missing)
    return words


def within(words: str) -> str:
    """The words, if there are not more than a record can hold. Raises "too_long"."""
    if len(words) > LONGEST_REASON:
        raise NotAllowedError("too_long")
    return words
