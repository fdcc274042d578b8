"""`gongkai example`: the fictional county, through the same verbs as anybody's reports."""

from __future__ import annotations

import click

from gongkai.cli import site


@click.group(epilog="\b\nExample:\n  gongkai example load")
def example() -> None:
    """Make and load the example county."""


@example.command(
    epilog="""\b
Examples:
  gongkai example load
  GONGKAI_HOME=/tmp/try gongkai example load

Run again it goes on where it was interrupted, and changes nothing when it was complete."""
)
def load() -> None:
    """Load the example county into an empty installation and print its log-ins."""
    settings = site.set_up()
    site.require_database()
    from gongkai.cli import county  # noqa: PLC0415  needs Django set up

    if not county.wanted(settings.HOME):
        raise site.Unfit(
            "There are agencies in this installation already; the example is not mixed with them. "
            "Use another GONGKAI_HOME."
        )
    county.load(settings.HOME)
    click.echo(county.logins(settings.HOME))
