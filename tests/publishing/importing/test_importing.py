"""Tables of documents: good rows come in, bad ones are named, nothing comes in twice."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.utils import timezone

from gongkai.org.actions import appoint
from gongkai.org.models import Role
from gongkai.publishing.document.models import Document
from gongkai.publishing.importing.dates import day
from gongkai.publishing.importing.running import run, tried
from gongkai.publishing.importing.sources import source
from gongkai.publishing.publication.models import Publication, Relation
from gongkai.trail.verification import verify

HEAD = ("发布机构", "名称", "文号", "体裁", "成文日期", "发布日期", "主题分类", "正文", "废止")
GOOD = (
    "青禾县财政局",
    "关于公布收费目录的通知",
    "青财发〔2021〕7号",
    "通知公告",
    "2021年3月2日",
    "2021-03-09",
    "财政",
    "现予公布。",
    "",
)


def row(**change: str) -> list[str]:
    return [change.get(name, value) for name, value in zip(HEAD, GOOD, strict=True)]


def workbook(*rows: Sequence[object], head: Sequence[str] = HEAD) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, head)
        for number, cells in enumerate(rows, 1):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day_format)  # type: ignore[arg-type]
                else:
                    sheet.write(number, place, cell)
    return out.getvalue()


def csv_file(*rows: Sequence[str], encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode(encoding)


def unseen(done: int, of: int) -> None:
    """Nobody looks at the progress."""


def imported(user, data, name="文件.xlsx", mark=""):
    return run(user, source(data, name), data, name, mark=mark, progress=unseen)


def codes(outcome):
    return [(p.row, p.column, p.code) for p in outcome.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026年3月2日", date(2026, 3, 2)),
        ("2026/3/2", date(2026, 3, 2)),
        ("2026.3.2", date(2026, 3, 2)),
        ("２０２６-０３-０２", date(2026, 3, 2)),
        ("20260302", date(2026, 3, 2)),
        ("46083", date(2026, 3, 2)),
        ("2026-03-02T00:00:00", date(2026, 3, 2)),
        ("2026-02-30", None),
        ("202-03-02", None),
        ("昨天", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_written(text, expected):
    assert day(text) == expected


class TestReading:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.xlsx", workbook(row())),
            ("a.csv", csv_file(row())),
            ("gb.csv", csv_file(row(), encoding="gb18030")),
            ("a.json", json.dumps([dict(zip(HEAD, GOOD, strict=True))]).encode()),
            ("a.jsonl", json.dumps(dict(zip(HEAD, GOOD, strict=True))).encode()),
        ],
    )
    def test_every_format_says_the_same(self, cast, county, name, data):
        outcome = imported(cast.drafter, data, name)
        assert (outcome.kept, codes(outcome)) == (1, [])
        head = Document.objects.get().head
        assert (head.title, head.formed_on, head.kind) == (GOOD[1], date(2021, 3, 2), "notice")

    @pytest.mark.parametrize(
        ("name", "data", "code"),
        [
            ("a.xlsx", b"", "unusable"),
            ("a.xlsx", b"PK\x03\x04broken", "unusable"),
            ("a.csv", "随便写的".encode(), "no_headings"),
            ("a.json", b"{", "not_a_list"),
            ("a.json", b"[1]", "not_a_list"),
            ("a.json", b"[]", "no_rows"),
            ("a.json", b"[" * 100_000, "not_a_list"),
        ],
    )
    def test_what_cannot_be_read_is_a_sentence(self, cast, county, name, data, code):
        outcome = tried(cast.drafter, source(data, name))
        assert [p.code for p in outcome.problems] == [code]
        assert all(p.message("zh") and p.message("en") for p in outcome.problems)


class TestRows:
    @pytest.mark.parametrize(
        ("change", "column", "code"),
        [
            ({"发布机构": "某局"}, "发布机构", "unknown_agency"),
            ({"名称": ""}, "名称", "missing"),
            ({"成文日期": "2021-02-30"}, "成文日期", "bad_date"),
            ({"成文日期": "0202-03-02"}, "成文日期", "unlikely_date"),
            ({"发布日期": "2021-03-01"}, "发布日期", "published_before_formed"),
            ({"体裁": "诗歌"}, "体裁", "unknown_kind"),
            ({"名称": "长" * 301}, "", "not_kept"),
        ],
    )
    def test_a_bad_row_is_named_and_the_others_go_on(self, cast, county, change, column, code):
        data = workbook(row(**change), row(名称="另一份", 文号="青财发〔2021〕8号"))
        outcome = imported(cast.drafter, data)
        assert (outcome.kept, outcome.left_out) == (1, 1)
        assert (2, column, code) in codes(outcome)

    def test_a_date_cell_is_a_date(self, cast, county):
        cells = list(row())
        cells[4] = date(2021, 3, 2)
        assert imported(cast.drafter, workbook(cells)).kept == 1
        assert Document.objects.get().head.formed_on == date(2021, 3, 2)

    def test_the_same_document_twice_comes_in_once(self, cast, county):
        outcome = imported(cast.drafter, workbook(row(), row()))
        assert codes(outcome) == [(3, "名称", "duplicate")]
        again = imported(cast.drafter, workbook(row(), row(名称="新的", 文号="")))
        assert codes(again) == [(2, "名称", "already_there")]
        assert Document.objects.count() == 2

    def test_the_same_number_under_another_title_is_told(self, cast, county):
        outcome = imported(cast.drafter, workbook(row(), row(名称="另一份")))
        assert (outcome.kept, codes(outcome)) == (2, [(3, "文号", "same_number")])

    def test_script_in_a_text_does_not_survive(self, cast, county):
        text = "<p onclick=x()>好</p><script>alert(1)</script>"
        imported(cast.drafter, workbook(row(正文=text)))
        body = Document.objects.get().head.body
        assert "好" in body
        assert "script" not in body
        assert "onclick" not in body

    def test_nobody_imports_for_another_agency(self, cast, county):
        outcome = imported(cast.drafter, workbook(row(发布机构="qh-mz")))
        assert codes(outcome) == [(2, "发布机构", "role")]


class TestTrying:
    def test_says_what_would_happen_and_keeps_nothing(self, cast, county):
        data = workbook(row(), row(成文日期="昨天"))
        outcome = tried(cast.drafter, source(data, "a.xlsx"))
        assert (outcome.kept, outcome.left_out) == (1, 1)
        assert not Document.objects.exists()


class TestResuming:
    def test_the_same_file_again_changes_nothing(self, cast, county):
        data = workbook(row(), row(名称="另一份", 文号=""))
        imported(cast.drafter, data)
        again = imported(cast.drafter, data)
        assert (again.kept, again.before) == (0, 2)
        assert Document.objects.count() == 2

    def test_what_was_interrupted_goes_on_where_it_stopped(self, cast, county, monkeypatch):
        monkeypatch.setattr("gongkai.publishing.importing.running.PIECE", 1)
        data = workbook(row(), row(名称="第二份", 文号=""), row(名称="第三份", 文号=""))

        def stop(done: int, of: int) -> None:
            if done == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run(cast.drafter, source(data, "a.xlsx"), data, "a.xlsx", mark="", progress=stop)
        assert Document.objects.count() == 2
        again = imported(cast.drafter, data, "a.xlsx")
        assert (again.kept, again.before) == (1, 2)


def repealing(year: int) -> list[str]:
    """A row that repeals the usual one."""
    return row(
        名称="新办法",
        文号=f"青财发〔{year}〕1号",
        成文日期=f"{year}-05-01",
        发布日期=f"{year}-05-05",
        废止=GOOD[2],
    )


class TestMigrating:
    def test_comes_in_as_published_on_its_old_day(self, cast, county):
        outcome = imported(cast.administrator, workbook(row()), mark="旧站迁移")
        assert outcome.kept == 1
        made = Publication.objects.get()
        assert (made.published_on, made.migration_mark) == (date(2021, 3, 9), "旧站迁移")
        assert verify().whole

    def test_is_for_administrators(self, cast, county):
        outcome = imported(cast.drafter, workbook(row()), mark="旧站迁移")
        assert codes(outcome) == [(2, "发布机构", "role")]
        assert not Publication.objects.exists()

    def test_the_future_is_not_published(self, cast, county):
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        outcome = imported(cast.administrator, workbook(row(发布日期=tomorrow)), mark="旧站迁移")
        assert codes(outcome) == [(2, "发布日期", "future")]

    def test_an_index_number_given_twice_comes_in_once(self, cast, county):
        head = (*HEAD, "索引号")
        data = workbook([*row(), "A-1"], [*row(名称="另一份", 文号=""), "A-1"], head=head)
        outcome = imported(cast.administrator, data, mark="旧站迁移")
        assert (outcome.kept, codes(outcome)) == (1, [(3, "索引号", "number_taken")])

    def test_a_repeal_is_found_by_number_and_carried_out(self, cast, county):
        data = workbook(
            row(),
            repealing(2022),
        )
        outcome = imported(cast.administrator, data, mark="旧站迁移")
        assert codes(outcome) == []
        relation = Relation.objects.get()
        assert (relation.kind, relation.target.head.document_number) == ("repeals", GOOD[2])

    def test_a_repeal_before_the_document_was_made_is_told(self, cast, county):
        data = workbook(
            row(),
            repealing(2020),
        )
        outcome = imported(cast.administrator, data, mark="旧站迁移")
        assert codes(outcome) == [(3, "废止", "not_related")]
        assert outcome.kept == 2

    def test_a_number_nobody_has_is_told(self, cast, county):
        outcome = imported(cast.administrator, workbook(row(废止="无此号")), mark="旧站迁移")
        assert codes(outcome) == [(2, "废止", "no_such_document")]


class TestArchives:
    def archive(self, **members: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name, data in members.items():
                made.writestr(name, data)
        return out.getvalue()

    def test_attachments_come_with_their_rows(self, cast, county):
        head = (*HEAD, "附件")
        table = workbook([*row(), "名单.txt"], head=head)
        data = self.archive(**{"表.xlsx": table, "名单.txt": "名单".encode()})
        assert codes(imported(cast.drafter, data, "a.zip")) == []
        assert Document.objects.get().head.attachments.get().name == "名单.txt"

    def test_a_missing_attachment_is_named(self, cast, county):
        table = workbook([*row(), "没有.pdf"], head=(*HEAD, "附件"))
        outcome = imported(cast.drafter, self.archive(**{"表.xlsx": table}), "a.zip")
        assert codes(outcome) == [(2, "附件", "no_such_file")]

    def test_a_disguised_attachment_keeps_its_row_out(self, cast, county):
        table = workbook([*row(), "名单.pdf"], head=(*HEAD, "附件"))
        data = self.archive(**{"表.xlsx": table, "名单.pdf": b"MZ\x90\x00" + b"\0" * 99})
        outcome = imported(cast.drafter, data, "a.zip")
        assert (outcome.kept, outcome.problems[0].code) == (0, "file_refused")

    def test_a_path_out_of_the_archive_is_refused(self, cast, county):
        data = self.archive(**{"表.xlsx": workbook(row()), "../../etc/x.txt": b"x"})
        outcome = imported(cast.drafter, data, "a.zip")
        assert [p.code for p in outcome.problems] == ["unusable"]
        assert not Document.objects.exists()

    def test_two_tables_are_one_too_many(self, cast, county):
        data = self.archive(**{"一.xlsx": workbook(row()), "二.csv": csv_file(row())})
        assert imported(cast.drafter, data, "a.zip").problems[0].code == "two_tables"


def test_one_person_with_two_agencies_imports_for_both(cast, county):
    appoint(cast.drafter, county.other, Role.DRAFTER)
    data = workbook(row(), row(发布机构="青禾县民政局"))
    assert imported(cast.drafter, data).kept == 2
