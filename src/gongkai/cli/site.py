"""What the commands that need the installation's database share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click


def set_up(**environment: str) -> Any:
    """Load Django with the installation's settings and return them.

    `environment` gives variables a value where they have none. A setting that does not fit is a
    sentence and exit 2.
    """
    for name, value in environment.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")

    import django  # noqa: PLC0415  only commands that need it wait for it
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Unfit(str(error)) from error
    return settings


class Unfit(click.ClickException):
    """The installation is not fit for the command: one sentence and exit 2."""

    exit_code = 2


@contextmanager
def answering() -> Iterator[None]:
    """Makes what the database refuses meanwhile a sentence and exit 2."""
    from django.core.exceptions import ObjectDoesNotExist  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    try:
        yield
    except (DatabaseError, ObjectDoesNotExist) as error:
        said = " ".join(str(error).split())
        raise Unfit(f"The database does not answer as it should: {said}") from error


def require_database() -> None:
    """Ends the command with exit 2 if there is no database, or one that is not up to date."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    with answering():
        executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unfit(
            f"The database of {settings.HOME} is not set up. Run `gongkai serve` once, or point "
            "GONGKAI_HOME or GONGKAI_DATABASE_URL at your installation."
        )


def user(username: str) -> Any:
    """The active user of that name. Ends the command with exit 2 if there is none."""
    from gongkai.org.models import User  # noqa: PLC0415  needs Django set up

    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise click.UsageError(f"There is no active user {username!r}.")
    return found
