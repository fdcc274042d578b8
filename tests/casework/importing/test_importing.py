"""Older ledgers: headings are guessed, good rows come in with their figures, bad ones are named."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
import xlsxwriter
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import override

from gongkai.casework.actions.migrating import Migrant, migrate
from gongkai.casework.application.models import Case, Channel, ClockState, FactKind, Stage
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import opened
from gongkai.casework.importing import running, words
from gongkai.casework.importing.reading import ledger
from gongkai.casework.importing.running import Outcome, run, tried
from gongkai.casework.ledger.queries import counts
from gongkai.casework.queries import holding
from gongkai.casework.refusal import NotAllowedError
from gongkai.trail.models import Entry
from gongkai.trail.verification import verify

pytestmark = pytest.mark.django_db

HEAD = (
    "受理编号", "受理单位", "申请人姓名或名称", "申请人类型", "身份证号", "申请方式", "受理日期",
    "申请内容", "答复日期", "办理结果", "不予公开依据",
)  # fmt: skip
GOOD = (
    "青财公开〔2023〕7号", "青禾县财政局", "沈青禾", "公民", "110101199003070003", "网上",
    "2023年3月2日", "城乡供水资金分配方案", "2023-03-28", "予以公开", "",
)  # fmt: skip


def row(**change: object) -> list[object]:
    return [change.get(name, value) for name, value in zip(HEAD, GOOD, strict=True)]


def workbook(*rows: Sequence[object], head: Sequence[str] = HEAD, title: str = "") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        above = [[title]] if title else []
        for number, cells in enumerate([*above, head, *rows]):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, days)  # type: ignore[arg-type]
                else:
                    sheet.write(number, place, cell)
    return out.getvalue()


def unseen(done: int, of: int) -> None:
    """Nobody looks at the progress."""


def imported(user: Any, data: bytes, **how: Any) -> Outcome:
    return run(user, ledger(data, "台账.xlsx", **how), "旧台账", unseen)


def codes(outcome: Outcome) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in outcome.problems]


def only_case() -> Case:
    return Case.objects.select_related("applicant").get()


def test_a_closed_case_comes_in_with_its_days_and_its_old_number(officer, county):
    outcome = imported(officer, workbook(row()))
    assert (outcome.kept, outcome.closed, outcome.problems) == (1, 1, ())
    case = only_case()
    assert (case.agency, case.old_number, case.migrated) == (county.own, GOOD[0], "旧台账")
    assert (case.number, case.stage, case.channel) == ("QH-CZ-2023-0001", Stage.CLOSED, "web")
    assert (case.received_on, case.answered_on) == (date(2023, 3, 2), date(2023, 3, 28))
    assert (case.outcome, case.row, case.clock_state) == ("A2", "3.1", ClockState.ANSWERED)
    assert case.due_on == date(2023, 3, 30)


def test_a_case_is_found_by_its_old_number(officer):
    imported(officer, workbook(row(), row(受理编号="8")))
    assert [case.old_number for case in Case.objects.filter(holding("公开〔2023〕7"))] == [GOOD[0]]


def test_who_applied_is_sealed(officer):
    imported(officer, workbook(row()))
    applicant = only_case().applicant
    assert applicant.masked == "沈*"
    assert Person.from_bytes(opened(applicant.sealed)).identity_number == GOOD[4]
    assert "沈青禾" not in "".join(Entry.objects.values_list("details_json", flat=True))


def test_closed_cases_are_counted_in_the_years_of_their_days(officer, county):
    rows = [
        row(),
        row(受理编号="8", 申请人类型="企业", 办理结果="不予公开", 不予公开依据="过程性信息"),
        row(受理编号="9", 受理日期="2023-12-20", 答复日期="2024-01-10", 办理结果="不存在"),
    ]
    imported(officer, workbook(*rows))
    this, following = (
        counts([county.own.pk], year, timezone.localdate()).cells() for year in (2023, 2024)
    )
    assert this["applications.1.natural_person"] == 2
    assert this["applications.3.1.natural_person"] == 1
    assert this["applications.3.3.6.commercial"] == 1
    assert this["applications.4.natural_person"] == following["applications.2.natural_person"] == 1
    assert following["applications.3.4.1.natural_person"] == 1


def test_an_open_case_has_its_clock(officer):
    received = timezone.localdate() - timedelta(days=3)
    imported(officer, workbook(row(受理日期=received, 答复日期="", 办理结果="")))
    case = only_case()
    assert (case.stage, case.clock_state) == (Stage.REGISTERED, ClockState.RUNNING)
    assert case.due_on is not None
    assert case.due_on > timezone.localdate()


def test_a_withdrawal_ends_a_case_without_an_answer(officer):
    imported(officer, workbook(row(办理结果="申请人撤回")))
    case = only_case()
    assert (case.row, case.clock_state, case.answered_on) == ("3.6.3", "withdrawn", None)


def test_extensions_and_corrections_move_the_day_due(officer):
    head = (*HEAD, "告知补正日期", "补正日期", "延期日期", "延期天数")
    cells = [*row(答复日期="2023-05-20"), "2023-03-06", "2023-03-13", "2023-04-07", "10"]
    imported(officer, workbook(cells, head=head))
    kinds = list(only_case().facts.order_by("on").values_list("kind", flat=True))
    assert kinds == [
        FactKind.RECEIVED,
        FactKind.CORRECTION_REQUESTED,
        FactKind.CORRECTED,
        FactKind.EXTENDED,
        FactKind.ANSWERED,
    ]
    assert only_case().due_on == date(2023, 4, 24)


def test_nothing_is_corrected_before_that_was_asked_for(officer):
    head = (*HEAD, "告知补正日期", "补正日期")
    outcome = imported(
        officer,
        workbook(
            [*row(), "2023-03-13", "2023-03-06"],
            [*row(受理编号="2"), "", "2023-03-06"],
            head=head,
        ),
    )
    assert codes(outcome) == [(2, "补正日期", "out_of_order"), (3, "补正告知日期", "missing")]


def test_a_bad_row_is_named_and_the_others_come_in(officer):
    outcome = imported(
        officer,
        workbook(
            row(受理日期="2023-02-30"),
            row(受理编号="2"),
            row(受理编号="3", 办理结果="不予公开"),
            row(受理编号="4", 答复日期="2023-01-05"),
        ),
    )
    assert codes(outcome) == [
        (2, "收到日期", "bad_date"),
        (4, "不予公开的依据", "ground_missing"),
        (5, "答复日期", "out_of_order"),
    ]
    assert (outcome.kept, outcome.left_out) == (1, 3)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"受理编号": ""}, "missing"),
        ({"申请人姓名或名称": "沈" * 101}, "too_long"),
        ({"受理单位": "某局"}, "unknown_agency"),
        ({"受理日期": "2030-01-01"}, "future"),
        ({"受理日期": "2018-01-05"}, "before_the_regulations"),
        ({"申请人类型": "法人或其他组织"}, "unknown_kind"),
        ({"申请方式": "飞鸽"}, "unknown_channel"),
        ({"办理结果": "研究中"}, "unknown_outcome"),
        ({"办理结果": "延迟答复"}, "ends_no_case"),
        ({"办理结果": ""}, "half_closed"),
        ({"办理结果": "不予公开", "不予公开依据": "不便"}, "unknown_ground"),
        ({"身份证号": 110101199003070003}, "rounded"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(officer, change, code):
    outcome = imported(officer, workbook(row(**change)))
    assert [problem.code for problem in outcome.problems] == [code]
    assert outcome.problems[0].message("zh")
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("A6", ("A6", "3.4.1")),
        ("3.3.6", ("A4", "3.3.6")),
        ("6.属于四类过程性信息", None),
        ("属于四类过程性信息", ("A4", "3.3.6")),
        ("不予公开（国家秘密）", ("A4", "3.3.1")),
        ("部分公开", ("A3", "3.2")),
        ("重复申请", ("A11", "3.5.2")),
        ("属于行政查询事项", ("A5", "3.3.8")),
        ("其他", None),
    ],
)
def test_outcomes_are_known_by_name_code_and_row(officer, said, expected):
    imported(officer, workbook(row(办理结果=said)))
    found = Case.objects.first()
    assert (found and (found.outcome, found.row)) == expected


def test_the_name_of_an_organisation_tells_its_kind(officer):
    changed = {"申请人类型": "法人或其他组织", "申请人姓名或名称": "青禾某某律师事务所"}
    imported(officer, workbook(row(**changed)))
    assert only_case().applicant.kind == "legal_service"


def test_headings_are_found_below_a_title_and_the_more_telling_one_is_read(officer):
    head = ("序号", *HEAD)
    outcome = imported(officer, workbook([1, *row()], head=head, title="依申请公开台账"))
    assert only_case().old_number == GOOD[0]
    assert codes(outcome) == [(2, "", "unknown_column")]


def test_a_heading_may_be_told_and_a_value_given_for_all_rows(officer, county):
    head = [{"办理结果": "怎么办的", "受理单位": "科室"}.get(word, word) for word in HEAD]
    data = workbook(row(受理单位="预算股"), head=head)
    refused = imported(officer, data)
    assert {p.code for p in refused.problems} >= {"no_column"}
    how = {"told": {"怎么办的": "outcome"}, "given": {"agency": "qh-cz"}}
    assert imported(officer, data, **how).kept == 1
    assert only_case().agency == county.own


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"told": {"没有的": "outcome"}}, "no_such_heading"),
        ({"told": {"办理结果": "没有的"}}, "no_such_field"),
        ({"given": {"没有的": "x"}}, "no_such_field"),
    ],
)
def test_a_mapping_that_fits_nothing_is_refused(officer, how, code):
    outcome = imported(officer, workbook(row()), **how)
    assert code in {problem.code for problem in outcome.problems}
    assert not Case.objects.exists()


def test_two_columns_of_one_name_are_not_guessed_between(officer):
    head = (*HEAD, "答复日期")
    outcome = imported(officer, workbook([*row(), "2023-03-29"], head=head))
    assert "two_columns" in {problem.code for problem in outcome.problems}


def test_a_csv_file_is_read_too(officer):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, row()])
    table = ledger(out.getvalue().encode("gb18030"), "台账.csv")
    assert run(officer, table, "旧台账", unseen).kept == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no workbook", b"a,b\n1,2\n"])
def test_a_file_that_is_no_ledger_is_a_problem_and_not_a_crash(officer, data):
    outcome = imported(officer, data)
    assert [(p.row, p.is_note) for p in outcome.problems] == [(0, False)]


def test_a_trial_keeps_nothing(officer):
    outcome = tried(officer, ledger(workbook(row()), "台账.xlsx"))
    assert (outcome.kept, outcome.closed) == (1, 1)
    assert not Case.objects.exists()


def test_the_same_ledger_comes_in_once(officer):
    data = workbook(row(), row(受理编号="2"))
    imported(officer, data)
    again = imported(officer, data)
    assert (again.kept, again.before) == (0, 2)
    assert Case.objects.count() == 2


def test_a_number_that_stands_twice_in_the_table_is_told(officer):
    outcome = imported(officer, workbook(row(), row()))
    assert codes(outcome) == [(3, "登记号", "duplicate")]
    assert outcome.kept == 1


def test_an_import_that_was_interrupted_goes_on(officer, monkeypatch):
    monkeypatch.setattr(running, "PIECE", 2)
    data = workbook(*(row(受理编号=str(number)) for number in range(5)))

    def interrupted(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(officer, ledger(data, "台账.xlsx"), "旧台账", interrupted)
    assert Case.objects.count() == 2
    rest = imported(officer, data)
    assert (rest.before, rest.kept) == (2, 3)
    numbers = Case.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]


def test_only_who_handles_applications_there_may_import(stranger, colleague):
    data = workbook(row())
    assert codes(imported(stranger, data)) == [(2, "受理机关", "role")]
    assert codes(imported(colleague, data)) == [(2, "受理机关", "role")]


def test_every_case_taken_over_is_a_line_of_the_trail(officer):
    imported(officer, workbook(row(), row(受理编号="2")))
    assert Entry.objects.filter(verb="casework.migrate").count() == 2
    assert verify().whole


def migrant(county: Any, **change: Any) -> Migrant:
    usual: dict[str, Any] = {
        "agency": county.own,
        "old_number": "1",
        "channel": "web",
        "submitted_on": date(2023, 3, 2),
        "received_on": date(2023, 3, 2),
        "kind": "natural_person",
        "person": Person("沈青禾"),
        "description": "方案",
    }
    return Migrant(**{**usual, **change})


def test_of_one_old_number_the_database_takes_one_case(officer, county):
    migrate(officer, [migrant(county)], "旧台账")
    with pytest.raises(IntegrityError):
        migrate(officer, [migrant(county)], "旧台账")


def test_a_migration_has_a_name(officer, county):
    with pytest.raises(NotAllowedError) as refused:
        migrate(officer, [migrant(county)], " ")
    assert refused.value.reason == "reason_missing"


def test_a_short_name_that_two_agencies_share_names_none(officer, county):
    for agency in (county.own, county.other):
        agency.short_name = "县局"
        agency.save()
    outcome = imported(officer, workbook(row(受理单位="县局"), row(受理编号="2")))
    assert codes(outcome) == [(2, "受理机关", "two_agencies")]
    assert outcome.kept == 1


def test_a_label_is_known_in_whatever_language_the_first_to_ask_reads(officer):
    words._channels.cache_clear()
    with override("en"):
        assert words.channel("网上提交") == words.channel("On the web") == Channel.WEB
    assert words.channel("网上提交") == words.channel("On the web") == Channel.WEB
