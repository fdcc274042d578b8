"""Files put into a case: by an officer, or by the applicant with what corrects the application."""

from __future__ import annotations

from django.db import transaction

from gongkai.casework.actions.allowing import prepared
from gongkai.casework.actions.recording import recorded
from gongkai.casework.application import file_checks
from gongkai.casework.application.enclosures import Incoming, enclose
from gongkai.casework.application.models import Case, Enclosure, EnclosureKind
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User


@transaction.atomic
def add_enclosure(user: User, case: Case, kind: EnclosureKind, file: Incoming) -> Enclosure:
    """Put a file into the case. Raises "file_refused" for what is not taken, and "anonymised"."""
    case = prepared(user, "enclose", case)
    return enclosed(user, case, kind, file, web=False)


def enclosed(
    user: User | None, case: Case, kind: EnclosureKind, file: Incoming, *, web: bool
) -> Enclosure:
    """The file in the locked case, whoever brought it."""
    if case.anonymised_at:
        raise NotAllowedError("anonymised")
    if file_checks.refused(file, file_checks.limit(web=web)):
        raise NotAllowedError("file_refused")
    enclosure = enclose(case, kind, file_checks.as_it_is(file), user)
    recorded(user, "enclose", case, {"kind": kind, "enclosure": enclosure.pk})
    return enclosure
