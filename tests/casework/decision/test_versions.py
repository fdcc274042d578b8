"""Every content of a decision is kept, and a reviewer reads on from the one they know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from gongkai.casework import actions
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.decision.content import Draft, GivenFile, ItemDraft, canonical, from_canonical
from gongkai.casework.decision.versions import DecisionVersion, judged_before, keep
from gongkai.org.models import Membership, Role, User
from tests.casework.handling import PUBLIC
from tests.desk.cases.paper import page_of

pytestmark = pytest.mark.django_db
LIBRARY = replace(PUBLIC, way="县档案馆一楼")
SQUARE = replace(PUBLIC, way="政务服务大厅")


@pytest.fixture
def case(office, received):
    """Received today, in an office that can issue letters."""
    return received()


def numbers(decision):
    return list(decision.versions.values_list("number", flat=True))


def test_the_canonical_text_gives_the_content_again():
    items = (ItemDraft("方案", "A2"), ItemDraft("讨论稿", "A4", "N16_PROCESS", "过程稿"))
    draft = Draft(outcome="A3", answer="讨论稿", items=items)
    files = (GivenFile("方案", "a" * 64),)
    assert from_canonical(canonical(draft, files)) == (draft, files)


def test_each_content_is_a_version_and_the_same_again_is_none(case, officer):
    for content in (PUBLIC, PUBLIC, LIBRARY, PUBLIC):
        decision = actions.draft(officer, case, content)
    assert numbers(decision) == [1, 2, 3]
    first, second, third = decision.versions.all()
    assert first.sha256 == third.sha256 == decision.content_hash != second.sha256
    assert from_canonical(second.content)[0].way == LIBRARY.way


def test_a_version_says_who_wrote_it(case, officer, head):
    actions.draft(officer, case, PUBLIC)
    decision = actions.draft(head, case, LIBRARY)
    assert [one.by for one in decision.versions.all()] == [officer, head]


def test_a_file_that_is_given_out_or_taken_off_makes_a_version(case, officer):
    decision = actions.draft(officer, case, PUBLIC)
    file = Incoming("方案.pdf", "application/pdf", page_of("Budget"))
    given = actions.provide(officer, decision, file, "分配方案")
    actions.take_off(officer, given)
    assert numbers(decision) == [1, 2, 3]
    _, files = from_canonical(decision.versions.get(number=2).content)
    assert files == (GivenFile("分配方案", given.given_sha256),)


def test_every_check_names_a_version(case, office):
    decision = office.signed(case)
    kept = set(decision.versions.values_list("sha256", flat=True))
    assert {check.content_hash for check in decision.checks.all()} <= kept


def test_what_was_drafted_before_versions_were_kept_has_one_from_its_next_check_on(case, office):
    decision = office.handed_in(case)
    before = decision.versions.get()
    with transaction.atomic():
        assert keep(office.officer, decision) == before
    office.approve(case, "office")
    assert decision.versions.get() == before


def test_the_copy_of_a_decision_taken_back_begins_with_what_that_said(case, office):
    signed = office.signed(case)
    again = actions.void(office.head, case, "文号有误")
    assert again.versions.get().sha256 == signed.content_hash


def test_the_database_changes_and_removes_no_version(case, officer):
    decision = actions.draft(officer, case, PUBLIC)
    rows = DecisionVersion.objects.filter(decision=decision)
    for change in ({"content": "{}"}, {"sha256": "0" * 64}, {"number": 9}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_no_version_is_put_beside_a_signed_decision(case, office):
    decision = office.signed(case)
    row = decision.versions.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        DecisionVersion.objects.create(
            decision=decision, number=2, content="{}", sha256="0" * 64, by=row.by, at=row.at
        )


def returned(case, user, step, comment="请改"):
    decision = case.decisions.get()
    seen = decision.content_hash
    actions.check(user, case, step, seen=seen, approved=False, comment=comment)
    return decision


def test_nobody_has_judged_a_first_draft(case, office):
    assert judged_before(office.head, office.handed_in(case)) is None


def test_a_reviewer_reads_on_from_what_they_judged_last(case, office):
    office.handed_in(case)
    office.approve(case, "office")
    returned(case, office.secrecy, "secrecy")
    office.handed_in(case, LIBRARY)
    returned(case, office.secrecy, "secrecy")
    decision = office.handed_in(case, SQUARE)
    assert judged_before(office.head, decision).number == 1
    assert judged_before(office.secrecy, decision).number == 2


def test_whoever_has_judged_nothing_reads_on_from_what_was_sent_back(case, office):
    office.handed_in(case)
    returned(case, office.head, "office")
    decision = office.handed_in(case, LIBRARY)
    assert judged_before(office.signatory, decision).number == 1


def test_what_was_taken_back_from_signature_unchanged_goes_back_there(case, office):
    office.reviewed(case)
    actions.recall(office.officer, case)
    assert actions.hand_in(office.officer, case).state == "signing"
    case.refresh_from_db()
    assert case.stage == "signing"


def test_the_last_word_of_each_step_counts_whoever_gave_it(case, office, county):
    colleague = User.objects.create(username="second", password="!")
    Membership.objects.create(user=colleague, agency=county.own, role=Role.HEAD)
    seen = office.handed_in(case).content_hash
    office.approve(case, "office")
    actions.check(colleague, case, "office", seen=seen, approved=False, comment="再核")
    assert actions.hand_in(office.officer, case).state == "checking"
    assert actions.check(office.head, case, "office", seen=seen, approved=True).approved
