"""One published report: what the public sees of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.annual_report.models import Revision
from gongkai.annual_report.read import read
from gongkai.annual_report.review import findings

pytestmark = pytest.mark.django_db

ADDRESS = "/reports/qh-cz/2023/"
OFF = {"applications.3.7.natural_person": 9999}
MISSTATED = {"applications.1.natural_person": 500, "applications.1.total": 501}


def test_tables_sections_and_metadata(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own)
    page = client.get(ADDRESS).text
    for expected in (
        'class="statutory-proactive"',
        'class="statutory-applications"',
        'class="statutory-appeals"',
        'id="section-1"',
        'id="section-6"',
        "政府部门",
        "2021年格式",
        "第 1 版",
    ):
        assert expected in page


@pytest.mark.parametrize("address", ["", "revisions/1/", "revisions/1/report.json"])
def test_an_unpublished_report_does_not_exist(
    client: Client, county: SimpleNamespace, draft: Callable[..., Revision], address: str
) -> None:
    draft(county.own)
    assert client.get(ADDRESS + address).status_code == 404


def test_an_unknown_agency_does_not_exist(client: Client) -> None:
    assert client.get("/reports/nobody/2023/").status_code == 404


def test_several_years_are_charted_in_words_too(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own, 2022)
    publish(county.own, 2023)
    page = client.get(ADDRESS).text
    assert re.search(r"2022年至2023年，新收申请由[\d,]+件变为[\d,]+件", page) or "持平" in page
    for key in ("flow", "outcome", "applicant", "appeals"):
        assert f'id="chart-{key}"' in page


def test_a_sum_that_does_not_hold_is_shown_in_the_margin(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own, change=OFF)
    page = client.get(ADDRESS).text
    assert "sum.column" in page
    assert "marked-error" in page
    assert "机关已确认" in page


def test_what_an_officer_dismissed_is_not_shown(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own, change=OFF, ruling="dismissed")
    page = client.get(ADDRESS).text
    assert "sum." not in page
    assert "marked-error" not in page


def test_only_what_anyone_can_recompute_is_shown(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    revision = publish(county.own, change={**OFF, **MISSTATED})
    shown = set(re.findall(r'<p class="code">([a-z_.]+)</p>', client.get(ADDRESS).text))
    found = {judged.finding.code for judged in findings(revision)}
    assert any(code.startswith("narrative.") for code in found)
    assert {code.split(".")[0] for code in shown} == {"sum"}


def test_a_correction_carries_its_note_and_its_history(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own)
    publish(county.own, seed=6, note="表三总计一栏填写有误，予以更正。")
    page = client.get(ADDRESS).text
    assert "表三总计一栏填写有误，予以更正。" in page
    assert f'href="{ADDRESS}revisions/1/"' in page
    assert "第 2 版" in page


def test_the_revision_before_stays_public_and_says_it_is_not_in_force(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own)
    publish(county.own, seed=6, note="更正。")
    page = client.get(f"{ADDRESS}revisions/1/").text
    assert "不再是现行文本" in page
    assert f'href="{ADDRESS}"' in page


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf", "json"])
def test_every_format_can_be_downloaded(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision], suffix: str
) -> None:
    revision = publish(county.own)
    address = f"{ADDRESS}revisions/1/report.{suffix}"
    assert address in client.get(ADDRESS).text
    response = client.get(address)
    assert response.status_code == 200
    assert read(response.content, f"a.{suffix}").figures == revision.as_report().figures


def test_a_file_that_has_not_changed_is_not_sent_again(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own)
    address = f"{ADDRESS}revisions/1/report.json"
    tag = client.get(address)["ETag"]
    again = client.get(address, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert not again.content


def test_an_unknown_format_does_not_exist(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own)
    assert client.get(f"{ADDRESS}revisions/1/report.exe").status_code == 404


def test_a_new_publication_shows_at_once(
    client: Client, county: SimpleNamespace, publish: Callable[..., Revision]
) -> None:
    publish(county.own, 2023)
    client.get(ADDRESS)
    publish(county.own, 2022, seed=8)
    assert "year.carried" in client.get(ADDRESS).text
