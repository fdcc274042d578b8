"""The writes of `gongkai.org.actions` for thousands of rows at once, as a plan names them.

A plan has held its rows against each other and what is there; here each row is only held once
more against its own fields. A write that had to ask the database about every row would keep all
others waiting for minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.contrib.auth.hashers import make_password

from gongkai.org.actions import CHANGEABLE
from gongkai.org.importing.change import Change
from gongkai.org.models import Agency, Membership, Unit, User
from gongkai.org.names import search_text, sort_key

BATCH = 500
_REFERENCES = ("superior", "reconsideration_organ")
_WRITTEN = (*CHANGEABLE, "superior", "path", "sort_key", "search_text")


def write_agencies(steps: Iterable[Change]) -> dict[str, Agency]:
    """Add, change and move agencies; superiors come before those below them.

    Gives every agency of the tree by its code. Raises ValidationError naming the field that does
    not fit.
    """
    tree = {agency.code: agency for agency in Agency.objects.select_for_update().order_by("pk")}
    by_key = {agency.pk: agency for agency in tree.values()}
    for agency in tree.values():
        agency.superior = by_key[agency.superior_id] if agency.superior_id else None
    known = {code: agency.path for code, agency in tree.items()}
    changes = list(steps)
    for change in changes:
        code = change.key[0]
        tree[code] = _filled(tree.get(code) or Agency(code=code), change, tree)
    _refer(changes, tree)
    for agency in tree.values():
        agency.path = _path(agency, tree)
    for change in changes:
        tree[change.key[0]].clean_fields(exclude=_REFERENCES)
    _create_agencies([tree[c.key[0]] for c in changes if c.verb == "create"], tree)
    touched = {c.key[0] for c in changes}
    written = [tree[c] for c, path in known.items() if c in touched or tree[c].path != path]
    Agency.objects.bulk_update(written, _WRITTEN, batch_size=BATCH // 5)
    return tree


def write_units(steps: Iterable[Change], tree: Mapping[str, Agency]) -> dict[tuple[str, str], Unit]:
    """Add and change units. Gives every unit by the codes of its agency and its own."""
    units = {
        (unit.agency.code, unit.code): unit
        for unit in Unit.objects.select_for_update(of=("self",)).select_related("agency")
    }
    created: list[Unit] = []
    changed: list[Unit] = []
    for change in steps:
        agency, code = change.key
        unit = units.setdefault((agency, code), Unit(agency=tree[agency], code=code))
        for name, value in change.values.items():
            setattr(unit, name, value)
        unit.sort_key = sort_key(unit.name)
        unit.clean_fields(exclude=["agency"])
        (created if change.verb == "create" else changed).append(unit)
    Unit.objects.bulk_create(created, batch_size=BATCH)
    Unit.objects.bulk_update(changed, ["name", "position", "sort_key"], batch_size=BATCH)
    return units


def write_people(steps: Iterable[Change]) -> dict[str, User]:
    """Add people without a usable password, and rename. Gives every person by user name."""
    people = {person.username: person for person in User.objects.all()}
    created: list[User] = []
    changed: list[User] = []
    for change in steps:
        username = change.key[0]
        person = people.setdefault(username, User(username=username, password=make_password(None)))
        person.full_name = str(change.values["full_name"])
        person.clean_fields()
        (created if change.verb == "create" else changed).append(person)
    User.objects.bulk_create(created, batch_size=BATCH)
    User.objects.bulk_update(changed, ["full_name"], batch_size=BATCH)
    return people


def write_posts(
    steps: Iterable[Change],
    tree: Mapping[str, Agency],
    units: Mapping[tuple[str, str], Unit],
    people: Mapping[str, User],
) -> None:
    """Appoint people, and place those who hold a role already in another unit."""
    created = []
    for change in steps:
        username, agency, role = change.key
        unit = units.get((agency, str(change.values.get("unit", ""))))
        post = {"user": people[username], "agency": tree[agency], "role": role}
        if change.verb == "create":
            created.append(Membership(**post, unit=unit))
        else:
            Membership.objects.filter(**post).update(unit=unit)
    Membership.objects.bulk_create(created, batch_size=BATCH)


def _filled(agency: Agency, change: Change, tree: Mapping[str, Agency]) -> Agency:
    if "superior" in change.values:
        agency.superior = tree.get(str(change.values["superior"]))
    plain: dict[str, Any] = {k: v for k, v in change.values.items() if k not in _REFERENCES}
    for name, value in plain.items():
        setattr(agency, name, value)
    if change.verb == "create" and not agency.region and agency.superior:
        agency.region = agency.superior.region
    agency.sort_key = sort_key(agency.name)
    agency.search_text = search_text(agency.name, agency.short_name, agency.name_en)
    return agency


def _refer(changes: Iterable[Change], tree: Mapping[str, Agency]) -> None:
    """Once all agencies are known, whoever comes later in the file can reconsider too."""
    for change in changes:
        if "reconsideration_organ" in change.values:
            organ = tree.get(str(change.values["reconsideration_organ"]))
            tree[change.key[0]].reconsideration_organ = organ


def _path(agency: Agency, tree: Mapping[str, Agency]) -> str:
    codes = []
    at: Agency | None = agency
    while at is not None:
        codes.append(at.code)
        at = tree[at.superior.code] if at.superior else None
    return "/".join(reversed(codes)) + "/"


def _create_agencies(created: list[Agency], tree: Mapping[str, Agency]) -> None:
    """A generation at a time: what is below needs the key of what is above.

    Who reconsiders is written afterwards, when everybody has a key.
    """
    organs = {a.code: a.reconsideration_organ for a in created if a.reconsideration_organ}
    for agency in created:
        agency.reconsideration_organ = None
    for _, generation in groupby(created, key=lambda agency: agency.path.count("/")):
        Agency.objects.bulk_create(list(generation), batch_size=BATCH)
    told = [tree[code] for code in organs]
    for agency in told:
        agency.reconsideration_organ = organs[agency.code]
    Agency.objects.bulk_update(told, ["reconsideration_organ"], batch_size=BATCH)
