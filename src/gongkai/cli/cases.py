"""`gongkai cases`: applications, as those who run the installation look after them."""

from __future__ import annotations

import click

from gongkai.cli import site
from gongkai.cli.cases_files import export, verify
from gongkai.cli.cases_import import import_, template

SHOWN = 50


@click.group(epilog="\b\nExample:\n  gongkai cases retention")
def cases() -> None:
    """Look after applications: older ledgers, packages, retention, keys."""


for command in (import_, template, export, verify):
    cases.add_command(command)


@cases.command(
    epilog="""\b
Examples:
  gongkai cases retention            (says what is due, changes nothing)
  gongkai cases retention --apply"""
)
@click.option("--apply", "doing", is_flag=True, help="Remove; there is no way back.")
def retention(*, doing: bool) -> None:
    """Remove who applied, papers and words, where the time to keep a case is over.

    Appeals about no case here lose their words after the same time.
    """
    _set_up()
    from django.utils import timezone  # noqa: PLC0415  needs Django set up

    from gongkai.casework.actions import retaining  # noqa: PLC0415

    if doing:
        _remove()
        return
    with site.answering():
        today = timezone.localdate()
        due = [case.number for case in retaining.due_for_anonymisation(today)]
        due += [f"appeal {first.pk}" for first in retaining.appeals_due(today)]
    for number in due[:SHOWN]:
        click.echo(number)
    if len(due) > SHOWN:
        click.echo(f"… and {len(due) - SHOWN:,} more")
    click.echo(f"{len(due):,} due. Nothing was removed; --apply removes.")


@cases.command("rotate-keys", epilog="\b\nExample:\n  gongkai cases rotate-keys")
def rotate_keys() -> None:
    """Seal all personal data with a new key and drop the old one.

    The site may serve meanwhile. What was interrupted is finished by the next call. Keep the old
    keys with those backups that were made before.
    """
    _set_up()
    from gongkai.casework.actions import rotating  # noqa: PLC0415
    from gongkai.casework.application.sealing import SealBrokenError  # noqa: PLC0415

    def tell(done: int) -> None:
        click.echo(f"\r{done:,} sealed", nl=False, err=True)

    with site.answering():
        try:
            total = rotating.rotate(tell)
        except SealBrokenError as error:
            raise site.Unfit(f"Nothing is lost and no key was dropped: {error}.") from error
    click.echo(err=True)
    click.echo(f"{total:,} values are sealed with the new key; the old one is gone.")


def _remove() -> None:
    from django.utils import timezone  # noqa: PLC0415

    from gongkai.casework.actions import retaining  # noqa: PLC0415

    total = 0
    with site.answering():
        while removed := retaining.anonymise_due(timezone.localdate()):
            for one in removed:
                click.echo(str(one))
            total += len(removed)
    click.echo(f"{total:,} cases and appeals hold no personal data any more. Their figures stay.")


def _set_up() -> None:
    site.set_up()
    site.require_database()
