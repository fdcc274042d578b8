"""Uploading: every file has its own result, and nothing is half-done."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision, SourceFile, StoredReport
from gongkai.org.actions import add_agency
from gongkai.specimen import LAYOUTS, invent
from tests.desk.conftest import WRONG


def file(
    agency: str = "青禾县财政局", year: int = 2023, layout: str = "html", seed: int = 5
) -> SimpleUploadedFile:
    name, data = LAYOUTS[layout](invent(seed, year=year, agency=agency))
    return SimpleUploadedFile(name, data)


def sent(client: Client, *files: SimpleUploadedFile, **more: str):
    return client.post("/desk/upload/", {"reports": list(files), **more}, follow=True)


def entries(answer) -> list:
    return [entry for entry, _, _ in answer.context["rows"]]


def test_a_report_becomes_a_draft_of_the_agency_it_names(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    answer = sent(desk(cast.officer), file())
    assert answer.redirect_chain[0][0].startswith("/desk/upload/")
    revision = Revision.objects.get()
    assert (revision.report.agency, revision.report.year) == (county.own, 2023)
    assert revision.created_by == cast.officer
    assert "/desk/reports/qh-cz/2023/1/" in answer.content.decode()


def test_each_of_many_files_has_its_own_result(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    answer = sent(
        desk(cast.officer),
        file(),
        SimpleUploadedFile("空.html", b""),
        file(year=2022, layout="docx"),
        SimpleUploadedFile("通知.txt", "今天下午开会。".encode()),
        file(agency="青禾县民政局"),
    )
    outcomes = [(entry.outcome, entry.unreadable or entry.refused) for entry in entries(answer)]
    assert outcomes == [
        ("stored", None),
        ("failed", "empty"),
        ("stored", None),
        ("failed", "not_a_report"),
        ("failed", "role"),
    ]
    assert StoredReport.objects.count() == SourceFile.objects.count() == 2
    page = answer.content.decode()
    assert "文件是空的" in page
    assert "请确认选对了文件" in page


def test_nothing_chosen_is_said_and_the_rest_of_the_form_is_kept(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    answer = desk(cast.officer).post("/desk/upload/", {"year": "2023"})
    assert answer.status_code == 422
    assert "还没有选择文件" in answer.content.decode()
    assert 'value="2023"' in answer.content.decode()


def test_a_file_over_the_limit_is_refused_by_itself(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    settings,
) -> None:
    settings.UPLOAD_LIMIT = 3000
    entry = entries(sent(desk(cast.officer), file()))[0]
    assert (entry.outcome, entry.unreadable) == ("failed", "too_large")


def test_too_many_files_at_once_are_refused_in_words(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client], settings
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    answer = sent(desk(cast.officer), file(), file(year=2022), file(year=2021))
    assert answer.status_code == 413
    assert "一次最多 2 份" in answer.content.decode()
    assert not StoredReport.objects.exists()


def test_the_form_needs_its_token(county: SimpleNamespace, cast: SimpleNamespace) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert sent(client, file()).status_code == 403
    token = client.get("/desk/upload/").context["csrf_token"]
    assert sent(client, file(), csrfmiddlewaretoken=str(token)).status_code == 200


def test_the_script_gets_one_result_at_a_time_and_all_on_one_page(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    client = desk(cast.officer)
    batch = client.get("/desk/upload/").context["batch"]
    for upload in (file(), file(year=2022)):
        answer = client.post(
            "/desk/upload/", {"reports": [upload], "batch": batch}, headers={"X-Fragment": "1"}
        )
        assert answer.content.decode().count('<li class="result') == 1
    assert client.get(f"/desk/upload/{batch}/").context["number"]["stored"] == 2


def test_nobody_else_sees_the_results(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    answer = sent(desk(cast.officer), file())
    results = answer.redirect_chain[0][0]
    assert desk(cast.administrator).get(results).status_code == 404


def test_who_uploads_for_no_agency_reads_why(
    cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    for person in (cast.reviewer, cast.supervisor, cast.stranger):
        assert desk(person).get("/desk/upload/").status_code == 403
        assert sent(desk(person), file()).status_code == 403


class TestAFileThatWaits:
    def question(self, client: Client, *uploads: SimpleUploadedFile) -> str:
        answer = sent(client, *uploads)
        entry = entries(answer)[-1]
        assert entry.outcome == "waiting"
        return answer.redirect_chain[0][0] + f"{entry.token}/"

    def test_for_its_agency_is_stored_once_it_is_chosen(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.officer)
        where = self.question(client, file(agency="某某县财政局"))
        assert not StoredReport.objects.exists()
        assert "青禾县财政局" in client.get(where).content.decode()
        answer = client.post(where, {"agency": county.own.pk}, follow=True)
        assert entries(answer)[0].outcome == "stored"
        assert StoredReport.objects.get().agency == county.own

    def test_offers_only_agencies_one_uploads_for(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.officer)
        where = self.question(client, file(agency="某某县财政局"))
        assert "青禾县民政局" not in client.get(where).content.decode()
        assert client.post(where, {"agency": county.other.pk}).status_code == 422
        assert not StoredReport.objects.exists()

    def test_shows_the_tree_of_agencies_and_finds_one_by_its_initials(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.administrator)
        where = self.question(client, file(agency="某某县财政局"))
        listed = [(a.code, depth) for a, depth in client.get(where).context["agencies"]]
        assert listed == [("qh", 1), ("qh-cz", 2), ("qh-mz", 2), ("qh-lx", 2)]
        found = client.get(where + "?q=qhxmzj").context["agencies"]
        assert [agency.code for agency, _ in found] == ["qh-mz"]

    def test_can_be_given_up_and_leaves_nothing(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.officer)
        where = self.question(client, file(agency="某某县财政局"))
        answer = client.post(where, {"verb": "drop"}, follow=True)
        assert entries(answer)[0].outcome == "dropped"
        assert client.get(where).status_code == 302
        assert not SourceFile.objects.exists()

    def test_an_open_draft_is_replaced_only_when_the_person_says_so(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
    ) -> None:
        before = draft(county.own)
        actions.correct(cast.officer, before, WRONG, 77, "核对")
        client = desk(cast.officer)
        where = self.question(client, file(seed=9))
        assert "已有草稿，要替换吗" in client.get(where).content.decode()
        assert Revision.objects.get().as_report().figures[WRONG] == 77
        client.post(where, {})
        assert Revision.objects.get().as_report().figures[WRONG] == 77
        answer = client.post(where, {"verb": "replace"}, follow=True)
        entry = entries(answer)[0]
        assert (entry.outcome, entry.replaced) == ("stored", True)
        assert Revision.objects.get().as_report().figures[WRONG] != 77

    def test_the_same_report_twice_in_one_upload_is_asked_about(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.officer)
        self.question(client, file(), file(layout="docx"))
        assert Revision.objects.count() == 1


def test_agency_and_year_said_beforehand_hold_for_all_files(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    sent(desk(cast.officer), file(agency="某某县财政局"), agency=str(county.own.pk), year="2022")
    report = StoredReport.objects.get()
    assert (report.agency, report.year) == (county.own, 2022)


def test_a_long_list_of_agencies_gives_way_to_a_search(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_agency(code="qh-x", name="青禾县统计局", level="department", superior=county.top)
    monkeypatch.setattr("gongkai.desk.forms.LISTED", 3)
    monkeypatch.setattr("gongkai.desk.uploading.LISTED", 3)
    client = desk(cast.administrator)
    assert "agency" not in client.get("/desk/upload/").context["form"].fields
    answer = sent(client, file(agency="某某县财政局"))
    where = answer.redirect_chain[0][0] + f"{entries(answer)[0].token}/"
    assert len(client.get(where).context["agencies"]) == 3
    assert 'name="q"' in client.get(where).content.decode()
    found = client.get(where + "?q=统计").context["agencies"]
    assert [agency.code for agency, _ in found] == ["qh-x"]
