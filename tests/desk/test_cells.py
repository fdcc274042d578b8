"""A cell beside its source, its correction, and two people at the same draft."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.specimen import LAYOUTS, invent
from gongkai.trail.models import Entry
from tests.desk.conftest import WRONG, address


@pytest.fixture
def read_from(county: SimpleNamespace, cast: SimpleNamespace) -> Callable[[str], Revision]:
    """A draft read from a file in that layout."""

    def upload(layout: str) -> Revision:
        name, data = LAYOUTS[layout](invent(5, year=2023, agency="青禾县财政局"))
        return actions.upload(cast.officer, None, data, name)

    return upload


def panel(client: Client, revision: Revision, cell: str) -> str:
    answer = client.get(address(revision), {"cell": cell}, headers={"X-Fragment": "panel"})
    return answer.content.decode()


def test_every_cell_of_the_tables_leads_to_its_panel(
    cast: SimpleNamespace, desk: Callable[..., Client], read_from: Callable[..., Revision]
) -> None:
    revision = read_from("html")
    page = desk(cast.officer).get(address(revision)).content.decode()
    for cell in revision.as_report().figures:
        assert f'href="?cell={cell}#panel"' in page


@pytest.mark.parametrize(
    ("layout", "place"),
    [("html", "第 2 个表格，第 4 行，第 10 列"), ("docx", "第 2 个表格"), ("lines", "第 {} 行")],
)
def test_a_panel_shows_words_figure_place_and_the_source_around_it(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    read_from: Callable[..., Revision],
    layout: str,
    place: str,
) -> None:
    revision = read_from(layout)
    cell = "applications.1.total"
    text = panel(desk(cast.officer), revision, cell)
    assert text.startswith('<section id="panel"')
    assert "一、本年新收政府信息公开申请数量 · 总计" in text
    stood = revision.as_report().provenance[cell].place
    assert place.format(stood.removeprefix("line ")) in text
    assert "照原文读出" in text
    figure = revision.as_report().figures[cell]
    assert f"<mark>{figure}<span" in text


def test_findings_whose_sum_the_cell_goes_into_stand_in_its_panel(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision = draft(county.own, change={WRONG: 9999})
    text = panel(desk(cast.officer), revision, "applications.3.1.natural_person")
    assert "涉及这一格的问题" in text
    assert 'href="#finding-' in text


def test_would_balance_if_fills_the_form(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    right = invent(5, year=2023, agency="青禾县财政局").figures[WRONG]
    revision = draft(county.own, change={WRONG: 9999})
    client = desk(cast.officer)
    findings = [r.judged.finding for r in client.get(address(revision)).context["remarks"]]
    mark = next(f.fingerprint for f in findings if any(m.address == WRONG for m in f.mend))
    answer = client.get(address(revision), {"cell": WRONG, "mend": mark})
    form = answer.context["correction"]
    assert form.initial["value"] == str(right)
    assert str(right) in form.initial["reason"]


def test_a_cell_the_form_does_not_have_opens_nothing(
    cast: SimpleNamespace, desk: Callable[..., Client], read_from: Callable[..., Revision]
) -> None:
    answer = desk(cast.officer).get(address(read_from("html")), {"cell": "applications.9.total"})
    assert answer.status_code == 200
    assert answer.context["address"] == ""


class TestCorrecting:
    def correct(self, client: Client, revision: Revision, **data: str):
        filled = {"cell": WRONG, "seen": revision.content_hash, "reason": "与台账核对", **data}
        return client.post(address(revision, "correct/"), filled)

    @pytest.mark.parametrize(
        ("written", "figure"), [("12", 12), ("１２", 12), ("1,234", 1234), (" 0 ", 0)]
    )
    def test_puts_the_figure_there_and_into_the_trail(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
        written: str,
        figure: int,
    ) -> None:
        revision = draft(county.own, change={WRONG: 9999})
        answer = self.correct(desk(cast.officer), revision, value=written)
        assert answer["Location"].endswith(f"?cell={WRONG}#panel")
        held = Revision.objects.get().as_report()
        assert held.figures[WRONG] == figure
        assert held.provenance[WRONG].how == "corrected"
        line = Entry.objects.get(verb="annual_report.correct")
        assert (line.actor, line.details["reason"]) == (cast.officer, "与台账核对")

    def test_blank_is_said_and_is_not_zero(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
    ) -> None:
        revision = draft(county.own)
        self.correct(desk(cast.officer), revision, value="", blank="on")
        figures = Revision.objects.get().as_report().figures
        assert WRONG in figures
        assert figures[WRONG] is None

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"value": ""}, "请勾选空白"),
            ({"value": "5", "blank": "on"}, "两样留一样"),
            ({"value": "十二"}, "不是数字"),
            ({"value": "1e99"}, "不是数字"),
            ({"value": "-3"}, "非负整数"),
            ({"value": "2.5"}, "非负整数"),
            ({"value": "9999"}, "没有变化"),
            ({"value": "5", "reason": " "}, "请写明为什么改"),
        ],
    )
    def test_what_does_not_fit_is_explained_and_what_was_typed_is_kept(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
        data: dict[str, str],
        words: str,
    ) -> None:
        revision = draft(county.own, change={WRONG: 9999})
        answer = self.correct(desk(cast.officer), revision, **data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert answer.context["correction"]["value"].value() == data["value"]
        assert Revision.objects.get().content_hash == revision.content_hash

    def test_a_published_report_is_never_changed(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
        publish: Callable[..., Revision],
    ) -> None:
        revision = publish(draft(county.own))
        client = desk(cast.officer)
        answer = self.correct(client, revision, value="5")
        assert answer.status_code == 409
        assert "这一版已经公布，不能再改" in answer.content.decode()
        assert "这一版已经公布，不能再改" in panel(client, revision, WRONG)

    def test_who_comes_second_is_told_what_changed_and_loses_nothing(
        self,
        county: SimpleNamespace,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        draft: Callable[..., Revision],
    ) -> None:
        seen = draft(county.own, change={WRONG: 9999})
        actions.correct(cast.administrator, seen, WRONG, 41, "先改的人")
        answer = self.correct(desk(cast.officer), seen, value="57", reason="我的理由")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "其他人刚刚改动了这份报告" in page
        assert "administrator" in page
        assert "9999 改为 41" in page
        assert 'value="57"' in page
        assert "我的理由" in page
        assert Revision.objects.get().as_report().figures[WRONG] == 41
        again = Revision.objects.get()
        assert f'name="seen" value="{again.content_hash}"' in page
        assert self.correct(desk(cast.officer), again, value="57").status_code == 302


class TestTheSource:
    def test_is_shown_as_text_with_the_place_marked(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        read_from: Callable[..., Revision],
    ) -> None:
        revision = read_from("html")
        page = desk(cast.officer).get(address(revision, "source/"), {"cell": WRONG})
        figure = revision.as_report().figures[WRONG]
        assert f'<mark id="here" tabindex="-1">{figure}</mark>' in page.content.decode()

    def test_marks_a_figure_alone_in_a_text_without_lines(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        read_from: Callable[..., Revision],
    ) -> None:
        revision = read_from("glued")
        cell = next(
            a
            for a, p in revision.as_report().provenance.items()
            if len(p.text) > 5 and p.text.strip("0")
        )
        stood = revision.as_report().provenance[cell]
        page = desk(cast.officer).get(address(revision, "source/"), {"cell": cell})
        assert f'<mark id="here" tabindex="-1">{stood.text}</mark>' in page.content.decode()
        assert f"<mark>{stood.text}<span" in panel(desk(cast.officer), revision, cell)

    def test_never_runs_what_it_brings(
        self, county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        _, data = LAYOUTS["html"](invent(5, year=2023, agency="青禾县财政局"))
        evil = data.replace(b"</body>", b"<p>&lt;script&gt;alert(1)&lt;/script&gt;</p></body>")
        assert evil != data
        client = desk(cast.officer)
        client.post("/desk/upload/", {"reports": SimpleUploadedFile('a"\r\nb.html', evil)})
        revision = Revision.objects.get()
        page = client.get(address(revision, "source/")).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_is_downloaded_byte_for_byte_and_never_opened_as_a_page(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        read_from: Callable[..., Revision],
    ) -> None:
        revision = read_from("html")
        answer = desk(cast.officer).get(address(revision, "source/file/"))
        _, data = LAYOUTS["html"](invent(5, year=2023, agency="青禾县财政局"))
        assert answer.content == data
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]

    def test_whose_bytes_are_gone_is_said_and_breaks_no_page(
        self,
        cast: SimpleNamespace,
        desk: Callable[..., Client],
        read_from: Callable[..., Revision],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def gone(_: object) -> bytes:
            raise FileNotFoundError

        revision = read_from("html")
        monkeypatch.setattr("gongkai.annual_report.files.content", gone)
        client = desk(cast.officer)
        assert client.get(address(revision, "source/file/")).status_code == 404
        assert "原文件现在读不出来" in client.get(address(revision, "source/")).content.decode()
        assert client.get(address(revision), {"cell": WRONG}).status_code == 200
