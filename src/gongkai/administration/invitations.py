"""The link by which a person sets their own password: once, and for a limited time."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from gongkai.org.models import User


class Invitations(PasswordResetTokenGenerator):
    """A token dies with the password it was made under, with the next log-in, with a switched-off
    account, and after PASSWORD_RESET_TIMEOUT seconds. Nothing is stored for it."""

    key_salt = "gongkai.administration.invitations"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}"


tokens = Invitations()


@dataclass(frozen=True, slots=True)
class Invitation:
    """A person, and the two parts of the address at which they set their password."""

    person: User
    uid: str
    token: str


def invitation(person: User) -> Invitation:
    """What lets the person set a password."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return Invitation(person, uid, tokens.make_token(person))


def invited(uid: str, token: str) -> User | None:
    """The person the two parts let set a password; None if they do not or no longer."""
    try:
        key = int(urlsafe_base64_decode(uid))
    except (ValueError, OverflowError):
        return None
    person = User.objects.filter(pk=key, is_active=True).first()
    return person if person is not None and tokens.check_token(person, token) else None


def days() -> int:
    """How many days a link lasts."""
    return int(settings.PASSWORD_RESET_TIMEOUT // (24 * 3600))
