"""A deadline in words: how many working days are left, and how the day came about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from gongkai.desk.documents.deadlines import due_of, due_on, rule_of, skipped
from gongkai.publishing.document.models import Document

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)
MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "as_of", "left", "words", "style"),
    [
        (MONDAY, FRIDAY, 1, "还有 1 个工作日", "badge-review"),
        (FRIDAY, FRIDAY, 0, "今天到期", "badge-review"),
        (FRIDAY, MONDAY, -1, "超期 1 个工作日", "badge-overdue"),
        (FRIDAY, SATURDAY, -1, "超期 1 个工作日", "badge-overdue"),
        (SATURDAY, SUNDAY, -1, "超期 1 个工作日", "badge-overdue"),
        (MONDAY, SUNDAY, 1, "还有 1 个工作日", "badge-review"),
        (date(2026, 12, 25), FRIDAY, 20, "还有 20 个工作日", ""),
    ],
)
def test_a_day_is_so_many_working_days_away(
    county: SimpleNamespace, day: date, as_of: date, left: int, words: str, style: str
) -> None:
    due = due_on(day, county.own, as_of)
    assert (due.left, due.words, due.style) == (left, words, style)


def test_a_day_no_calendar_reaches_is_told_as_provisional(county: SimpleNamespace) -> None:
    assert due_on(date(2400, 1, 1), county.own, FRIDAY).provisional


def test_twenty_working_days_leave_out_the_rest_days_between(
    written: Callable[..., Document],
) -> None:
    document = written(formed_on=date(2026, 11, 2))
    due = due_of(document, FRIDAY)
    assert due is not None
    left_out = skipped(document.agency, date(2026, 11, 2), due.on)
    assert due.on == MONDAY
    assert (due.on - date(2026, 11, 2)).days - len(left_out) == 20


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("notice", "20 个工作日（《政府信息公开条例》第二十六条）"),
        ("budget", "20 日（《政府信息公开条例》第二十六条、《预算法》第十四条）"),
    ],
)
def test_the_rule_is_named_with_its_article(
    written: Callable[..., Document], kind: str, words: str
) -> None:
    document = written(kind=kind, formed_on=date(2026, 11, 2))
    assert document.head is not None
    assert words in rule_of(document.head)


@pytest.mark.parametrize(
    "more",
    [
        {"formed_on": None},
        {"disclosure": "on_request"},
        {"formed_on": date(1999, 1, 4)},
    ],
)
def test_where_no_rule_holds_there_is_no_deadline(
    written: Callable[..., Document], more: dict[str, object]
) -> None:
    assert due_of(written(**more), FRIDAY) is None
