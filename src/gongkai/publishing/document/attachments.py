"""The files of a document: kept by their hash, listed by version."""

from __future__ import annotations

from gongkai import files
from gongkai.publishing.document.content import AttachedFile
from gongkai.publishing.document.models import Attachment, Version
from gongkai.screening.text.invisible import visible


def held(sha256: str) -> bool:
    """Whether a version of some document stands on the bytes with that hash."""
    return Attachment.objects.filter(sha256=sha256).exists()


def attached(version: Version) -> tuple[AttachedFile, ...]:
    """The files of a version, in order."""
    return tuple(
        AttachedFile(file.name, file.sha256, file.size, file.kind)
        for file in version.attachments.order_by("position")
    )


def rows(version: Version, listed: tuple[AttachedFile, ...]) -> list[Attachment]:
    """Unsaved rows that attach the files to the version, in order."""
    return [
        Attachment(
            version=version,
            position=position,
            name=file.name,
            sha256=file.sha256,
            size=file.size,
            kind=file.kind,
        )
        for position, file in enumerate(listed, start=1)
    ]


def kept(name: str, data: bytes, kind: str) -> AttachedFile:
    """The file under its name as it is read, its bytes kept.

    `kind` is what `gongkai.screening.files` found them to be.
    """
    return AttachedFile(plain_name(visible(name)), files.keep(data), len(data), kind)


def plain_name(name: str) -> str:
    """The name without any path, as a file may be called on every system."""
    return name.replace("\0", "").replace("\\", "/").rpartition("/")[2].strip()[-255:] or "附件"
