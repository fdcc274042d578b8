"""The register of an agency at the desk: as it stands, entries in it, the numbers of its year."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from gongkai.publishing import actions
from gongkai.publishing.actions import Count
from gongkai.publishing.document.models import Document
from tests.desk.registers.conftest import DAY, TODAY, YEAR, Open
from tests.publishing.register.conftest import fresh


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


def test_a_usual_period_is_set_by_the_head_and_read_by_all(send: Open, read: Open) -> None:
    at = "/desk/register/qh-cz/usual/"
    said = {"kind": "normative_document", "years": "3"}
    assert "3 年" in send(at, said, "reviewer")
    assert "只有公开办负责人和管理员可以设定" in read(at, "drafter")
    send(at, said, "drafter", 403)
    assert "还没有设定" in send(at, {**said, "verb": "unset"}, "reviewer")
