"""Placing agencies and units: who may, what is recorded, and what is refused."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from gongkai.administration import agencies
from gongkai.administration.allowing import mark
from gongkai.administration.refusal import NotAllowedError
from gongkai.org.models import Agency
from gongkai.org.queries import found_by
from gongkai.publishing import actions
from gongkai.publishing.search.models import Outbox
from gongkai.trail.models import Entry
from gongkai.trail.verification import verify
from tests.publishing.conftest import content


def refused(act, *arguments, **more) -> str:
    with pytest.raises(NotAllowedError) as error:
        act(*arguments, **more)
    return error.value.reason


def last() -> Entry:
    return Entry.objects.latest("sequence")


def test_an_agency_is_added_below_one_in_charge_and_recorded(county, cast):
    made = agencies.add_agency(
        cast.administrator,
        superior=county.top,
        code="qh-wl",
        name="青禾县文旅局",
        level="department",
    )
    assert made.lineage == ("qh", "qh-wl")
    assert (last().actor, last().verb, last().object_label) == (
        cast.administrator,
        "org.add_agency",
        "青禾县文旅局",
    )
    assert last().details == {"agency_code": "qh-wl", "superior": "青禾县人民政府"}


def test_every_change_of_the_tree_reaches_public_pages_and_a_move_the_index(county, cast):
    document = actions.create(cast.drafter, county.own, content())
    agencies.change_agency(cast.administrator, county.own, short_name="财政局")
    agencies.move_agency(cast.administrator, county.own, county.other, "机构改革")
    told = Outbox.objects.values_list("document_id", "last_document_id")
    assert list(told) == [(0, 0), (document.pk, document.pk)]


def test_a_root_is_placed_by_whoever_runs_the_installation_alone(county, cast):
    new = {"superior": None, "code": "r", "name": "云川市人民政府", "level": "city"}
    assert refused(agencies.add_agency, cast.administrator, **new) == "root"
    assert agencies.add_agency(cast.superuser, **new).superior is None


def test_what_does_not_fit_is_named_by_field_and_nothing_is_written(county, cast):
    for fields, field in (
        ({"code": "qh-cz", "name": "新局"}, "code"),
        ({"code": "x", "name": "青禾县财政局"}, "name"),
        ({"code": "x", "name": "新局", "credit_code": "11990121MB0000001B"}, "credit_code"),
    ):
        with pytest.raises(ValidationError) as wrong:
            agencies.add_agency(
                cast.administrator, superior=county.top, level="department", **fields
            )
        assert field in wrong.value.message_dict
    assert not Entry.objects.exists()


def test_a_change_is_recorded_with_what_was_before(county, cast):
    agencies.change_agency(cast.administrator, county.own, telephone="0000-1", name="青禾县财税局")
    assert last().details == {
        "telephone": {"before": "", "after": "0000-1"},
        "name": {"before": "青禾县财政局", "after": "青禾县财税局"},
    }
    assert county.own in found_by("caishui")


def test_a_change_of_nothing_and_one_of_what_is_no_longer_there_are_refused(county, cast):
    seen = mark(county.own)
    same = {"telephone": ""}
    assert refused(agencies.change_agency, cast.administrator, county.own, **same) == "unchanged"
    agencies.change_agency(cast.superuser, county.own, telephone="1", seen=seen)
    late = {"telephone": "2", "seen": seen}
    reason = refused(agencies.change_agency, cast.administrator, county.own, **late)
    assert reason == "changed_meanwhile"


def test_a_move_takes_along_what_is_below_and_needs_a_reason(county, cast):
    admin = cast.administrator
    below = agencies.add_agency(
        admin, superior=county.town, code="qh-lx-1", name="便民中心", level="department"
    )
    assert refused(agencies.move_agency, admin, county.town, county.own, " ") == "reason_missing"
    agencies.move_agency(admin, county.town, county.own, "机构改革")
    below.refresh_from_db()
    assert below.lineage == ("qh", "qh-cz", "qh-lx", "qh-lx-1")
    assert last().details["superior"] == {"before": "青禾县人民政府", "after": "青禾县财政局"}


def test_a_move_below_itself_or_out_of_charge_is_refused(county, cast):
    admin = cast.administrator
    assert refused(agencies.move_agency, admin, county.top, county.own, "x") == "below_itself"
    assert refused(agencies.move_agency, admin, county.own, county.outside, "x") == "role"
    assert refused(agencies.move_agency, admin, county.own, None, "x") == "root"
    assert refused(agencies.move_agency, admin, county.own, county.top, "x") == "unchanged"


def test_an_agency_is_closed_once_nothing_exists_below_it(county, cast):
    admin = cast.administrator
    assert refused(agencies.close_agency, admin, county.top, "x") == "has_subordinates"
    agencies.close_agency(admin, county.own, "并入民政局")
    county.own.refresh_from_db()
    assert not county.own.active
    assert last().details == {"reason": "并入民政局"}
    assert refused(agencies.close_agency, admin, county.own, "x") == "closed"
    new = {"superior": county.own, "code": "n", "name": "新站", "level": "department"}
    assert refused(agencies.add_agency, admin, **new) == "closed"
    agencies.reopen_agency(admin, county.own)
    assert Agency.objects.get(pk=county.own.pk).active
    assert refused(agencies.reopen_agency, admin, county.own) == "not_closed"


def test_units_are_added_changed_closed_and_reopened(county, cast):
    admin = cast.administrator
    unit = agencies.add_unit(admin, county.own, code="ys", name="预算股")
    unit = agencies.change_unit(admin, unit, name="预算绩效股")
    assert refused(agencies.change_unit, admin, unit, name="预算绩效股") == "unchanged"
    assert not agencies.close_unit(admin, unit).active
    assert refused(agencies.close_unit, admin, unit) == "closed"
    assert agencies.reopen_unit(admin, unit).active
    verbs = ["org.add_unit", "org.change_unit", "org.close_unit", "org.reopen_unit"]
    assert [line.verb for line in Entry.objects.order_by("sequence")] == verbs
    assert verify().whole


def test_a_second_unit_of_the_same_code_is_refused_with_the_field_named(county, cast):
    agencies.add_unit(cast.administrator, county.own, code="ys", name="预算股")
    for code, name, field in (("ys", "别名股", "code"), ("yb", "预算股", "name")):
        with pytest.raises(ValidationError) as wrong:
            agencies.add_unit(cast.administrator, county.own, code=code, name=name)
        assert list(wrong.value.message_dict) == [field]
    agencies.add_unit(cast.administrator, county.other, code="ys", name="预算股")


VERBS = {
    "add": lambda who, c: agencies.add_agency(
        who, superior=c.own, code="n", name="新站", level="department"
    ),
    "change": lambda who, c: agencies.change_agency(who, c.own, telephone="1"),
    "move": lambda who, c: agencies.move_agency(who, c.own, c.town, "x"),
    "close": lambda who, c: agencies.close_agency(who, c.own, "x"),
    "add_unit": lambda who, c: agencies.add_unit(who, c.own, code="u", name="股"),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "who",
    ["drafter", "officer", "reviewer", "signatory", "colleague", "stranger", "supervisor"],
)
def test_whoever_is_no_administrator_is_refused_and_nothing_is_written(county, cast, who, verb):
    assert refused(VERBS[verb], getattr(cast, who), county) == "role"
    assert not Entry.objects.exists()


@pytest.mark.parametrize("verb", VERBS)
def test_an_administrator_places_in_the_own_subtree_alone(county, cast, verb):
    VERBS[verb](cast.administrator, county)
    elsewhere = type(county)(**{**vars(county), "own": county.outside})
    assert refused(VERBS[verb], cast.administrator, elsewhere) == "role"
