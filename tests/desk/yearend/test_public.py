"""A report that was counted from the books becomes public as figures, and nothing behind them."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.annual_report.read import read
from gongkai.casework.application.models import Case
from tests.desk.yearend.conftest import YEAR, text

PAGE = f"/reports/qh-cz/{YEAR}/"


@pytest.fixture
def public(
    county: SimpleNamespace, cast: SimpleNamespace, compiled: Callable[..., Revision]
) -> Revision:
    frozen = actions.freeze(cast.administrator, compiled(county.own))
    return actions.publish(cast.administrator, frozen)


def test_the_page_shows_the_text_with_its_figures(public: Revision) -> None:
    page = text(Client().get(PAGE))
    assert "全年收到申请3件" in page
    assert "{applications" not in page


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf", "xlsx", "json"])
def test_every_format_says_the_same_figures(public: Revision, suffix: str) -> None:
    answer = Client().get(f"{PAGE}revisions/1/report.{suffix}")
    data = answer.getvalue()
    assert read(data, f"report.{suffix}").figures == public.as_report().figures


def test_neither_the_page_nor_a_file_leads_to_a_case(public: Revision) -> None:
    said = text(Client().get(PAGE)) + text(Client().get(f"{PAGE}revisions/1/report.json"))
    assert "/desk/reports/compile" not in said
    assert not [
        number for number in Case.objects.values_list("number", flat=True) if number in said
    ]


@pytest.mark.parametrize("page", ["", "cells/applications.1.total/"])
def test_the_records_are_for_those_who_log_in(public: Revision, page: str) -> None:
    answer = Client().get(f"/desk/reports/compile/qh-cz/{YEAR}/{page}")
    assert answer.status_code == 302
    assert "/desk/login/" in answer["Location"]
