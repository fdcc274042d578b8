"""Files of a case: sealed before they touch the disk, opened only for who may see them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.utils import timezone

from gongkai import files
from gongkai.casework.application.models import Case, Enclosure, EnclosureKind
from gongkai.casework.application.sealing import opened, seal
from gongkai.org.models import User


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it came in, looked at and found acceptable."""

    name: str = field(repr=False)
    content_type: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The hash of the bytes as they came in."""
        return hashlib.sha256(self.data).hexdigest()


def enclose(case: Case, kind: EnclosureKind, file: Incoming, by: User | None) -> Enclosure:
    """Keep the bytes sealed and give the row. Inside the caller's transaction."""
    return Enclosure.objects.create(
        case=case,
        kind=kind,
        sealed_name=seal(file.name.encode()),
        content_type=file.content_type[:100],
        size=len(file.data),
        sha256=files.keep(seal(file.data)),
        added_at=timezone.now(),
        added_by=by,
    )


def content(enclosure: Enclosure) -> bytes:
    """The bytes as they came in. Raises FileNotFoundError, SealBrokenError."""
    return opened(files.read(enclosure.sha256))


def name_of(enclosure: Enclosure) -> str:
    """The name of the file as it came in. Raises SealBrokenError."""
    return opened(enclosure.sealed_name).decode()


def held(sha256: str) -> bool:
    """Whether an enclosure still stands on the bytes."""
    return Enclosure.objects.filter(sha256=sha256).exists()
