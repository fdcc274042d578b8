"""A workbook carried out: wholly or not at all, once, and with a line for every change."""

from __future__ import annotations

import time

import pytest

from gongkai.administration import importing
from gongkai.administration.refusal import NotAllowedError
from gongkai.org.actions import add_agency, add_unit, appoint, change_agency
from gongkai.org.models import Agency, Membership, Role, Unit, User
from gongkai.org.permissions import holds
from gongkai.publishing import actions
from gongkai.publishing.search.models import Outbox
from gongkai.trail.models import Entry
from gongkai.trail.verification import verify
from tests.org.importing.book import AGENCIES, tree
from tests.publishing.conftest import content

NEW = tree(
    [("yc", "云川市人民政府", "市", ""), ("yc-cz", "云川市财政局", "部门", "yc")],
    [("yc-cz", "ys", "预算科")],
    [("lin", "林若溪", "yc-cz", "拟稿人、联络员", "ys"), ("gu", "顾行远", "yc", "管理员", "")],
)
BELOW = tree(
    [("qh-wl", "青禾县文旅局", "部门", "qh"), ("qh-cz", "青禾县财税局", "", "qh-wl")],
    [("qh-wl", "gk", "公开股")],
    [("lin", "林若溪", "qh-wl", "拟稿人", "gk")],
)


def refused(*arguments, **more) -> str:
    with pytest.raises(NotAllowedError) as error:
        importing.take(*arguments, **more)
    return error.value.reason


def counted() -> tuple[int, ...]:
    return tuple(m.objects.count() for m in (Agency, Unit, User, Membership, Entry))


def test_an_empty_installation_is_filled_from_one_file(db):
    taken = importing.take(None, NEW, "tree.xlsx")
    assert Agency.objects.get(code="yc-cz").lineage == ("yc", "yc-cz")
    lin = User.objects.get(username="lin")
    assert holds(lin, Agency.objects.get(code="yc-cz"), Role.LIAISON_OFFICER)
    assert {m.unit.name for m in lin.memberships.all()} == {"预算科"}
    assert [i.person.username for i in taken.invitations] == ["lin", "gu"]


def test_every_change_is_a_line_of_the_trail(db):
    taken = importing.take(None, NEW, "tree.xlsx")
    lines = list(Entry.objects.order_by("sequence"))
    assert len(lines) == len(taken.plan.steps) + len(taken.invitations)
    assert {line.verb for line in lines} == {
        "org.add_agency",
        "org.add_unit",
        "org.add_person",
        "org.appoint",
        "org.invite",
    }
    assert lines[1].details == {
        "agency_code": "yc-cz",
        "superior": "云川市人民政府",
        "file": "tree.xlsx",
    }
    assert verify().whole


def test_the_same_file_again_changes_nothing(db):
    importing.take(None, NEW, "tree.xlsx")
    before = counted()
    assert importing.preview(None, NEW).outcome == "nothing"
    assert importing.take(None, NEW).invitations == ()
    assert counted() == before


def test_looking_at_a_file_writes_nothing(county, cast):
    before = counted()
    assert importing.preview(cast.administrator, BELOW).outcome == "fits"
    assert counted() == before


def test_an_administrator_imports_below_and_moves_and_renames(county, cast):
    importing.take(cast.administrator, BELOW, "x.xlsx")
    county.own.refresh_from_db()
    assert (county.own.name, county.own.lineage) == ("青禾县财税局", ("qh", "qh-wl", "qh-cz"))
    assert county.own.search_text.count("财税")
    lines = {line.verb: line for line in Entry.objects.filter(actor=cast.administrator)}
    assert lines["org.move_agency"].details["superior"] == {
        "before": "青禾县人民政府",
        "after": "青禾县文旅局",
    }
    assert lines["org.change_agency"].details["name"]["after"] == "青禾县财税局"


def test_the_documents_of_a_moved_agency_are_indexed_anew(county, cast):
    first, _, last = (actions.create(cast.drafter, county.own, content()) for _ in range(3))
    importing.take(cast.administrator, BELOW, "x.xlsx")
    told = Outbox.objects.latest("sequence")
    assert (told.document_id, told.last_document_id) == (first.pk, last.pk)
    assert told.sequence == Entry.objects.latest("sequence").sequence


