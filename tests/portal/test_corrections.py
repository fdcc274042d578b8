"""A correction of a published report tells by itself which figures it changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.annual_report.corrigenda import compared
from gongkai.annual_report.figures import Report
from gongkai.annual_report.models import Revision
from gongkai.annual_report.read import read
from gongkai.annual_report.write import html, write

pytestmark = pytest.mark.django_db

ADDRESS = "/reports/qh-cz/2023/"
CELL = "applications.3.7.natural_person"


def test_every_changed_figure_stands_with_what_it_was(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    old = publish(county.own).as_report().figures[CELL]
    publish(county.own, note="更正一格。", change={CELL: 9999})
    answer = client.get(ADDRESS)
    (one,) = answer.context["correction"].figures
    assert (one.label, one.before, one.after) == ("（七）总计 · 自然人", old, 9999)
    assert "更正了什么" in answer.text
    assert "与第 1 版逐格比较" in answer.text
    assert "9,999" in answer.text


def test_a_first_revision_corrects_nothing(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own)
    publish(county.own, note="更正一格。", change={CELL: 9999})
    first = client.get(f"{ADDRESS}revisions/1/")
    assert first.context["correction"] is None
    assert "更正了什么" not in first.text


def cell(page: str, address: str = CELL) -> str:
    """The markup of a corrected cell."""
    name = "cell-" + address.replace(".", "-")
    found = re.search(rf'<td id="{name}".*?</td>', page)
    assert found is not None
    return found[0]


def test_the_changed_cell_is_marked_in_the_table_and_leads_to_the_reason(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    old = publish(county.own).as_report().figures[CELL]
    publish(county.own, note="更正一格。", change={CELL: 9999})
    page = client.get(ADDRESS).text
    marked = cell(page)
    assert re.search(r"<ins>(<a [^>]*>)?9999(</a>)?</ins>", marked)
    assert f'aria-label="更正，原数：{old}"' in marked
    assert 'href="#correction"' in marked
    reason = page[page.index('id="correction"') :]
    assert "更正一格。" in reason[: reason.index("</div>")]
    assert 'href="#cell-applications-3-7-natural_person"' in page


def test_only_changed_cells_are_marked_and_only_in_the_revision_that_changed_them(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own)
    publish(county.own, note="更正一格。", change={CELL: 9999})
    assert client.get(ADDRESS).text.count("<ins>") == 1
    assert "<ins>" not in client.get(f"{ADDRESS}revisions/1/").text


def test_the_mark_of_a_corrected_cell_is_said_in_english_on_an_english_page(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    old = publish(county.own).as_report().figures[CELL]
    publish(county.own, note="更正一格。", change={CELL: 9999})
    client.cookies["django_language"] = "en"
    page = client.get(ADDRESS).text
    assert f'aria-label="corrected, was: {old}"' in cell(page)


def test_a_cell_made_blank_says_what_stood_there() -> None:
    mark = html.Mark("", "", corrected=html.Corrected(12, "correction"))
    page = html.tables(Report(form="2021", figures={CELL: None}), marks={CELL: mark})
    assert "<ins>" not in cell(page)
    assert 'aria-label="更正，原数：12"' in cell(page)


def test_a_corrected_cell_that_is_disputed_leads_to_the_finding_and_to_the_reason() -> None:
    mark = html.Mark("finding-1", "error", "不平", corrected=html.Corrected(None, "correction"))
    page = cell(html.tables(Report(form="2021", figures={CELL: 7}), marks={CELL: mark}))
    assert re.search(r'<ins><a href="#finding-1"[^>]*>7</a></ins>', page)
    assert 'href="#correction" aria-label="更正，原数：空白"' in page
    assert 'class="marked marked-error corrected"' in page


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf", "json"])
def test_the_file_of_a_corrected_report_says_so_and_is_read_as_what_it_reports(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision], suffix: str
) -> None:
    first = publish(county.own)
    plain = client.get(f"{ADDRESS}revisions/1/report.{suffix}").content
    second = publish(county.own, note="更正一格。", change={CELL: 9999})
    made = client.get(f"{ADDRESS}revisions/2/report.{suffix}").content
    assert made == write(
        second.as_report(),
        suffix,
        corrigenda=compared(
            first.as_report(),
            second.as_report(),
            1,
            day=timezone.localdate(second.published_at),
            reason="更正一格。",
        ),
    )
    assert made != write(second.as_report(), suffix)
    assert read(made).figures == second.as_report().figures
    assert client.get(f"{ADDRESS}revisions/1/report.{suffix}").content == plain


def test_a_correction_that_brings_back_the_first_figures_is_still_told_in_its_file(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own)
    client.get(f"{ADDRESS}revisions/1/report.json")
    publish(county.own, note="更正一格。", change={CELL: 9999})
    publish(county.own, note="更正有误，恢复原数。")
    assert client.get(f"{ADDRESS}revisions/3/report.json").json()["corrections"]
    assert "corrections" not in client.get(f"{ADDRESS}revisions/1/report.json").json()
