"""`gongkai publish`: documents from tables and archives."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from gongkai.cli import import_report, site


@click.group(epilog="\b\nExample:\n  gongkai publish import documents.xlsx --as USER --dry-run")
def publish() -> None:
    """Import documents by the hundred."""


@publish.command(
    "import",
    epilog="""\b
Examples:
  gongkai publish import documents.xlsx --as chen.qiaoyun --dry-run
  gongkai publish import old-site.zip --as admin --as-published --mark 旧站迁移
  gongkai publish import documents.csv --as chen.qiaoyun --bad-rows bad.csv

A zip holds one table and the attachments it names. Run again over the same file the import goes on
where it was interrupted; what is in is left alone. Ends with 1 if a row was left out.""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "username", required=True, metavar="USER", help="Who imports: a user name.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; keep nothing.")
@click.option("--as-published", is_flag=True, help="As public on their old days: a migration.")
@click.option("--mark", default="", help="What the migration is called; shown with each document.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
@click.option(
    "--lang",
    envvar="GONGKAI_LANG",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_envvar=True,
    help="Language of the messages.",
)
@click.option(
    "--bad-rows",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows that were left out, and why, as CSV.",
)
def import_(
    file: Path,
    username: str,
    *,
    dry_run: bool,
    as_published: bool,
    mark: str,
    as_json: bool,
    lang: str,
    bad_rows: Path | None,
) -> None:
    """Import documents from an Excel, CSV or JSON file, or a zip with attachments."""
    if as_published != bool(mark.strip()):
        raise click.UsageError("--as-published and --mark go together.")
    site.set_up()
    site.require_database()
    from gongkai.publishing.importing import running, sources  # noqa: PLC0415  needs Django set up

    user = site.user(username)
    data = file.read_bytes()
    found = sources.source(data, file.name)
    with site.answering():
        if dry_run:
            outcome = running.tried(user, found, mark=mark)
        else:
            with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:
                outcome = running.run(
                    user, found, data, file.name, mark=mark, progress=import_report.moving(bar)
                )
    if bad_rows is not None:
        import_report.write_bad_rows(bad_rows, outcome)
    click.echo(
        _as_json(outcome) if as_json else "\n".join(_as_text(outcome, lang, dry_run=dry_run))
    )
    sys.exit(1 if outcome.left_out or any(p.row == 0 for p in outcome.problems) else 0)


def _as_text(outcome: Any, language: str, *, dry_run: bool) -> list[str]:
    english = language == "en"
    heads = {
        (False, False): "共 {total} 行：导入 {kept}，以前已导入 {before}，有错未导入 {out}。",
        (False, True): "共 {total} 行：可导入 {kept}，以前已导入 {before}，有错 {out}。没有保存。",
        (True, False): "{total} rows: {kept} imported, {before} in before, {out} left out.",
        (True, True): "{total} rows: {kept} would be imported, {before} are in, {out} have "
        "mistakes. Nothing was kept.",
    }
    said = heads[english, dry_run].format(
        total=outcome.total, kept=outcome.kept, before=outcome.before, out=outcome.left_out
    )
    return [said, *(import_report.line(problem, language) for problem in outcome.problems)]


def _as_json(outcome: Any) -> str:
    counted = {
        "total": outcome.total,
        "kept": outcome.kept,
        "before": outcome.before,
        "left_out": outcome.left_out,
    }
    return import_report.as_json(outcome, counted)
