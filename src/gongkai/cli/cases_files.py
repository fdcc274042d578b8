"""`gongkai cases export` and `verify`: packages of cases."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli import site


@click.command(
    epilog="""\b
Examples:
  gongkai cases export QH-CZ-2026-0012 case.zip --as chen.qiaoyun
  gongkai cases export QH-CZ-2026-0012 evidence.zip --as chen.qiaoyun --evidence"""
)
@click.argument("number")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "username", required=True, metavar="USER", help="Who exports: a user name.")
@click.option("--evidence", is_flag=True, help="The evidence for a court, with its list.")
def export(number: str, out: Path, username: str, *, evidence: bool) -> None:
    """Write the file of a case, or the evidence for a court, as a zip with hashes."""
    site.set_up()
    site.require_database()
    from gongkai.casework.actions import exporting  # noqa: PLC0415  needs Django set up
    from gongkai.casework.application.models import Case  # noqa: PLC0415
    from gongkai.casework.refusal import NotAllowedError  # noqa: PLC0415

    user = site.user(username)
    gaps: list[str] = []
    with site.answering():
        case = Case.objects.select_related("agency", "applicant").filter(number=number).first()
        if case is None:
            raise click.UsageError(f"There is no case {number!r}.")
        part = out.with_name(f".{out.name}.part")
        try:
            with part.open("wb") as stream:
                if evidence:
                    bundle = exporting.export_evidence(user, case, stream)
                    said = f"{len(bundle.entries)} files; missing: {bundle.missing}"
                    gaps = [gap.words("en") for one in bundle.shown for gap in one.missing]
                else:
                    said = f"manifest {exporting.export_archive(user, case, stream)}"
            part.replace(out)
        except NotAllowedError as refused:
            raise site.Unfit(refused.message("en")) from refused
        finally:
            part.unlink(missing_ok=True)
    click.echo(f"{out}: {said}")
    for words in gaps:
        click.echo(f"Missing: {words}.")


@click.command(epilog="\b\nExample:\n  gongkai cases verify case.zip")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def verify(context: click.Context, file: Path) -> None:
    """Hold every file of a package against its manifest."""
    from gongkai.casework.archive.package import verify as verified  # noqa: PLC0415

    with file.open("rb") as stream:
        found = verified(stream)
    for fault in found.faults:
        click.echo(fault.message("zh"))
    if not found.whole:
        click.echo(f"The package is not whole: {len(found.faults)} faults.")
        context.exit(1)
    click.echo(f"{found.about['case']} {found.about['made_at']}: {found.files} files are whole.")
    click.echo(f"manifest {found.manifest}")
