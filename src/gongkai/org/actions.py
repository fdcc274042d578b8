"""Placing agencies in the tree and people in agencies."""

from __future__ import annotations

from django.db import transaction

from gongkai.org.models import Agency, Membership, Role, User
from gongkai.org.names import search_text, sort_key


@transaction.atomic
def add_agency(
    *,
    code: str,
    name: str,
    level: str,
    superior: Agency | None = None,
    short_name: str = "",
    name_en: str = "",
    region: str = "",
    vertical: bool = False,
    position: int = 0,
) -> Agency:
    """A new agency under `superior` (None for a root).

    Raises ValidationError naming the field that does not fit.
    """
    agency = Agency(
        code=code,
        name=name,
        level=level,
        superior=superior,
        short_name=short_name,
        name_en=name_en,
        region=region or (superior.region if superior else ""),
        vertical=vertical,
        position=position,
        path=f"{superior.path if superior else ''}{code}/",
        sort_key=sort_key(name),
        search_text=search_text(name, short_name, name_en),
    )
    agency.full_clean()
    agency.save(force_insert=True)
    return agency


@transaction.atomic
def move_agency(agency: Agency, superior: Agency | None) -> Agency:
    """Put the agency and everything below it under another superior.

    Raises ValueError if the new superior is the agency itself or stands below it.
    """
    if superior is not None and superior.path.startswith(agency.path):
        raise ValueError(f"{superior} stands below {agency}")
    before, after = agency.path, f"{superior.path if superior else ''}{agency.code}/"
    agency.superior = superior
    agency.save(update_fields=["superior"])
    for member in Agency.objects.filter(path__startswith=before):
        member.path = after + member.path.removeprefix(before)
        member.save(update_fields=["path"])
    agency.refresh_from_db()
    return agency


def rename_agency(
    agency: Agency, *, name: str | None = None, short_name: str | None = None
) -> Agency:
    """Give the agency another name or short name, and find it by that from now on."""
    agency.name = agency.name if name is None else name
    agency.short_name = agency.short_name if short_name is None else short_name
    agency.sort_key = sort_key(agency.name)
    agency.search_text = search_text(agency.name, agency.short_name, agency.name_en)
    agency.full_clean()
    agency.save(update_fields=["name", "short_name", "sort_key", "search_text"])
    return agency


def appoint(user: User, agency: Agency, role: Role) -> Membership:
    """The user holds the role at the agency from now on; nothing changes if it did already."""
    membership, _ = Membership.objects.get_or_create(user=user, agency=agency, role=role)
    return membership


def dismiss(user: User, agency: Agency, role: Role) -> None:
    """The user no longer holds the role at the agency."""
    Membership.objects.filter(user=user, agency=agency, role=role).delete()
