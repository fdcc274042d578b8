"""The verbs of people: accounts, and the roles they hold at agencies."""

from __future__ import annotations

from django.db import transaction

from gongkai.administration.allowing import Actor, ask, ask_account, locked, reason_given
from gongkai.administration.invitations import Invitation, invitation
from gongkai.administration.permissions import STAFF
from gongkai.administration.refusal import NotAllowedError
from gongkai.org import actions as org
from gongkai.org.models import Agency, Membership, Role, Unit, User
from gongkai.trail import actions as trail


@transaction.atomic
def add_person(
    actor: Actor,
    username: str,
    full_name: str,
    *,
    agency: Agency,
    role: Role,
    unit: Unit | None = None,
) -> Invitation | None:
    """A person with a role at the agency, and the link for their password if the account is new.

    An account that is there is taken only if the name agrees, so that a user name alone tells
    nothing of who bears it. Raises ValidationError naming the field that does not fit.
    """
    ask(actor, STAFF, agency)
    person = User.objects.filter(username=User.normalize_username(username)).first()
    if person is not None:
        if person.full_name != full_name.strip():
            raise NotAllowedError("name_differs", username)
        appoint(actor, person, agency, role, unit)
        return None
    person = added(actor, username, full_name)
    appoint(actor, person, agency, role, unit)
    return invite(actor, person)


def added(actor: Actor, username: str, full_name: str) -> User:
    """A new account, recorded; whoever calls gives it a post in the same transaction."""
    person = org.add_person(username, full_name.strip())
    trail.record(actor, "org.add_person", person)
    return person


@transaction.atomic
def appoint(
    actor: Actor, person: User, agency: Agency, role: Role, unit: Unit | None = None
) -> Membership:
    """The person holds the role at the agency from now on, in the unit if one is given."""
    ask(actor, STAFF, agency)
    if not locked(agency).active:
        raise NotAllowedError("closed", agency.label())
    if not person.is_active:
        raise NotAllowedError("inactive", person.get_full_name())
    if unit is not None and (unit.agency_id != agency.pk or not unit.active):
        raise NotAllowedError("unit_elsewhere", unit.name)
    held = Membership.objects.filter(user=person, agency=agency, role=role).first()
    if held is not None and (unit is None or held.unit_id == unit.pk):
        raise NotAllowedError("unchanged")
    membership = org.appoint(person, agency, role, unit)
    details = {"role": role, "user": person.pk, **({"unit": unit.name} if unit else {})}
    trail.record(actor, "org.appoint", agency, label=agency.name, details=details)
    return membership


@transaction.atomic
def dismiss(actor: Actor, person: User, agency: Agency, role: Role) -> None:
    """The person no longer holds the role at the agency. Nobody gives up their own charge."""
    ask(actor, STAFF, agency)
    if person == actor and role == Role.ADMINISTRATOR:
        raise NotAllowedError("own_administration")
    if not Membership.objects.filter(user=person, agency=agency, role=role).exists():
        raise NotAllowedError("not_held")
    org.dismiss(person, agency, role)
    details = {"role": role, "user": person.pk}
    trail.record(actor, "org.dismiss", agency, label=agency.name, details=details)


@transaction.atomic
def rename_person(actor: Actor, person: User, full_name: str) -> User:
    """The person is called otherwise. Raises ValidationError naming what does not fit."""
    fresh = _account(actor, person)
    if fresh.full_name == full_name.strip():
        raise NotAllowedError("unchanged")
    org.rename_person(fresh, full_name.strip())
    trail.record(actor, "org.rename_person", fresh)
    return fresh


@transaction.atomic
def deactivate(actor: Actor, person: User, reason: str) -> User:
    """The person can no longer log in; what they did stays under their name."""
    fresh = _account(actor, person)
    why = reason_given(reason)
    if fresh == actor:
        raise NotAllowedError("own_account")
    if not fresh.is_active:
        raise NotAllowedError("inactive")
    org.deactivate(fresh)
    trail.record(actor, "org.deactivate", fresh, details={"reason": why})
    return fresh


@transaction.atomic
def activate(actor: Actor, person: User) -> User:
    """The person can log in again."""
    fresh = _account(actor, person)
    if fresh.is_active:
        raise NotAllowedError("not_inactive")
    org.activate(fresh)
    trail.record(actor, "org.activate", fresh)
    return fresh


@transaction.atomic
def invite(actor: Actor, person: User) -> Invitation:
    """A new link for the person's password. The present password lasts until it is used."""
    fresh = _account(actor, person)
    if not fresh.is_active:
        raise NotAllowedError("inactive", fresh.get_full_name())
    trail.record(actor, "org.invite", fresh)
    return invitation(fresh)


@transaction.atomic
def set_password(person: User, password: str) -> User:
    """The person sets the password that their link allows, once."""
    person.set_password(password)
    person.save(update_fields=["password"])
    trail.record(person, "org.set_password", person)
    return person


def _account(actor: Actor, person: User) -> User:
    """The account as it stands now, locked, if the actor may change it."""
    fresh = User.objects.select_for_update().filter(pk=person.pk).first()
    if fresh is None:
        raise NotAllowedError("changed_meanwhile")
    ask_account(actor, fresh)
    return fresh
