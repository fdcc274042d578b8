"""How a figure of the yearly report comes about, in words."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from gongkai.annual_report.compiling.source import Kind
from gongkai.annual_report.models import Step
from gongkai.annual_report.records import RECORDS, Book, RecordFigure
from gongkai.annual_report.speech import speech
from gongkai.annual_report.yearend.rules import State
from gongkai.desk.document import UNITS_EN
from gongkai.law.forms import Address

STATES: dict[State, tuple[str, object]] = {
    "missing": ("badge-error", gettext_lazy("没有报告")),
    "draft": ("", gettext_lazy("草稿")),
    "final": ("badge-note", gettext_lazy("已定稿，未报送")),
    "submitted": ("badge-act", gettext_lazy("已报送，待审核")),
    "returned": ("badge-review", gettext_lazy("已退回")),
    "accepted": ("badge-done", pgettext_lazy("state", "审核通过")),
    "published": ("badge-done", gettext_lazy("已公布")),
}
STEPS: dict[str, str] = {
    Step.SUBMITTED: "badge-act",
    Step.RETURNED: "badge-review",
    Step.ACCEPTED: "badge-done",
    Step.REPLACED: "",
}
BOOKS: dict[Kind, object] = {
    "cases": gettext_lazy("申请办理台账"),
    "documents": gettext_lazy("规范性文件登记簿"),
    "tallies": gettext_lazy("月度统计"),
    "appeals": gettext_lazy("复议诉讼登记"),
    "stated": pgettext_lazy("book", "填报"),
}
RECORD_BOOKS: dict[Book, object] = {
    "ledger": gettext_lazy("申请办理台账"),
    "publications": gettext_lazy("公布的文件和信息"),
    "visits": gettext_lazy("公开平台的访问量"),
    "charges": gettext_lazy("信息处理费登记"),
}


def unit_of(one: RecordFigure) -> str:
    """What the figure counts in, as the head of a column; English has no word for 件 and 次."""
    return one.unit if speech() == "zh" else UNITS_EN[one.unit] or gettext("数字")


def how_recorded(address: Address) -> str:
    """What a figure of the text without a cell counts, and by which day."""
    return {
        "ledger": gettext("数收到之日在当年、由这个渠道提出的申请，一件申请计一次。"),
        "publications": gettext("数当年首次公布的文件和信息；以后的更新不再计。"),
        "visits": gettext("把当年各月公开页面的访问次数相加，是整个公开平台的。"),
        "charges": gettext(
            "数信息处理费，各按通知、缴费、退费的日期；后来不再收取的，通知过的照计。"
        ),
    }[RECORDS[address].book]


def how(address: Address, kind: Kind) -> str:
    """One or two sentences on what is counted in the cell, and by which day."""
    if kind == "cases":
        return _cases(address)
    if kind == "documents":
        return _documents(address)
    return {
        "tallies": gettext(
            "把各内设机构十二个月填报的数相加。还没有填报的月份不当作零；更正过的月份用最后一次填报的数。"
        ),
        "appeals": gettext(
            "数当年底以前受理、并且当年审结或者到年底还没有审结的案件。审结的按结果分栏，没有审结的列入尚未审结；"
            "共同被告的案件只由先作出行为的机关计一次。"
        ),
        "stated": gettext("系统的登记里没有这一项，由经办人填写。"),
    }[kind]


def _cases(address: Address) -> str:
    row = address.partition(".")[2].rpartition(".")[0]
    if row == "1":
        return gettext(
            "数收到之日在当年的申请，一件申请计一次。收到之日依照条例第三十一条确定；后来更正的，按更正计。"
        )
    if row == "2":
        return gettext(
            "数上年年底以前收到、到上年年底还没有答复的申请。它等于上年报告的结转下年度继续办理。"
        )
    if row == "4":
        return gettext(
            "数到当年年底还没有答复的申请：本年新收加上年结转，减去办理结果总计，不另外填写。"
        )
    if row == "3.7":
        return gettext("数当年答复的所有申请，等于以上各项结果之和。")
    return gettext(
        "数当年以这种结果答复的申请，一件申请只计一种结果。更正结果的，原来的一行冲销，再记新的一行。"
    )


def _documents(address: Address) -> str:
    if address.endswith(".in_force"):
        return gettext("数到年底仍然有效的文件，包括已经公布、还没有到施行日期的。")
    if address.endswith(".repealed"):
        return gettext("数当年被废止或者宣布失效的文件。到期自动失效的不计。")
    return gettext("数当年制发并且公开的文件，按成文日期。")
