"""Whether a document still holds, for its banner: since when it does not, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.publishing.document.models import Validity, Version
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.publication.queries import public_titles
from gongkai.publishing.register.models import Campaign
from gongkai.publishing.register.queries import life_of
from gongkai.publishing.register.rules import at

OVER = frozenset({Validity.REPEALED, Validity.INVALID, Validity.LAPSED})


@dataclass(frozen=True, slots=True)
class Standing:
    """`validity` as it is shown everywhere, with what led to it.

    `by` is the document that did it, where that is public; `campaign` the clean-up. Both are None
    where the document's own dates did, or where the register does not say.
    """

    validity: Validity
    since: date | None = None
    by: Publication | None = None
    campaign: Campaign | None = None
    effective_on: date | None = None
    expires_on: date | None = None

    @property
    def in_force(self) -> bool:
        """Whether there is nothing to say."""
        return self.validity == Validity.IN_FORCE

    @property
    def over(self) -> bool:
        """Whether the document holds no more."""
        return self.validity in OVER


def standing(publication: Publication, version: Version, on: date) -> Standing:
    """How things stand with the document on that day, as the register tells it."""
    validity = Validity(publication.document.validity)
    if validity == Validity.IN_FORCE:
        return Standing(validity)
    span = at(life_of(publication.document), on)
    known = span if span is not None and span.validity == validity.value else None
    by = public_titles({known.by}).get(known.by) if known and known.by else None
    campaign = None
    if known and known.campaign:
        campaign = Campaign.objects.filter(pk=known.campaign).first()
    return Standing(
        validity,
        since=known.since if known else None,
        by=by,
        campaign=campaign,
        effective_on=version.effective_on,
        expires_on=version.expires_on,
    )
