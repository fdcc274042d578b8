"""`gongkai trail`: whether the record of every action is whole."""

from __future__ import annotations

import re

import click

from gongkai.cli import site

SHOWN = 50


@click.group(epilog="\b\nExample:\n  gongkai trail verify")
def trail() -> None:
    """Verify the record of every action."""


@trail.command(
    epilog="""\b
Examples:
  gongkai trail verify
  gongkai trail verify --anchor 120:3f9a…   (as `gongkai trail head` printed it)

Exit 0: whole. Exit 1: something is wrong, named line by line. Exit 2: could not be read."""
)
@click.option(
    "--anchor",
    metavar="COUNT:HASH",
    help="A head noted earlier. Finds also a trail that was rewritten or cut with its head.",
)
@click.pass_context
def verify(context: click.Context, anchor: str | None) -> None:
    """Hold every line against its hash and the line before it, and what is public against both."""
    noted = _anchor(anchor)
    site.set_up()
    site.require_database()
    from gongkai.trail import verification  # noqa: PLC0415  needs Django set up

    with site.answering():
        result = verification.verify(verification.Anchor(*noted) if noted else None)
    for fault in result.faults[:SHOWN]:
        click.echo(str(fault))
    if len(result.faults) > SHOWN:
        click.echo(f"… and {len(result.faults) - SHOWN} more")
    if not result.whole:
        click.echo(f"The trail is not whole: {len(result.faults)} faults in {result.count} lines.")
        context.exit(1)
    click.echo(f"The trail is whole: {result.count} lines, head {result.count}:{result.hash}")


@trail.command(epilog="\b\nExample:\n  gongkai trail head >> heads.txt")
def head() -> None:
    """Print the number of lines and the hash of the last, to be noted elsewhere."""
    site.set_up()
    site.require_database()
    from gongkai.trail.models import Head  # noqa: PLC0415  needs Django set up

    with site.answering():
        click.echo(str(Head.objects.get(pk=1)))


def _anchor(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d+):([0-9a-f]{64})", text.strip())
    if not match:
        raise click.BadParameter(
            "write COUNT:HASH as `gongkai trail head` prints it", param_hint="--anchor"
        )
    return int(match[1]), match[2]
