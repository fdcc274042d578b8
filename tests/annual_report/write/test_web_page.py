"""The web page and the fragment: accessible tables, marks that link, nothing that runs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.figures import Section
from gongkai.annual_report.write import html
from gongkai.annual_report.write.html import Mark, cell_id
from gongkai.law.forms import form
from tests.annual_report.write.reports import whole, with_figures

HOSTILE = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;"


def parsed(markup: str) -> LexborHTMLParser:
    return LexborHTMLParser(markup)


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_every_figure_is_a_cell_with_its_address(version):
    report = whole(version)
    cells = parsed(html.tables(report)).css("td[data-address]")
    assert [cell.attributes["data-address"] for cell in cells] == list(form(version).addresses)
    assert all(cell.id == cell_id(cell.attributes["data-address"] or "") for cell in cells)


def test_no_attribute_is_empty():
    page = parsed(html.tables(whole()))
    assert all(value != "" for e in page.css("table *") for value in e.attributes.values())


def test_the_id_of_a_cell_spells_its_address():
    assert cell_id("applications.3.3.1.natural_person") == "cell-applications-3-3-1-natural_person"


@pytest.mark.parametrize("version", ["2019", "2021"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_ids_are_unique_and_every_head_a_cell_names_exists(version, language):
    page = parsed(html.document(whole(version), language))
    ids = [element.id for element in page.css("[id]")]
    assert len(ids) == len(set(ids))
    heads = {element.id for element in page.css("th[id]")}
    for cell in page.css("td[data-address]"):
        named = (cell.attributes["headers"] or "").split()
        assert named
        assert set(named) <= heads


def test_every_table_has_a_caption_a_name_and_a_scroll_region_for_the_keyboard():
    page = parsed(html.tables(whole()))
    assert len(page.css("table")) == 3
    for table in page.css("table"):
        caption = table.css_first("caption")
        region = table.parent
        assert caption.text()
        assert region is not None
        assert table.attributes["aria-labelledby"] == caption.id
        assert (region.attributes["role"], region.attributes["tabindex"]) == ("region", "0")


def test_every_head_says_what_it_heads():
    for head in parsed(html.tables(whole())).css("th"):
        assert head.attributes["scope"] in {"row", "col", "rowgroup", "colgroup"}


def test_a_blank_cell_is_empty_and_all_decimals_are_shown():
    report = with_figures(
        whole(),
        applications__1__total=None,
        proactive__fees__amount_wan=Decimal("24252.311080"),
    )
    page = parsed(html.tables(report))
    assert page.css_first(f"#{cell_id('applications.1.total')}").text() == ""
    assert page.css_first(f"#{cell_id('proactive.fees.amount_wan')}").text() == "24252.311080"


def test_a_marked_cell_links_to_its_finding_and_says_the_severity_in_words():
    address = "applications.1.total"
    marks = {address: Mark("finding-7", "error", "合计不等")}
    cell = parsed(html.tables(whole(), marks=marks)).css_first(f"#{cell_id(address)}")
    link = cell.css_first("a")
    assert "marked-error" in (cell.attributes["class"] or "")
    assert link.attributes["href"] == "#finding-7"
    assert link.attributes["title"] == "合计不等"
    assert "错误" in (link.attributes["aria-label"] or "")


def test_a_mark_may_be_only_the_id_it_links_to():
    page = parsed(html.tables(whole(), marks={"appeals.reconsideration": "here"}))
    assert page.css_first("th.marked a").attributes["href"] == "#here"


def test_a_marked_blank_cell_says_that_it_is_blank():
    report = with_figures(whole(), applications__1__total=None)
    page = parsed(html.tables(report, marks={"applications.1.total": "x"}))
    assert (page.css_first("td.marked a").attributes["aria-label"] or "").startswith("空白")


def test_findings_are_listed_and_each_mark_leads_to_the_gravest_of_its_cell():
    address = "applications.1.total"
    findings = [
        Finding("sum.row", "error", "行合计不等", "The row does not add up", address=address),
        Finding("year.jump", "note", "变动很大", "A jump", address=address),
        Finding("form.late", "note", "逾期", "Late"),
    ]
    page = parsed(html.document(whole(), findings=findings))
    assert len(page.css(".findings li")) == 3
    link = page.css_first(f"#{cell_id(address)} a").attributes["href"] or ""
    assert "行合计不等" in page.css_first(link).text()


def test_hostile_text_stays_text():
    report = replace(
        whole(),
        title=HOSTILE,
        agency=HOSTILE,
        preface=HOSTILE,
        sections=(Section(1, HOSTILE, HOSTILE),),
    )
    findings = [Finding(HOSTILE, "error", HOSTILE, HOSTILE, address="applications.1.total")]
    page = parsed(html.document(report, findings=findings))
    assert not page.css("script, img, [onerror]")
    assert page.css_first("h1").text() == HOSTILE


def test_nothing_runs_and_nothing_is_fetched():
    page = parsed(html.document(whole()))
    assert not page.css("script, link, img, iframe")
    assert not any(name.startswith("on") for e in page.css("*") for name in e.attributes)
    assert "url(" not in html.style()
    assert "@import" not in html.style()


def test_the_narrative_on_an_english_page_says_that_it_is_chinese():
    page = parsed(html.document(whole(), "en"))
    assert page.css_first("html").attributes["lang"] == "en"
    assert page.css_first("h1").attributes["lang"] == "zh-CN"
    assert page.css_first("h2").attributes.get("lang") is None


def test_the_page_says_who_and_when_as_government_sites_do():
    report = whole()
    metas = {
        m.attributes["name"]: m.attributes["content"]
        for m in parsed(html.document(report)).css("meta[name]")
    }
    assert metas["ContentSource"] == report.agency
    assert report.published is not None
    assert metas["PubDate"] == report.published.isoformat()
