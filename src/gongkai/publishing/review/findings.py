"""What a version holds that a person must look at, with what was decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.publishing.document.models import Document, Version
from gongkai.publishing.review.found import ORDER, Found
from gongkai.publishing.review.models import Verdict
from gongkai.publishing.review.same_number import same_number
from gongkai.publishing.review.screened import screened


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and the verdict on it, if there is one."""

    found: Found
    verdict: Verdict | None

    @property
    def undecided(self) -> bool:
        """Whether nobody has decided about it yet."""
        return self.verdict is None


def findings(version: Version) -> list[Judged]:
    """Everything found in the text, the metadata and the attachments, the gravest first."""
    verdicts = _verdicts(version.document)
    every = sorted([*screened(version), *same_number(version)], key=lambda it: ORDER[it.severity])
    return [Judged(found, verdicts.get(found.fingerprint)) for found in every]


def undecided_errors(judged: Sequence[Judged]) -> list[Judged]:
    """Those that keep a document from being approved."""
    return [item for item in judged if item.undecided and item.found.severity == "error"]


def _verdicts(document: Document) -> dict[str, Verdict]:
    rows = Verdict.objects.filter(document=document).select_related("by")
    return {verdict.fingerprint: verdict for verdict in rows}
