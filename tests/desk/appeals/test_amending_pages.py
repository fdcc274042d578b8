"""What was entered wrongly is put right or declared void at the desk; a judgment is tried anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal, AppealKind
from tests.desk.appeals.test_appeals import listed, said
from tests.desk.cases.conftest import posted

DIRECT = AppealKind.DIRECT


def at(appeal, verb=""):
    return f"/desk/appeals/{appeal.pk}/" + (f"do/{verb}/" if verb else "")


def filled(client, appeal, **changes):
    """The form of the correction as it is shown, with the changes."""
    form = client.get(at(appeal, "amend")).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    stands = {name: value for name, value in shown.items() if value not in (None, False)}
    return {**stands, "reason": "登记时看错了", **changes}


def test_the_form_shows_what_stands_and_changes_what_is_changed(entered, desk, legality, today):
    appeal, client = entered(), desk(legality)
    posted(client, at(appeal, "amend"), **filled(client, appeal, before="青禾市人民政府"))
    appeal.refresh_from_db()
    assert (appeal.before, appeal.number, appeal.copy_received_on) == (
        "青禾市人民政府",
        "青政复〔2026〕3号",
        today,
    )
    page = client.get(at(appeal))
    assert "登记时看错了" in said(page)
    assert ("复议机关或者法院", "青禾县人民政府") in page.context["amendments"][0].before
    assert ("更正的内容", "复议机关或者法院") in page.context["lines"][0].facts


def test_a_result_is_changed_and_taken_back(entered, desk, legality, today):
    appeal, client = entered(), desk(legality)
    actions.conclude(legality, appeal, "upheld", on=today)
    change = {"result": "ordered", "ordered": "十个工作日内公开"}
    posted(client, at(appeal, "amend"), **filled(client, appeal, **change))
    page = client.get(at(appeal))
    assert page.context["due"] is not None
    assert ("裁判结果", "维持") in page.context["amendments"][0].before
    back = {"result": "", "concluded_on": "", "ordered": "", "redo_by": ""}
    posted(client, at(appeal, "amend"), **filled(client, appeal, **back))
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.redo_by) == ("pending", None)


def test_what_is_contested_is_asked_for_only_where_it_is_no_case(
    entered, desk, legality, received, today
):
    client = desk(legality)
    opening = actions.Opening(DIRECT, "青禾县人民法院", "逾期不答复", today)
    ours = actions.open_appeal(legality, received(ago=60), opening)
    assert "contested_number" in client.get(at(entered(), "amend")).context["form"].fields
    assert "contested_number" not in client.get(at(ours, "amend")).context["form"].fields
    posted(client, at(ours, "amend"), **filled(client, ours, number="（2026）行初1号"))
    ours.refresh_from_db()
    assert ours.number == "（2026）行初1号"


def test_what_cannot_be_is_said_and_nothing_is_lost(entered, desk, legality, today):
    appeal, client = entered(), desk(legality)
    seen = client.get(at(appeal, "amend")).context["seen"]
    late = filled(client, appeal, opened_on=(today + timedelta(days=1)).isoformat(), seen=seen)
    answer = client.post(at(appeal, "amend"), late)
    assert answer.status_code == 422
    assert "登记时看错了" in said(answer)
    same = client.post(at(appeal, "amend"), filled(client, appeal, seen=seen))
    assert "没有改动" in said(same)


def test_what_belongs_together_is_asked_for_together(entered, desk, legality, today):
    appeal, client = entered(), desk(legality)

    def wrong(**changes):
        answer = client.post(at(appeal, "amend"), filled(client, appeal, **changes))
        assert answer.status_code == 422
        return set(answer.context["form"].errors)

    assert wrong(result="upheld") == {"concluded_on"}
    assert wrong(concluded_on=today.isoformat()) == {"result"}
    assert wrong(result="ordered", concluded_on=today.isoformat()) == {"ordered"}


def test_whoever_comes_second_is_told(entered, desk, legality, officer):
    appeal, client = entered(), desk(legality)
    seen = client.get(at(appeal, "amend")).context["seen"]
    first = filled(desk(officer), appeal, number="1")
    posted(desk(officer), at(appeal, "amend"), **first)
    again = client.post(at(appeal, "amend"), filled(client, appeal, number="2", seen=seen))
    assert again.status_code == 409


def test_a_void_one_stands_apart_with_its_reason(entered, desk, legality):
    appeal, other, client = entered(), entered(number="2"), desk(legality)
    posted(client, at(appeal, "strike"), because="登记了两次")
    assert listed(client, "?view=all") == [other]
    assert listed(client, "?view=void") == [appeal]
    page = client.get(at(appeal))
    assert "登记了两次" in said(page)
    assert "已作废，不计入年报" in said(page)
    assert page.context["steps"] == []
    assert client.get(at(appeal, "answer")).status_code == 422
    chips = client.get("/desk/appeals/").context["chips"]
    assert {chip["label"]: chip["count"] for chip in chips}["登记作废的"] == 1


@pytest.mark.parametrize("person", ["secrecy", "signatory"])
def test_who_may_enter_none_may_change_none(entered, desk, request, person):
    appeal, client = entered(), desk(request.getfixturevalue(person))
    for verb in ("amend", "strike"):
        assert client.get(at(appeal, verb)).status_code == 403


def test_a_judgment_is_tried_anew_and_counts_where_it_did(entered, desk, legality, today):
    first, client = entered(kind=DIRECT, number="（2026）行终9号"), desk(legality)
    assert client.get(at(first, "retrial")).status_code == 422
    actions.conclude(legality, first, "claims_dismissed", on=today)
    heard = {"before": "高级人民法院", "opened_on": today.isoformat(), "procedure": "ordinary"}
    posted(client, at(first, "retrial"), number="（2026）行申1号", **heard)
    retrial = Appeal.objects.get(retrial=True)
    page = said(client.get(at(retrial)))
    assert "再审不单独计入" in page
    assert "再审" in said(client.get("/desk/appeals/"))
    assert client.get(at(first)).context["counted_in"] is not None
    codes = dict(client.get(at(retrial, "conclude")).context["form"].fields["code"].choices)
    assert "judgment_upheld" in codes
    posted(client, at(retrial, "conclude"), code="annulled", on=today.isoformat())
    assert client.get(at(first)).context["counted_in"] is None
    assert client.get(at(retrial)).context["counted_in"] is not None
