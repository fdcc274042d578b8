"""Every figure in the text of a report leads to its cell or to the records behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.annual_report.records import RECORDS
from tests.desk.yearend.conftest import YEAR, text

REPORT = f"/desk/reports/qh-cz/{YEAR}/1/"
PAGE = REPORT + "narrative/"
CELLS = f"/desk/reports/compile/qh-cz/{YEAR}/cells/"
WEB = "records.channels.web"
NEW = "applications.1.total"
SAID = "收到{applications.1.total}件，网上提交{records.channels.web}件。"
LINK = re.compile(r'<a class="told" href="([^"]*)" title="([^"]*)">([^<]*)</a>')


@pytest.fixture
def written(
    county: SimpleNamespace, cast: SimpleNamespace, compiled: Callable[..., Revision]
) -> Revision:
    """A draft whose text has a figure of each kind."""
    return actions.narrate(cast.administrator, compiled(county.own), {1: SAID})


def test_the_text_as_it_reads_has_its_figures_as_links(written, cast, desk) -> None:
    assert LINK.findall(text(desk(cast.officer).get(PAGE))) == [
        (f"{REPORT}?cell={NEW}#panel", "一、本年新收政府信息公开申请数量 · 总计", "3"),
        (f"{REPORT}?cell={WEB}#panel", "网上提交的申请", "3"),
    ]


def test_so_has_the_report_itself(written, cast, desk) -> None:
    found = LINK.findall(text(desk(cast.officer).get(REPORT)))
    assert [(href, figure) for href, _, figure in found] == [
        (f"{REPORT}?cell={NEW}#panel", "3"),
        (f"{REPORT}?cell={WEB}#panel", "3"),
    ]


def test_its_panel_tells_what_it_is_and_leads_to_the_records(written, cast, desk) -> None:
    client = desk(cast.officer)
    panel = text(client.get(f"{REPORT}?cell={WEB}", headers={"X-Fragment": "panel"}))
    assert "网上提交的申请" in panel
    assert "由登记计数" in panel
    assert "跟着登记走，不单独更正" in panel
    assert "<form" not in panel
    behind = f"{CELLS}{WEB}/?as_of={timezone.localdate().isoformat()}"
    assert behind in panel
    listed = client.get(behind)
    assert listed.context["figure"] == len(listed.context["lines"]) == 3
    assert "qh-cz〔" in text(listed)


@pytest.mark.parametrize("address", RECORDS)
def test_every_such_figure_has_a_page_of_its_records(address, written, cast, desk) -> None:
    page = desk(cast.officer).get(f"{CELLS}{address}/")
    assert page.status_code == 200
    assert page.context["figure"] == written.as_report().records[address]


def test_who_sees_nothing_of_the_agency_sees_no_records_of_it(written, cast, desk) -> None:
    assert desk(cast.colleague).get(f"{CELLS}{WEB}/").status_code in {403, 404}


def test_a_figure_that_is_none_has_no_page(written, cast, desk) -> None:
    assert desk(cast.officer).get(CELLS + "records.channels.pigeon/").status_code == 404


def test_they_stand_in_the_list_of_figures_to_insert(written, cast, desk) -> None:
    client = desk(cast.officer)
    page = text(client.get(PAGE))
    for address in RECORDS:
        assert f'<option value="{address}"' in page
    form = {"text-6": "有", "do": "insert", "into": "6", "pick": WEB, "told": "previous."}
    answer = client.post(PAGE, form)
    assert passage(answer, 6).text == f"有{{{WEB}}}"
    assert passage(answer, 6).reads == "有3"


def passage(answer: Any, number: int) -> Any:
    return next(p for p in answer.context["passages"] if p.number == number)


def test_a_report_from_a_file_is_offered_none_and_drafts_in_digits(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    books(county.own)
    draft(county.own, YEAR, change={NEW: 3})
    client = desk(cast.officer)
    page = client.get(PAGE)
    assert f'<option value="{WEB}"' not in text(page)
    assert "{records." not in passage(page, 1).draft
    seen = page.context["revision"].content_hash
    answer = client.post(PAGE, {"text-1": SAID, "do": "save", "seen": seen})
    assert answer.status_code == 422
    assert "先由台账生成草稿，或者直接写数字" in text(answer)


def test_what_is_final_reads_as_it_was_sealed_whatever_became_of_the_year_before(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    before = publish(draft(county.own, YEAR - 1, change={NEW: 2}))
    said = {6: "上年{previous.applications.1.total}件。"}
    held = actions.narrate(cast.administrator, compiled(county.own), said)
    client = desk(cast.officer)
    last = f"/desk/reports/qh-cz/{YEAR - 1}/1/?cell={NEW}#panel"
    assert [href for href, *_ in LINK.findall(text(client.get(PAGE)))][-1] == last
    actions.freeze(cast.administrator, held)
    changed = actions.correct(
        cast.administrator, actions.revise(cast.officer, before), NEW, 9, "补"
    )
    publish(changed, "更正")
    assert passage(client.get(PAGE), 6).reads == "上年2件。"


def test_the_figure_of_a_roll_up_leads_to_what_each_agency_adds(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Any],
    desk: Callable[..., Client],
) -> None:
    actions.accept(cast.supervisor, submitted(county.own))
    client = desk(cast.administrator)
    client.post(f"/desk/reports/yearend/qh/{YEAR}/sum/draft/")
    place = f"/desk/reports/yearend/qh/{YEAR}/sum/{WEB}/"
    assert place in text(client.get(f"/desk/reports/qh/{YEAR}/1/?cell={WEB}"))
    page = client.get(place)
    assert page.context["figure"] == 3
    assert [(p.agency.code, p.figure) for p in page.context["parts"]] == [("qh", 0), ("qh-cz", 3)]
    assert f"{REPORT}?cell={WEB}#panel" in text(page)
