"""The five fixed sections, of an agency and of the whole jurisdiction."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongkai.org.models import Agency
from gongkai.project.page_cache import OFFER, Offer
from gongkai.publishing.catalogue.models import CatalogueItem
from gongkai.publishing.publication.models import Publication

pytestmark = pytest.mark.django_db

Release = Callable[..., Publication]

SECTIONS = ("guide", "rules", "catalogue", "reports", "apply")
NAMES = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_agency_has_the_five_sections_under_their_fixed_names(
    client: Client, county: SimpleNamespace, section: str
) -> None:
    page = client.get(f"/agencies/qh-cz/{section}/").text
    for name in NAMES:
        assert name in page
    assert 'aria-current="page"' in page


@pytest.mark.parametrize("section", ["guide", "rules", "catalogue", "apply"])
def test_the_jurisdiction_has_them_too(
    client: Client, county: SimpleNamespace, section: str
) -> None:
    assert client.get(f"/sections/{section}/").status_code == 200


def test_the_reports_of_the_jurisdiction_are_one_page(client: Client) -> None:
    assert client.get("/sections/reports/")["Location"] == "/reports/"


@pytest.mark.parametrize("section", ["", *(f"{section}/" for section in SECTIONS)])
def test_an_unknown_agency_is_not_found(client: Client, section: str) -> None:
    assert client.get(f"/agencies/nobody/{section}").status_code == 404


def test_the_guide_names_what_article_12_asks_for(client: Client, county: SimpleNamespace) -> None:
    contact = {
        "address": "青禾县人民路8号",
        "office_hours": "工作日 9:00至17:00",
        "telephone": "0990-5550101",
        "fax": "0990-5550102",
        "email": "gk@example.org",
    }
    Agency.objects.filter(pk=county.own.pk).update(**contact)
    page = client.get("/agencies/qh-cz/guide/").text
    for value in contact.values():
        assert value in page


def test_what_is_not_known_of_an_agency_takes_no_row(
    client: Client, county: SimpleNamespace
) -> None:
    Agency.objects.filter(code="qh-cz").update(telephone="0990-5550101", address="", email="")
    page = client.get("/agencies/qh-cz/").text
    assert "联系电话" in page
    for blank in ("办公地址", "电子邮箱", "<dd>—</dd>"):
        assert blank not in page


def test_citizens_are_led_to_no_file_for_machines(client: Client) -> None:
    assert "/sitemap.xml" not in client.get("/").text
    assert "/sitemap.xml" in client.get("/robots.txt").text


def test_the_guide_holds_the_newest_one_published(
    client: Client, county: SimpleNamespace, release: Release
) -> None:
    release(kind="guide", title="公开指南", body="<p>旧的指南。</p>")
    release(kind="guide", title="公开指南", body="<p>新的指南。</p>", document_number="2号")
    page = client.get("/agencies/qh-cz/guide/").text
    assert "新的指南。" in page
    assert "旧的指南。" not in page


def test_rules_of_those_above_hold_for_an_agency_too(
    client: Client, county: SimpleNamespace, release: Release
) -> None:
    release(agency=county.top, kind="rules_of_disclosure", title="全县公开规定")
    release(agency=county.other, kind="rules_of_disclosure", title="民政局公开规定")
    page = client.get("/agencies/qh-cz/rules/").text
    assert "全县公开规定" in page
    assert "民政局公开规定" not in page
    assert "中华人民共和国政府信息公开条例" in page


def test_reports_of_an_agency_are_listed_by_year(
    client: Client, county: SimpleNamespace, publish: Callable[..., Any]
) -> None:
    publish(county.own, 2022)
    publish(county.own, 2023)
    page = client.get("/agencies/qh-cz/reports/").text
    assert page.index("/reports/qh-cz/2023/") < page.index("/reports/qh-cz/2022/")


def test_the_entrance_says_what_an_application_needs_and_asks_for_no_purpose(
    client: Client, county: SimpleNamespace
) -> None:
    page = client.get("/agencies/qh-cz/apply/").text
    for needed in ("身份证明", "联系方式", "名称、文号", "形式", "20个工作日", "不用说明用途"):
        assert needed in page


def test_against_a_refusal_reconsideration_comes_first_and_its_time_is_told(
    client: Client, county: SimpleNamespace
) -> None:
    page = client.get("/sections/apply/").text
    remedy = page.split('id="remedy"')[1].split("</section>")[0]
    assert "不予公开的，应当先申请行政复议" in remedy
    assert "60日内" in remedy
    assert "行政复议法第二十条、第二十三条" in remedy


def test_it_says_that_a_fee_is_the_exception(client: Client, county: SimpleNamespace) -> None:
    page = client.get("/agencies/qh-cz/apply/").text
    assert "可以收取信息处理费" in page
    assert "条例第四十二条" in page


def test_an_address_is_pointed_to_only_where_there_is_one(
    client: Client, county: SimpleNamespace
) -> None:
    bare = client.get("/agencies/qh-cz/apply/").text
    assert "到上面的地址" not in bare
    assert "本机关还没有登记地址和电话" in bare
    rows = type(county.own).objects.filter(pk=county.own.pk)
    rows.update(telephone="0000-1234567")
    assert "地址请电话询问" in client.get("/agencies/qh-cz/apply/").text
    rows.update(address="青禾县人民路1号")
    page = client.get("/agencies/qh-cz/apply/").text
    assert "带身份证明，到上面的地址" in page
    assert "寄到上面的地址" in page


def test_the_form_on_paper_is_offered_as_word_and_pdf(
    client: Client, county: SimpleNamespace
) -> None:
    page = client.get("/agencies/qh-cz/apply/").text
    for suffix in ("docx", "pdf"):
        assert f'href="/agencies/qh-cz/apply/form.{suffix}"' in page
        assert f'href="/sections/apply/form.{suffix}"' in client.get("/sections/apply/").text


def test_the_words_of_a_search_come_along_and_are_only_text(
    client: Client, county: SimpleNamespace
) -> None:
    page = client.get("/agencies/qh-cz/apply/", {"words": "<b>供水</b> 补贴"}).text
    assert "&lt;b&gt;供水&lt;/b&gt; 补贴" in page
    assert "/search/?q=%3Cb%3E" in page


def test_the_agency_is_chosen_with_the_words_kept(client: Client, county: SimpleNamespace) -> None:
    page = client.get("/sections/apply/", {"words": "供水"}).text
    assert "/agencies/qh/apply/?words=%E4%BE%9B%E6%B0%B4" in page


# The catalogue


def counts(page: str) -> dict[str, int]:
    """Documents by item as the tree shows them."""
    rows = re.findall(r'\?item=([\d.]+)[^>]*>[^<]*</a> <span class="count">([\d,]+)<', page)
    return {code: int(number) for code, number in rows}


def test_the_tree_has_the_fifteen_items_of_article_20_with_their_counts(
    client: Client, county: SimpleNamespace, release: Release
) -> None:
    release(item="20.7", kind="budget")
    release(item="20.7", kind="budget", title="决算")
    release(item="20.5", kind="service_guide")
    found = counts(client.get("/agencies/qh-cz/catalogue/").text)
    assert sum(code.startswith("20.") for code in found) == 15
    assert (found["20.7"], found["20.5"], found["20.1"]) == (2, 1, 0)


@pytest.mark.parametrize(
    ("code", "bound"),
    [("qh", "21.1.1"), ("qh-cz", "21.1.1"), ("qh-lx", "21.2.1")],
    ids=["county", "department of the county", "township"],
)
def test_article_21_binds_by_level(
    client: Client, county: SimpleNamespace, code: str, bound: str
) -> None:
    found = counts(client.get(f"/agencies/{code}/catalogue/").text)
    assert bound in found
    assert {item[:4] for item in found if item.startswith("21")} == {bound[:4]}


def test_an_item_lists_its_documents(
    client: Client, county: SimpleNamespace, release: Release
) -> None:
    release(item="20.7", kind="budget", title="年度预算")
    release(item="20.5", kind="service_guide", title="办事指南")
    page = client.get("/agencies/qh-cz/catalogue/?item=20.7").text
    assert "年度预算" in page
    assert "办事指南" not in page


def test_an_item_that_the_law_does_not_have_is_not_found(
    client: Client, county: SimpleNamespace
) -> None:
    assert client.get("/sections/catalogue/?item=20.99").status_code == 404


def test_a_government_lists_its_own_or_those_below_it_too(
    client: Client, county: SimpleNamespace, release: Release
) -> None:
    release(title="财政局的通知")
    release(agency=county.top, title="县政府的通知")
    own = client.get("/agencies/qh/catalogue/").text
    assert "县政府的通知" in own
    assert "财政局的通知" not in own
    below = client.get("/agencies/qh/catalogue/?below=1").text
    assert "财政局的通知" in below
    assert counts(own)["20.15"] == 1
    assert counts(below)["20.15"] == 2


def test_an_item_of_the_agencys_own_catalogue_lists_what_hangs_on_it(
    client: Client, county: SimpleNamespace, release: Release
) -> None:
    item = CatalogueItem.objects.create(
        agency=county.own, code="ys", matter="财政预决算", basis="预算法", since=date(2020, 1, 1)
    )
    release(catalogue_item=item.pk, title="年度预算")
    release(title="别的通知")
    page = client.get(f"/agencies/qh-cz/catalogue/?matter={item.pk}").text
    assert "年度预算" in page
    assert "别的通知" not in page
    assert "预算法" in page


@pytest.mark.parametrize("query", ["?item=20.3", "?year=1999", ""])
def test_an_empty_list_says_what_to_do(client: Client, county: SimpleNamespace, query: str) -> None:
    page = client.get(f"/agencies/qh-cz/catalogue/{query}").text
    assert 'class="empty"' in page
    assert "申请公开" in page


@pytest.mark.parametrize("query", ["?after=x", "?before=20261341-1", "?year=%00", "?matter=9e9"])
def test_a_wrong_address_is_the_list_from_its_beginning(
    client: Client, county: SimpleNamespace, release: Release, query: str
) -> None:
    release()
    assert client.get(f"/sections/catalogue/{query}").status_code == 200


# The agencies


def test_all_agencies_are_listed_with_what_they_have_published(
    client: Client, county: SimpleNamespace, release: Release
) -> None:
    release()
    page = client.get("/agencies/").text
    assert re.search(r'青禾县财政局</a> <span class="count">1<', page)
    assert re.search(r'青禾县人民政府</a> <span class="count">1<', page)
    assert "白沙县财政局" in page


def test_the_page_of_an_agency_leads_to_its_sections_and_documents(
    client: Client, county: SimpleNamespace, release: Release
) -> None:
    publication = release()
    page = client.get("/agencies/qh-cz/").text
    for section in SECTIONS:
        assert f'href="/agencies/qh-cz/{section}/"' in page
    assert f'href="/documents/{publication.document_id}/"' in page


def test_an_agency_without_documents_offers_to_apply(
    client: Client, county: SimpleNamespace
) -> None:
    page = client.get("/agencies/qh-mz/").text
    assert "本机关还没有在这里公布文件" in page
    assert "/agencies/qh-mz/apply/" in page


def test_agencies_come_as_a_table(client: Client, county: SimpleNamespace) -> None:
    lines = client.get("/agencies.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("bs-cz,白沙县财政局,政府部门")
    assert len(lines) == 6


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/agencies/", "/agencies/qh-cz/", "/withdrawals/", "/register/", "/feed.atom"),
        *(f"/agencies/qh-cz/{section}/" for section in SECTIONS),
        *("/sections/catalogue/?item=20.1", "/sitemap.xml", "/catalogue.jsonld"),
    ],
)
def test_pages_can_be_kept_for_everyone(client: Client, county: SimpleNamespace, path: str) -> None:
    offer = Offer(("django_language", "size", "contrast"))
    response = client.get(path, **{OFFER: offer})
    assert response.status_code == 200
    assert offer.accepted
    assert not response.cookies
    assert "no-store" not in response.get("Cache-Control", "")
