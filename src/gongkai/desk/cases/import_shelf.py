"""Where an older ledger that is being imported lies meanwhile, sealed: it names applicants."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.core.cache import caches

from gongkai.casework.application.sealing import SealBrokenError, opened, seal
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

KEPT = 24 * 3600
"""Seconds a file and what came of it can be looked at."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file somebody has uploaded, what was said of its columns, and how far its import is.

    `tried` and `done` are outcomes as `outcomes.sealed` keeps them.
    """

    name: str
    mark: str
    told: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    tried: str = ""
    order: int | None = None
    done: str = ""


class Shelf:
    """Where a file of one person lies for a day, sealed, with what was said of it."""

    def __init__(self, user: User, token: str) -> None:
        self.token = token
        self._key = f"desk:cases-import:{user.pk}:{token}"

    def put(self, held: Held) -> None:
        """Keep what is known of the file."""
        sealed = seal(json.dumps(asdict(held)).encode())
        caches["shared"].set(self._key, sealed, KEPT)

    def get(self) -> Held | None:
        """What is known of it; None if it is not there any more, or no key opens it."""
        sealed = caches["shared"].get(self._key)
        try:
            plain = json.loads(opened(sealed)) if sealed else None
        except SealBrokenError:
            return None
        return Held(**{**plain, "headings": tuple(plain["headings"])}) if plain else None

    def put_file(self, data: bytes) -> None:
        """Keep the file itself."""
        caches["shared"].set(f"{self._key}:file", seal(data), KEPT)

    def file(self) -> bytes:
        """The file itself. Raises NotAllowedError where it is gone."""
        sealed = caches["shared"].get(f"{self._key}:file")
        if sealed is None:
            raise NotAllowedError("changed_meanwhile")
        return opened(sealed)

    def drop_file(self) -> None:
        """The file is not needed any more: all of it is in."""
        caches["shared"].delete(f"{self._key}:file")

    def begin(self) -> bool:
        """Whether the import begins now, and had not begun before."""
        return bool(caches["shared"].add(f"{self._key}:begun", True, KEPT))

    def begin_again(self) -> None:
        """It did not come to its end and may be tried once more."""
        caches["shared"].delete(f"{self._key}:begun")
