"""Whatever changes a public page leaves a row in the outbox, with the change or not at all."""

from __future__ import annotations

import pytest
from django.db import transaction

from gongkai.annual_report import actions as reports
from gongkai.annual_report.review import findings
from gongkai.publishing.search.models import Outbox
from gongkai.publishing.search.touching import touch
from gongkai.trail import actions as trail
from gongkai.trail.models import Head

pytestmark = pytest.mark.django_db


def numbers():
    return list(Outbox.objects.values_list("sequence", flat=True))


def test_a_row_has_the_number_of_the_line_of_the_trail(cast, county):
    with transaction.atomic():
        line = trail.record(cast.administrator, "org.rename", county.own)
        touch()
    assert numbers() == [line.sequence]
    assert Outbox.objects.get().document_id == 0


def test_two_changes_told_by_one_line_are_one_row(cast, county):
    with transaction.atomic():
        trail.record(cast.administrator, "org.rename", county.own)
        touch()
        touch()
    assert len(numbers()) == 1


def test_a_change_that_is_taken_back_leaves_none(cast, county):
    class TakenBackError(Exception):
        pass

    def change():
        with transaction.atomic():
            trail.record(cast.administrator, "org.rename", county.own)
            touch()
            raise TakenBackError

    with pytest.raises(TakenBackError):
        change()
    assert numbers() == []


def newest():
    return Outbox.objects.order_by("-sequence").values_list("sequence", flat=True).first()


def test_publishing_an_annual_report_leaves_one(cast, county, reported):
    revision = reports.upload(cast.officer, county.own, reported(), "report.json")
    revision = reports.freeze(cast.reviewer, revision)
    assert numbers() == []
    reports.publish(cast.reviewer, revision)
    assert numbers() == [Head.objects.get(pk=1).count]


def test_deciding_about_what_a_report_shows_leaves_one_and_taking_it_back_another(
    cast, county, reported
):
    wrong = reported(change={"applications.1.total": 9999})
    revision = reports.upload(cast.officer, county.own, wrong, "report.json")
    found = findings(revision)[0].finding.fingerprint
    reports.judge(cast.officer, revision.report, found, "accepted", "合计有误，已说明。")
    decided = newest()
    assert decided == Head.objects.get(pk=1).count
    reports.retract(cast.officer, revision.report, found, "重新核对。")
    assert newest() > decided
