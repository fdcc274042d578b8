"""Files that are given out with a decision, sealed like everything of a case."""

from __future__ import annotations

from gongkai import files
from gongkai.casework.application.sealing import opened
from gongkai.casework.decision.models import Provided


def content(provided: Provided) -> bytes:
    """The bytes that are given out. Raises FileNotFoundError, also for what was removed when the
    time to keep the case was over, and SealBrokenError."""
    if not provided.sha256:
        raise FileNotFoundError("removed")
    return opened(files.read(provided.sha256))


def held(sha256: str) -> bool:
    """Whether a file that is given out still stands on the bytes."""
    return Provided.objects.filter(sha256=sha256).exists()
