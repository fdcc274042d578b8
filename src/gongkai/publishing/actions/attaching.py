"""Files are attached after a look at what they are, and cleaned of what does not show."""

from __future__ import annotations

from collections import Counter
from typing import cast, get_args

from django.db import transaction

from gongkai import files
from gongkai.org.models import User
from gongkai.publishing.actions.allowing import refused
from gongkai.publishing.actions.drafting import attach
from gongkai.publishing.document import attachments
from gongkai.publishing.document.incoming import FileRefusedError, received
from gongkai.publishing.document.models import Attachment, Document, Version
from gongkai.publishing.refusal import NotAllowedError
from gongkai.screening.files import Cleaned, Kind, UnsafeFileError, clean


def receive(
    user: User, document: Document, name: str, data: bytes, *, replaces: str = ""
) -> Version:
    """Attach a file that came in as bytes. The same file again changes nothing.

    Raises FileRefusedError with the reason in words, or NotAllowedError.
    """
    why_not = refused(user, "edit", document)
    if why_not:
        raise why_not
    file = received(name, data)
    with transaction.atomic():
        document.refresh_from_db(fields=["head"])
        head = document.head
        there = head is not None and head.attachments.filter(sha256=file.sha256).exists()
        if head is not None and there:
            return head
        return attach(user, document, file, replaces=replaces)


def clean_copy(user: User, document: Document, sha256: str) -> Cleaned:
    """Put a copy without hidden content in the place of the file with that hash.

    The original stays with the versions that had it. Raises NotAllowedError "not_cleanable" where
    nothing can be removed.
    """
    why_not = refused(user, "edit", document)
    if why_not:
        raise why_not
    document.refresh_from_db(fields=["head"])
    held = Attachment.objects.filter(version=document.head, sha256=sha256).first()
    if held is None or held.kind not in get_args(Kind):
        raise NotAllowedError("no_such_file")
    try:
        copy = clean(files.read(sha256), cast("Kind", held.kind))
    except UnsafeFileError as error:
        words = (error.refusal.message("zh"), error.refusal.message("en"))
        raise FileRefusedError(held.name, error.refusal.code, words) from error
    if not copy.removed:
        raise NotAllowedError("not_cleanable", held.name)
    file = attachments.kept(held.name, copy.data, held.kind)
    removed = Counter[str](trace.code for trace in copy.removed)
    attach(user, document, file, replaces=sha256, removed=removed)
    return copy
