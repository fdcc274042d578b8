"""Reconsiderations and law suits at the desk: the register, one of them, and what is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal, AppealKind
from tests.desk.cases.conftest import posted
from tests.stored import POSTS

DIRECT = AppealKind.DIRECT
LISTS = ("", "?view=all", "?sort=-opened", "?deadline=soon", "?year=0000&kind=x&agency=no")


def said(answer):
    return answer.content.decode()


def listed(client, query=""):
    return [row.appeal for row in client.get(f"/desk/appeals/{query}").context["rows"]]


def new(client, **changes):
    today = timezone.localdate().isoformat()
    form = {
        "agency": agency_of(client),
        "kind": "reconsideration",
        "before": "青禾县人民政府",
        "number": "青政复〔2026〕8号",
        "matter": "不服旧答复",
        "opened_on": today,
        "copy_received_on": today,
        "procedure": "ordinary",
    }
    return client.post("/desk/appeals/new/", {**form, **changes})


def agency_of(client):
    form = client.get("/desk/appeals/new/").context["form"]
    return form.fields["agency"].queryset.get().pk


@pytest.mark.parametrize("person", [name for name, place, _ in POSTS if place == "own"])
def test_who_sees_cases_sees_the_appeals_of_their_agency(entered, desk, cast, person):
    appeal = entered()
    seen = person != "drafter"
    answer = desk(getattr(cast, person)).get(f"/desk/appeals/{appeal.pk}/")
    assert answer.status_code == (200 if seen else 404)
    assert listed(desk(getattr(cast, person))) == ([appeal] if seen else [])


def test_nobody_else_learns_that_there_is_one(entered, desk, colleague, supervisor, stranger):
    appeal = entered()
    for user in (colleague, supervisor, stranger):
        assert desk(user).get(f"/desk/appeals/{appeal.pk}/").status_code == 404
        assert listed(desk(user)) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["reply", "order"]),
        ("?view=reply", ["reply"]),
        ("?view=redo", ["order"]),
        ("?view=done", ["done"]),
        ("?view=all&kind=litigation_direct", ["done"]),
        ("?view=all&outcome=corrected", ["order"]),
        ("?view=all&q=行初", ["done"]),
        ("?view=all&q=没有的字", []),
        ("?deadline=overdue", []),
        ("?view=all&year=1999", []),
    ],
)
def test_the_register_is_narrowed_by_its_address(entered, desk, legality, today, query, found):
    known = {
        "reply": entered(),
        "order": entered(number="青政复〔2026〕4号"),
        "done": entered(number="（2026）行初2号", kind=DIRECT),
    }
    actions.conclude(legality, known["order"], "ordered", on=today, ordered="公开")
    actions.conclude(legality, known["done"], "claims_dismissed", on=today)
    assert listed(desk(legality), query) == [known[name] for name in found]


@pytest.mark.parametrize("query", LISTS)
def test_no_address_of_the_register_is_too_strange(entered, desk, officer, query):
    entered()
    assert desk(officer).get(f"/desk/appeals/{query}").status_code == 200


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_list(
    entered, desk, officer, django_assert_max_num_queries
):
    entered()
    client = desk(officer)
    client.get("/desk/appeals/")
    with django_assert_max_num_queries(60) as few:
        client.get("/desk/appeals/")
    for _ in range(5):
        entered()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/desk/appeals/")


def test_an_appeal_about_an_older_answer_is_entered(desk, legality, county, today):
    answer = new(
        desk(legality), contested_number="青财公复〔2023〕7号", contested_ground="条例第十六条"
    )
    appeal = Appeal.objects.get()
    assert answer["Location"] == f"/desk/appeals/{appeal.pk}/"
    assert (appeal.agency, appeal.case, appeal.counted) == (county.own, None, True)
    assert "青财公复〔2023〕7号" in said(desk(legality).get(answer["Location"]))


def test_an_appeal_about_a_case_is_entered_by_its_number(desk, legality, received):
    case = received(ago=60)
    new(desk(legality), case=case.number)
    assert Appeal.objects.get().case == case


def test_a_number_that_is_none_of_the_agency_is_said(desk, legality, received):
    answer = new(desk(legality), case="没有的号")
    assert answer.status_code == 422
    assert "没有这个登记号" in said(answer)
    assert not Appeal.objects.exists()


def test_the_organ_of_reconsideration_does_not_count_what_the_other_agency_counts(desk, legality):
    new(desk(legality), kind="litigation_after", elsewhere="on", joint_key="甲1")
    assert not Appeal.objects.get().counted


def test_what_is_sent_twice_is_entered_once(desk, legality):
    client = desk(legality)
    assert new(client)["Location"] == new(client)["Location"]
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("person", ["secrecy", "signatory", "colleague", "stranger"])
def test_others_enter_nothing_there(desk, entered, request, person, county):
    user, appeal = request.getfixturevalue(person), entered()
    answer = desk(user).get(f"/desk/appeals/{appeal.pk}/do/answer/")
    assert answer.status_code in {403, 404}
    form = desk(user).get("/desk/appeals/new/")
    places = form.context["form"].fields["agency"].queryset if form.status_code == 200 else ()
    assert county.own not in places


def test_reply_and_result_are_recorded_and_the_order_is_due_until_it_was_obeyed(
    entered, desk, legality, today
):
    appeal, client = entered(), desk(legality)
    at = f"/desk/appeals/{appeal.pk}/do"
    posted(client, f"{at}/answer/", on=today.isoformat())
    result = {"code": "ordered", "ordered": "十个工作日内公开", "on": today.isoformat()}
    posted(client, f"{at}/conclude/", **result)
    page = client.get(f"/desk/appeals/{appeal.pk}/")
    assert "十个工作日内公开" in said(page)
    assert ("审理结果", "结果纠正") in page.context["lines"][0].facts
    assert page.context["due"] is not None
    posted(client, f"{at}/carried-out/", on=today.isoformat())
    page = client.get(f"/desk/appeals/{appeal.pk}/")
    assert page.context["due"] is None
    assert [line.entry.verb for line in page.context["lines"]] == [
        "casework.carry_out_appeal",
        "casework.conclude_appeal",
        "casework.answer_appeal",
        "casework.open_appeal",
    ]


def test_a_suit_goes_on_in_the_next_court_and_counts_there(entered, desk, legality, today):
    first, client = entered(kind=DIRECT, number="（2026）行初2号"), desk(legality)
    assert client.get(f"/desk/appeals/{first.pk}/do/next/").status_code == 422
    actions.conclude(legality, first, "claims_dismissed", on=today)
    heard = {
        "before": "中级人民法院",
        "number": "（2026）行终9号",
        "opened_on": today.isoformat(),
        "procedure": "ordinary",
    }
    posted(client, f"/desk/appeals/{first.pk}/do/next/", **heard)
    second = Appeal.objects.get(instance=2)
    assert (second.follows, second.kind, second.about) == (first, first.kind, first.about)
    assert "由二审代替一审计入" in said(client.get(f"/desk/appeals/{first.pk}/"))
    assert "（2026）行初2号" in said(client.get(f"/desk/appeals/{second.pk}/"))
    assert client.get(f"/desk/appeals/{first.pk}/do/next/").status_code == 422


def test_whoever_comes_second_is_told_and_loses_nothing(entered, desk, legality, officer, today):
    appeal = entered()
    at = f"/desk/appeals/{appeal.pk}/do/conclude/"
    seen = desk(legality).get(at).context["seen"]
    actions.answer_appeal(officer, appeal, on=today)
    result = {"code": "mediated", "on": today.isoformat(), "seen": seen}
    answer = desk(legality).post(at, result)
    assert answer.status_code == 409
    assert 'value="mediated" selected' in said(answer)


def test_the_page_leads_to_the_figure_it_counts_in(entered, desk, officer, legality, today):
    appeal = entered()
    address = f"/desk/reports/compile/qh-cz/{today.year}/cells/appeals.reconsideration.pending/"
    assert address in said(desk(officer).get(f"/desk/appeals/{appeal.pk}/"))
    assert address not in said(desk(legality).get(f"/desk/appeals/{appeal.pk}/"))


def test_an_appeal_about_a_case_tells_what_was_done_about_it_and_leads_to_the_case(
    desk, legality, received, today
):
    case = received(ago=60)
    opening = actions.Opening(
        AppealKind.DIRECT, "青禾县人民法院", "逾期不答复", today - timedelta(1)
    )
    appeal = actions.open_appeal(legality, case, opening)
    page = desk(legality).get(f"/desk/appeals/{appeal.pk}/")
    assert f'href="/desk/cases/{case.pk}/"' in said(page)
    assert [line.entry.verb for line in page.context["lines"]] == ["casework.open_appeal"]
    assert f"/desk/appeals/{appeal.pk}/" in said(desk(legality).get(f"/desk/cases/{case.pk}/"))
