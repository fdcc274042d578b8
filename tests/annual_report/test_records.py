"""The figures of a text that no cell holds: one list of them, kept with their report."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual_report.figures import Report, ReportFormatError, from_json, to_json
from gongkai.annual_report.records import CHANNELS, NOTICES, NOTIFIED, RECORDS
from gongkai.casework.application.models import Channel
from gongkai.law.forms import form

BARE = Report(agency="青禾县财政局", year=2025, form="2021", figures={"applications.1.total": 3})


def test_every_channel_an_application_can_come_by_has_its_figure() -> None:
    named = {a.removeprefix(CHANNELS) for a in RECORDS if a.startswith(CHANNELS)}
    assert named == set(Channel.values)


@pytest.mark.parametrize("address", RECORDS)
def test_every_figure_has_words_in_both_languages_a_unit_and_an_address_of_no_cell(address) -> None:
    one = RECORDS[address]
    assert one.address == address
    assert one.words
    assert one.unit in {"件", "次", "元"}
    assert re.search("[\u4e00-\u9fff]", one.named("zh"))
    assert one.named("en").isascii()
    assert address.startswith("records.")
    assert address not in {**form("2019").addresses, **form("2021").addresses}


@pytest.mark.parametrize(
    ("address", "figure", "written"),
    [
        (NOTICES, 3, "3"),
        (NOTIFIED, 720, "720"),
        (NOTIFIED, Decimal("720.00"), "720"),
        (NOTIFIED, Decimal("720.5"), "720.50"),
    ],
)
def test_money_is_written_with_cents_only_where_there_are_any(address, figure, written) -> None:
    assert RECORDS[address].told(figure) == written


def test_a_report_keeps_its_figures_from_records() -> None:
    report = replace(BARE, records={NOTICES: 2, NOTIFIED: Decimal("720.5")})
    assert from_json(to_json(report, provenance=True)).records == report.records


def test_what_the_public_file_says_does_not_change_with_them() -> None:
    assert to_json(replace(BARE, records={NOTICES: 2})) == to_json(BARE)


def test_a_report_without_them_is_sealed_as_it_always_was() -> None:
    assert "records" not in to_json(BARE, provenance=True)
    assert from_json(to_json(BARE, provenance=True)).records == {}


@pytest.mark.parametrize("records", [{"records.channels.pigeon": 1}, {NOTICES: "2"}, [2]])
def test_a_file_with_other_figures_is_refused(records: object) -> None:
    with pytest.raises(ReportFormatError):
        from_json({**to_json(BARE, provenance=True), "records": records})
