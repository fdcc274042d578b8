"""What is there already, as plain values that a plan can be held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from gongkai.org.importing.columns import AGENCIES
from gongkai.org.importing.entries import Value
from gongkai.org.models import Agency, Membership, Unit, User

REFERENCES = ("superior", "reconsideration_organ")
PLAIN = tuple(
    column.field for column in AGENCIES.columns if column.field not in {"code", *REFERENCES}
)


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency by its fields; other agencies stand in them by their codes."""

    values: Mapping[str, Value]
    active: bool = True
    in_charge: bool = True


@dataclass(frozen=True, slots=True)
class KnownUnit:
    name: str
    position: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class KnownPerson:
    full_name: str
    active: bool = True
    in_charge: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """Agencies by code, units by agency and code, people by user name, and the unit (or "") of
    every post by user name, agency and role. `may_place_root`: whether a row may stand under
    nobody."""

    agencies: Mapping[str, KnownAgency] = field(default_factory=dict)
    units: Mapping[tuple[str, str], KnownUnit] = field(default_factory=dict)
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    posts: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    may_place_root: bool = True


def state(charge: QuerySet[Agency] | None) -> State:
    """What is there. `charge` are the agencies in the person's charge; None is the whole tree."""
    mine = None if charge is None else set(charge.values_list("code", flat=True))
    posts = {
        (username, agency, role): unit or ""
        for username, agency, role, unit in Membership.objects.values_list(
            "user__username", "agency__code", "role", "unit__code"
        )
    }
    return State(
        agencies=_agencies(mine),
        units={
            (agency, code): KnownUnit(name, position, active)
            for agency, code, name, position, active in Unit.objects.values_list(
                "agency__code", "code", "name", "position", "active"
            )
        },
        people=_people(mine, posts),
        posts=posts,
        may_place_root=mine is None,
    )


def _agencies(mine: set[str] | None) -> dict[str, KnownAgency]:
    rows = Agency.objects.values(
        "code", "active", "superior__code", "reconsideration_organ__code", *PLAIN
    )
    return {
        row["code"]: KnownAgency(
            {
                **{name: row[name] for name in PLAIN},
                **{name: row[f"{name}__code"] or "" for name in REFERENCES},
            },
            active=row["active"],
            in_charge=mine is None or row["code"] in mine,
        )
        for row in rows
    }


def _people(
    mine: set[str] | None, posts: Mapping[tuple[str, str, str], str]
) -> dict[str, KnownPerson]:
    """People; those in one's charge hold all their posts there, and at least one."""
    places: dict[str, set[str]] = defaultdict(set)
    for username, agency, _ in posts:
        places[username].add(agency)
    return {
        username: KnownPerson(
            full_name,
            active,
            in_charge=mine is None
            or (not superuser and bool(places[username]) and places[username] <= mine),
        )
        for username, full_name, active, superuser in User.objects.values_list(
            "username", "full_name", "is_active", "is_superuser"
        )
    }
