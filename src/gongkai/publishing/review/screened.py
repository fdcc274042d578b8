"""A version put through every screening: text, metadata, and what its files say and hide."""

from __future__ import annotations

from django.utils import timezone

from gongkai.publishing.document.models import Version
from gongkai.publishing.review.files_screened import files_found
from gongkai.publishing.review.found import ORDER, Found
from gongkai.publishing.review.text_screened import text_found

__all__ = ["Found", "screened"]


def screened(version: Version) -> list[Found]:
    """Everything found, errors first, the text before the files, in reading order.

    A version never changes, and neither does what is found in it.
    """
    files = list(version.attachments.order_by("position"))
    day = timezone.localdate(version.at)
    found = [*text_found(version), *files_found(files, day)]
    return sorted(found, key=lambda item: ORDER[item.severity])
