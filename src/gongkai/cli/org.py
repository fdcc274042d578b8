"""`gongkai org`: agencies, units and people of an installation, from a workbook or one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli import site

if TYPE_CHECKING:
    from gongkai.administration.invitations import Invitation
    from gongkai.org.importing.change import Verb
    from gongkai.org.importing.plan import Plan
    from gongkai.org.importing.problems import Problem

SHOWN = 200
"""Rows that are named one by one; the counts are of all."""
BAD_ROWS = 1
KINDS = {"agency": "agencies", "unit": "units", "person": "people", "post": "roles"}
VERBS: dict[Verb, str] = {"create": "new", "change": "changed", "leave": "as they were"}

language = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="GONGKAI_LANG",
    show_default=True,
    show_envvar=True,
    help="Language of messages about rows.",
)
address = click.option(
    "--site",
    "base",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Address of the site, for the links with which people set their passwords.",
)


@click.group(epilog="\b\nExample:\n  gongkai org template tree.xlsx")
def org() -> None:
    """Agencies, units and people: import, export, add (机关、内设机构、人员)."""


@org.command(
    "import",
    epilog="""\b
Examples:
  gongkai org import tree.xlsx --dry-run
  gongkai org import tree.xlsx --site https://gk.example.org
  gongkai org import people.csv --good-rows

\b
In an installation without a database it is set up first.
Exit 0: done, or nothing to do. Exit 1: rows have errors and nothing was imported (with
--good-rows: the others were). Exit 2: the file cannot be read.""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--good-rows", is_flag=True, help="Take the rows without errors, leave the others.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@address
@language
@click.pass_context
def import_(context: click.Context, /, file: Path, **chosen: Any) -> None:
    """Import agencies, units and people from an Excel workbook or a CSV file."""
    _ready(migrate=not chosen["dry_run"])
    from gongkai.administration import importing  # noqa: PLC0415  needs Django set up
    from gongkai.org.importing.problems import UnusableFileError  # noqa: PLC0415

    data, lang = file.read_bytes(), chosen["lang"]
    invitations: tuple[Invitation, ...] = ()
    try:
        with site.answering():
            plan = importing.preview(None, data, file.name)
            goes_in = plan.steps and (chosen["good_rows"] or not plan.problems)
            if goes_in and not chosen["dry_run"]:
                taken = importing.take(
                    None, data, file.name, good_rows=chosen["good_rows"], seen=plan.digest
                )
                invitations = taken.invitations
    except UnusableFileError as error:
        raise site.Unfit(f"{file}: {error.message(lang)}") from error
    links = [(i.person.username, i.person.full_name, _link(i, chosen["base"])) for i in invitations]
    if chosen["as_json"]:
        click.echo(json.dumps(_as_json(plan, links, lang), ensure_ascii=False, indent=2))
    else:
        _say(plan, links, lang, dry_run=chosen["dry_run"], good_rows=chosen["good_rows"])
    context.exit(BAD_ROWS if plan.problems else 0)


@org.command(epilog="\b\nExample:\n  gongkai org export tree.xlsx")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write all agencies, units and people to FILE.xlsx, which imports back unchanged."""
    _ready()
    from gongkai.administration import importing  # noqa: PLC0415  needs Django set up

    with site.answering():
        file.write_bytes(importing.export(None))
    click.echo(f"Written: {file}")


@org.command(epilog="\b\nExample:\n  gongkai org template tree.xlsx")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def template(file: Path) -> None:
    """Write an empty workbook with all columns and what they mean."""
    site.set_up()
    from gongkai.org.importing import workbook  # noqa: PLC0415  needs Django set up

    file.write_bytes(workbook.template())
    click.echo(f"Written: {file}")


@org.command(
    "add-person",
    epilog="""\b
Examples:
  gongkai org add-person han.jingming 韩景明 --agency qh --role administrator
  gongkai org add-person chen.qiaoyun 陈巧云 --agency qh-cz --role drafter --unit ys

