"""A draft out of the books, and a text that cannot disagree with it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.yearend.outdating import outdated
from gongkai.trail.models import Entry
from tests.annual_report.yearend.conftest import AS_OF, TEXTS, YEAR
from tests.casework.ledger.books import received, write


def reason(error) -> str:
    return error.value.reason


def test_a_compiled_draft_has_its_figures_its_day_and_a_first_text(county, cast) -> None:
    revision = actions.compile_draft(cast.officer, county.own, YEAR, AS_OF)
    report = revision.as_report()
    assert revision.as_of == AS_OF
    assert report.figures["applications.1.total"] == 0
    assert report.sections[0].text.startswith("（一）主动公开")
    assert "{applications.1.total}" in revision.texts()[1]


def test_the_officer_of_another_agency_cannot_compile(county, cast) -> None:
    with pytest.raises(NotAllowedError) as error:
        actions.compile_draft(cast.colleague, county.own, YEAR, AS_OF)
    assert reason(error) == "role"


def test_a_year_without_a_form_is_refused(county, cast) -> None:
    with pytest.raises(NotAllowedError) as error:
        actions.compile_draft(cast.officer, county.own, 2018, AS_OF)
    assert reason(error) == "no_form"


def test_compiling_again_takes_new_figures_and_keeps_the_text(county, cast, draft) -> None:
    first = draft(county.own)
    write(county.own, [received(1, AS_OF.replace(year=YEAR))])
    again = actions.compile_draft(cast.officer, county.own, YEAR, AS_OF)
    assert again.pk == first.pk
    assert again.texts()[1] == TEXTS[1]
    assert "全年收到申请4件" in again.as_report().sections[0].text


LIVE = {1: "网上提交{records.channels.web}件。"}


def test_a_figure_without_a_cell_follows_the_records_when_the_draft_takes_them(
    county, cast, draft
) -> None:
    actions.narrate(cast.officer, draft(county.own), LIVE)
    write(county.own, [received(1, AS_OF.replace(year=YEAR))])
    revision = Revision.objects.get()
    corrected = actions.correct(cast.officer, revision, "applications.2.total", 1, "试")
    assert corrected.as_report().sections[0].text == "网上提交3件。"
    assert [d.counted for d in outdated(corrected, AS_OF).records] == [4]
    again = actions.compile_draft(cast.officer, county.own, YEAR, AS_OF)
    assert again.as_report().sections[0].text == "网上提交4件。"
    assert again.as_report().records["records.channels.web"] == 4
    assert outdated(again, AS_OF).records == ()


def test_a_final_text_does_not_change_and_a_correction_begins_with_its_figures(
    county, cast, accepted, draft
) -> None:
    actions.narrate(cast.administrator, draft(county.own), LIVE)
    submission = actions.submit(cast.reviewer, Revision.objects.get())
    final = Revision.objects.get()
    write(county.own, [received(1, AS_OF.replace(year=YEAR))])
    assert not outdated(final, AS_OF)
    actions.accept(cast.supervisor, submission)
    public = actions.publish(cast.administrator, final)
    begun = actions.revise(cast.officer, public)
    assert (public.content_hash, begun.content_hash) == (final.content_hash, final.content_hash)
    written = actions.narrate(cast.officer, begun, {6: "另有{records.channels.fax}件。"})
    assert written.as_report().sections[0].text == "网上提交3件。"
    assert written.as_report().section(6).text == "另有0件。"
    assert Revision.objects.get(pk=public.pk).as_report().sections[0].text == "网上提交3件。"


def test_a_report_from_a_file_takes_no_figure_without_a_cell(county, cast, reported) -> None:
    revision = actions.upload(cast.officer, county.own, reported(year=2024), "report.json")
    with pytest.raises(NotAllowedError, match="先由台账生成草稿，或者直接写数字"):
        actions.narrate(cast.officer, revision, LIVE)


def test_a_corrected_figure_is_corrected_in_the_text_as_well(county, cast, draft) -> None:
    revision = draft(county.own)
    changed = actions.correct(cast.officer, revision, "applications.1.total", 9, "台账补登")
    assert "全年收到申请9件" in changed.as_report().sections[0].text


def test_a_wrong_figure_in_the_text_is_refused_with_its_place(county, cast, draft) -> None:
    revision = draft(county.own)
    with pytest.raises(NotAllowedError, match=r"第 6 部分第 1 行第 3 字"):
        actions.narrate(cast.officer, revision, {6: "收到{applications.8.total}件"})
    assert Revision.objects.get(pk=revision.pk).texts()[6] == TEXTS[6]


def test_an_uploaded_draft_takes_live_figures_too(county, cast, reported) -> None:
    revision = actions.upload(cast.officer, county.own, reported(year=2024), "report.json")
    new = revision.as_report().figures["applications.1.total"]
    narrated = actions.narrate(cast.officer, revision, {6: "全年{applications.1.total}件"})
    assert narrated.as_report().section(6).text == f"全年{new}件"
    assert narrated.as_report().section(1).text == revision.as_report().section(1).text


def test_the_trail_tells_which_sections_changed_and_none_of_the_words(county, draft) -> None:
    draft(county.own)
    line = Entry.objects.filter(verb="annual_report.narrate").get()
    assert line.details["sections"] == [1, 5, 6]
    assert "更新" not in str(line.details)


def test_the_text_of_a_published_revision_is_never_changed(county, cast, accepted) -> None:
    done = accepted(county.own)
    published = actions.publish(cast.administrator, done.revision)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Revision.objects.filter(pk=published.pk).update(narrative={"1": "别的"})


def test_what_a_person_stated_is_not_outdated(county, cast) -> None:
    cell = "proactive.procurement.items"
    revision = actions.compile_draft(cast.officer, county.own, 2020, AS_OF, stated={cell: 4})
    assert revision.as_report().figures[cell] == 4
    assert outdated(revision, AS_OF).figures == ()
