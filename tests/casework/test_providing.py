"""Files are given out with a decision, and evaluated for publication afterwards."""

from __future__ import annotations

import hashlib

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai import files
from gongkai.casework import actions
from gongkai.casework.application.enclosures import Incoming, content, enclose
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.decision import files as given_out
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.models import Provided
from gongkai.casework.decision.proposal import Proposal
from gongkai.screening.redaction import Box, find
from gongkai.trail.queries import about
from tests.casework.handling import refusal
from tests.screening.redaction.papers import changed, paper, said

TEXT = b"BT /F1 10 Tf 20 50 Td (Budget plan Zhao) Tj ET"
GIVEN = Draft(outcome="A2")
PLAN = Incoming("赵某方案.pdf", "application/pdf", paper(TEXT))


def signed_by_somebody(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "Zhao Mou"


HIDING = Incoming("方案.pdf", "application/pdf", changed(PLAN.data, signed_by_somebody))


@pytest.fixture
def decision(case, officer):
    """A draft that discloses."""
    return actions.draft(officer, case, GIVEN)


@pytest.fixture
def closed(case, decision, office, officer):
    """Closed, after a file was given out."""
    actions.provide(officer, decision, PLAN, "资金分配方案")
    office.signed(case, GIVEN)
    with transaction.atomic():
        row = Case.objects.select_for_update().get(pk=case.pk)
        actions.answered(officer, row, timezone.localdate())
        case.letters.update(state="served")
        Case.objects.filter(pk=case.pk).update(stage=Stage.SERVED)
    return actions.close(officer, row)


def test_a_file_given_out_is_sealed_and_its_original_stays(decision, officer):
    row = actions.provide(officer, decision, PLAN, "资金分配方案")
    assert given_out.content(row) == content(row.original) == PLAN.data
    assert row.given_sha256 == hashlib.sha256(PLAN.data).hexdigest()
    assert (row.pages, row.content_type, row.position) == (1, "application/pdf", 1)
    assert b"Budget" not in files.read(row.sha256)


def test_a_file_in_the_case_is_given_out_and_one_of_another_case_is_not(
    decision, officer, received
):
    own = enclose(decision.case, "material", PLAN, officer)
    assert actions.provide(officer, decision, own, "方案").original == own
    other = enclose(received(), "material", PLAN, officer)
    assert refusal(actions.provide, officer, decision, other, "方案") == "file_unknown"


def test_another_file_is_another_content(decision, officer):
    before = decision.content_hash
    actions.provide(officer, decision, PLAN, "方案")
    decision.refresh_from_db()
    assert decision.content_hash != before


def test_whoever_gives_a_file_out_does_not_review_it(case, decision, office):
    actions.provide(office.head, decision, PLAN, "方案")
    seen = actions.hand_in(office.officer, case).content_hash
    own = (actions.check, office.head, case, "office")
    assert refusal(*own, seen=seen, approved=True) == "own_draft"


def test_a_program_is_not_given_out(decision, officer):
    program = Incoming("方案.pdf", "application/pdf", b"MZ" + b"\0" * 200)
    assert refusal(actions.provide, officer, decision, program, "方案") == "file_refused"


@pytest.mark.parametrize("who", ["stranger", "secrecy", "signatory", "supervisor"])
def test_only_officers_give_files_out(decision, who, request):
    user = request.getfixturevalue(who)
    assert refusal(actions.provide, user, decision, PLAN, "方案") == "role"


def test_what_a_file_hides_keeps_the_decision_back_until_it_is_cleaned(case, decision, officer):
    row = actions.provide(officer, decision, HIDING, "方案")
    assert refusal(actions.hand_in, officer, case) == "hidden_content"
    cleaned = actions.clean_copy(officer, row)
    assert cleaned.cleaned
    assert content(cleaned.original) == HIDING.data
    assert b"Zhao Mou" not in given_out.content(cleaned)
    assert actions.hand_in(officer, case).state == "checking"


def test_or_until_a_person_has_judged_it(case, decision, officer):
    row = actions.provide(officer, decision, HIDING, "方案")
    unknown = (actions.judge_file, officer, row, "nothing", "作者为公开职务")
    assert refusal(*unknown) == "finding_unknown"
    for one in row.hidden_findings:
        actions.judge_file(officer, row, one["fingerprint"], "作者为公开职务")
    assert actions.hand_in(officer, case).state == "checking"


def test_findings_repeat_nothing_of_the_file(decision, officer):
    row = actions.provide(officer, decision, HIDING, "方案")
    assert row.hidden_findings
    assert "Zhao" not in str(row.hidden_findings)


def test_a_clean_file_needs_no_cleaning(decision, officer):
    row = actions.provide(officer, decision, HIDING, "方案")
    cleaned = actions.clean_copy(officer, row)
    assert refusal(actions.clean_copy, officer, cleaned) == "not_cleanable"


def test_beneath_a_black_box_nothing_is_left(decision, officer):
    row = actions.provide(officer, decision, PLAN, "方案")
    black = actions.blacken_copy(officer, row, find(PLAN.data, ["Zhao"]))
    assert "Zhao" not in said(given_out.content(black))
    assert "Budget" in said(given_out.content(black))
    assert content(black.original) == PLAN.data
    assert len(black.boxes) == 1


def test_no_copy_of_a_file_outlives_the_one_in_its_place(
    decision, officer, django_capture_on_commit_callbacks
):
    row = actions.provide(officer, decision, HIDING, "方案")
    first = row.sha256
    with django_capture_on_commit_callbacks(execute=True):
        cleaned = actions.clean_copy(officer, row)
    assert not files.place(first).exists()
    second = cleaned.sha256
    with django_capture_on_commit_callbacks(execute=True):
        black = actions.blacken_copy(officer, cleaned, find(PLAN.data, ["Zhao"]))
    assert not files.place(second).exists()
    assert given_out.content(black)
    assert content(black.original) == HIDING.data


def test_nor_the_copy_of_one_that_is_taken_off(
    decision, officer, django_capture_on_commit_callbacks
):
    row = actions.provide(officer, decision, PLAN, "方案")
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_off(officer, row)
    assert not files.place(row.sha256).exists()
    assert content(row.original) == PLAN.data


def test_a_file_that_a_void_decision_was_to_give_out_stays_with_it(
    case, decision, office, django_capture_on_commit_callbacks
):
    row = actions.provide(office.officer, decision, PLAN, "方案")
    office.signed(case, GIVEN)
    again = actions.void(office.head, case, "有误").provided.get()
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_off(office.officer, again)
    row.refresh_from_db()
    assert given_out.content(row) == PLAN.data


def test_a_box_is_taken_back_by_blackening_anew(decision, officer):
    row = actions.provide(officer, decision, PLAN, "方案")
    first = actions.blacken_copy(officer, row, find(PLAN.data, ["Zhao"]))
    second = actions.blacken_copy(officer, first, find(PLAN.data, ["Budget"]))
    assert "Zhao" in said(given_out.content(second))


def test_only_a_pdf_is_blackened_and_only_on_its_pages(decision, officer):
    row = actions.provide(officer, decision, PLAN, "方案")
    nowhere = (actions.blacken_copy, officer, row, [Box(7, 0, 0, 9, 9)])
    assert refusal(*nowhere) == "file_refused"
    text = Incoming("方案.txt", "text/plain", "方案".encode())
    other = actions.provide(officer, decision, text, "说明")
    assert refusal(actions.blacken_copy, officer, other, [Box(1, 0, 0, 9, 9)]) == "not_a_pdf"


def test_two_who_change_a_file_at_once_lose_nothing(decision, officer):
    row = actions.provide(officer, decision, HIDING, "方案")
    actions.blacken_copy(officer, row, find(PLAN.data, ["Zhao"]))
    assert refusal(actions.clean_copy, officer, row) == "changed_meanwhile"


def test_a_file_taken_off_stays_in_the_case(case, decision, officer):
    row = actions.provide(officer, decision, PLAN, "方案")
    actions.take_off(officer, row)
    assert not decision.provided.exists()
    assert case.enclosures.count() == 1


def test_files_stand_still_once_the_decision_is_in_review(case, decision, office):
    row = actions.provide(office.officer, decision, PLAN, "方案")
    actions.hand_in(office.officer, case)
    assert refusal(actions.take_off, office.officer, row) == "stage"
    assert refusal(actions.provide, office.officer, decision, PLAN, "另一份") == "stage"


def test_what_was_signed_is_given_out_unchanged(closed):
    row = Provided.objects.get(decision__case=closed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Provided.objects.filter(pk=row.pk).update(title="别的")


def test_a_decision_taken_back_keeps_its_files(case, decision, office):
    actions.provide(office.officer, decision, PLAN, "方案")
    office.signed(case, GIVEN)
    again = actions.void(office.head, case, "有误")
    assert again.provided.get().title == "方案"


def test_the_trail_names_no_file(case, decision, officer):
    actions.provide(officer, decision, PLAN, "赵某方案")
    assert "赵某" not in "".join(line.details_json for line in about(case))


def test_what_was_given_becomes_a_draft_without_the_applicant(closed, officer):
    row = Provided.objects.get(decision__case=closed)
    document = actions.propose_publication(officer, closed, row)
    assert (document.stage, document.agency) == ("draft", closed.agency)
    assert document.head.title == "资金分配方案"
    assert [one.name for one in document.head.attachments.all()] == ["资金分配方案.pdf"]
    assert Proposal.objects.get(case=closed).document == document


def test_a_file_is_evaluated_once_either_way(closed, officer):
    row = Provided.objects.get(decision__case=closed)
    assert refusal(actions.decline_publication, officer, closed, row, "") == "reason_missing"
    actions.decline_publication(officer, closed, row, "内容只与申请人有关")
    assert refusal(actions.propose_publication, officer, closed, row) == "same_value"


def test_nothing_is_proposed_before_it_was_given(case, decision, officer):
    row = actions.provide(officer, decision, PLAN, "方案")
    assert refusal(actions.propose_publication, officer, case, row) == "stage"


def test_a_file_of_another_case_is_not_proposed(closed, officer, received):
    row = Provided.objects.get(decision__case=closed)
    assert refusal(actions.propose_publication, officer, received(), row) == "not_proposable"


def test_a_proposal_needs_the_right_to_draft(closed, head):
    row = Provided.objects.get(decision__case=closed)
    assert refusal(actions.propose_publication, head, closed, row) == "role"
