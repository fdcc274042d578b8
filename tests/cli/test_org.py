"""`gongkai org`: an installation is filled from a workbook, and its tree written to one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from django.test import Client

from gongkai.cli import main
from gongkai.org.models import Agency, User
from gongkai.trail.models import Entry
from tests.org.importing.book import tree

GOOD = tree(
    [("yc", "云川市人民政府", "市", ""), ("yc-cz", "云川市财政局", "部门", "yc")],
    [("yc-cz", "ys", "预算科")],
    [("lin", "林若溪", "yc-cz", "拟稿人", "ys")],
)
BAD = tree([("yc", "云川市人民政府", "市", ""), ("x", "某站", "村", "yc")])


def run(*arguments: object, lang: str = "zh"):
    words = ["org", *map(str, arguments)]
    return CliRunner().invoke(main, words, env={"GONGKAI_LANG": lang})


@pytest.fixture
def file(tmp_path: Path):
    def write(data: bytes, name: str = "tree.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def test_a_dry_run_says_what_would_change_and_writes_nothing(db, file):
    done = run("import", file(GOOD), "--dry-run")
    assert done.exit_code == 0
    assert "agencies: 2 new, 0 changed, 0 as they were" in done.output
    assert "dry run" in done.output
    assert not Agency.objects.exists()


def test_an_import_prints_a_link_for_each_new_account(db, file):
    done = run("import", file(GOOD), "--site", "https://gk.example.org/")
    assert done.exit_code == 0
    username, name, link = done.output.strip().splitlines()[-1].split("\t")
    assert (username, name) == ("lin", "林若溪")
    assert link.startswith("https://gk.example.org/desk/org/welcome/")
    page = Client().get(urlsplit(link).path, follow=True)
    assert "林若溪" in page.content.decode()


def test_the_same_file_again_changes_nothing(db, file):
    run("import", file(GOOD))
    lines = Entry.objects.count()
    done = run("import", file(GOOD))
    assert (done.exit_code, Entry.objects.count()) == (0, lines)
    assert "agencies: 0 new, 0 changed, 2 as they were" in done.output


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "机关!3 层级: 没有“村”这个层级。"), ("en", "There is no level “村”.")],
)
def test_a_bad_row_is_named_and_keeps_everything_out(db, file, lang, words):
    done = run("import", file(BAD), lang=lang)
    assert done.exit_code == 1
    assert words in done.output
    assert "Nothing was imported: 1 rows have errors." in done.output
    assert not Agency.objects.exists()


def test_the_good_rows_are_taken_on_demand(db, file):
    done = run("import", file(BAD), "--good-rows")
    assert done.exit_code == 1
    assert "1 rows with errors were left out." in done.output
    assert [agency.code for agency in Agency.objects.all()] == ["yc"]


def test_json_holds_outcome_counts_problems_and_changes(db, file):
    told = json.loads(run("import", file(BAD), "--dry-run", "--json").output)
    assert told["outcome"] == "bad"
    assert told["counts"] == {"agency.create": 1}
    assert [(p["sheet"], p["row"], p["column"], p["code"]) for p in told["problems"]] == [
        ("机关", 3, "层级", "unknown_level")
    ]
    assert told["changes"][0]["key"] == ["yc"]
    assert told["links"] == []


def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_2(db, file):
    done = run("import", file(b"PK\x03\x04 broken"))
    assert done.exit_code == 2
    assert "文件打不开" in done.output
    assert "Traceback" not in done.output


def test_an_export_imports_back_without_a_change(county, cast, tmp_path, file):
    out = tmp_path / "out.xlsx"
    assert run("export", out).exit_code == 0
    told = json.loads(run("import", out, "--dry-run", "--json").output)
    assert (told["outcome"], told["changes"]) == ("nothing", [])
    assert told["counts"]["agency.leave"] == 5


def test_a_template_is_an_import_of_nothing(db, tmp_path):
    out = tmp_path / "template.xlsx"
    assert run("template", out).exit_code == 0
    done = run("import", out)
    assert (done.exit_code, done.output) == (0, "")


def test_a_person_is_added_with_a_role_by_its_name_or_code(county, tmp_path):
    done = run("add-person", "han", "韩景明", "--agency", "qh", "--role", "管理员")
    assert done.exit_code == 0
    assert "han: administrator at qh" in done.output
    assert "/desk/org/welcome/" in done.output
    assert not User.objects.get(username="han").has_usable_password()
    more = run("add-person", "han", "韩景明", "--agency", "qh-cz", "--role", "head")
    assert more.output.strip() == "han: head at qh-cz"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"--agency": "nowhere"}, "no agency with the code nowhere"),
        ({"--role": "king"}, "no role king"),
        ({"--unit": "zz"}, "no unit with the code zz"),
    ],
)
def test_what_does_not_exist_is_one_sentence_and_exit_2(county, change, words):
    given = {"--agency": "qh", "--role": "head"} | change
    done = run("add-person", "han", "韩景明", *(part for pair in given.items() for part in pair))
    assert done.exit_code == 2
    assert words in done.output
    assert not User.objects.filter(username="han").exists()


def test_a_user_name_that_is_another_persons_is_refused(cast):
    done = run("add-person", "officer", "别人", "--agency", "qh", "--role", "head")
    assert done.exit_code == 2
    assert "姓名与您填的不同" in done.output


def test_a_new_installation_is_set_up_by_its_first_import(tmp_path, file):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-c", "from gongkai.cli import main; main()", "org", "import", file(GOOD)],
        env={**clean, "GONGKAI_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "agencies: 2 new" in done.stdout
