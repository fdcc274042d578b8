"""Zip packages (.docx, .xlsx) with the same bytes each time they are made."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def repacked(data: bytes) -> bytes:
    """The package with every entry dated 1 January 1980, in the same order."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            plain = ZipInfo(entry.filename)
            plain.compress_type = ZIP_DEFLATED
            new.writestr(plain, old.read(entry))
    return stream.getvalue()
