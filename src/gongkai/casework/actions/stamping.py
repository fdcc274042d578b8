"""The pictures that go on an agency's letters: its seal, and the stamp of who signs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, within
from gongkai.casework.application.sealing import seal
from gongkai.casework.letter.paper.measures import SEAL_MM
from gongkai.casework.letter.paper.sheet import Picture, PictureError
from gongkai.casework.letter.seals import LARGEST, Seal
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import Agency, User
from gongkai.trail import actions as trail

WIDTHS_MM = (10, 60)


@transaction.atomic
def put_seal(
    user: User,
    agency: Agency,
    kind: Seal.Kind,
    png: bytes,
    *,
    valid_from: date,
    width: float = SEAL_MM,
    post: str = "",
) -> Seal:
    """Use the picture on letters dated from the day on; the one before ends the day before.

    `width` is in mm on paper, `post` the office of who signs. Raises "role", "seal_refused" for
    what is no PNG, is too large, or begins before the one in use.
    """
    ask(user, permissions.CONFIGURE, agency)
    _acceptable(png, width)
    _ended(agency, kind, valid_from)
    made = Seal.objects.create(
        agency=agency,
        kind=kind,
        sealed=seal(png),
        width=Decimal(str(width)),
        post=within(post, 60),
        valid_from=valid_from,
        uploaded_by=user,
        uploaded_at=timezone.now(),
    )
    details = {"kind": kind, "valid_from": valid_from.isoformat()}
    trail.record(user, "casework.put_seal", agency, label=agency.name, details=details)
    return made


def _acceptable(png: bytes, width: float) -> None:
    smallest, widest = WIDTHS_MM
    if len(png) > LARGEST or not smallest <= width <= widest:
        raise NotAllowedError("seal_refused")
    try:
        Picture(png, width)
    except PictureError as error:
        raise NotAllowedError("seal_refused") from error


def _ended(agency: Agency, kind: Seal.Kind, valid_from: date) -> None:
    rows = Seal.objects.select_for_update().filter(agency=agency, kind=kind)
    before = rows.filter(valid_until=None).first()
    if before is None:
        return
    if before.valid_from >= valid_from:
        raise NotAllowedError("seal_refused", before.valid_from.isoformat())
    before.valid_until = valid_from - timedelta(days=1)
    before.save(update_fields=["valid_until"])
