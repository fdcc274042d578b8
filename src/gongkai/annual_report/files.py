"""The bytes of the files reports were read from."""

from __future__ import annotations

from gongkai.annual_report.models import SourceFile
from gongkai.files import forget, keep, place, read

__all__ = ["content", "forget", "held", "keep", "place"]


def content(source: SourceFile) -> bytes:
    """The bytes of a source file. Raises FileNotFoundError if they are gone."""
    return read(source.sha256)


def held(sha256: str) -> bool:
    """Whether a source file stands on the bytes with that hash."""
    return SourceFile.objects.filter(sha256=sha256).exists()
