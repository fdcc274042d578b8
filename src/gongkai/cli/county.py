"""Loading the example county: its agencies, people, reports, documents and applications.

Every report goes through the verbs an officer and a reviewer use. Most of the last year stays on
the desk: drafts with findings, some frozen; one earlier report has a published correction.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import click
from django.db import transaction
from django.utils.timezone import now

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision, StoredReport
from gongkai.annual_report.read import UnreadableReportError
from gongkai.annual_report.review import findings, undecided_errors
from gongkai.cli.county_cases import load_cases
from gongkai.cli.county_documents import load_documents
from gongkai.cli.county_year_end import usual_moment
from gongkai.org.actions import add_agency, appoint
from gongkai.org.models import Agency, Role, User
from gongkai.org.queries import agency as agency_by_code
from gongkai.specimen.contacts import contacts
from gongkai.specimen.county import ROOT, YEARS, Specimen, county, units
from gongkai.trail import actions as trail

DESK_YEAR = max(YEARS)
LOGINS = "example-logins.txt"
UNFINISHED = "example-unfinished"


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    full_name: str
    roles: Mapping[Role, tuple[str, ...]]
    duty: str


OFFICES = ("公安局", "民政局", "统计局")
PEOPLE = (
    Person(
        "drafter",
        "许青禾",
        {Role.DRAFTER: OFFICES},
        "拟稿人：起草文件 / drafter: writes documents",
    ),
    Person(
        "secrecy",
        "周望安",
        {Role.SECRECY_REVIEWER: OFFICES},
        "保密审查人 / secrecy reviewer",
    ),
    Person(
        "legality",
        "陆清和",
        {Role.LEGALITY_REVIEWER: OFFICES},
        "合法性审核人 / legality reviewer",
    ),
    Person(
        "signatory",
        "秦怀山",
        {Role.SIGNATORY: OFFICES},
        "签发人 / signatory",
    ),
    Person(
        "officer",
        "沈知秋",
        {Role.CASE_OFFICER: OFFICES},
        "公开办经办人：办理申请、填报年报 / case officer: handles applications, draws up reports",
    ),
    Person(
        "reviewer",
        "顾行远",
        {Role.HEAD: OFFICES},
        "公开办负责人：初审、核稿、公布 / head: first reading, checks answers, publishes",
    ),
    Person(
        "supervisor",
        "林若溪",
        {Role.SUPERVISOR: ("",)},
        "主管部门：查看全县 / supervisor: sees the whole county",
    ),
    Person(
        "administrator",
        "韩景明",
        {Role.ADMINISTRATOR: ("",)},
        "管理员：全县各项 / administrator: everything in the county",
    ),
)


def wanted(home: Path) -> bool:
    """Whether the installation is empty, or loading was interrupted in it."""
    return (home / UNFINISHED).exists() or not Agency.objects.exists()


def load(home: Path) -> None:
    """Load what is not there yet. Each report is loaded wholly or not at all."""
    (home / UNFINISHED).touch()
    agencies = _agencies()
    people = _people(home, agencies)
    administrator = people["administrator"]
    total = len(units()) * len(YEARS)
    with click.progressbar(
        county(), length=total, label="正在载入示例 / Loading the example"
    ) as bar:
        for specimen in bar:
            _load_report(administrator, agencies[specimen.unit.code], specimen)
    load_documents(people, agencies)
    load_cases(people, agencies)
    (home / UNFINISHED).unlink()


def logins(home: Path) -> str:
    """The example's log-ins as they are printed; empty if there is no example here."""
    path = home / LOGINS
    return path.read_text("utf-8").rstrip() if path.exists() else ""


def _agencies() -> dict[str, Agency]:
    made: dict[str, Agency] = {}
    with transaction.atomic():
        for position, unit in enumerate(units()):
            short = "" if unit is ROOT else "县" + unit.name.removeprefix(ROOT.name[:-4])
            made[unit.code] = agency_by_code(unit.code) or add_agency(
                code=unit.code,
                name=unit.name,
                short_name=short if unit.level == "department" else "",
                name_en=unit.name_en,
                level=unit.level,
                superior=made.get(unit.superior),
                region=ROOT.code,
                position=position,
                **contacts(unit),
            )
    return made


def _people(home: Path, agencies: Mapping[str, Agency]) -> dict[str, User]:
    if not (home / LOGINS).exists():
        passwords = {person.username: _password() for person in PEOPLE}
        _write_private(home / LOGINS, "\n".join(_lines(passwords)) + "\n")
    given = dict(_given(home))
    people: dict[str, User] = {}
    with transaction.atomic():
        for person in PEOPLE:
            user, _ = User.objects.get_or_create(
                username=person.username, defaults={"full_name": person.full_name}
            )
            user.set_password(given[person.username])
            user.save()
            for agency, role in _posts(person, agencies):
                appoint(user, agency, role)
                trail.record(None, "org.appoint", agency, details={"role": role, "user": user.pk})
            people[person.username] = user
    return people


def _posts(person: Person, agencies: Mapping[str, Agency]) -> Iterator[tuple[Agency, Role]]:
    for role, names in person.roles.items():
        for name in names:
            yield from (
                (agency, role)
                for agency in agencies.values()
                if (agency.name.endswith(name) if name else agency.code == ROOT.code)
            )


def _password() -> str:
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(3))


def _lines(passwords: Mapping[str, str]) -> Iterator[str]:
    for person in PEOPLE:
        yield f"  {person.username:<14}{passwords[person.username]:<18}{person.duty}"


def _given(home: Path) -> Iterator[tuple[str, str]]:
    for line in (home / LOGINS).read_text("utf-8").splitlines():
        username, password, *_ = line.split()
        yield username, password


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _load_report(user: User, agency: Agency, specimen: Specimen) -> None:
    if StoredReport.objects.filter(agency=agency, year=specimen.year).exists():
        return
    try:
        with transaction.atomic():
            draft = actions.upload(
                user, agency, specimen.content, specimen.filename, year=specimen.year
            )
            if specimen.year == DESK_YEAR and (specimen.planted or agency.code == ROOT.code):
                return
            _settle(user, draft, specimen)
    except UnreadableReportError as error:
        click.echo(f"\n{error}", err=True)


def _settle(user: User, draft: Revision, specimen: Specimen) -> None:
    for finding in undecided_errors(findings(draft)):
        actions.judge(
            user, draft.report, finding.fingerprint, "accepted", "原文如此，已请该机关核实。"
        )
    frozen = actions.freeze(user, draft)
    if specimen.year == DESK_YEAR and specimen.unit.size == "none":
        return
    moment = usual_moment(draft.report.agency, draft.report.year)
    published = actions.publish(user, frozen, at=moment)
    _correct(user, published, specimen)


def _correct(user: User, published: Revision, specimen: Specimen) -> None:
    """A correction of a published report whose wrong figure a sum can mend."""
    mends = [
        mend
        for judged in findings(published)
        for mend in judged.finding.mend
        if any(planted.address == mend.address for planted in specimen.planted)
    ]
    if not mends:
        return
    mend = mends[0]
    draft = actions.revise(user, published)
    draft = actions.correct(
        user, draft, mend.address, mend.figure, "合计与各项之和不符，经核对更正。"
    )
    if undecided_errors(findings(draft)):
        return
    frozen = actions.freeze(user, draft)
    moment = published.published_at
    later = moment and min(moment + timedelta(days=50), now())
    actions.publish(user, frozen, "更正一处合计数，其余内容不变。", at=later)
