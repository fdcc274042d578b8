"""What the rows of a workbook would do to what is there."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.org.importing.state import PLAIN, KnownAgency, KnownPerson, KnownUnit, State
from gongkai.org.importing.workbook import export, template
from tests.org.importing.book import AGENCIES, planned, problems, tree

TOP = ("qh", "青禾县人民政府", "县", "")
OWN = ("qh-cz", "青禾县财政局", "部门", "qh")
OTHER = ("qh-mz", "青禾县民政局", "部门", "qh")


def known(name: str, superior: str = "", *, level: str = "department", **more) -> KnownAgency:
    active, in_charge = more.pop("active", True), more.pop("in_charge", True)
    blank = dict.fromkeys(PLAIN, "") | {"position": 0, "vertical": False}
    values = {**blank, "name": name, "level": level, "superior": superior}
    return KnownAgency(
        {**values, "reconsideration_organ": "", **more}, active=active, in_charge=in_charge
    )


THERE = {
    "qh": known("青禾县人民政府", level="county"),
    "qh-cz": known("青禾县财政局", "qh"),
    "qh-mz": known("青禾县民政局", "qh", position=1),
}


def verbs(plan) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.kind, change.verb, change.key) for change in plan.changes]


class TestAgencies:
    def test_are_added_superiors_first_whatever_the_order_of_rows(self):
        below = ("qh-lx", "柳溪镇人民政府", "镇", "qh")
        found = planned(tree([("qh-lx-1", "便民中心", "部门", "qh-lx"), below, TOP]))
        assert found.outcome == "fits"
        assert [change.key[0] for change in found.changes] == ["qh", "qh-lx", "qh-lx-1"]

    def test_that_are_there_are_left_and_what_differs_is_changed(self):
        heads = (*AGENCIES, "联系电话")
        there = State({**THERE, "qh-cz": known("青禾县财政局", "qh", telephone="1")})
        found = planned(tree([(*OWN, "2"), (*OTHER, "")], heads=heads), there)
        assert verbs(found) == [
            ("agency", "change", ("qh-cz",)),
            ("agency", "leave", ("qh-mz",)),
        ]
        assert (found.steps[0].before, found.steps[0].values) == (
            {"telephone": "1"},
            {"telephone": "2"},
        )

    def test_a_blank_cell_leaves_and_a_dash_empties(self):
        heads = (*AGENCIES, "联系电话", "传真")
        there = State({"qh": known("青禾县人民政府", level="county", telephone="1", fax="2")})
        found = planned(tree([(*TOP, "", "－")], heads=heads), there)
        assert found.steps[0].values == {"fax": ""}

    def test_a_superior_may_be_named_by_its_full_name(self):
        found = planned(tree([TOP, ("a", "甲局", "部门", "青禾县人民政府")]))
        assert found.changes[1].values["superior"] == "qh"

    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            ([TOP, ("a", "甲局", "部门", "nowhere")], [(3, "上级机关代码", "unknown_agency")]),
            ([TOP, ("a", "", "部门", "qh")], [(3, "名称", "missing")]),
            ([TOP, OWN, OWN], [(3, "代码", "duplicate"), (4, "代码", "duplicate")]),
            (
                [TOP, OWN, ("b", OWN[1], "部门", "qh")],
                [(3, "名称", "duplicate_name"), (4, "名称", "duplicate_name")],
            ),
            (
                [("a", "甲局", "部门", "b"), ("b", "乙局", "部门", "a")],
                [(2, "上级机关代码", "circle"), (3, "上级机关代码", "circle")],
            ),
            ([("a", "甲局", "部门", "a")], [(2, "上级机关代码", "circle")]),
            (
                [("qh", "青禾县", "村", ""), OWN, ("x", "下属站", "部门", "qh-cz")],
                [
                    (2, "层级", "unknown_level"),
                    (3, "上级机关代码", "depends"),
                    (4, "上级机关代码", "depends"),
                ],
            ),
        ],
    )
    def test_that_cannot_be_are_named_by_row_and_column(self, rows, told):
        found = planned(tree(rows))
        assert [(row, column, code) for _, row, column, code in problems(found)] == told

    def test_rows_that_are_good_stay_in_the_plan_beside_bad_ones(self):
        found = planned(tree([TOP, OWN, ("a", "甲局", "部门", "nowhere")]))
        assert found.outcome == "bad"
        assert [change.key[0] for change in found.steps] == ["qh", "qh-cz"]

    def test_two_that_change_places_are_moved_in_an_order_that_never_makes_a_circle(self):
        there = State({"a": known("甲局"), "b": known("乙局", "a")})
        found = planned(tree([("a", "", "", "b"), ("b", "", "", "-")]), there)
        assert [(c.key[0], c.values["superior"]) for c in found.steps] == [("b", ""), ("a", "b")]

    def test_a_circle_that_only_the_good_rows_would_make_is_found(self):
        there = State({"a": known("甲局"), "b": known("乙局", "a")})
        found = planned(tree([("a", "", "", "b"), ("b", "", "村", "-")]), there)
        assert [(row, code) for _, row, _, code in problems(found)] == [
            (2, "circle"),
            (3, "unknown_level"),
        ]
        assert found.steps == ()

    def test_names_that_would_be_exchanged_are_refused_because_they_change_one_by_one(self):
        found = planned(tree([("qh-cz", OTHER[1]), ("qh-mz", OWN[1])]), State(THERE))
        assert {code for _, _, _, code in problems(found)} == {"duplicate_name"}

    def test_a_closed_agency_is_no_superior_and_is_not_changed(self):
        there = State({**THERE, "old": known("旧局", "qh", active=False)})
        found = planned(tree([("old", "旧局", "", ""), ("x", "站", "部门", "old")]), there)
        assert [(row, code) for _, row, _, code in problems(found)] == [
            (2, "closed"),
            (3, "closed"),
        ]

    def test_a_tree_too_deep_for_its_paths_is_refused_where_it_becomes_so(self):
        code = "a" * 39
        rows = [
            (f"{code}{n}", f"第{n}局", "部门", f"{code}{n - 1}" if n else "") for n in range(10)
        ]
        found = planned(tree(rows))
        assert {code for _, _, _, code in problems(found)} >= {"too_deep"}
        assert [change.key[0][-1] for change in found.steps] == [str(n) for n in range(9)]

    def test_a_chain_of_thousands_is_planned_in_seconds(self):
        rows = [(f"a{n}", f"第{n}局", "部门", f"a{n + 1}") for n in range(3000)]
        assert planned(tree([*rows, ("a3000", "首局", "部门", "a0")])).steps == ()


class TestCharge:
    THERE = State(
        {**THERE, "bs": known("白沙县人民政府", level="county", in_charge=False)},
        may_place_root=False,
    )

    def test_nothing_is_placed_at_the_top_or_outside(self):
        rows = [("r", "新政府", "县", ""), ("x", "站", "部门", "bs"), ("qh-cz", "", "", "bs")]
        found = planned(tree(rows), self.THERE)
        assert [(row, code) for _, row, _, code in problems(found)] == [
            (2, "no_superior"),
            (3, "unknown_agency"),
            (4, "unknown_agency"),
        ]

    def test_what_is_outside_is_not_changed(self):
        found = planned(tree([("bs", "改名", "县", "")]), self.THERE)
        assert problems(found) == [("机关", 2, "代码", "code_taken")]

    def test_the_present_superior_may_stay_though_it_is_outside(self):
        there = State(
            {
                "qh": known("青禾县人民政府", level="county", in_charge=False),
                "qh-cz": known("青禾县财政局", "qh"),
            },
            may_place_root=False,
        )
        assert planned(tree([OWN]), there).outcome == "nothing"

    def test_whoever_reconsiders_may_be_outside(self):
        heads = (*AGENCIES, "复议机关")
        found = planned(tree([(*OWN, "bs")], heads=heads), self.THERE)
        assert found.steps[0].values == {"reconsideration_organ": "bs"}

    def test_an_account_outside_is_taken_only_under_its_own_name(self):
        there = State(
            THERE, people={"wang": KnownPerson("王甲", in_charge=False)}, may_place_root=False
        )
        assert (
            planned(tree(people=[("wang", "王甲", "qh-cz", "拟稿人", "")]), there).outcome == "fits"
        )
        for name in ("王乙", ""):
            found = planned(tree(people=[("wang", name, "qh-cz", "拟稿人", "")]), there)
            assert problems(found) == [("人员", 2, "用户名", "name_differs")]


class TestUnitsAndPeople:
    def test_come_with_their_agencies_in_one_file(self):
        found = planned(
            tree(
                [TOP, OWN],
                [("qh-cz", "ys", "预算股")],
                [("a", "陈巧云", "qh-cz", "拟稿人、联络员", "预算股")],
            )
        )
        assert verbs(found)[2:] == [
            ("unit", "create", ("qh-cz", "ys")),
            ("person", "create", ("a",)),
            ("post", "create", ("a", "qh-cz", "drafter")),
            ("post", "create", ("a", "qh-cz", "liaison_officer")),
        ]
        assert found.changes[-1].values == {"unit": "ys"}

    @pytest.mark.parametrize(
        ("units", "people", "told"),
        [
            ([("nowhere", "ys", "预算股")], [], ("内设机构", 2, "机关代码", "unknown_agency")),
            ([("qh-cz", "ys", "")], [], ("内设机构", 2, "名称", "missing")),
            ([], [("a", "", "qh-cz", "拟稿人", "")], ("人员", 2, "姓名", "missing")),
            ([], [("a", "甲", "qh-cz", "拟稿人", "zz")], ("人员", 2, "内设机构", "unknown_unit")),
            ([], [("a b", "甲", "qh-cz", "拟稿人", "")], ("人员", 2, "用户名", "not_a_username")),
            ([], [("a", "甲", "qh-cz", "", "")], ("人员", 2, "角色", "missing")),
            ([], [("off", "丁", "qh-cz", "拟稿人", "")], ("人员", 2, "用户名", "inactive")),
        ],
    )
    def test_that_cannot_be_are_named(self, units, people, told):
        there = State(THERE, people={"off": KnownPerson("丁", active=False)})
        assert problems(planned(tree([], units, people), there)) == [told]

    def test_a_person_of_two_names_is_named(self):
        rows = [("a", "甲", "qh-cz", "拟稿人", ""), ("a", "乙", "qh-mz", "拟稿人", "")]
        found = planned(tree([], [], rows), State(THERE))
        assert problems(found) == [("人员", 3, "姓名", "two_names")]

    def test_a_post_is_given_once(self):
        row = ("a", "甲", "qh-cz", "拟稿人", "")
        assert problems(planned(tree([], [], [row, row]), State(THERE))) == [
            ("人员", 3, "角色", "duplicate")
        ]

    def test_a_unit_given_twice_is_bad_both_times(self):
        rows = [("qh-cz", "ys", "预算股"), ("qh-cz", "ys", "别名股")]
        found = planned(tree([], rows), State(THERE))
        assert [(row, code) for _, row, _, code in problems(found)] == [
            (2, "duplicate"),
            (3, "duplicate"),
        ]
        assert found.steps == ()

    def test_who_holds_a_post_already_is_left_or_given_another_unit(self):
        there = State(
            THERE,
            units={("qh-cz", "ys"): KnownUnit("预算股"), ("qh-cz", "gk"): KnownUnit("国库股")},
            people={"a": KnownPerson("甲")},
            posts={("a", "qh-cz", "drafter"): "ys"},
        )
        rows = [("a", "甲", "qh-cz", "拟稿人", "ys")]
        assert planned(tree([], [], rows), there).outcome == "nothing"
        found = planned(tree([], [], [("a", "甲", "qh-cz", "拟稿人", "国库股")]), there)
        assert [(c.verb, c.values, c.before) for c in found.steps] == [
            ("change", {"unit": "gk"}, {"unit": "ys"})
        ]


def test_ten_thousand_rows_are_planned_in_seconds():
    rows = [(f"a{n}", f"第{n}局", "部门", "qh" if n < 50 else f"a{n % 50}") for n in range(5000)]
    people = [(f"u{n}", f"某{n}", f"a{n}", "拟稿人", "") for n in range(5000)]
    data = tree([TOP, *rows], [], people)
    began = time.process_time()
    assert len(planned(data).steps) == 15_001
    assert time.process_time() - began < 15


class TestExport:
    def test_an_empty_template_has_nothing_to_import(self):
        found = planned(template())
        assert (found.outcome, found.notes) == ("nothing", ())

    def test_the_same_tree_gives_the_same_bytes(self):
        assert export(State(THERE)) == export(State(THERE))

    @given(st.data())
    def test_whatever_tree_there_is_it_imports_back_without_a_change(self, data):
        text = st.text(st.characters(categories=["Lo", "Lu", "Nd"]), min_size=1, max_size=8)
        names = data.draw(st.lists(text, min_size=1, max_size=8, unique=True))
        agencies, units, people, posts = {}, {}, {}, {}
        for n, name in enumerate(names):
            superior = f"a{data.draw(st.integers(0, n - 1))}" if n else ""
            vertical = data.draw(st.booleans())
            agencies[f"a{n}"] = known(f"局{name}", superior, position=n, vertical=vertical)
            units[f"a{n}", "u"] = KnownUnit(f"股{name}", data.draw(st.integers(0, 3)))
            people[f"p{n}"] = KnownPerson(f"人{name}")
            for role in data.draw(st.sets(st.sampled_from(["drafter", "head"]))):
                posts[f"p{n}", f"a{n}", role] = data.draw(st.sampled_from(["", "u"]))
        there = State(agencies, units, people, posts)
        found = planned(export(there), there)
        assert (found.outcome, found.problems) == ("nothing", ())