It prints a link with which the person sets a password, once and within some days.""",
)
@click.argument("username")
@click.argument("name")
@click.option("--agency", required=True, metavar="CODE", help="Code of the agency.")
@click.option("--role", required=True, metavar="ROLE", help="A role, in Chinese or by its code.")
@click.option("--unit", default="", metavar="CODE", help="Code of a unit of the agency.")
@address
@language
def add_person(username: str, name: str, **chosen: Any) -> None:
    """Give a person an account with a role at an agency, or a role more."""
    _ready()
    from django.core.exceptions import ValidationError  # noqa: PLC0415  needs Django set up

    from gongkai.administration import people  # noqa: PLC0415
    from gongkai.administration.refusal import NotAllowedError  # noqa: PLC0415

    try:
        with site.answering():
            agency, role, unit = _post(chosen["agency"], chosen["role"], chosen["unit"])
            invitation = people.add_person(
                None, username, name, agency=agency, role=role, unit=unit
            )
    except NotAllowedError as refused:
        raise site.Unfit(refused.message(chosen["lang"])) from refused
    except ValidationError as error:
        raise site.Unfit(" ".join(error.messages)) from error
    click.echo(f"{username}: {role.value} at {agency.code}")
    if invitation is not None:
        click.echo(_link(invitation, chosen["base"]))


def _ready(*, migrate: bool = False) -> None:
    """Django and the database; an import sets one up where there is none yet."""
    site.set_up()
    if migrate:
        from django.core.management import call_command  # noqa: PLC0415  needs Django set up

        with site.answering():
            call_command("migrate", verbosity=0, interactive=False)
    site.require_database()


def _post(code: str, role: str, unit_code: str) -> tuple[Any, Any, Any]:
    """The agency, role and unit named. Raises Unfit naming the one that does not exist."""
    from gongkai.org import queries  # noqa: PLC0415  needs Django set up
    from gongkai.org.importing.columns import ROLE_OF, ROLES, plain  # noqa: PLC0415
    from gongkai.org.models import Role  # noqa: PLC0415

    agency = queries.agency(code)
    if agency is None:
        raise site.Unfit(
            f"There is no agency with the code {code}. `gongkai org export` lists them."
        )
    if plain(role) not in ROLE_OF:
        raise site.Unfit(f"There is no role {role}. Roles: {', '.join(ROLES)}.")
    unit = agency.units.filter(code=unit_code).first() if unit_code else None
    if unit_code and unit is None:
        raise site.Unfit(f"{code} has no unit with the code {unit_code}.")
    return agency, Role(ROLE_OF[plain(role)]), unit


def _link(invitation: Invitation, base: str) -> str:
    from django.urls import reverse  # noqa: PLC0415  needs Django set up

    path = reverse("desk:welcome", args=[invitation.uid, invitation.token])
    return base.rstrip("/") + path


def _say(
    plan: Plan,
    links: list[tuple[str, str, str]],
    lang: str,
    *,
    dry_run: bool,
    good_rows: bool,
) -> None:
    for line in (*_lines(plan.notes, lang), *_lines(plan.problems, lang)):
        click.echo(line)
    for kind, words in KINDS.items():
        counts = {verb: plan.counts.get((kind, verb), 0) for verb in VERBS}
        if any(counts.values()):
            told = ", ".join(f"{counts[verb]} {said}" for verb, said in VERBS.items())
            click.echo(f"{words}: {told}")
    if dry_run:
        click.echo("Nothing was written: this was a dry run.")
    elif plan.problems and not good_rows:
        click.echo(f"Nothing was imported: {plan.bad_rows} rows have errors.")
    elif plan.problems:
        click.echo(f"{plan.bad_rows} rows with errors were left out.")
    if links:
        click.echo("Links with which the new people set their passwords, each once:")
    for username, name, link in links:
        click.echo(f"{username}\t{name}\t{link}")


def _lines(problems: Iterable[Problem], lang: str) -> Iterator[str]:
    listed = list(problems)
    for problem in listed[:SHOWN]:
        place = f"{problem.sheet}!{problem.row}" if problem.row else problem.sheet
        heading = f" {problem.column}" if problem.column else ""
        yield f"{place}{heading}: {problem.message(lang)}"
    if len(listed) > SHOWN:
        yield f"… and {len(listed) - SHOWN} more"


def _as_json(plan: Plan, links: list[tuple[str, str, str]], lang: str) -> dict[str, Any]:
    def told(problem: Problem) -> dict[str, Any]:
        return {
            "sheet": problem.sheet,
            "row": problem.row,
            "column": problem.column,
            "code": problem.code,
            "message": problem.message(lang),
        }

    return {
        "outcome": plan.outcome,
        "counts": {f"{kind}.{verb}": n for (kind, verb), n in sorted(plan.counts.items())},
        "problems": [told(problem) for problem in plan.problems],
        "notes": [told(problem) for problem in plan.notes],
        "changes": [
            {
                "kind": step.kind,
                "verb": step.verb,
                "sheet": step.sheet,
                "row": step.row,
                "key": list(step.key),
                "values": dict(step.values),
                "before": dict(step.before),
            }
            for step in plan.steps
        ],
        "links": [
            {"username": username, "name": name, "link": link} for username, name, link in links
        ],
    }
