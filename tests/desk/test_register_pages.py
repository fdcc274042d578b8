"""The register, clean-ups, tallies, catalogue, duties and columns at the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.db import transaction
from django.test import Client
from django.utils import timezone

from gongkai.org.models import Agency, Unit
from gongkai.publishing import actions
from gongkai.publishing.actions import Count
from gongkai.publishing.catalogue.entry import Entry
from gongkai.publishing.catalogue.models import CatalogueItem, Duty
from gongkai.publishing.document.models import Document
from gongkai.publishing.register.models import Campaign, Tally
from tests.publishing.register.conftest import bring_over, fresh

TODAY = timezone.localdate()
YEAR = TODAY.year - 1
DAY = timedelta(days=1)
ITEM = Entry(matter="季度统计", since=date(TODAY.year, 1, 1), code="stat", item="20.4")
READERS = ("drafter", "officer", "reviewer", "legality_reviewer", "supervisor", "administrator")
OTHERS = ("colleague", "stranger")
PAGES = (
    "/desk/register/qh-cz/",
    "/desk/register/qh-cz/usual/",
    f"/desk/register/qh-cz/year/{YEAR}/",
    f"/desk/register/qh-cz/year/{YEAR}/proactive.normative_documents.made/",
    f"/desk/register/qh-cz/year/{YEAR}/proactive.fees.amount_wan/",
    "/desk/register/qh-cz/campaigns/",
    f"/desk/register/qh-cz/tallies/{YEAR}/",
    "/desk/catalogue/qh-cz/",
    "/desk/catalogue/qh-cz/duties/",
    "/desk/catalogue/qh-cz/columns/",
)
FORMS = (
    ("/desk/register/qh-cz/campaigns/start/", ("officer", "legality_reviewer")),
    ("/desk/register/qh-cz/tallies/import/", ("officer", "reviewer")),
    ("/desk/catalogue/qh-cz/add/", ("officer", "reviewer")),
    ("/desk/catalogue/qh-cz/import/", ("officer", "reviewer")),
)
Open = Callable[..., Any]


@pytest.fixture
def norm(cast: SimpleNamespace, county: SimpleNamespace) -> Callable[..., Document]:
    """A normative document in the register, of `own` or another agency."""

    def make(agency: Agency | None = None, **more: Any) -> Document:
        with transaction.atomic():
            brought = bring_over(cast.administrator, agency or county.own, [more])
            actions.noted_in_bulk(cast.administrator, brought)
        return fresh(brought[0].document)

    return make


@pytest.fixture
def read(cast: SimpleNamespace, desk: Callable[..., Client]) -> Open:
    """The words of a page as somebody sees it, after its status was held against `status`."""

    def opened(path: str, who: str = "officer", status: int = 200) -> str:
        response = desk(getattr(cast, who)).get(path)
        assert response.status_code == status, response.content.decode()[:2000]
        return response.content.decode()

    return opened


@pytest.fixture
def send(cast: SimpleNamespace, desk: Callable[..., Client]) -> Open:
    """Sends a form; gives the answer, led on to the page that follows."""

    def post(path: str, said: dict[str, Any], who: str = "officer", status: int = 200) -> str:
        response = desk(getattr(cast, who)).post(path, said, follow=True)
        assert response.status_code == status, response.content.decode()[:3000]
        return response.content.decode()

    return post


@pytest.mark.parametrize("path", ["/desk/register/", "/desk/catalogue/", *PAGES])
def test_nobody_sees_the_pages_without_logging_in(county: SimpleNamespace, path: str) -> None:
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_everybody_of_the_agency_and_its_supervisor_reads_them(
    cast: SimpleNamespace, desk: Callable[..., Client], path: str
) -> None:
    for who in READERS:
        assert desk(getattr(cast, who)).get(path).status_code == 200, who


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", OTHERS)
def test_others_read_why_they_may_not(read: Open, path: str, who: str) -> None:
    assert "没有办理此事的权限" in read(path, who, 403)


@pytest.mark.parametrize(("path", "who"), FORMS)
def test_forms_are_for_those_who_may_send_them(
    cast: SimpleNamespace, desk: Callable[..., Client], path: str, who: tuple[str, ...]
) -> None:
    for name in who:
        assert desk(getattr(cast, name)).get(path).status_code == 200, name
    for name in ("drafter", "supervisor", *OTHERS):
        assert desk(getattr(cast, name)).get(path).status_code == 403, name


@pytest.mark.parametrize(
    "path",
    [
        "/desk/register/nowhere/",
        "/desk/catalogue/nowhere/",
        "/desk/register/qh-cz/documents/999999/",
        "/desk/register/qh-cz/documents/99999999999999999999/",
        "/desk/catalogue/qh-cz/items/99999999999999999999/",
        "/desk/register/qh-cz/year/1999/",
        "/desk/register/qh-cz/year/9999/",
        f"/desk/register/qh-cz/year/{YEAR}/proactive.nothing.made/",
        "/desk/register/qh-cz/campaigns/999999/",
        "/desk/register/qh-cz/tallies/1999/",
        f"/desk/register/qh-cz/tallies/{YEAR}/?unit=nowhere",
        "/desk/catalogue/qh-cz/items/999999/",
        "/desk/catalogue/qh-cz/duties/999999/excuse/",
    ],
)
def test_what_does_not_exist_is_not_found(read: Open, path: str) -> None:
    read(path, "officer", 404)


@pytest.mark.parametrize(
    "query",
    ["?on=nonsense", "?on=2026-02-30", "?page=99999", "?page=-1", "?validity=x", "?register=y"],
)
def test_a_query_that_makes_no_sense_shows_the_usual_page(
    read: Open, norm: Callable[..., Document], query: str
) -> None:
    norm(title="供水管理办法")
    assert "供水管理办法" in read("/desk/register/qh-cz/" + query)


def test_a_supervisor_sees_all_agencies_below_with_what_is_wrong_at_each(
    cast: SimpleNamespace, county: SimpleNamespace, read: Open, norm: Callable[..., Document]
) -> None:
    norm(county.other, expires_on=TODAY + 5 * DAY)
    shown = read("/desk/register/", "supervisor")
    assert shown.index("青禾县人民政府") < shown.index("青禾县民政局")
    assert "白沙县财政局" not in shown
    assert "青禾县财政局" in read("/desk/catalogue/", "supervisor")


def test_whoever_reads_one_agency_alone_is_led_there(read: Open, send: Open) -> None:
    client_page = read("/desk/register/", "officer", 302)
    assert client_page == ""


def test_only_who_watches_over_a_subtree_looks_at_it_whole(
    county: SimpleNamespace, read: Open, norm: Callable[..., Document]
) -> None:
    norm(county.other, title="民政局的办法")
    assert "民政局的办法" not in read("/desk/register/qh/", "supervisor")
    assert "民政局的办法" in read("/desk/register/qh/?scope=all", "supervisor")
    assert "含下级机关" not in read("/desk/register/qh-cz/", "officer")


def test_the_register_is_shown_as_it_stood_on_a_day(
    read: Open, norm: Callable[..., Document]
) -> None:
    norm(title="供水管理办法", formed_on=date(2020, 1, 1), expires_on=date(2022, 12, 31))
    assert "已失效" in read("/desk/register/qh-cz/")
    then = read("/desk/register/qh-cz/?on=2021-06-01")
    assert "有效" in then
    assert "至 2022-12-31" in then
    assert "没有这样的文件" in read("/desk/register/qh-cz/?on=2019-01-01")


def test_what_is_not_yet_in_force_is_told_apart_in_the_list_and_in_the_year(
    read: Open, norm: Callable[..., Document]
) -> None:
    norm(title="供水管理办法")
    norm(title="排水管理办法", effective_on=timezone.localdate() + timedelta(days=30))
    listed = read("/desk/register/", who="supervisor")
    assert "另有尚未施行" in listed
    assert "qh-cz/?validity=not_yet" in listed
    year = timezone.localdate().year
    assert "现行有效中含尚未施行 1 份。" in read(f"/desk/register/qh-cz/year/{year}/")


def test_what_runs_out_soon_stands_at_the_top(read: Open, norm: Callable[..., Document]) -> None:
    norm(title="供水管理办法", expires_on=TODAY + 5 * DAY)
    shown = read("/desk/register/qh-cz/")
    assert "1 份将在 90 天内到期" in shown
    assert "还有 5 天" in shown


def test_an_empty_register_says_what_belongs_there(read: Open) -> None:
    assert "这个登记簿还是空的" in read("/desk/register/qh-cz/")


def test_an_extension_is_entered_and_a_mistake_revoked(
    read: Open, send: Open, norm: Callable[..., Document]
) -> None:
    document = norm(title="供水管理办法", expires_on=TODAY + 5 * DAY)
    at = f"/desk/register/qh-cz/documents/{document.pk}/"
    said = {"kind": "extended", "on": TODAY, "expires_on": TODAY + 900 * DAY, "note": "评估后延长"}
    assert "评估后延长" in send(f"{at}enter/", said)
    event = document.events.get(kind="extended")
    assert "评估后延长" in read(f"{at}entries/{event.pk}/revoke/")
    shown = send(f"{at}entries/{event.pk}/revoke/", {"reason": "写错了文件"})
    assert "写错了文件" in shown
    assert fresh(document).validity_until == TODAY + 5 * DAY


def test_an_entry_that_cannot_be_says_why_and_keeps_what_was_typed(
    send: Open, norm: Callable[..., Document]
) -> None:
    document = norm(expires_on=TODAY - DAY, formed_on=date(2020, 1, 1))
    said = {"kind": "repealed", "on": TODAY, "note": "上位法已废止"}
    shown = send(f"/desk/register/qh-cz/documents/{document.pk}/enter/", said, status=409)
    assert "已经失效或废止" in shown
    assert "上位法已废止" in shown


@pytest.mark.parametrize("who", ["drafter", "supervisor"])
def test_whoever_may_only_read_is_offered_no_entry(
    read: Open, norm: Callable[..., Document], who: str
) -> None:
    document = norm()
    at = f"/desk/register/qh-cz/documents/{document.pk}/"
    assert "enter/" not in read(at, who)
    read(f"{at}enter/", who, 403)


def test_a_document_of_another_agency_is_not_found_under_this_one(
    county: SimpleNamespace, read: Open, norm: Callable[..., Document]
) -> None:
    document = norm(county.other)
    read(f"/desk/register/qh-cz/documents/{document.pk}/", "officer", 404)


def test_each_number_of_the_year_leads_to_its_list(
    cast: SimpleNamespace, county: SimpleNamespace, read: Open, norm: Callable[..., Document]
) -> None:
    norm(title="供水管理办法", formed_on=date(YEAR, 3, 1))
    fee = Count(None, "fee", YEAR, 3, Decimal("12345.67"))
    actions.report_tally(cast.officer, county.own, fee)
    shown = read(f"/desk/register/qh-cz/year/{YEAR}/")
    links = re.findall(rf"/desk/register/qh-cz/year/{YEAR}/(proactive[\w.]+)/", shown)
    assert len(set(links)) == 10
    assert "1.234567" in shown
    assert "还没有填报" in shown
    made = read(f"/desk/register/qh-cz/year/{YEAR}/proactive.normative_documents.made/")
    assert "供水管理办法" in made
    fees = read(f"/desk/register/qh-cz/year/{YEAR}/proactive.fees.amount_wan/")
    assert "12,345.67" in fees


def test_missing_months_are_named_with_their_unit(
    cast: SimpleNamespace, county: SimpleNamespace, read: Open
) -> None:
    unit = Unit.objects.create(agency=county.own, code="jd", name="监督科", sort_key="jd")
    for month in (1, 2, 6):
        count = Count(unit, "penalty", YEAR, month, Decimal(1))
        actions.report_tally(cast.officer, county.own, count)
    shown = read(f"/desk/register/qh-cz/year/{YEAR}/")
    assert "监督科" in shown
    assert "3–5、7–12" in shown
    assert "3–5、7–12 月" in read(f"/desk/register/qh-cz/tallies/{YEAR}/?unit=jd")


def test_a_page_of_tallies_is_kept_and_a_correction_needs_a_reason(send: Open, read: Open) -> None:
    at = f"/desk/register/qh-cz/tallies/{YEAR}/"
    assert "已记下 2 个数" in send(at, {"licence-1": "12", "fee-2": "1200.50"})
    refused = send(at, {"licence-1": "13", "fee-2": "1200.50"}, status=422)
    assert "请写明理由" in refused
    assert 'value="13"' in refused
    shown = send(at, {"licence-1": "13", "fee-2": "1200.5", "reason": "漏报一件"})
    assert "12 → 13" in shown
    assert "漏报一件" in shown
    assert "没有变化" in send(at, {"licence-1": "13", "fee-2": "1200.50"})


@pytest.mark.parametrize("text", ["-1", "1.5", "很多", "1e99", "9" * 40, "NaN", "\0"])
def test_what_is_no_number_stands_in_the_error_summary(send: Open, text: str) -> None:
    at = f"/desk/register/qh-cz/tallies/{YEAR}/"
    assert "有几处需要改一下" in send(at, {"licence-1": text}, status=422)
    assert not Tally.objects.exists()


def test_a_supervisor_reads_tallies_and_cannot_report_them(read: Open, send: Open) -> None:
    at = f"/desk/register/qh-cz/tallies/{YEAR}/"
    assert "不能填报" in read(at, "supervisor")
    send(at, {"licence-1": "1"}, "supervisor", 403)
    assert not Tally.objects.exists()


def sheet(*rows: tuple[Any, ...]) -> BytesIO:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    leaf = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            leaf.write(number, place, cell)
    book.close()
    out.seek(0)
    out.name = "tallies.xlsx"
    return out


def seen(shown: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', shown)
    assert found
    return found[1]


def test_tallies_come_from_a_workbook_after_a_look_at_what_it_would_do(
    cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    client = desk(cast.officer)
    heads = ("内设机构", "事项", "年", "月", "数量")
    file = sheet(heads, ("", "行政许可", YEAR, 1, 12), ("", "行政许可", YEAR, 2, "x"))
    answer = client.post("/desk/register/qh-cz/tallies/import/", {"file": file}, follow=True)
    shown = answer.content.decode()
    assert "1 行有错" in shown
    assert not Tally.objects.exists()
    at = answer.redirect_chain[-1][0]
    refused = client.post(at, {"seen": seen(shown)})
    assert refused.status_code == 422
    done = client.post(at, {"seen": seen(shown), "good_rows": "1"}, follow=True)
    assert "已记下 1 个数" in done.content.decode()
    assert Tally.objects.get().amount == 12
    again = client.get(at, follow=True)
    assert "已经导入" in again.content.decode()


def test_an_uploaded_file_is_nobody_elses(
    cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    file = sheet(("事项", "年", "月", "数量"), ("行政许可", YEAR, 1, 12))
    answer = desk(cast.officer).post("/desk/register/qh-cz/tallies/import/", {"file": file})
    assert desk(cast.reviewer).get(answer["Location"]).status_code == 302


@pytest.mark.parametrize("where", ["register/qh-cz/tallies", "catalogue/qh-cz"])
def test_a_file_that_is_no_workbook_says_so_at_its_field(
    cast: SimpleNamespace, desk: Callable[..., Client], where: str
) -> None:
    file = BytesIO(b"PK\x03\x04 no workbook")
    file.name = "x.xlsx"
    answer = desk(cast.officer).post(f"/desk/{where}/import/", {"file": file})
    assert answer.status_code == 422
    assert "文件打不开" in answer.content.decode()


def test_a_clean_up_is_begun_decided_and_closed_with_a_draft(
    send: Open, read: Open, norm: Callable[..., Document]
) -> None:
    one, two = norm(title="供水管理办法"), norm(title="养老服务办法")
    begun = send("/desk/register/qh-cz/campaigns/start/", {"title": "2026年清理", "as_of": TODAY})
    campaign = Campaign.objects.get()
    at = f"/desk/register/qh-cz/campaigns/{campaign.pk}/"
    assert "0 / 2 份已有意见" in begun
    assert "disabled" in begun
    nothing = send(at, {"decision": "keep", "reason": "好"}, status=422)
    assert "没有选中任何文件" in nothing
    said = {"document": one.pk, "decision": "repeal", "reason": "上位法已废止"}
    assert "1 / 2 份已有意见" in send(at, said)
    assert "2 / 2 份已有意见" in send(at, {"verb": "rest", "decision": "keep", "reason": "合规"})
    assert "养老服务办法" not in read(f"{at}?decision=repeal")
    assert "结果公告的草稿已经起草" in send(f"{at}close/", {})
    assert "清理意见还没有生效" in read(at)
    assert fresh(one).validity == fresh(two).validity == "in_force"
    assert "重新打开" in send(f"{at}reopen/", {"reason": "漏了一份"})


def test_a_clean_up_that_is_not_decided_cannot_be_closed(
    cast: SimpleNamespace, county: SimpleNamespace, send: Open, norm: Callable[..., Document]
) -> None:
    norm()
    campaign = actions.start_campaign(cast.officer, county.own, "清理", TODAY)
    shown = send(f"/desk/register/qh-cz/campaigns/{campaign.pk}/close/", {})
    assert "还有文件没有清理意见" in shown
    assert not Document.objects.filter(stage="draft").exists()


@pytest.mark.parametrize("key", ["0", "abc", "99999999999999999999", "-1", "²"])
def test_a_forged_document_in_a_clean_up_is_refused(
    cast: SimpleNamespace,
    county: SimpleNamespace,
    send: Open,
    norm: Callable[..., Document],
    key: str,
) -> None:
    norm()
    campaign = actions.start_campaign(cast.officer, county.own, "清理", TODAY)
    at = f"/desk/register/qh-cz/campaigns/{campaign.pk}/"
    send(at, {"document": key, "decision": "keep", "reason": "好"}, status=422)


@pytest.mark.parametrize("who", ["drafter", "supervisor", "colleague"])
def test_others_decide_nothing_in_a_clean_up(
    cast: SimpleNamespace,
    county: SimpleNamespace,
    send: Open,
    norm: Callable[..., Document],
    who: str,
) -> None:
    document = norm()
    campaign = actions.start_campaign(cast.officer, county.own, "清理", TODAY)
    at = f"/desk/register/qh-cz/campaigns/{campaign.pk}/"
    send(at, {"document": document.pk, "decision": "keep", "reason": "好"}, who, 403)
    send(f"{at}close/", {}, who, 403)


def test_a_usual_period_is_set_by_the_head_and_read_by_all(send: Open, read: Open) -> None:
    at = "/desk/register/qh-cz/usual/"
    said = {"kind": "normative_document", "years": "3"}
    assert "3 年" in send(at, said, "reviewer")
    assert "只有公开办负责人和管理员可以设定" in read(at, "drafter")
    send(at, said, "drafter", 403)
    assert "还没有设定" in send(at, {**said, "verb": "unset"}, "reviewer")


def test_an_empty_catalogue_offers_where_to_begin(read: Open, send: Open) -> None:
    assert "从参考目录开始" in read("/desk/catalogue/qh-cz/")
    assert "从参考目录开始" not in read("/desk/catalogue/qh-cz/", "supervisor").replace(
        "可以从参考目录开始", ""
    )
    shown = send("/desk/catalogue/qh-cz/suggest/", {})
    assert "已列入 28 项" in shown
    assert "部门预算" in read("/desk/catalogue/qh-cz/?q=部门预算")
    send("/desk/catalogue/qh-cz/suggest/", {}, "officer", 409)


def test_an_item_is_added_changed_and_ended(read: Open, send: Open) -> None:
    said = {
        "matter": "财政预决算",
        "item": "20.7",
        "channels": ["website", "print"],
        "audience": ["全社会"],
        "groups": "预算单位",
        "manner": ["主动"],
        "level": ["县级"],
        "period": "year",
        "anchor": "start",
        "days": "120",
        "since": "2025-01-01",
    }
    assert "财政预决算" in send("/desk/catalogue/qh-cz/add/", said)
    item = CatalogueItem.objects.get()
    assert item.audience == "全社会、特定群体：预算单位"
    at = f"/desk/catalogue/qh-cz/items/{item.pk}/"
    assert "预算单位" in read(at)
    send(at, {**said, "matter": "预算"})
    item.refresh_from_db()
    assert (item.matter, item.channels) == ("预算", ["website", "print"])
    send(f"{at}end/", {"until": TODAY - DAY, "reason": "职能划转"})
    assert "已终止" in read("/desk/catalogue/qh-cz/")
    assert "预算" in read("/desk/catalogue/qh-cz/?show=ended")


@pytest.mark.parametrize(
    "more",
    [
        {"matter": ""},
        {"matter": "长" * 201},
        {"item": "99"},
        {"channels": ["telegraph"]},
        {"days": "0"},
        {"days": "x"},
        {"since": "2026-02-30"},
        {"period": "week"},
    ],
)
def test_an_item_that_does_not_fit_is_explained_and_nothing_typed_is_lost(
    send: Open, more: dict[str, Any]
) -> None:
    said = {"matter": "预算", "basis": "预算法", "days": "20", "since": "2025-01-01"}
    said |= {"anchor": "end"}
    shown = send("/desk/catalogue/qh-cz/add/", {**said, **more}, status=422)
    assert "有几处需要改一下" in shown
    assert "预算法" in shown
    assert not CatalogueItem.objects.exists()


def test_a_catalogue_goes_out_as_excel_and_comes_back_in(
    cast: SimpleNamespace, county: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    actions.suggest_catalogue(cast.officer, county.own)
    client = desk(cast.officer)
    answer = client.get("/desk/catalogue/qh-cz/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="catalogue-qh-cz.xlsx"'
    file = BytesIO(answer.content)
    file.name = "catalogue.xlsx"
    shown = client.post("/desk/catalogue/qh-cz/import/", {"file": file}, follow=True)
    assert "与现有的完全一样" in shown.content.decode()
    CatalogueItem.objects.all().delete()
    file.seek(0)
    planned = client.post("/desk/catalogue/qh-cz/import/", {"file": file}, follow=True)
    at, words = planned.redirect_chain[-1][0], planned.content.decode()
    done = client.post(at, {"seen": seen(words)}, follow=True)
    assert "新增 28 项" in done.content.decode()


def test_overdue_duties_name_who_answers_and_take_an_excuse(
    cast: SimpleNamespace, county: SimpleNamespace, read: Open, send: Open
) -> None:
    monthly = replace(ITEM, period="month", days=1, since=TODAY - 70 * DAY)
    actions.add_item(cast.officer, county.own, monthly)
    actions.make_duties(TODAY)
    shown = read("/desk/catalogue/qh-cz/duties/")
    assert "reviewer" in shown
    assert "逾期" in shown
    duty = Duty.objects.order_by("due_on")[0]
    at = f"/desk/catalogue/qh-cz/duties/{duty.pk}/excuse/"
    assert "请写明理由" in send(at, {"reason": ""}, status=422)
    assert "已记下说明" in send(at, {"reason": "本月不开展调查"})
    assert "本月不开展调查" in read("/desk/catalogue/qh-cz/duties/?show=excused", "supervisor")
    above = read("/desk/catalogue/qh/duties/?scope=all", "supervisor")
    assert "青禾县财政局" in above
    assert "excuse/" not in above


def test_column_health_shows_each_number_with_its_list_and_is_red_only_over_the_threshold(
    cast: SimpleNamespace, county: SimpleNamespace, read: Open, norm: Callable[..., Document]
) -> None:
    norm(kind="news", title="一条动态")
    for number in range(4):
        actions.add_item(cast.officer, county.own, replace(ITEM, code=f"a{number}"))
    shown = read("/desk/catalogue/qh-cz/columns/")
    assert "触发否决" not in shown
    assert shown.count("季度统计") == 4
    actions.add_item(cast.officer, county.own, replace(ITEM, code="a9"))
    assert "触发否决" in read("/desk/catalogue/qh-cz/columns/")
    assert "触发否决" in read("/desk/catalogue/qh/columns/?scope=all", "supervisor")


@pytest.mark.parametrize(
    "path", ["/desk/register/qh-cz/campaigns/1/close/", "/desk/catalogue/qh-cz/suggest/"]
)
def test_a_verb_is_only_for_forms(read: Open, path: str) -> None:
    read(path, "officer", 405)
