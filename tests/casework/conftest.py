"""The people of `own` under their posts, and applications that came in there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import ApplicantKind, Case, Channel
from gongkai.casework.application.person import Person
from gongkai.org.models import Membership, Role, User
from tests.casework.handling import office

__all__ = ["office"]

APPLICANT = Person(
    name="沈青禾",
    identity_kind="id_card",
    identity_number="110101199003070003",
    telephone="13900001111",
    email="shen@example.org",
    address="青禾县柳溪镇一号",
    postcode="990121",
)
DESCRIPTION = "青禾县二〇二五年度城乡供水保障资金的分配方案"


@pytest.fixture
def officer(cast: SimpleNamespace) -> User:
    """Case officer of the disclosure office of `own`."""
    return cast.officer


@pytest.fixture
def head(cast: SimpleNamespace) -> User:
    """Head of the disclosure office of `own`."""
    return cast.reviewer


@pytest.fixture
def signatory(cast: SimpleNamespace) -> User:
    """Signs for `own`."""
    return cast.signatory


@pytest.fixture
def secrecy(cast: SimpleNamespace) -> User:
    """Secrecy reviewer of `own`."""
    return cast.secrecy_reviewer


@pytest.fixture
def legality(cast: SimpleNamespace) -> User:
    """Legality reviewer of `own`."""
    return cast.legality_reviewer


@pytest.fixture
def liaison(cast: SimpleNamespace, county: SimpleNamespace) -> User:
    """Liaison officer of `own`."""
    user = User.objects.create(username="liaison", full_name="liaison", password="!")
    Membership.objects.create(user=user, agency=county.own, role=Role.LIAISON_OFFICER)
    return user


@pytest.fixture
def supervisor(cast: SimpleNamespace) -> User:
    """Supervisor of the whole county."""
    return cast.supervisor


@pytest.fixture
def stranger(cast: SimpleNamespace) -> User:
    """Logged in, without any role."""
    return cast.stranger


@pytest.fixture
def colleague(cast: SimpleNamespace) -> User:
    """Case officer and drafter at `other`."""
    return cast.colleague


@pytest.fixture
def application(county: SimpleNamespace) -> Callable[..., Application]:
    """Makes a complete application to `own`, handed in today at the counter."""

    def make(**changes: Any) -> Application:
        usual: dict[str, Any] = {
            "agency": county.own,
            "channel": Channel.COUNTER,
            "submitted_on": timezone.localdate(),
            "kind": ApplicantKind.NATURAL_PERSON,
            "person": APPLICANT,
            "description": DESCRIPTION,
        }
        return Application(**{**usual, **changes})

    return make


@pytest.fixture
def received(officer: User, application: Callable[..., Application]) -> Callable[..., Case]:
    """Has the officer enter an application; `changes` override its fields. `ago=10` is one that
    was handed in ten days ago."""

    def make(ago: int = 0, **changes: Any) -> Case:
        day = timezone.localdate() - timedelta(days=ago)
        return actions.receive(officer, application(submitted_on=day, **changes)).case

    return make


@pytest.fixture
def today() -> date:
    """The day on which the test runs."""
    return timezone.localdate()


@pytest.fixture
def case(office, received):
    """Received today, in an office that can issue letters."""
    return received()
