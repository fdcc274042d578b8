"""The example county's reports of the year that is closed, counted from its books."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from re import Match

from django.db import transaction
from django.utils.timezone import make_aware, now

from gongkai.annual_report import actions as reports
from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.models import Revision, StoredReport
from gongkai.annual_report.review import findings, undecided_errors
from gongkai.annual_report.yearend.rules import due
from gongkai.org.models import Agency, User
from gongkai.publishing.actions.tallying import Count, report_tallies
from gongkai.publishing.register.yearly import CELLS
from gongkai.specimen.cases.desk import OFFICES
from gongkai.specimen.county import ROOT, units

COMPILED = 2025
"""The year whose reports are counted from these cases; those before came as files."""
TO_WRITE = re.compile(r"【待写：([^】]*)】")
WRITTEN = {
    "制度、审查和动态调整的情况": "公开前逐件审查，不予公开的信息每年重新评估。",
    "平台和专栏的情况": "五个固定栏目齐全，由专人维护。",
    "工作考核、社会评议和责任追究结果情况": "公开工作列入年度考核，全年没有需要追究责任的情形。",
    "本年工作中具体存在的问题": "个别栏目更新间隔较长，有的答复书说理不够充分。",
    "收费通知的件数、金额和实际收取的金额": "收费通知由各承办机构另行登记。",
    "针对上述问题和上年所列问题采取的措施及效果": "按月核对栏目更新，答复书发出前统一核稿。",
}
"""What the drafted text leaves open, as an office of the example fills it in."""
KNOWN = "已与该机关核实，差异由本年补登上年申请引起，留待下一年度更正。"
"""Why the supervisor of the example accepts a report whose figures disagree with last year's."""


def usual_moment(agency: Agency, year: int) -> datetime:
    """When the agency of the example hands up and publishes its report: in the days before it is
    due, never in the future."""
    day = due(agency.level, year).on - timedelta(days=3 + agency.pk % 12)
    return min(make_aware(datetime.combine(day, time(15, 30))), now())


def load_year_end(people: Mapping[str, User], agencies: Mapping[str, Agency], today: date) -> None:
    """The reports of the year that is closed and came in no file: those without errors are accepted
    and public, the others lie as drafts, and so does the county's own that adds them up."""
    administrator = people["administrator"]
    for unit in units()[1:]:
        agency = agencies[unit.code]
        if _is_reported(agency):
            continue
        with transaction.atomic():
            if not agency.name.endswith(OFFICES):
                _report_nothing(administrator, agency, today)
            draft = reports.compile_draft(administrator, agency, COMPILED, today)
            if not undecided_errors(findings(draft)):
                _hand_up(people, draft)
    county = agencies[ROOT.code]
    if not _is_reported(county):
        reports.roll_up_draft(administrator, county, COMPILED, today)


def _is_reported(agency: Agency) -> bool:
    return StoredReport.objects.filter(agency=agency, year=COMPILED).exists()


def _hand_up(people: Mapping[str, User], draft: Revision) -> None:
    administrator = people["administrator"]
    texts = reports.texts_of(draft)
    written = {number: TO_WRITE.sub(_sentence, text) for number, text in texts.items()}
    day = usual_moment(draft.report.agency, COMPILED)
    narrated = reports.narrate(administrator, draft, written)
    submission = reports.submit(administrator, narrated, at=day)
    reports.accept(people["supervisor"], submission, KNOWN)
    revision = submission.revision
    assert revision is not None
    reports.publish(administrator, revision, at=day)


def _sentence(place: Match[str]) -> str:
    return WRITTEN[place[1]]


def _report_nothing(administrator: User, agency: Agency, today: date) -> None:
    """Months of which nobody has reported decisions or fees: there were none. A blank is no zero,
    and keeps a report from being published."""
    compiled = compile_report(agency, COMPILED, today)
    missing = {
        (one.unit, one.matter, one.months)
        for said in compiled.records.values()
        for one in said.missing
    }
    never = {matter for matter, address in CELLS.items() if address in compiled.blank}
    told = {matter for _, matter, _ in missing}
    wanted = [*missing, *((None, matter, tuple(range(1, 13))) for matter in never - told)]
    counts = [
        Count(unit, matter, COMPILED, month, Decimal(0))
        for unit, matter, months in sorted(wanted, key=lambda one: one[1])
        for month in months
    ]
    if counts:
        report_tallies(administrator, agency, counts)
