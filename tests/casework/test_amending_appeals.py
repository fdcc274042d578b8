"""An appeal entered wrongly is put right or struck out; days, clock and figures follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gongkai.annual_report.compile import compile_report
from gongkai.casework import actions
from gongkai.casework.actions.amending_appeals import stated
from gongkai.casework.appeal.models import Appeal, AppealAmendment, AppealKind
from gongkai.casework.appeal.queries import redo_of, seen_by
from gongkai.casework.application.models import Case
from gongkai.org.working_days import calendar_of
from gongkai.trail.models import Entry
from tests.casework.handling import DENIED, PUBLIC, gone_out, refusal

RECONSIDERED, DIRECT, AFTER = AppealKind
WHY = "登记时看错了通知书"


@pytest.fixture
def case(office, received, today):
    """Refused twenty days ago, and closed."""
    made = received(ago=40)
    day = today - timedelta(days=20)
    office.signed(made, DENIED, on=day)
    return gone_out(office, made, day)


@pytest.fixture
def appeal(case, legality, today):
    """Entered against the answer ten days ago."""
    return entered(legality, case, today - timedelta(days=10))


def entered(user, case, day, kind=RECONSIDERED, **more):
    said = {"before": "青禾县人民政府", "about": "不服", "number": "青政复〔2026〕3号", **more}
    return actions.open_appeal(user, case, actions.Opening(kind, opened_on=day, **said))


def amended(user, appeal, reason=WHY, **changes):
    """The appeal with the changes, of what `Stated` or `Opening` say."""
    now = stated(Appeal.objects.get(pk=appeal.pk))
    own = {name: value for name, value in changes.items() if hasattr(now, name)}
    opening = replace(now.opening, **{k: v for k, v in changes.items() if k not in own})
    return actions.amend_appeal(user, appeal, replace(now, opening=opening, **own), reason)


def counted(agency, year, group="reconsideration"):
    figures = compile_report(agency, year, date(year, 12, 31)).report.figures
    columns = ("upheld", "corrected", "other", "pending", "total")
    return tuple(figures[f"appeals.{group}.{column}"] for column in columns)


class TestWhatIsAmended:
    def test_is_kind_organ_and_words(self, appeal, legality):
        made = amended(
            legality, appeal, kind=DIRECT, before="青禾县人民法院", about="不服答复", number="1"
        )
        assert (made.kind, made.before, made.about, made.number) == (
            DIRECT,
            "青禾县人民法院",
            "不服答复",
            "1",
        )

    def test_moves_the_day_to_answer_with_the_day_the_copy_came(self, appeal, legality, today):
        copy = today - timedelta(days=3)
        made = amended(legality, appeal, copy_received_on=copy)
        calendar = calendar_of(made.agency.region)
        assert made.answer_by == calendar.add(copy, 10).date
        assert seen_by(legality).get().next_on == made.answer_by
        assert amended(legality, made, copy_received_on=None).answer_by is None

    def test_is_a_result_even_after_the_end(self, appeal, legality, today):
        actions.conclude(legality, appeal, "upheld", on=today)
        made = amended(legality, appeal, result="unlawful")
        assert (made.outcome, made.concluded_on) == ("corrected", today)

    def test_may_be_that_it_has_not_ended(self, appeal, legality, today):
        actions.conclude(legality, appeal, "annulled_anew", on=today, ordered="重新答复")
        made = amended(legality, appeal, result="", concluded_on=None, ordered="")
        assert (made.outcome, made.concluded_on, made.redo_by) == ("pending", None, None)

    def test_is_what_is_contested_where_it_is_no_case(self, county, legality, today):
        opening = actions.Opening(RECONSIDERED, "青禾县人民政府", "不服", today)
        made = actions.open_appeal_elsewhere(legality, county.own, opening)
        made = amended(legality, made, contested_ground="条例第十六条", counted=False)
        assert (made.contested_ground, made.counted) == ("条例第十六条", False)


class TestTheFigures:
    def test_follow_the_day_and_the_result(self, county, legality, today):
        last, this = today.year - 2, today.year - 1
        opening = actions.Opening(RECONSIDERED, "青禾县人民政府", "不服", date(this, 1, 5))
        made = actions.open_appeal_elsewhere(legality, county.own, opening)
        assert counted(county.own, this) == (0, 0, 0, 1, 1)
        amended(legality, made, opened_on=date(last, 12, 1))
        assert counted(county.own, last) == (0, 0, 0, 1, 1)
        amended(legality, made, result="upheld", concluded_on=date(last, 12, 20))
        assert counted(county.own, last) == (1, 0, 0, 0, 1)
        assert counted(county.own, this) == (0, 0, 0, 0, 0)

    def test_follow_the_kind(self, appeal, legality, today):
        made = amended(legality, appeal, kind=DIRECT, before="青禾县人民法院")
        assert counted(made.agency, today.year) == (0, 0, 0, 0, 0)
        assert counted(made.agency, today.year, "litigation_direct") == (0, 0, 0, 1, 1)


class TestTheTrail:
    def test_names_the_columns_and_no_word_of_them(self, appeal, legality, today):
        secret = "慕容雪见不服答复"
        day = today - timedelta(days=9)
        amended(legality, appeal, about=secret, opened_on=day, reason=f"{secret}提出")
        line = Entry.objects.get(verb="casework.amend_appeal")
        assert line.details == {
            "appeal": appeal.pk,
            "fields": ["about", "opened_on"],
            "before": {"opened_on": appeal.opened_on.isoformat()},
            "after": {"opened_on": day.isoformat()},
        }

    def test_what_it_said_before_stays_in_the_file_with_the_reason(self, appeal, legality):
        amended(legality, appeal, before="青禾市人民政府")
        kept = AppealAmendment.objects.get()
        assert (kept.before, kept.reason, kept.by) == (
            {"before": "青禾县人民政府"},
            WHY,
            legality,
        )


class TestWhatIsRefused:
    def test_nothing_different(self, appeal, legality):
        assert refusal(amended, legality, appeal) == "same_value"

    def test_no_reason(self, appeal, legality):
        assert refusal(amended, legality, appeal, reason=" ", number="7") == "reason_missing"

    @pytest.mark.parametrize("who", ["stranger", "secrecy", "signatory", "supervisor"])
    def test_who_may_not_enter_appeals(self, appeal, who, request):
        user = request.getfixturevalue(who)
        assert refusal(amended, user, appeal, number="7") == "role"
        assert refusal(actions.strike_appeal, user, appeal, WHY) == "role"

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"opened_on": 1}, "future"),
            ({"opened_on": -50}, "before_receipt"),
            ({"copy_received_on": -11}, "before_request"),
            ({"answered_on": -11}, "before_request"),
            ({"concluded_on": -11, "result": "upheld"}, "before_request"),
            ({"concluded_on": -1}, "missing"),
            ({"concluded_on": -1, "result": "nonsense"}, "not_appealable"),
            ({"concluded_on": -1, "result": "ordered"}, "missing"),
        ],
    )
    def test_days_and_results_that_cannot_be(self, appeal, legality, today, change, reason):
        days = {
            name: today + timedelta(days=value) if isinstance(value, int) else value
            for name, value in change.items()
        }
        assert refusal(amended, legality, appeal, **days) == reason

    def test_a_kind_that_could_not_have_been_entered(self, appeal, legality):
        assert refusal(amended, legality, appeal, kind=AFTER) == "not_appealable"

    def test_taking_from_a_suit_the_reconsideration_it_follows(self, appeal, case, legality, today):
        actions.conclude(legality, appeal, "upheld", on=today - timedelta(days=5))
        entered(legality, case, today, AFTER)
        assert refusal(amended, legality, appeal, kind=DIRECT, result="claims_dismissed") == (
            "appeal_followed"
        )
        ended = {"result": "", "concluded_on": None}
        assert refusal(amended, legality, appeal, **ended) == "appeal_followed"
        assert refusal(actions.strike_appeal, legality, appeal, WHY) == "appeal_followed"


class TestASuitOfTwoInstances:
    @pytest.fixture
    def first(self, case, legality, today):
        made = entered(legality, case, today - timedelta(days=10), DIRECT)
        return actions.conclude(
            legality, made, "ordered", on=today - timedelta(days=6), ordered="公开"
        )

    @pytest.fixture
    def second(self, first, legality, today):
        opening = actions.Opening(DIRECT, "中级人民法院", "不服", today - timedelta(days=5))
        return actions.open_second_instance(legality, first, opening)

    def test_is_of_one_kind_throughout(self, county, legality, today):
        opening = actions.Opening(DIRECT, "青禾县人民法院", "不服旧答复", today)
        first = actions.open_appeal_elsewhere(legality, county.own, opening)
        actions.conclude(legality, first, "claims_dismissed", on=today)
        second = actions.open_second_instance(legality, first, opening)
        amended(legality, second, kind=AFTER)
        first.refresh_from_db()
        assert first.kind == AFTER
        assert refusal(amended, legality, second, kind=RECONSIDERED) == "appeal_followed"

    def test_keeps_its_order_in_time(self, first, second, legality, today):
        late = today - timedelta(days=4)
        assert refusal(amended, legality, first, concluded_on=late) == "before_request"
        early = today - timedelta(days=7)
        assert refusal(amended, legality, second, opened_on=early) == "before_request"
        ended = {"result": "", "concluded_on": None, "ordered": ""}
        assert refusal(amended, legality, first, **ended) == "appeal_followed"

    def test_counts_again_in_the_first_when_the_second_is_struck_out(
        self, first, second, legality, today
    ):
        actions.strike_appeal(legality, second, WHY)
        first.refresh_from_db()
        calendar = calendar_of(first.agency.region)
        assert first.counted
        assert first.redo_by == calendar.add(first.concluded_on, 20).date
        assert counted(first.agency, today.year, "litigation_direct") == (0, 1, 0, 0, 1)


class TestWhatIsStruckOut:
    def test_counts_nowhere_and_stays_readable(self, appeal, case, legality, today):
        actions.strike_appeal(legality, appeal, WHY)
        assert counted(case.agency, today.year) == (0, 0, 0, 0, 0)
        assert not seen_by(legality).exists()
        kept = Appeal.everything.get()
        assert (kept.struck_because, kept.struck_by) == (WHY, legality)
        assert "之" not in Entry.objects.get(verb="casework.strike_appeal").details_json

    def test_lets_another_be_entered(self, appeal, case, legality, today):
        again = (entered, legality, case, today)
        assert refusal(*again) == "appeal_open"
        actions.strike_appeal(legality, appeal, WHY)
        assert entered(*again[1:]).outcome == "pending"

    def test_is_done_nothing_about_any_more(self, appeal, legality, today):
        actions.strike_appeal(legality, appeal, WHY)
        assert refusal(actions.answer_appeal, legality, appeal, on=today) == "appeal_struck"
        assert refusal(actions.strike_appeal, legality, appeal, WHY) == "appeal_struck"

    def test_keeps_a_case_no_longer_than_others(self, appeal, case, legality, officer):
        actions.file(officer, case)
        kept = Case.objects.get(pk=case.pk).keep_until
        actions.strike_appeal(legality, appeal, WHY)
        assert Case.objects.get(pk=case.pk).keep_until < kept

    def test_gives_its_reason(self, appeal, legality):
        assert refusal(actions.strike_appeal, legality, appeal, "") == "reason_missing"


class TestAnOrderThatRuns:
    @pytest.fixture
    def anew(self, appeal, case, legality, head, today):
        """Ordered nine days ago to be decided anew, which came two days later."""
        day = today - timedelta(days=9)
        actions.conclude(legality, appeal, "annulled_anew", on=day, ordered="重新答复")
        return actions.reopen(head, case, appeal=appeal, on=today - timedelta(days=7))

    def due(self, case):
        return Case.objects.get(pk=case.pk).due_on

    def test_has_the_day_it_names_and_the_clock_follows(self, anew, appeal, legality, today):
        until = calendar_of(anew.agency.region).add(today, 3).date
        assert self.due(anew) != until
        made = amended(legality, appeal, redo_by=until)
        assert self.due(anew) == until == made.redo_by
        assert anew.facts.filter(kind="ordered_anew", struck_because=WHY).count() == 1

    def test_may_turn_out_to_name_no_day(self, anew, appeal, legality, today):
        before = self.due(anew)
        amended(legality, appeal, redo_by=calendar_of(anew.agency.region).add(today, 3).date)
        amended(legality, appeal, redo_by=None)
        appeal.refresh_from_db()
        assert self.due(anew) == before == appeal.redo_by

    def test_says_otherwise_without_moving_the_clock(self, anew, appeal, legality):
        before = self.due(anew)
        made = amended(legality, appeal, ordered="三十日内重新答复")
        assert made.ordered == "三十日内重新答复"
        assert self.due(anew) == before
        assert anew.facts.filter(kind="ordered_anew").count() == 1

    def test_was_not_made_after_it_came(self, anew, appeal, legality, today):
        late = today - timedelta(days=6)
        assert refusal(amended, legality, appeal, concluded_on=late) == "before_request"

    def test_cannot_go_while_a_case_rests_on_it(self, anew, appeal, legality):
        other = {"result": "upheld", "ordered": ""}
        assert refusal(amended, legality, appeal, **other) == "order_in_use"
        assert refusal(actions.strike_appeal, legality, appeal, WHY) == "order_in_use"

    def test_can_go_when_the_round_rests_on_something_else(
        self, anew, appeal, legality, head, today
    ):
        fact = anew.facts.get(kind="ordered_anew")
        actions.correct_round(head, fact, on=today - timedelta(days=7), reason="自行纠正")
        assert amended(legality, appeal, result="upheld", ordered="").redo_by is None

    def test_is_still_that_of_the_case(self, anew, appeal, legality, office, today):
        amended(legality, appeal, number="青政复〔2026〕5号")
        assert redo_of(anew) == appeal
        new = office.signed(anew, PUBLIC)
        gone_out(office, anew, today)
        appeal.refresh_from_db()
        assert appeal.redone_by == new
