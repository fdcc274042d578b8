"""A year in a real browser: from a citizen's form to the published report that counts it.

Everybody logs in and does their part through the pages; only who works where is given. All of it
happens on the day of the test. The pages compile the running year as far as it has come, so the
report is that of this year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.figures import loads
from gongkai.org.models import Agency
from tests.browser.test_apply import go, keys, walk

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Desk = Callable[[str], Page]
Figures = Mapping[str, str]
SEARCH = {
    "检索的部门、档案和系统": "预算股、农业股、档案室、预算管理一体化系统",
    "检索用词和范围": "供水、保障资金、分配；二〇二四年至今的发文",
    "检索结果": "没有检索到分配方案，该项资金由水务部门分配",
    "检索人员": "officer",
}
REASONS = "经检索预算股、农业股和档案室，本机关没有制作，也没有保存该分配方案。"
REVIEW = (
    ("reviewer", "审核", "通过", "已通过"),
    ("secrecy_reviewer", "审核", "通过", "已通过"),
    ("signatory", "签发", "签发", "已签发"),
)


@pytest.fixture
def place(
    live_server: Any, cast: SimpleNamespace, settings: Any, tmp_path: Path
) -> SimpleNamespace:
    """The county with its people, and nothing else: no practice, no case, no report."""
    settings.SITE_URL = live_server.url
    settings.HOME = tmp_path
    settings.FILES = tmp_path / "files"
    settings.PERSON_KEYS = str(tmp_path)
    settings.APPLY_LIMIT = settings.TRACK_LIMIT = 0
    return cast


@pytest.fixture
def desk(open_page: Open, place: SimpleNamespace) -> Desk:
    """The browser of somebody of the county, logged in when it is first asked for."""
    pages: dict[str, Page] = {}

    def of(name: str) -> Page:
        if name not in pages:
            page = pages[name] = open_page("/desk/login/")
            page.fill("#id_username", name)
            page.fill("#id_password", "pass-word-1")
            page.get_by_role("button", name="登录", exact=True).click()
            expect(page.get_by_role("button", name="退出")).to_be_visible()
        return pages[name]

    return of


def test_a_year_from_the_form_to_the_published_report(open_page: Open, desk: Desk) -> None:
    today = timezone.localdate()
    months = today.month - 1
    counted = {
        "applications.1.natural_person": "1",
        "applications.1.total": "1",
        "applications.3.4.1.natural_person": "1",
        "applications.3.4.1.total": "1",
        "applications.3.7.natural_person": "1",
        "applications.3.7.total": "1",
        **({"proactive.licensing.decisions": str(months)} if months else {}),
    }
    configure(desk)
    tally(desk("officer"), today.year, months)
    citizen = open_page("/agencies/qh-cz/apply/")
    walk(citizen)
    number, code = keys(citizen)
    take_up(desk("officer"), number)
    answer(desk("officer"))
    review(desk, number)
    send(desk("officer"), number)
    fetch(citizen, number, code)
    close(desk("officer"), citizen, number)
    compiled = compile_year(desk("reviewer"), number, today.year, counted)
    write(desk("officer"), today.year)
    hand_up(desk, today.year)
    publish(desk("reviewer"))
    read(open_page("/reports/"), today.year, counted, compiled)


def at(page: Page, address: str) -> Page:
    """The page at an address of the same site."""
    page.goto(re.sub(r"(https?://[^/]+)/.*", r"\1", page.url) + address)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).click()


def told(page: Page, words: str) -> None:
    """The site has said what was done."""
    expect(page.locator("#messages")).to_contain_text(words)


def downloaded(page: Page, link: Locator) -> bytes:
    with page.expect_download() as waiting:
        link.click()
    return Path(waiting.value.path()).read_bytes()


def open_case(page: Page, number: str) -> Page:
    """The case, found in the list of work."""
    at(page, "/desk/cases/?view=all")
    follow(page, number)
    expect(page.locator("h1")).to_contain_text(number)
    return page


def configure(desk: Desk) -> None:
    """The head says how the office writes; the administrator, who reviews and judges it."""
    page = at(desk("reviewer"), "/desk/cases/practice/qh-cz/")
    page.get_by_label("机关代字").fill("青财公复")
    page.get_by_label("行政复议网上申请渠道").fill("行政复议服务平台")
    press(page, "保存")
    told(page, "已保存")
    page = at(desk("administrator"), "/desk/org/agencies/qh-cz/edit/")
    page.get_by_label("行政复议机关").fill("青禾县人民政府")
    page.get_by_label("管辖法院").fill("青禾县人民法院")
    press(page, "记下")
    expect(page.locator("main")).to_contain_text("青禾县人民法院")


def tally(page: Page, year: int, months: int) -> None:
    """One licence in every month that is over, and nothing else."""
    at(page, f"/desk/register/qh-cz/tallies/{year}/")
    for month in range(1, months + 1):
        page.fill(f"[name=licence-{month}]", "1")
        for matter in ("penalty", "coercion", "fee"):
            page.fill(f"[name={matter}-{month}]", "0")
    press(page, "记下")


def take_up(page: Page, number: str) -> None:
    """No term runs before both sides have confirmed (条例第三十一条)."""
    open_case(page, number)
    expect(page.locator("main")).to_contain_text("答复期限尚未起算")
    follow(page, "确认收到")
    page.get_by_label("联系到谁").fill("申请人本人")
    page.get_by_label("电话").check()
    press(page, "双方确认收到")
    told(page, "已确认")
    follow(page, "受理")
    press(page, "受理这件申请")
    told(page, "您是经办人")


def answer(page: Page) -> None:
    """What does not exist is answered so only after a search (条例第三十六条第四项)."""
    follow(page, "登记检索")
    for label, text in SEARCH.items():
        page.get_by_label(label).fill(text)
    press(page, "登记检索")
    told(page, "已登记")
    follow(page, "拟写处理决定")
    page.get_by_label("信息不存在").check()
    page.fill("#id_reasons", REASONS)
    press(page, "保存并送审")
    told(page, "已送审")


def review(desk: Desk, number: str) -> None:
    """Three others read it; who wrote it has no part in that."""
    writer = desk("officer")
    follow(writer, "审核")
    expect(writer.get_by_text("您写过这份决定")).to_be_visible()
    for name, step, verb, words in REVIEW:
        page = open_case(desk(name), number)
        follow(page, step)
        expect(page.locator("main")).to_contain_text(REASONS)
        press(page, verb)
        told(page, words)


def send(page: Page, number: str) -> None:
    open_case(page, number)
    follow(page, "送出文书")
    page.locator("main .letters .button-primary").click()
    page.get_by_label("电子送达").check()
    press(page, "送出文书")
    told(page, "已送出")


def fetch(page: Page, number: str, code: str) -> None:
    """The citizen finds the answer with number and code, reads it and has it verified."""
    at(page, "/track/")
    page.fill("#number", number)
    page.fill("#code", code)
    go(page)
    expect(page.locator("h1")).to_have_text("已答复")
    letter = downloaded(page, page.get_by_role("button", name="下载"))
    text = text_of(letter)
    for words in ("青财公复〔", REASONS, "青禾县人民政府", "青禾县人民法院", "行政复议服务平台"):
        assert words in text
    found = re.search(r"核验码：([0-9A-Z]{4}(?:-[0-9A-Z]{4})+)", text)
    assert found
    at(page, "/verify/")
    page.fill("#code", found[1])
    press(page, "核验")
    expect(page.locator("main")).to_contain_text("有这份文书")
    file = {"name": "答复书.pdf", "mimeType": "application/pdf", "buffer": letter}
    page.set_input_files("#letter", file)  # type: ignore[arg-type]
    press(page, "比对")
    expect(page.locator("main")).to_contain_text("文件与发出的一致")


def text_of(pdf: bytes) -> str:
    """What the pages say, without the breaks of lines."""
    with pdfium.PdfDocument(pdf) as paper:
        pages = [page.get_textpage().get_text_bounded() for page in paper]
    return "".join("".join(pages).split())


def close(page: Page, citizen: Page, number: str) -> None:
    """That the citizen has read the letter stands in the case; nothing is left to do."""
    open_case(page, number)
    follow(page, "办结")
    press(page, "办结")
    told(page, "已办结")
    at(citizen, "/track/case/")
    expect(citizen.locator("h1")).to_have_text("已办结")


def compile_year(page: Page, number: str, year: int, counted: Figures) -> dict[str, str]:
    """The three tables count what was done and nothing else, and lead back to it."""
    at(page, "/desk/reports/")
    page.locator(".side-nav").get_by_role("link", name="年报数据").click()
    page.select_option("#year", str(year))
    press(page, "看这一年")
    shown = cells(page)
    assert {address: n for address, n in shown.items() if n not in {"0", ""}} == counted
    page.locator('[data-address="applications.3.4.1.natural_person"] a').click()
    expect(page.get_by_role("link", name=number)).to_be_visible()
    page.go_back()
    press(page, "生成年报草稿")
    told(page, "已生成年报草稿")
    return shown


def cells(page: Page) -> dict[str, str]:
    """The figures on the page by the address of their cell."""
    found: dict[str, str] = page.locator("[data-address]").evaluate_all(
        "cells => Object.fromEntries(cells.map(c => [c.dataset.address, c.innerText.trim()]))"
    )
    return found


def write(page: Page, year: int) -> None:
    """The officer writes what no record tells; the figures in the text are those of the tables."""
    at(page, f"/desk/reports/qh-cz/{year}/1/narrative/")
    expect(page.locator("main")).to_contain_text("收到政府信息公开申请1件")
    for section in (1, 5):
        text = page.locator(f"#text-{section}")
        text.fill(re.sub("【待写：([^】]*)】", r"\1已经写明。", text.input_value()))
    press(page, "保存正文")
    told(page, "正文已保存")


def hand_up(desk: Desk, year: int) -> None:
    """The head, who may not write it, submits the report; the county accepts it."""
    page = desk("reviewer")
    follow(page, "表格与问题")
    press(page, "报送")
    told(page, "已报送青禾县")
    above = at(desk("supervisor"), f"/desk/reports/yearend/qh/{year}/?view=waiting")
    above.locator("main a[href*='/of/qh-cz/']").first.click()
    press(above, "审核通过")
    told(above, "已审核通过")


def publish(page: Page) -> None:
    page.reload()
    expect(page.locator("main")).to_contain_text("审核通过")
    follow(page, "公布")
    press(page, "公布")
    expect(page.get_by_role("link", name="看公开页面")).to_be_visible()


def read(page: Page, year: int, counted: Figures, compiled: dict[str, str]) -> None:
    """Anybody finds the report, the figures on its page and in its files."""
    follow(page, f"青禾县财政局 {year}")
    tables = page.locator("article.document table td[headers]").all_inner_texts()
    assert Counter(text.strip() for text in tables) == Counter(compiled.values())
    files = {
        suffix: downloaded(page, page.locator(f".actions a[href$='.{suffix}']"))
        for suffix in ("json", "docx", "xlsx", "pdf")
    }
    report = loads(files["json"].decode())
    own = Agency.objects.get(code="qh-cz")
    assert report.figures == compile_report(own, year, timezone.localdate()).report.figures
    assert {a: str(n) for a, n in report.figures.items() if n} == counted
    assert "收到政府信息公开申请1件" in text_of(files["pdf"])
    assert files["docx"].startswith(b"PK")
    assert files["xlsx"].startswith(b"PK")
