"""Which files come in with an application: told by their content, never by what they are called."""

from __future__ import annotations

from gongkai.casework.application.enclosures import Incoming
from gongkai.screening.files import Kind, identify
from gongkai.screening.files import refused as refused_by_content

TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "ofd": "application/ofd",
}
"""Kinds that are taken, with their media types."""
MOST = 20
_MEGABYTE = 1024 * 1024


def limit(*, web: bool) -> int:
    """How many bytes one file may have: 10 MB from the web, 50 MB from an officer's scanner."""
    return (10 if web else 50) * _MEGABYTE


def refused(file: Incoming, longest: int) -> str:
    """Why the file is not taken (a reason of `faults`); "" if it is."""
    if len(file.data) > longest:
        return "file_too_large"
    identity = identify(file.data, file.name)
    if identity.kind in TYPES:
        return "file_unsafe" if refused_by_content(identity) else ""
    return "file_kind"


def as_it_is(file: Incoming) -> Incoming:
    """The file with the media type of its content, whatever the sender called it."""
    kind = identify(file.data, file.name).kind
    return Incoming(file.name, TYPES.get(kind, "application/octet-stream"), file.data)
