"""A report's way from file to publication, and from publication to its correction."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from gongkai.annual_report import actions, content, files
from gongkai.annual_report.figures import loads
from gongkai.annual_report.models import Revision, SourceFile, State, StoredReport, Verdict
from gongkai.annual_report.read import UnreadableReportError
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import findings
from gongkai.trail.models import Entry
from gongkai.trail.verification import verify

TOTAL = "applications.1.total"
WRONG = {TOTAL: 9999}


def refused(reason):
    return pytest.raises(NotAllowedError, check=lambda e: e.reason == reason)


def verbs():
    return list(Entry.objects.values_list("verb", flat=True))


class TestUpload:
    def test_keeps_the_report_as_read_and_the_file_as_it_came(self, cast, county, reported):
        data = reported()
        revision = actions.upload(cast.officer, county.own, data, "report.json")
        revision.refresh_from_db()
        assert (revision.number, revision.state, revision.form) == (1, "draft", "2021")
        assert revision.as_report() == loads(data.decode())
        assert files.content(revision.source) == data
        assert (revision.source.name, revision.source.kind) == ("report.json", "json")

    def test_finds_the_agency_by_the_name_in_the_report(self, cast, county, reported):
        revision = actions.upload(cast.officer, None, reported(agency="县财政局"), "r.json")
        assert (revision.report.agency, revision.report.year) == (county.own, 2023)

    def test_refuses_a_report_of_another_agency(self, cast, reported):
        with refused("role"):
            actions.upload(cast.officer, None, reported(agency="青禾县民政局"), "r.json")

    def test_asks_for_the_agency_where_the_report_names_none_that_is_known(self, cast, reported):
        with refused("agency_unknown"):
            actions.upload(cast.officer, None, reported(agency="某某局"), "r.json")

    def test_asks_for_the_year_where_the_report_names_none(self, cast, county, reported):
        data = reported().replace(b'"year": 2023', b'"year": null')
        with refused("year_unknown"):
            actions.upload(cast.officer, county.own, data, "r.json")
        assert (
            actions.upload(cast.officer, county.own, data, "r.json", year=2022).report.year == 2022
        )

    @pytest.mark.parametrize("year", [1, 2007, 99999])
    def test_asks_for_the_year_where_there_can_be_no_such_report(
        self, cast, county, reported, year
    ):
        with refused("year_unknown"):
            actions.upload(cast.officer, county.own, reported(), "r.json", year=year)

    def test_leaves_nothing_of_a_file_that_is_no_report(self, cast, county):
        with pytest.raises(UnreadableReportError):
            actions.upload(cast.officer, county.own, b"\x00\x01", "x.bin")
        assert not StoredReport.objects.exists()
        assert not SourceFile.objects.exists()
        assert verbs() == []

    def test_replaces_an_open_draft_and_its_file(self, cast, county, draft, reported):
        first = draft()
        old = files.place(first.source.sha256)
        second = actions.upload(cast.officer, county.own, reported(seed=6), "new.json")
        assert (second.pk, second.number) == (first.pk, 1)
        assert SourceFile.objects.get().name == "new.json"
        assert old.exists()  # until the transaction around the test is committed

    @pytest.mark.django_db(transaction=True)
    def test_removes_bytes_nobody_stands_on_once_that_is_settled(
        self, cast, county, draft, reported
    ):
        old = files.place(draft().source.sha256)
        actions.upload(cast.officer, county.own, reported(seed=6), "new.json")
        assert not old.exists()

    def test_does_not_replace_what_is_frozen(self, cast, county, draft, reported):
        actions.freeze(cast.reviewer, draft())
        data = reported(seed=77)
        with refused("frozen"):
            actions.upload(cast.officer, county.own, data, "r.json")
        assert not files.place(hashlib.sha256(data).hexdigest()).exists()

    def test_after_publication_starts_a_correction(self, cast, county, published, reported):
        published()
        second = actions.upload(cast.officer, county.own, reported(seed=6), "r.json")
        assert (second.number, second.state) == (2, "draft")

    def test_keeps_the_name_of_a_file_without_its_folders(self, cast, county, reported):
        revision = actions.upload(cast.officer, county.own, reported(), "C:\\年报\\../报告.json\0")
        assert revision.source.name == "报告.json"

    def test_keeps_text_that_postgresql_could_not_hold(self, cast, county, reported):
        data = reported().replace(b'"preface": "', b'"preface": "a\\u0000b')
        revision = actions.upload(cast.officer, county.own, data, "r.json")
        revision.refresh_from_db()
        assert revision.as_report().preface.startswith("ab")

    def test_writes_one_line_with_the_hash_of_what_it_kept(self, draft):
        revision = draft()
        line = Entry.objects.get()
        assert line.verb == "annual_report.upload"
        assert line.details["content_hash"] == revision.content_hash
        assert line.details["sha256"] == revision.source.sha256


class TestCorrect:
    def test_changes_one_cell_and_keeps_what_stood_there(self, cast, draft):
        revision = draft(change=WRONG)
        corrected = actions.correct(cast.officer, revision, TOTAL, 12, "与台账不符")
        report = Revision.objects.get(pk=corrected.pk).as_report()
        assert report.figures[TOTAL] == 12
        stood = report.provenance[TOTAL]
        assert (stood.how, stood.text, stood.place) == ("corrected", "9999", "table 2, row 1")

    def test_writes_before_after_and_reason_into_the_trail(self, cast, draft):
        actions.correct(cast.officer, draft(change=WRONG), TOTAL, 12, " 与台账不符 ")
        details = Entry.objects.last().details
        assert (details["address"], details["before"], details["after"]) == (TOTAL, 9999, 12)
        assert details["reason"] == "与台账不符"

    def test_can_make_a_cell_blank_and_fill_it_again(self, cast, draft):
        revision = actions.correct(cast.officer, draft(), TOTAL, None, "看不清")
        assert revision.as_report().figures[TOTAL] is None
        assert (
            actions.correct(cast.officer, revision, TOTAL, 3, "x").as_report().figures[TOTAL] == 3
        )

    def test_takes_decimals_where_the_form_has_them(self, cast, draft):
        amount = "proactive.fees.amount_wan"
        revision = actions.correct(cast.officer, draft(), amount, Decimal("12.345678"), "x")
        revision.refresh_from_db()
        assert revision.as_report().figures[amount] == Decimal("12.345678")

    @pytest.mark.parametrize(
        "figure", [-1, Decimal("1.5"), Decimal("NaN"), Decimal("Infinity"), True, 1.0, "3"]
    )
    def test_refuses_what_the_cell_cannot_hold(self, cast, draft, figure):
        with refused("not_a_figure"):
            actions.correct(cast.officer, draft(), TOTAL, figure, "x")

    @pytest.mark.parametrize("address", ["applications.9.total", "applications.1", "", "x.y.z"])
    def test_refuses_a_cell_the_form_does_not_have(self, cast, draft, address):
        with refused("no_such_cell"):
            actions.correct(cast.officer, draft(), address, 1, "x")

    def test_takes_a_fall_where_the_form_counts_changes(self, cast, draft):
        revision = draft(year=2020)
        corrected = actions.correct(cast.officer, revision, "proactive.licensing.change", -4, "x")
        assert corrected.as_report().figures["proactive.licensing.change"] == -4

    def test_asks_for_a_reason(self, cast, draft):
        with refused("reason_missing"):
            actions.correct(cast.officer, draft(), TOTAL, 1, "  ")

    def test_refuses_a_figure_that_stands_there_already(self, cast, draft):
        with refused("unchanged"):
            actions.correct(cast.officer, draft(change={TOTAL: 5}), TOTAL, 5, "x")

    def test_from_an_old_page_loses_nobody_elses_correction(self, cast, draft):
        stale = draft()
        actions.correct(cast.administrator, stale, TOTAL, 5, "x")
        corrected = actions.correct(cast.officer, stale, "applications.2.total", 7, "x")
        figures = corrected.as_report().figures
        assert (figures[TOTAL], figures["applications.2.total"]) == (5, 7)

    @pytest.mark.parametrize(
        ("state", "reason"), [("frozen", "not_draft"), ("published", "not_open")]
    )
    def test_is_refused_once_the_revision_is_final(self, cast, draft, state, reason):
        revision = actions.freeze(cast.reviewer, draft())
        if state == "published":
            actions.publish(cast.reviewer, revision)
        with refused(reason):
            actions.correct(cast.officer, revision, TOTAL, 1, "x")


class TestJudge:
    def error(self, revision):
        return next(j.finding for j in findings(revision) if j.finding.severity == "error")

    @pytest.mark.parametrize("ruling", ["accepted", "dismissed"])
    def test_keeps_ruling_and_reason_with_the_finding(self, cast, draft, ruling):
        revision = draft(change=WRONG)
        finding = self.error(revision)
        actions.judge(cast.reviewer, revision.report, finding.fingerprint, ruling, "已核实")
        judged = {j.finding.fingerprint: j.verdict for j in findings(revision)}
        verdict = judged[finding.fingerprint]
        assert (verdict.ruling, verdict.reason, verdict.by) == (ruling, "已核实", cast.reviewer)

    def test_holds_when_the_same_report_is_read_again(self, cast, county, draft, reported):
        revision = draft(change=WRONG)
        finding = self.error(revision)
        actions.judge(cast.officer, revision.report, finding.fingerprint, "accepted", "x")
        again = actions.upload(cast.officer, county.own, reported(change=WRONG), "again.json")
        assert any(j.verdict for j in findings(again))

    def test_does_not_hold_for_other_figures(self, cast, county, draft, reported):
        revision = draft(change=WRONG)
        for judged in findings(revision):
            actions.judge(
                cast.officer, revision.report, judged.finding.fingerprint, "accepted", "x"
            )
        changed = reported(change={TOTAL: 8888})
        again = actions.upload(cast.officer, county.own, changed, "again.json")
        assert not any(j.verdict for j in findings(again))

    def test_a_second_verdict_replaces_the_first_and_the_trail_keeps_both(self, cast, draft):
        revision = draft(change=WRONG)
        fingerprint = self.error(revision).fingerprint
        for ruling in ("accepted", "dismissed"):
            actions.judge(cast.officer, revision.report, fingerprint, ruling, "x")
        assert Verdict.objects.get().ruling == "dismissed"
        assert verbs().count("annual_report.judge") == 2

    def test_is_refused_for_a_finding_that_is_not_there(self, cast, draft):
        with refused("no_such_finding"):
            actions.judge(cast.officer, draft().report, "0" * 16, "accepted", "x")

    def test_is_refused_without_reason_or_with_an_unknown_ruling(self, cast, draft):
        revision = draft(change=WRONG)
        fingerprint = self.error(revision).fingerprint
        with refused("reason_missing"):
            actions.judge(cast.officer, revision.report, fingerprint, "accepted", "")
        with refused("ruling_unknown"):
            actions.judge(cast.officer, revision.report, fingerprint, "maybe", "x")

    def test_is_refused_where_nothing_is_open(self, cast, published):
        with refused("not_open"):
            actions.judge(cast.officer, published().report, "0" * 16, "accepted", "x")


class TestFreezeAndPublish:
    def test_a_report_without_errors_is_frozen_and_published(self, cast, draft):
        frozen = actions.freeze(cast.reviewer, draft())
        assert frozen.state == State.FROZEN
        done = actions.publish(cast.reviewer, frozen)
        done.refresh_from_db()
        assert (done.state, done.published_by) == (State.PUBLISHED, cast.reviewer)
        assert done.published_at is not None

    def test_a_report_with_an_undecided_error_is_not_frozen(self, cast, draft):
        with refused("undecided") as caught:
            actions.freeze(cast.reviewer, draft(change=WRONG))
        assert "sum.row" in caught.value.detail

    def test_a_verdict_on_every_error_lets_it_be_frozen(self, cast, draft):
        revision = draft(change=WRONG)
        for judged in findings(revision):
            if judged.finding.severity == "error":
                actions.judge(
                    cast.officer, revision.report, judged.finding.fingerprint, "accepted", "x"
                )
        assert actions.freeze(cast.reviewer, revision).state == State.FROZEN

    def test_a_frozen_revision_can_go_back_to_draft(self, cast, draft):
        frozen = actions.freeze(cast.reviewer, draft())
        assert actions.unfreeze(cast.reviewer, frozen).state == State.DRAFT

    def test_a_draft_is_not_published_unfrozen(self, cast, draft):
        with refused("not_frozen"):
            actions.publish(cast.reviewer, draft())

    def test_publishing_twice_is_refused(self, cast, draft):
        frozen = actions.freeze(cast.reviewer, draft())
        actions.publish(cast.reviewer, frozen)
        with refused("not_open"):
            actions.publish(cast.reviewer, frozen)

    def test_every_step_leaves_its_line_and_the_trail_is_whole(self, published):
        published()
        assert verbs() == [f"annual_report.{verb}" for verb in ("upload", "freeze", "publish")]
        assert verify().whole


class TestCorrectionOfAPublishedReport:
    def test_is_a_new_revision_that_supersedes_the_old_which_stays(self, cast, published):
        first = published()
        second = actions.revise(cast.officer, first)
        assert (second.number, second.body, second.source) == (2, first.body, first.source)
        actions.correct(cast.officer, second, "proactive.licensing.decisions", 4321, "漏报")
        frozen = actions.freeze(cast.reviewer, second)
        actions.publish(cast.reviewer, frozen, "更正行政许可数量。")
        states = first.report.revisions.order_by("number").values_list("state", flat=True)
        assert list(states) == [State.SUPERSEDED, State.PUBLISHED]
        kept = Revision.objects.get(pk=first.pk)
        assert kept.body == first.body
        assert kept.content_hash == content.content_hash(kept.body)

    def test_needs_a_public_note(self, cast, published):
        frozen = actions.freeze(cast.reviewer, actions.revise(cast.officer, published()))
        with refused("note_missing"):
            actions.publish(cast.reviewer, frozen, "  ")

    def test_is_started_once(self, cast, published):
        first = published()
        actions.revise(cast.officer, first)
        with refused("has_draft"):
            actions.revise(cast.officer, first)

    def test_is_not_started_from_a_draft(self, cast, draft):
        with refused("not_published"):
            actions.revise(cast.officer, draft())


class TestDiscard:
    def test_removes_the_draft_its_file_and_the_empty_report(self, cast, draft):
        actions.discard(cast.officer, draft())
        assert not Revision.objects.exists()
        assert not StoredReport.objects.exists()
        assert not SourceFile.objects.exists()
        assert verbs()[-1] == "annual_report.discard"

    def test_of_a_correction_leaves_the_published_revision_and_its_file(self, cast, published):
        first = published()
        actions.discard(cast.officer, actions.revise(cast.officer, first))
        assert Revision.objects.get() == first
        assert files.content(first.source)

    def test_is_refused_for_what_is_published_or_frozen(self, cast, draft):
        frozen = actions.freeze(cast.reviewer, draft())
        with refused("not_draft"):
            actions.discard(cast.officer, frozen)
        actions.publish(cast.reviewer, frozen)
        with refused("not_open"):
            actions.discard(cast.officer, frozen)

    def test_of_what_somebody_else_has_just_discarded_says_so(self, cast, draft):
        revision = draft()
        actions.discard(cast.officer, revision)
        revision.pk = 1
        with refused("changed_meanwhile"):
            actions.freeze(cast.reviewer, revision)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "change",
        [
            {"body": {}},
            {"content_hash": "0" * 64},
            {"public_note": "x"},
            {"number": 9},
            {"title": "x"},
            {"state": "draft"},
            {"published_at": None},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_refuses_any_change_to_a_published_revision(self, published, change):
        revision = published()
        with pytest.raises(DatabaseError), transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(**change)

    def test_refuses_to_bring_a_superseded_revision_back(self, published):
        revision = published()
        Revision.objects.filter(pk=revision.pk).update(state=State.SUPERSEDED)
        with pytest.raises(DatabaseError), transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(state=State.PUBLISHED)

    def test_refuses_to_remove_a_published_revision(self, published):
        revision = published()
        with pytest.raises(DatabaseError), transaction.atomic():
            Revision.objects.filter(pk=revision.pk).delete()

    @pytest.mark.parametrize("state", ["draft", "frozen"])
    def test_holds_one_open_revision_a_report(self, draft, state):
        first = draft()
        first.pk, first.number, first.state = None, 2, state
        with pytest.raises(IntegrityError), transaction.atomic():
            first.save(force_insert=True)

    def test_holds_one_published_revision_a_report(self, published):
        first = published()
        first.pk, first.number, first.public_note = None, 2, "x"
        with pytest.raises(IntegrityError), transaction.atomic():
            first.save(force_insert=True)

    @pytest.mark.parametrize(
        "change", [{"state": "lost"}, {"number": 0}, {"state": "published"}], ids=str
    )
    def test_refuses_a_row_that_cannot_be(self, draft, change):
        revision = draft()
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(**change)

    def test_holds_one_report_an_agency_and_year(self, county, draft):
        draft()
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredReport.objects.create(agency=county.own, year=2023)


def test_a_refusal_says_in_both_languages_why_and_what_to_do():
    error = NotAllowedError("undecided", "2: sum.row")
    assert error.message("zh-hans").startswith("还有未处理的错误")
    assert str(error).endswith("(2: sum.row)")
    assert {NotAllowedError(r).status for r in ("role", "frozen", "no_such_cell")} == {
        403,
        409,
        422,
    }
