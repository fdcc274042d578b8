"""A version put through every screening: its text, its metadata, and what its files hide."""

from __future__ import annotations

from gongkai.publishing.document.models import Version
from gongkai.publishing.review.files_screened import traces_found
from gongkai.publishing.review.found import ORDER, Found
from gongkai.publishing.review.text_screened import text_found

__all__ = ["Found", "screened"]


def screened(version: Version) -> list[Found]:
    """Everything found, errors first, the text before the files, in reading order.

    A version never changes, and neither does what is found in it.
    """
    found = [*text_found(version), *traces_found(version.attachments.order_by("position"))]
    return sorted(found, key=lambda item: ORDER[item.severity])
