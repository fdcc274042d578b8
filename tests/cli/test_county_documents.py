"""The example's documents stand under the catalogue of their office."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import timezone

from gongkai.cli.county_documents import _date_back, _publish
from gongkai.publishing.actions.cataloguing import suggest_catalogue
from gongkai.publishing.catalogue.queries import blank, listed, overdue
from gongkai.specimen.county import ROOT, units
from gongkai.specimen.documents import published

pytestmark = pytest.mark.django_db


def test_the_documents_of_an_office_fill_most_of_its_catalogue(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    (unit,) = [one for one in units() if one.name.endswith("民政局")]
    mine = [one for one in published([unit]) if one.published_on >= date(2026, 1, 1)]
    _publish(cast.superuser, county.own, mine)
    today = timezone.localdate()
    items = listed(county.own, today).filter(period="").count()
    without = blank(county.own, today).filter(period="").count()
    assert 0 < 2 * without < items


def test_a_few_months_of_the_county_are_overdue_and_no_more_on_a_second_run(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    suggest_catalogue(cast.superuser, county.top)
    counted = []
    for _ in range(2):
        _date_back(cast.superuser, {ROOT.code: county.top})
        counted.append(overdue(county.top, timezone.localdate(), subtree=False).count())
    assert counted[0] == counted[1]
    assert 1 <= counted[0] <= 3
