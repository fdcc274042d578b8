"""`gongkai search`: the index of what is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gongkai.cli import site

if TYPE_CHECKING:
    from gongkai.publishing.search.backend import Marked

SHOWN = 20


@click.group(epilog="\b\nExample:\n  gongkai search rebuild")
def search() -> None:
    """Make, verify and ask the search index."""


@search.command(epilog="\b\nExample:\n  gongkai search rebuild")
def rebuild() -> None:
    """Make the index anew from the database while the site serves, and put it in place."""
    _set_up()
    from gongkai.publishing.search import pull  # noqa: PLC0415  needs Django set up
    from gongkai.publishing.search.backend import Busy  # noqa: PLC0415
    from gongkai.publishing.search.verification import status  # noqa: PLC0415

    def tell(done: int) -> None:
        click.echo(f"\r{done:,} documents", nl=False, err=True)

    with site.answering():
        try:
            pull.rebuild(tell)
        except Busy as error:
            raise site.Unfit(f"The index was left as it is: {error}. Try again later.") from error
        documents = status().documents
    click.echo(err=True)
    click.echo(f"The new index is in use: {documents or 0:,} documents.")


@search.command(
    epilog="""\b
Example:
  gongkai search verify

Exit 0: equal. Exit 1: different, each document named. Exit 2: could not be read."""
)
@click.pass_context
def verify(context: click.Context) -> None:
    """Hold the index against the database, document by document."""
    _set_up()
    from gongkai.publishing.search import verification  # noqa: PLC0415
    from gongkai.publishing.search.backend import Unavailable  # noqa: PLC0415

    with site.answering():
        try:
            found = verification.difference_from_database()
        except Unavailable as error:
            raise site.Unfit(f"{_sentence(error)} Run `gongkai search rebuild`.") from error
    for words, numbers in (
        ("public but not in the index", found.missing),
        ("in the index but not public", found.surplus),
        ("in the index as it is no longer", found.stale),
    ):
        for number in numbers[:SHOWN]:
            click.echo(f"document {number}: {words}")
        if len(numbers) > SHOWN:
            click.echo(f"… and {len(numbers) - SHOWN:,} more {words}")
    if not found.none:
        click.echo("The index differs from the database. Run `gongkai search rebuild`.")
        context.exit(1)
    click.echo("The index holds what is public and nothing else.")


@search.command(epilog="\b\nExample:\n  gongkai search status")
def status() -> None:
    """How much the index holds and how far it is behind the database."""
    _set_up()
    from gongkai.publishing.search import verification  # noqa: PLC0415

    with site.answering():
        found = verification.status()
    if found.position is None:
        click.echo("There is no usable index. Run `gongkai search rebuild` or `gongkai work`.")
        return
    click.echo(f"documents  {found.documents or 0:,}")
    click.echo(f"size       {found.size / 1e6:,.1f} MB")
    click.echo(f"position   {found.position} of {found.newest}")


@search.command(
    epilog="""\b
Examples:
  gongkai search find 最低生活保障
  gongkai search find '"信息公开条例" 解读' --agency qh --year 2026
  gongkai search find --number 青政发〔2026〕15号"""
)
@click.argument("words", nargs=-1)
@click.option("--number", default="", help="Exactly this 文号 or index number.")
@click.option("--agency", default="", metavar="CODE", help="This agency and all below it.")
@click.option("--year", type=int, default=None, help="Published in this year.")
@click.option("--by-date", is_flag=True, help="The newest first.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
def find(
    words: tuple[str, ...], *, number: str, agency: str, year: int | None, by_date: bool, limit: int
) -> None:
    """Search as a citizen would; WORDS in "quotation marks" are a phrase."""
    _set_up()
    from gongkai.publishing.search import queries  # noqa: PLC0415

    query = queries.Query(
        words=" ".join(words),
        number=number,
        agency=agency,
        year=year,
        sort=queries.Sort.DATE if by_date else queries.Sort.RELEVANCE,
        limit=limit,
    )
    try:
        results = queries.search(query)
    except queries.Unavailable as error:
        raise site.Unfit(f"{_sentence(error)} Run `gongkai search rebuild`.") from error
    click.echo(f"{results.total:,} found")
    for hit in results.hits:
        click.echo(f"\n{hit.id}  {hit.published_on}  {hit.number}  {_shown(hit.title)}")
        click.echo(f"    {_shown(hit.passage)}")


def _set_up() -> None:
    site.set_up()
    site.require_database()


def _sentence(error: Exception) -> str:
    said = str(error)
    return f"{said[:1].upper()}{said[1:]}."


def _shown(marked: Marked) -> str:
    return "".join(click.style(part, bold=found) for part, found in marked.parts())
