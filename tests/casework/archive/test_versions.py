"""The file of a case holds every content its decisions had, and every appeal with its instances."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.appeal.models import AppealKind
from gongkai.casework.archive.package import GoneError
from gongkai.casework.archive.versions import told
from gongkai.casework.decision.versions import DecisionVersion
from tests.casework.archive.test_exporting import archive, text
from tests.casework.handling import DENIED

PAGE = "09-复议诉讼.pdf"


@pytest.fixture
def case(received):
    return received(ago=20)


def drafts(package):
    return {name: package[name] for name in package if name.startswith("稿本/")}


def listed(package):
    return {one["path"]: one for one in json.loads(package["manifest.json"])["files"]}


def test_each_version_is_a_page_with_who_wrote_it_when_and_its_digest(office, case):
    actions.draft(office.officer, case, DENIED)
    actions.draft(office.officer, case, replace(DENIED, reasons="改写以后的理由"))
    package = archive(office.officer, case)
    first, second = DecisionVersion.objects.order_by("number")
    pages = {name: text(data) for name, data in drafts(package).items()}
    assert list(pages) == [
        "稿本/01-01-第1次处理决定第1稿.pdf",
        "稿本/01-02-第1次处理决定第2稿.pdf",
    ]
    before, after = pages.values()
    assert first.sha256 in before
    assert second.sha256 in after
    assert office.officer.get_full_name() in before
    assert first.at.astimezone().strftime("%Y-%m-%d") in before
    assert "改写以后的理由" not in before
    assert "改写以后的理由" in after
    assert "第十六条" in before


def test_the_manifest_seals_them_and_names_who_and_when(office, case):
    actions.draft(office.officer, case, DENIED)
    package = archive(office.officer, case)
    sealed = listed(package)
    for name, data in drafts(package).items():
        assert sealed[name]["sha256"] == hashlib.sha256(data).hexdigest()
        assert office.officer.get_full_name() in sealed[name]["title"]
    catalogue = text(package["00-卷内目录.pdf"])
    assert "第1次处理决定第1稿" in catalogue


def test_a_version_whose_words_went_is_gone():
    emptied = DecisionVersion(number=1, content="", sha256="0" * 64, at=timezone.now())
    with pytest.raises(GoneError):
        told(emptied)


def test_every_appeal_stands_in_the_file_with_its_instances(office, case, legality, today):
    day = today - timedelta(days=5)
    opening = actions.Opening(
        AppealKind.DIRECT, "青禾县人民法院", "逾期不答复", day, number="行初1"
    )
    first = actions.open_appeal(legality, case, opening)
    actions.conclude(legality, first, "claims_dismissed", on=day)
    again = replace(opening, before="中级人民法院", number="行终9")
    second = actions.open_second_instance(legality, first, again)
    said = text(archive(office.officer, case)[PAGE])
    for word in ("行初1", "青禾县人民法院", "驳回复议请求、诉讼请求", "二审行终9", "中级人民法院"):
        assert word in said
    actions.strike_appeal(legality, second, "误登二审")
    said = text(archive(office.officer, case)[PAGE])
    assert "已作废" in said
    assert "误登二审" in said


def test_what_was_amended_stands_there_with_the_reason(office, case, legality, today):
    opening = actions.Opening(AppealKind.DIRECT, "青禾县人民法院", "逾期不答复", today)
    appeal = actions.open_appeal(legality, case, opening)
    right = actions.Stated(replace(opening, before="柳溪区人民法院"))
    actions.amend_appeal(legality, appeal, right, "看错了法院")
    said = text(archive(office.officer, case)[PAGE])
    assert "看错了法院" in said
    assert "审理机关原为：青禾县人民法院" in said


def test_a_case_without_appeals_has_no_such_page(office, case):
    assert PAGE not in archive(office.officer, case)
