"""The register follows what is published: made, amended, repealed, lapsed."""

from __future__ import annotations

from datetime import date

from gongkai.org.models import User
from gongkai.publishing.publication.models import Publication, Relation


def noted(user: User, publication: Publication) -> None:
    """Enter a publication into the register, if its kind is registered, and carry out the repeals
    and amendments that it brings with it."""


def changed_by_relation(user: User, relation: Relation, *, undone: bool = False) -> None:
    """Carry out what a relation of a public document says of its target, or undo it."""


def lapse_due(as_of: date) -> int:
    """Bring the validity of every public document up to the day; how many changed."""
    return 0


def make_duties(as_of: date) -> int:
    """Make the duties that fall into the time up to the day; how many are new."""
    return 0
