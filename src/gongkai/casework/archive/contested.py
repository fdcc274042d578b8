"""The reconsiderations and law suits about a case, as a page of its file."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from gongkai.casework.appeal.models import Appeal
from gongkai.casework.application.models import Case
from gongkai.casework.letter.paper.sheet import Block, Heading, Paragraph, chinese
from gongkai.law.appeals import result
from gongkai.law.dated import NotInForceError

INSTANCES = {1: "", 2: "二审"}


def appeals(case: Case) -> list[Block]:
    """Every appeal with its instances, in the order in which they were entered; those declared
    void and what was amended with the reasons."""
    rows = Appeal.everything.filter(case=case).select_related("struck_by", "redone_by")
    blocks: list[Block] = []
    for place, row in enumerate(rows.order_by("id"), 1):
        blocks.append(Heading(f"{place}. {_named(row)}", 1))
        blocks += [Paragraph(f"{name}：{value}") for name, value in _said(row) if value]
        blocks += [Paragraph(line) for line in _put_right(row)]
    return blocks


def _named(row: Appeal) -> str:
    instance = "再审" if row.retrial else INSTANCES.get(row.instance, "")
    named = f"{row.get_kind_display()} {instance} {row.number}"
    return " ".join(named.split()) + ("（已作废）" if row.struck_at else "")


def _said(row: Appeal) -> Iterator[tuple[str, str]]:
    yield "审理机关", row.before
    yield "争议事项", row.about
    yield "程序", row.get_procedure_display()
    days = (
        ("受理（立案）日期", row.opened_on),
        ("收到副本日期", row.copy_received_on),
        ("答复（答辩）期限", row.answer_by),
        ("提交答复日期", row.answered_on),
        ("审结日期", row.concluded_on),
    )
    yield from ((name, chinese(day) if day else "") for name, day in days)
    yield "结果", _result(row)
    yield "责令履行的内容", row.ordered
    yield "重新作出的期限", chinese(row.redo_by) if row.redo_by else ""
    redone = row.redone_by.decided_on if row.redone_by else row.redone_on
    yield "重新作出的日期", chinese(redone) if redone else ""
    yield "前一审级", _named(row.follows) if row.follows else ""


def _result(row: Appeal) -> str:
    if row.concluded_on is None:
        return row.get_outcome_display()
    try:
        return f"{result(row.result, on=row.concluded_on).name}（{row.get_outcome_display()}）"
    except (KeyError, NotInForceError):
        return row.get_outcome_display()


def _put_right(row: Appeal) -> Iterator[str]:
    for one in row.amendments.select_related("by").order_by("id"):
        at = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M")
        yield f"更正　{one.by.get_full_name()}　{at}　{one.reason}"
        for name, was in one.before.items():
            field = Appeal._meta.get_field(name)
            yield f"　{getattr(field, 'verbose_name', name)}原为：{was}"
    if row.struck_at is not None and row.struck_by is not None:
        at = timezone.localtime(row.struck_at).strftime("%Y-%m-%d %H:%M")
        yield f"作废　{row.struck_by.get_full_name()}　{at}　{row.struck_because}"
