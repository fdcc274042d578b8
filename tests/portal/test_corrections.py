"""A correction of a published report tells by itself which figures it changed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.annual_report.models import Revision

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
