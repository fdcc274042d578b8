"""The roles a person holds and where: asked of the database, or once for a page that only shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from gongkai.org.models import Membership, Role, User

OVER_SUBTREE = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
"""Roles with charge of an agency and of everything below it."""


class Held(NamedTuple):
    """A role, and the path of the agency at which it is held."""

    role: str
    path: str

    def reaches(self, path: str) -> bool:
        """Whether the role counts at the agency with that path."""
        return path.startswith(self.path) if self.role in OVER_SUBTREE else path == self.path


_once: ContextVar[dict[int, tuple[Held, ...]] | None] = ContextVar("roles", default=None)


def held(user: User) -> tuple[Held, ...]:
    """Every role of the person."""
    known = _once.get()
    if known is not None and user.pk in known:
        return known[user.pk]
    rows = Membership.objects.filter(user=user).values_list("role", "agency__path")
    found = tuple(Held(*row) for row in rows)
    if known is not None:
        known[user.pk] = found
    return found


@contextmanager
def asked_once() -> Iterator[None]:
    """Within, the database is asked once for the roles of a person.

    For pages that show and change nothing. Whatever changes something asks anew.
    """
    token = _once.set({})
    try:
        yield
    finally:
        _once.reset(token)
