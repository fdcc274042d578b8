"""The answer is drafted, files are given out, reviewed, signed and sent."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from itertools import product

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions import retaining
from gongkai.casework.actions.searching import Search
from gongkai.casework.application.models import Case
from gongkai.casework.decision import files as given_out
from gongkai.casework.decision.content import Draft, ItemDraft
from gongkai.casework.decision.models import Decision, Opinion
from gongkai.casework.letter.models import Letter, Service
from gongkai.screening.redaction import Box
from gongkai.trail.models import Entry
from tests.casework.handling import DENIED, PUBLIC, asked
from tests.casework.handling import posted as put_in_the_post
from tests.casework.test_issuing import text_of
from tests.desk.cases.conftest import at, posted
from tests.desk.cases.paper import page_of

WAY = {"outcome": "A1", "way": "青禾县人民政府网站“财政信息”栏目"}


def test_a_draft_is_saved_and_shows_what_is_lacking(case, desk, officer):
    client = desk(officer)
    answer = posted(client, at(case, "decision/"), outcome="A4", ground="N16_PROCESS")
    assert answer.status_code == 302
    shown = client.get(at(case, "decision/"))
    assert case.decisions.get().outcome == "A4"
    assert any("理由" in gap.words for gap in shown.context["wanting"])


def test_every_outcome_that_ends_a_case_can_be_picked(case, desk, officer):
    picked = desk(officer).get(at(case, "decision/")).context["picker"]
    codes = [one.code for _, choices in picked for one in choices]
    assert sorted(codes, key=lambda code: int(code[1:])) == [
        *(f"A{n}" for n in range(1, 17)),
        "A21",
        "A22",
    ]


def test_several_items_give_one_outcome(case, desk, officer):
    said = {
        "item_asked": ["分配方案", "讨论稿", ""],
        "item_outcome": ["A2", "A4", ""],
        "item_ground": ["", "N16_PROCESS", ""],
        "item_reasons": ["", "过程性信息", ""],
    }
    assert posted(desk(officer), at(case, "decision/"), **said).status_code == 302
    decision = case.decisions.get()
    assert (decision.outcome, decision.items.count()) == ("A3", 2)


def test_what_cannot_be_handed_in_is_saved_and_says_why(case, desk, officer):
    said = {"outcome": "A4", "reasons": "写好的理由", "then": "hand_in"}
    answer = posted(desk(officer), at(case, "decision/"), **said)
    assert answer.status_code == 422
    assert "写好的理由" in answer.content.decode()
    assert case.decisions.get().reasons == "写好的理由"


def test_a_complete_draft_is_handed_in_at_once(case, desk, officer):
    answer = posted(desk(officer), at(case, "decision/"), **WAY, then="hand_in")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.stage == "checking"


def test_the_letter_is_shown_before_it_is_issued(case, desk, officer):
    actions.draft(officer, case, PUBLIC)
    answer = desk(officer).post(at(case, "decision/preview/"))
    assert answer.content.startswith(b"%PDF")
    assert not Letter.objects.exists()


def test_what_third_parties_will_be_told_is_shown_with_the_letter(case, desk, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    put_in_the_post(officer, row)
    said = {"on": today, "reasons": "商业秘密", "reasonable": False}
    actions.record_opinion(officer, row, Opinion.OBJECTION, **said, override_reason="关系饮水安全")
    actions.draft(officer, case, Draft(outcome="A2", way="当面领取"))
    before = case.letters.count()
    text = text_of(desk(officer).post(at(case, "decision/preview/")).content)
    assert "关系饮水安全" in text
    assert "当面领取" in text
    assert case.letters.count() == before


@pytest.fixture
def given(case, desk, officer):
    """A file given out with the draft, in which a telephone number stands."""
    actions.draft(officer, case, PUBLIC)
    file = SimpleUploadedFile("list.pdf", page_of("TEL 13900001111"), "application/pdf")
    answer = desk(officer).post(at(case, "decision/files/add/"), {"title": "分配表", "file": file})
    assert answer.status_code == 302
    return case.decisions.get().provided.get()


def test_a_file_that_is_given_out_is_looked_through(case, desk, officer, given):
    shown = desk(officer).get(at(case, "decision/"))
    [one] = shown.context["given"]
    assert one.found
    assert "分配表" in shown.content.decode()


def test_parts_are_covered_by_words_without_any_script(case, desk, officer, given):
    address = at(case, f"decision/files/{given.pk}/blacken/")
    client = desk(officer)
    assert client.get(address).status_code == 200
    answer = client.post(address, {"page": "1", "words": "13900001111"})
    assert answer.status_code == 302
    given.refresh_from_db()
    assert len(given.boxes) == 1
    with pikepdf.open(BytesIO(given_out.content(given))) as pdf:
        assert b"13900001111" not in pdf.pages[0].Contents.read_bytes()


def test_a_box_that_is_unticked_is_uncovered_again(case, desk, officer, given):
    address = at(case, f"decision/files/{given.pk}/blacken/")
    client = desk(officer)
    client.post(address, {"page": "1", "box": ["1:10:10:60:30", "1:80:80:160:110"]})
    shown = client.get(address).context["boxes"]
    client.post(address, {"page": "1", "box": [shown[0].value]})
    given.refresh_from_db()
    assert len(given.boxes) == 1


def test_what_is_covered_on_other_pages_stays_covered_however_often(case, desk, officer):
    actions.draft(officer, case, PUBLIC)
    file = SimpleUploadedFile("list.pdf", page_of("LINK", pages=3), "application/pdf")
    client = desk(officer)
    client.post(at(case, "decision/files/add/"), {"title": "分配表", "file": file})
    given = case.decisions.get().provided.get()
    grid = product((2, 3), range(4, 290, 7), range(4, 190, 14))
    boxes = [Box(page, x, y, x + 3, y + 3) for page, x, y in grid]
    actions.blacken_copy(officer, given, boxes)
    address = at(case, f"decision/files/{given.pk}/blacken/")
    fields = client.get(address).content.decode()
    kept = re.search('name="elsewhere" value="([^"]*)"', fields)[1]
    answer = client.post(address, {"page": "1", "box": ["1:10:10:60:30"], "elsewhere": kept})
    assert answer.status_code == 302
    given.refresh_from_db()
    assert len(given.boxes) == len(boxes) + 1 > 1_000


def test_a_page_is_a_picture(case, desk, officer, given):
    answer = desk(officer).get(at(case, f"decision/files/{given.pk}/1.png"))
    assert answer.content.startswith(b"\x89PNG")
    assert desk(officer).get(at(case, f"decision/files/{given.pk}/9.png")).status_code == 404


def test_nothing_is_covered_by_nothing(case, desk, officer, given):
    answer = desk(officer).post(at(case, f"decision/files/{given.pk}/blacken/"), {"page": "1"})
    assert answer.status_code == 422
    assert "还没有标出" in answer.content.decode()


def test_a_file_is_given_out_no_more(case, desk, officer, given):
    desk(officer).post(at(case, f"decision/files/{given.pk}/remove/"))
    assert not case.decisions.get().provided.exists()


def test_the_file_is_read_by_the_reviewers_and_by_nobody_else(
    case, desk, secrecy, colleague, given
):
    address = at(case, f"decision/files/{given.pk}/")
    answer = desk(secrecy).get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert desk(colleague).get(address).status_code == 404


def test_a_reviewer_approves_their_step_and_the_signatory_signs(office, case, desk):
    office.handed_in(case)
    for user in (office.head, office.secrecy):
        client = desk(user)
        shown = client.get(at(case, "review/"))
        said = {"seen": shown.context["content"], "step": shown.context["mine"]}
        assert client.post(at(case, "review/"), {**said, "what": "approve"}).status_code == 302
    client = desk(office.signatory)
    shown = client.get(at(case, "review/"))
    said = {"seen": shown.context["content"], "step": shown.context["mine"], "what": "sign"}
    assert client.post(at(case, "review/"), said).status_code == 302
    assert Decision.objects.get().state == "signed"
    assert case.letters.count() == 1


def test_a_return_needs_its_reason_and_the_comment_stays(office, case, desk):
    office.handed_in(case)
    client = desk(office.head)
    shown = client.get(at(case, "review/"))
    said = {"seen": shown.context["content"], "step": "office", "what": "return"}
    assert client.post(at(case, "review/"), said).status_code == 422
    assert client.post(at(case, "review/"), {**said, "comment": "写明网址"}).status_code == 302
    assert "写明网址" in desk(office.officer).get(at(case, "decision/")).content.decode()


def test_whoever_wrote_it_is_told_that_others_review(office, case, desk):
    office.handed_in(case)
    shown = desk(office.officer).get(at(case, "review/"))
    assert shown.context["mine"] == ""
    assert "您写过这份决定" in shown.content.decode()


def test_a_new_decision_shows_what_differs_from_the_one_before(office, case, desk):
    office.signed(case)
    again = actions.void(office.head, case, "网址有误")
    actions.draft(office.officer, case, type(PUBLIC)(outcome="A1", way="县档案馆一楼"))
    actions.hand_in(office.officer, case)
    shown = desk(office.secrecy).get(at(case, "review/"))
    assert [one.label for one in shown.context["differences"]] == ["获取的方式、途径和时间"]
    assert again.number == 2


@pytest.fixture
def letter(office, case) -> Letter:
    """The answer, signed and not yet sent."""
    office.signed(case)
    return case.letters.get()


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("word", b"PK")])
def test_a_letter_is_opened_and_the_trail_says_so(case, desk, officer, letter, form, start):
    answer = desk(officer).post(at(case, f"letters/{letter.pk}/{form}/"))
    assert answer.content.startswith(start)
    assert Entry.objects.filter(verb="casework.open_letter").count() == 1


def test_a_letter_goes_out_by_post_and_comes_back_signed_for(case, desk, officer, letter, today):
    client = desk(officer)
    said = {"manner": "post", "posted_on": today.isoformat(), "tracking": "XA990121"}
    assert posted(client, at(case, f"letters/{letter.pk}/send/"), **said).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.answered_on) == ("dispatched", today)
    service = Service.objects.get()
    arrived = posted(client, at(case, f"services/{service.pk}/"), signed_for_on=today.isoformat())
    assert arrived.status_code == 302
    assert "XA990121" in client.get(at(case, "letters/")).content.decode()


def test_post_without_its_day_is_refused_and_the_number_stays(case, desk, officer, letter):
    said = {"manner": "post", "tracking": "XA990121"}
    answer = posted(desk(officer), at(case, f"letters/{letter.pk}/send/"), **said)
    assert answer.status_code == 422
    assert "XA990121" in answer.content.decode()


@pytest.mark.parametrize("page", ["decision/", "decision/versions/", "review/", "letters/"])
def test_no_page_is_open_to_another_agency(office, case, desk, colleague, page):
    office.handed_in(case)
    assert desk(colleague).get(at(case, page)).status_code == 404


OTHER_PLACE = type(PUBLIC)(outcome="A1", way="青禾县人民政府网站“部门预算”栏目")


def sent_back(office, case, user, step):
    seen = case.decisions.get().content_hash
    actions.check(user, case, step, seen=seen, approved=False, comment="栏目写错了")


def test_a_reviewer_sees_word_by_word_what_changed_since_they_judged(office, case, desk):
    office.handed_in(case)
    sent_back(office, case, office.head, "office")
    office.handed_in(case, OTHER_PLACE)
    shown = desk(office.head).get(at(case, "review/"))
    assert shown.context["since"].number == 1
    page = shown.content.decode()
    assert "<del>财政信息</del>" in page
    assert "<ins>部门预算</ins>" in page


def test_who_signs_sees_what_changed_since_it_was_sent_back(office, case, desk):
    office.handed_in(case)
    sent_back(office, case, office.secrecy, "secrecy")
    office.reviewed(case, OTHER_PLACE)
    shown = desk(office.signatory).get(at(case, "review/"))
    assert shown.context["mine"] == "signature"
    assert [one.label for one in shown.context["differences"]] == ["获取的方式、途径和时间"]


def test_what_was_sent_back_and_comes_again_unchanged_is_said_to_be_so(office, case, desk):
    office.handed_in(case)
    sent_back(office, case, office.head, "office")
    actions.hand_in(office.officer, case)
    assert "内容没有改动" in desk(office.head).get(at(case, "review/")).content.decode()


def test_a_first_draft_is_compared_with_nothing(office, case, desk):
    office.handed_in(case)
    shown = desk(office.head).get(at(case, "review/"))
    assert "compared" not in shown.context
    assert "differences" not in shown.context


def test_any_two_versions_are_compared(office, case, desk):
    for content in (PUBLIC, OTHER_PLACE, DENIED):
        decision = actions.draft(office.officer, case, content)
    first, second, third = decision.versions.order_by("number")
    client = desk(office.secrecy)
    address = at(case, "decision/versions/")
    assert [one.name for one in client.get(address).context["rows"]] == [
        "第 3 稿",
        "第 2 稿",
        "第 1 稿",
    ]
    shown = client.get(f"{address}?from={second.pk}&to={first.pk}")
    assert [one.label for one in shown.context["differences"]] == ["获取的方式、途径和时间"]
    shown = client.get(f"{address}?from={first.pk}&to={third.pk}")
    labels = [one.label for one in shown.context["differences"]]
    assert labels[:2] == ["处理结果", "不予公开的依据"]
    assert "过程性信息" in shown.content.decode()


def test_items_and_files_are_compared_too(case, desk, officer, given):
    items = (ItemDraft("分配方案", "A2"), ItemDraft("讨论稿", "A4", "N16_PROCESS", "过程稿"))
    actions.draft(officer, case, type(PUBLIC)(items=items))
    versions = given.decision.versions.order_by("number")
    address = at(case, f"decision/versions/?from={versions[0].pk}&to={versions[2].pk}")
    shown = desk(officer).get(address)
    labels = [one.label for one in shown.context["differences"]]
    assert {"分项处理", "提供的文件"} <= set(labels)
    assert "分配表" in shown.content.decode()


def test_versions_say_what_became_of_them(office, case, desk):
    office.handed_in(case)
    sent_back(office, case, office.head, "office")
    office.handed_in(case, OTHER_PLACE)
    newest, oldest = desk(office.officer).get(at(case, "decision/versions/")).context["rows"]
    assert newest.handed_in
    assert oldest.handed_in
    assert [check.approved for check in oldest.checks] == [False]
    assert newest.checks == []


def test_a_version_of_another_case_is_compared_with_nothing(office, case, received, desk):
    mine = actions.draft(office.officer, case, PUBLIC).versions.get()
    other = actions.draft(office.officer, received(), OTHER_PLACE).versions.get()
    shown = desk(office.officer).get(at(case, f"decision/versions/?from={mine.pk}&to={other.pk}"))
    assert shown.status_code == 200
    assert "differences" not in shown.context


def test_what_was_emptied_has_versions_without_words(office, case, desk):
    for content in (PUBLIC, OTHER_PLACE):
        decision = actions.draft(office.officer, case, content)
    long_ago = timezone.now() - timedelta(days=4000)
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=long_ago)
    retaining.anonymise(office.head, case)
    first, second = decision.versions.order_by("number")
    shown = desk(office.officer).get(at(case, f"decision/versions/?from={first.pk}&to={second.pk}"))
    assert "differences" not in shown.context
    assert "内容已经删除" in shown.content.decode()
    assert first.sha256[:12] in shown.content.decode()


def test_what_cannot_be_handed_in_is_said_to_be_saved_with_all_that_is_lacking(case, desk, officer):
    said = {"outcome": "A4", "then": "hand_in"}
    answer = posted(desk(officer), at(case, "decision/"), **said)
    page = answer.content.decode()
    assert "已存草稿，没有送审" in page
    assert "什么也没有改" not in page
    assert {"id_ground", "id_reasons"} <= {gap.place for gap in answer.context["refused_all"]}


def test_the_same_draft_handed_in_again_in_vain_is_told_once(case, desk, officer):
    for _ in range(3):
        posted(desk(officer), at(case, "decision/"), outcome="A4", then="hand_in")
    assert Entry.objects.filter(verb="casework.draft").count() == 1


def test_no_field_of_the_decision_is_called_optional(case, desk, officer):
    page = desk(officer).get(at(case, "decision/")).content.decode()
    form = page.split('class="decision')[1].split("</form>")[0]
    assert "可不填" not in form


def test_what_is_to_be_given_out_asks_for_files_by_name(case, desk, officer):
    actions.draft(officer, case, type(PUBLIC)(outcome="A2"))
    wanting = desk(officer).get(at(case, "decision/")).context["wanting"]
    assert [gap.place for gap in wanting if "添加文件" in gap.words] == ["given"]


def test_a_file_that_hides_something_is_among_what_is_lacking(case, desk, officer, given):
    shown = desk(officer).get(at(case, "decision/"))
    (gap,) = [gap for gap in shown.context["wanting"] if "分配表" in gap.words]
    assert "个人信息" in gap.words
    assert "可以送审" not in shown.content.decode()


def test_reviewers_read_whom_was_asked_what_was_searched_and_how_the_time_stands(
    office, case, desk, today
):
    actions.record_search(
        office.officer,
        case,
        Search(today, "科室和档案室", "分配方案", "没有", "经办人", found=False),
    )
    office.handed_in(case)
    page = desk(office.secrecy).get(at(case, "review/")).content.decode()
    assert "科室和档案室" in page
    assert "怎样算的" in page