def test_a_file_that_changes_nothing_touches_no_page(county, cast):
    importing.take(cast.administrator, BELOW, "x.xlsx")
    importing.take(cast.administrator, BELOW, "x.xlsx")
    assert Outbox.objects.count() == 1


def test_what_stands_below_a_moved_agency_goes_along(county, cast):
    rows = [("qh-lx", "", "", "qh-cz"), ("qh-cz", "", "", "qh-mz")]
    importing.take(cast.administrator, tree(rows))
    county.town.refresh_from_db()
    assert county.town.lineage == ("qh", "qh-mz", "qh-cz", "qh-lx")


def test_a_new_agency_may_reconsider_for_one_that_comes_before_it(db):
    heads = (*AGENCIES, "复议机关代码")
    importing.take(
        None, tree([("a", "甲局", "部门", "", "b"), ("b", "乙府", "县", "", "")], heads=heads)
    )
    assert Agency.objects.get(code="a").reconsideration_organ.code == "b"


def test_a_new_agency_takes_the_region_of_its_superior(county, cast):
    importing.take(cast.administrator, BELOW)
    assert Agency.objects.get(code="qh-wl").region == "990121"


BAD = tree(
    [("qh-wl", "青禾县文旅局", "部门", "qh"), ("x", "某站", "村", "qh")],
    [],
    [("lin", "林若溪", "qh-wl", "拟稿人", ""), ("gu", "顾行远", "x", "拟稿人", "")],
)


def test_a_bad_row_keeps_the_whole_file_out(county, cast):
    before = counted()
    assert refused(cast.administrator, BAD) == "bad_rows"
    assert counted() == before


def test_the_good_rows_are_taken_if_the_person_says_so(county, cast):
    importing.take(cast.administrator, BAD, good_rows=True)
    assert Agency.objects.filter(code="qh-wl").exists()
    assert not Agency.objects.filter(code="x").exists()
    assert not User.objects.filter(username="gu").exists()


def test_what_would_now_do_something_else_is_not_done(county, cast):
    data = tree([("qh-cz", "青禾县财税局", "", "")])
    seen = importing.preview(cast.administrator, data).digest
    change_agency(county.own, name="青禾县财政和税务局")
    change_agency(county.other, name="青禾县财税局")
    assert refused(cast.administrator, data, seen=seen) == "changed_meanwhile"


@pytest.mark.parametrize(
    "who", ["drafter", "officer", "reviewer", "colleague", "stranger", "supervisor"]
)
def test_whoever_administers_nothing_imports_nothing(county, cast, who):
    before = counted()
    assert refused(getattr(cast, who), BELOW, good_rows=False) == "bad_rows"
    importing.take(getattr(cast, who), BELOW, good_rows=True)
    assert counted() == before


def test_a_subtree_is_exported_and_imported_by_its_administrator_unchanged(county, cast):
    appoint(cast.stranger, county.town, Role.ADMINISTRATOR)
    unit = add_unit(county.town, code="gk", name="公开办")
    appoint(cast.drafter, county.town, Role.DRAFTER, unit)
    data = importing.export(cast.stranger)
    found = importing.preview(cast.stranger, data)
    assert (found.outcome, found.problems) == ("nothing", ())
    assert {change.key for change in found.changes if change.kind == "agency"} == {("qh-lx",)}
    assert ("officer",) not in {change.key for change in found.changes}


def test_a_change_of_one_row_asks_no_more_of_a_large_tree_than_of_a_small_one(
    county, cast, django_assert_max_num_queries
):
    for n in range(100):
        add_agency(code=f"n{n}", name=f"第{n}站", level="department", superior=county.own)
    with django_assert_max_num_queries(60):
        importing.take(cast.administrator, tree([("qh-cz", "青禾县财税局", "", "")]))


def test_thousands_of_rows_keep_others_from_writing_for_seconds_alone(db):
    top = [("p", "青禾省人民政府", "省", "")]
    rows = [(f"a{n}", f"第{n}局", "部门", "p" if n < 50 else f"a{n % 50}") for n in range(1000)]
    people = [(f"u{n}", f"某{n}", f"a{n}", "拟稿人", "") for n in range(1000)]
    began = time.process_time()
    importing.take(None, tree(top + rows, [], people))
    assert time.process_time() - began < 15
    assert (Agency.objects.count(), Membership.objects.count()) == (1001, 1000)
