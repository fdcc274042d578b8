"""`gongkai cases`: what is due is said first and removed on demand; keys are changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.appeal.models import AppealKind
from gongkai.casework.application import sealing
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.application.person import Person
from gongkai.cli.cases import cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_case(cast, county) -> Case:
    """One that was closed eleven years ago."""
    application = Application(
        agency=county.own,
        channel="counter",
        submitted_on=timezone.localdate(),
        kind="natural_person",
        person=Person("沈青禾", telephone="13900001111"),
        description="供水保障资金的分配方案",
    )
    case = actions.receive(cast.officer, application).case
    closed = timezone.now() - timedelta(days=365 * 11)
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=closed)
    return case


@pytest.fixture
def run() -> Callable[..., str]:
    def make(*arguments: str) -> str:
        result = CliRunner().invoke(cases, arguments)
        assert result.exit_code == 0, result.output
        return result.output

    return make


def test_retention_says_what_is_due_and_removes_nothing_unasked(old_case, run):
    said = run("retention")
    assert old_case.number in said
    assert "1 due. Nothing was removed" in said
    old_case.refresh_from_db()
    assert old_case.anonymised_at is None


def test_retention_removes_what_is_due_and_reports_it(old_case, run):
    said = run("retention", "--apply")
    assert old_case.number in said
    assert "沈青禾" not in said
    old_case.refresh_from_db()
    assert old_case.anonymised_at is not None
    assert "0 due" in run("retention")


def test_retention_tells_of_appeals_about_no_case_as_well(cast, county, run):
    today = timezone.localdate()
    actions.set_practice(cast.reviewer, county.own, {"keep_years_appealed": 1})
    day = today - timedelta(days=400)
    opening = actions.Opening(AppealKind.DIRECT, "青禾县人民法院", "沈青禾不服", day)
    appeal = actions.open_appeal_elsewhere(cast.officer, county.own, opening)
    actions.conclude(cast.officer, appeal, "claims_dismissed", on=day)
    assert f"appeal {appeal.pk}" in run("retention")
    said = run("retention", "--apply")
    assert f"appeal {appeal.pk}" in said
    assert "沈青禾" not in said
    appeal.refresh_from_db()
    assert appeal.anonymised_at is not None


def test_keys_are_rotated_and_everything_still_opens(old_case, run, settings, tmp_path):
    settings.PERSON_KEYS = str(tmp_path)
    old_case.applicant.sealed = sealing.seal(Person("沈青禾").to_bytes())
    old_case.applicant.save()
    assert "sealed with the new key" in run("rotate-keys")
    old_case.applicant.refresh_from_db()
    assert Person.from_bytes(sealing.opened(old_case.applicant.sealed)).name == "沈青禾"


def test_a_key_that_is_missing_is_a_sentence_and_exit_two(old_case, settings, tmp_path):
    settings.PERSON_KEYS = str(tmp_path)
    result = CliRunner().invoke(cases, ["rotate-keys"])
    assert result.exit_code == 2
    assert "no key was dropped" in result.output
    assert old_case.number not in result.output
