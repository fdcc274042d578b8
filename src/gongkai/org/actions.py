"""Placing agencies in the tree, units in agencies and people in both.

These write and hold together what is derived (paths, keys for sorting and finding). Who may do it
and the line in the trail are the business of `gongkai.administration`, whose verbs pages and
commands call.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy

from gongkai.org.models import Agency, Membership, Role, Unit, User
from gongkai.org.names import search_text, sort_key
from gongkai.org.rules import is_credit_code

Closable = TypeVar("Closable", Agency, Unit)

CHANGEABLE = (
    "name",
    "short_name",
    "name_en",
    "level",
    "region",
    "vertical",
    "position",
    "credit_code",
    "reconsideration_organ",
    "court",
    "address",
    "office_hours",
    "telephone",
    "fax",
    "email",
)
"""What may be changed about an agency where it stands; its code names it for good."""


@transaction.atomic
def add_agency(*, code: str, superior: Agency | None = None, **fields: Any) -> Agency:
    """A new agency under `superior` (None for a root); `fields` are those of CHANGEABLE.

    It takes the region of its superior where none is given. Raises ValidationError naming the
    field that does not fit.
    """
    agency = Agency(code=code, superior=superior, path=_path(code, superior))
    if superior is not None:
        agency.region = superior.region
    _fill(agency, {name: value for name, value in fields.items() if name != "region" or value})
    agency.save(force_insert=True)
    return agency


@transaction.atomic
def change_agency(agency: Agency, **fields: Any) -> Agency:
    """Give the agency other values for some of CHANGEABLE, and find it by its new names.

    Raises ValidationError naming the field that does not fit.
    """
    _fill(agency, fields)
    agency.save(update_fields=[*fields, "sort_key", "search_text"])
    return agency


def rename_agency(
    agency: Agency, *, name: str | None = None, short_name: str | None = None
) -> Agency:
    """Give the agency another name or short name, and find it by that from now on."""
    given = {"name": name, "short_name": short_name}
    return change_agency(agency, **{key: text for key, text in given.items() if text is not None})


@transaction.atomic
def move_agency(agency: Agency, superior: Agency | None) -> Agency:
    """Put the agency and everything below it under another superior.

    Raises ValueError if the new superior is the agency itself or stands below it.
    """
    lock_tree()
    agency.refresh_from_db()
    if superior is not None:
        superior.refresh_from_db()
        if superior.path.startswith(agency.path):
            raise ValueError(f"{superior} stands below {agency}")
    before, after = agency.path, _path(agency.code, superior)
    agency.superior = superior
    agency.save(update_fields=["superior"])
    moved = list(Agency.objects.filter(path__startswith=before))
    for member in moved:
        member.path = after + member.path.removeprefix(before)
    Agency.objects.bulk_update(moved, ["path"], batch_size=500)
    agency.refresh_from_db()
    return agency


def lock_tree() -> None:
    """Queue for the shape of the tree until the transaction ends: two moves make no circle."""
    list(Agency.objects.select_for_update().filter(superior=None).order_by("pk").values("pk"))


def close_agency(agency: Agency) -> Agency:
    """The agency exists no longer; what it did and published stays under its name."""
    return _set_active(agency, active=False)


def reopen_agency(agency: Agency) -> Agency:
    """The agency exists again."""
    return _set_active(agency, active=True)


def add_unit(agency: Agency, *, code: str, name: str, position: int = 0) -> Unit:
    """A new unit inside the agency. Raises ValidationError naming the field that does not fit."""
    unit = Unit(agency=agency, code=code, name=name, position=position, sort_key=sort_key(name))
    _fit(unit)
    unit.save(force_insert=True)
    return unit


def change_unit(unit: Unit, *, name: str | None = None, position: int | None = None) -> Unit:
    """Give the unit another name or place. Raises ValidationError naming what does not fit."""
    unit.name = unit.name if name is None else name
    unit.position = unit.position if position is None else position
    unit.sort_key = sort_key(unit.name)
    _fit(unit)
    unit.save(update_fields=["name", "position", "sort_key"])
    return unit


def close_unit(unit: Unit) -> Unit:
    """The unit exists no longer; people and documents keep what they were ascribed to."""
    return _set_active(unit, active=False)


def reopen_unit(unit: Unit) -> Unit:
    """The unit exists again."""
    return _set_active(unit, active=True)


def add_person(username: str, full_name: str) -> User:
    """An account without a usable password. Raises ValidationError naming what does not fit."""
    person = User(username=User.normalize_username(username), full_name=full_name)
    if not full_name.strip():
        raise ValidationError({"full_name": gettext_lazy("请填写姓名。")})
    person.set_unusable_password()
    person.full_clean()
    person.save(force_insert=True)
    return person


def rename_person(person: User, full_name: str) -> User:
    """The person is called otherwise. Raises ValidationError naming what does not fit."""
    if not full_name.strip():
        raise ValidationError({"full_name": gettext_lazy("请填写姓名。")})
    person.full_name = full_name
    person.clean_fields(exclude=["password"])
    person.save(update_fields=["full_name"])
    return person


def deactivate(person: User) -> User:
    """The person can no longer log in, and what they are logged in to ends with it."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    return person


def activate(person: User) -> User:
    """The person can log in again, with the roles they still hold."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person


def appoint(user: User, agency: Agency, role: Role, unit: Unit | None = None) -> Membership:
    """The user holds the role at the agency from now on, in the unit if one is given.

    Nothing changes if it is so already.
    """
    membership, _ = Membership.objects.get_or_create(
        user=user, agency=agency, role=role, defaults={"unit": unit}
    )
    if unit is not None and membership.unit_id != unit.pk:
        membership.unit = unit
        membership.save(update_fields=["unit"])
    return membership


def dismiss(user: User, agency: Agency, role: Role) -> None:
    """The user no longer holds the role at the agency."""
    Membership.objects.filter(user=user, agency=agency, role=role).delete()


def _path(code: str, superior: Agency | None) -> str:
    return f"{superior.path if superior else ''}{code}/"


def _fill(agency: Agency, fields: dict[str, Any]) -> None:
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not to be changed about an agency: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(agency, name, value)
    agency.sort_key = sort_key(agency.name)
    agency.search_text = search_text(agency.name, agency.short_name, agency.name_en)
    agency.full_clean()
    if agency.credit_code and not is_credit_code(agency.credit_code):
        raise ValidationError(
            {
                "credit_code": gettext_lazy(
                    "统一社会信用代码的校验位不对。请对照证照核对十八位代码。"
                )
            }
        )


def _fit(unit: Unit) -> None:
    unit.clean_fields(exclude=["agency"])
    others = Unit.objects.filter(agency=unit.agency).exclude(pk=unit.pk)
    for field in ("code", "name"):
        if others.filter(**{field: getattr(unit, field)}).exists():
            words = gettext_lazy("该机关已有这样的内设机构，可能已撤销。请换一个，或恢复原来的。")
            raise ValidationError({field: words})


def _set_active(row: Closable, *, active: bool) -> Closable:
    row.active = active
    row.save(update_fields=["active"])
    return row
