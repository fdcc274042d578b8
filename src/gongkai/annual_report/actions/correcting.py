"""A draft is changed: one cell, digits that ran together, or what the report is."""

from __future__ import annotations

from django.db import transaction

from gongkai.annual_report import correction
from gongkai.annual_report.actions.allowing import prepared, reason_given
from gongkai.annual_report.actions.keeping import plain, written
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.models import Revision
from gongkai.law.forms import Address
from gongkai.org.models import User
from gongkai.trail import actions as trail


@transaction.atomic
def correct(
    user: User, revision: Revision, address: Address, figure: Figure, reason: str
) -> Revision:
    """Put another figure into one cell of a draft; None makes it blank. The source text stays."""
    revision = prepared(user, "correct", revision)
    words = reason_given(reason)
    before = revision.as_report()
    after = correction.corrected(before, address, figure)
    written(revision, after)
    trail.record(
        user,
        "annual_report.correct",
        revision,
        details={
            "address": address,
            "before": plain(before.figures.get(address)),
            "after": plain(after.figures[address]),
            "reason": words,
            "content_hash": revision.content_hash,
        },
    )
    return revision


@transaction.atomic
def take_reading(
    user: User, revision: Revision, unplaced: int, reading: int, reason: str
) -> Revision:
    """Settle digits that ran together: fill the cells as one of the possible readings has them.

    `unplaced` and `reading` count from 0 in the report's `unplaced` and in its `readings`.
    """
    revision = prepared(user, "correct", revision)
    words = reason_given(reason)
    before = revision.as_report()
    after, taken = correction.with_reading(before, unplaced, reading)
    written(revision, after)
    item = before.unplaced[unplaced]
    trail.record(
        user,
        "annual_report.take_reading",
        revision,
        details={
            "place": item.place,
            "text": item.text[:300],
            "figures": {address: plain(figure) for address, figure in taken.items()},
            "reason": words,
            "content_hash": revision.content_hash,
        },
    )
    return revision
