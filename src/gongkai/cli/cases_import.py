"""`gongkai cases import`: ledgers that were kept elsewhere before."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from gongkai.cli import import_report, site

MARK = "旧台账"


@click.command(
    "import",
    epilog="""\b
Examples:
  gongkai cases import 台账.xlsx --as chen.qiaoyun --dry-run
  gongkai cases import 台账.xlsx --as chen.qiaoyun --given agency=qh-cz --map 办理情况=outcome
  gongkai cases import 台账.csv --as chen.qiaoyun --bad-rows bad.csv
  gongkai cases import 台账.xlsx --as chen.qiaoyun --rejected 待改正.xlsx

Run again the import goes on where it was interrupted; what is in, by its old number, is left
alone. Ends with 1 if a row was left out, with 2 if nothing could be read.""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "username", required=True, metavar="USER", help="Who imports: a user name.")
@click.option("--map", "told", multiple=True, metavar="HEADING=FIELD", help="Read a heading as.")
@click.option("--given", multiple=True, metavar="FIELD=WORD", help="The same for all rows.")
@click.option("--mark", default=MARK, show_default=True, help="What the migration is called.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; keep nothing.")
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
    help="Write the places of what was left out, and why, as CSV.",
)
@click.option(
    "--rejected",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows that were left out, each with what is wrong, to a workbook.",
)
def import_(
    file: Path,
    username: str,
    *,
    told: tuple[str, ...],
    given: tuple[str, ...],
    mark: str,
    dry_run: bool,
    as_json: bool,
    lang: str,
    bad_rows: Path | None,
    rejected: Path | None,
) -> None:
    """Import an older ledger of applications from Excel or CSV."""
    mapping, constants = _pairs(told, "--map"), _pairs(given, "--given")
    if not mark.strip():
        raise click.UsageError("--mark must not be empty.")
    site.set_up()
    site.require_database()
    from gongkai.casework.importing import reading, running  # noqa: PLC0415  needs Django set up

    user = site.user(username)
    table = reading.ledger(file.read_bytes(), file.name, mapping, constants)
    with site.answering():
        if dry_run:
            outcome = running.tried(user, table)
        else:
            with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:
                outcome = running.run(user, table, mark, import_report.moving(bar))
    if bad_rows is not None:
        import_report.write_bad_rows(bad_rows, outcome)
    if rejected is not None:
        _write_rejected(rejected, table, outcome, lang)
    if as_json:
        click.echo(_as_json(outcome, table))
    else:
        click.echo("\n".join(_as_text(outcome, table, lang, dry_run=dry_run)))
    sys.exit(_exit_code(outcome))


@click.command(epilog="\b\nExample:\n  gongkai cases template 台账模板.xlsx")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def template(file: Path) -> None:
    """Write an empty workbook for an older ledger: columns, lists to choose from, an example."""
    site.set_up()
    site.require_database()
    from django.utils import timezone  # noqa: PLC0415  needs Django set up

    from gongkai.casework.importing import template as empty  # noqa: PLC0415
    from gongkai.org.models import Agency  # noqa: PLC0415

    with site.answering():
        names = Agency.objects.filter(active=True).order_by("path").values_list("name", flat=True)
        file.write_bytes(empty.template(timezone.localdate(), list(names)))
    click.echo(f"Written: {file}")


def _write_rejected(path: Path, table: Any, outcome: Any, language: str) -> None:
    """The workbook names applicants: nobody but its owner may read it."""
    from gongkai.casework.importing import rejected  # noqa: PLC0415  needs Django set up

    path.touch(mode=0o600)
    path.write_bytes(rejected.rejected(table, outcome, language))


def _exit_code(outcome: Any) -> int:
    if any(not problem.is_note and problem.row == 0 for problem in outcome.problems):
        return 2
    return 1 if outcome.left_out else 0


def _pairs(words: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = {}
    for word in words:
        before, sign, after = word.partition("=")
        if not (sign and before.strip() and after.strip()):
            raise click.UsageError(f"{option} {word}: write two words with = between them.")
        pairs[before.strip()] = after.strip()
    return pairs


_HEADS = {
    ("zh", False): "共 {total} 行：导入 {kept}（已办结 {closed}），以前已导入 {before}，"
    "有错未导入 {out}。",
    ("zh", True): "共 {total} 行：可导入 {kept}（已办结 {closed}），以前已导入 {before}，"
    "有错 {out}。没有保存。",
    ("en", False): "{total} rows: {kept} imported ({closed} closed), {before} in before, "
    "{out} left out.",
    ("en", True): "{total} rows: {kept} would be imported ({closed} closed), {before} are in, "
    "{out} have mistakes. Nothing was kept.",
}


def _as_text(outcome: Any, table: Any, language: str, *, dry_run: bool) -> list[str]:
    said = _HEADS[language, dry_run].format(
        total=outcome.total,
        kept=outcome.kept,
        closed=outcome.closed,
        before=outcome.before,
        out=outcome.left_out,
    )
    read = "  ".join(f"{heading}→{name}" for name, heading in table.mapping.items())
    return [
        said,
        *([f"  {read}"] if read else []),
        *(import_report.line(p, language) for p in outcome.problems),
    ]


def _as_json(outcome: Any, table: Any) -> str:
    counted = {
        "total": outcome.total,
        "kept": outcome.kept,
        "closed": outcome.closed,
        "before": outcome.before,
        "left_out": outcome.left_out,
        "columns": dict(table.mapping),
    }
    return import_report.as_json(outcome, counted)
