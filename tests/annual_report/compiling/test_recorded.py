"""What the text tells beside the tables is counted, and each figure is what its records make."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from gongkai.annual_report.compiling.recorded import behind, figure_of, recorded, summed
from gongkai.annual_report.records import CHANNELS, NOTICES, PUBLISHED, RECORDS, VISITS
from gongkai.casework.application.models import Case, Channel
from gongkai.casework.decision.models import Charge
from gongkai.org.models import Agency
from gongkai.publishing import actions
from gongkai.publishing.publication.visiting import keep as visited
from tests.casework.ledger.books import back, received, write
from tests.publishing.register.conftest import bring_over

YEAR = timezone.localdate().year
AS_OF = date(YEAR + 1, 1, 20)
COUNTED = {
    "records.documents.published": 3,
    "records.documents.interpretations": 1,
    "records.channels.web": 2,
    "records.channels.counter": 1,
    "records.channels.registered_post": 1,
    "records.channels.ordinary_post": 1,
    "records.channels.fax": 1,
    "records.channels.email": 1,
    "records.channels.oral": 1,
    "records.website.visits": 9,
    "records.fees.notices": 2,
    "records.fees.notified": Decimal("910.5"),
    "records.fees.received": 720,
    "records.fees.refunded": Decimal("20.5"),
}


def kept(agency: Agency, user) -> None:
    """A year in which everything happened, and a day outside of it for each."""
    came = [received(n, date(YEAR, 5, 1)) for n in range(8)]
    late = received(9, date(YEAR, 5, 1), recorded_on=date(YEAR + 1, 2, 1))
    wrong = [received(10, date(YEAR, 6, 1)), back(9, date(YEAR, 6, 2), case=10)]
    lines = write(agency, [*came, received(8, date(YEAR - 1, 5, 1)), *wrong, late])
    for line, channel in zip(lines[:7], Channel.values, strict=True):
        Case.objects.filter(pk=line.case_id).update(channel=channel)
    brought = bring_over(
        user,
        agency,
        [
            {"kind": kind, "formed_on": date(YEAR, 6, n), "title": f"通知{n}"}
            for n, kind in enumerate(("interpretation", "official_document", "notice"), 1)
        ],
    )
    actions.relate(user, brought[0].document, "interprets", brought[1].document)
    for case, paid in zip(Case.objects.filter(agency=agency)[:2], (True, False), strict=True):
        Charge.objects.create(
            case=case,
            basis="page",
            quantity=101,
            amount=Decimal(720) if paid else Decimal("190.50"),
            notified_on=date(YEAR, 3, 3),
            paid_on=date(YEAR, 4, 3) if paid else date(YEAR + 1, 1, 3),
            paid_amount=Decimal(720),
            refunded_on=date(YEAR, 5, 3) if paid else None,
            refunded_amount=Decimal("20.50") if paid else None,
        )
    visited({"/": 4}, date(YEAR, 1, 5))
    visited({"/": 5}, date(YEAR, 12, 5))
    visited({"/": 100}, date(YEAR + 1, 1, 5))


@pytest.fixture
def top(county: SimpleNamespace, cast: SimpleNamespace) -> Agency:
    kept(county.top, cast.administrator)
    return county.top


def test_every_figure_is_counted_in_its_year_up_to_the_day(top: Agency) -> None:
    assert recorded([(top, AS_OF)], YEAR, site=True) == COUNTED


@pytest.mark.parametrize("address", RECORDS)
def test_every_figure_is_what_the_records_behind_it_make(top: Agency, address: str) -> None:
    told = recorded([(top, AS_OF)], YEAR, site=True)[address]
    assert figure_of(address, behind(address, top, YEAR, AS_OF)) == told


def test_visits_are_those_of_the_site_and_of_no_agency_below(top, county) -> None:
    assert recorded([(county.own, AS_OF)], YEAR)[VISITS] == 0
    assert not behind(VISITS, county.own, YEAR, AS_OF).exists()


def test_several_agencies_are_added_up_each_up_to_its_day(top, county, cast) -> None:
    write(county.own, [received(1, date(YEAR, 5, 1)), received(2, date(YEAR, 8, 1))])
    units = [(top, AS_OF), (county.own, date(YEAR, 6, 30))]
    assert recorded(units, YEAR)[f"{CHANNELS}web"] == 2 + 1


def test_what_nobody_says_anything_about_is_nought() -> None:
    assert summed([{PUBLISHED: 2}, {PUBLISHED: 3, NOTICES: None}])[PUBLISHED] == 5
    assert set(summed([])) == set(RECORDS)
    assert set(summed([]).values()) == {0}


def test_an_address_that_is_none_has_no_records(top: Agency) -> None:
    with pytest.raises(KeyError):
        behind("records.channels.pigeon", top, YEAR, AS_OF)
