"""The pages hang together: links lead somewhere, decisions are complete, `make` targets exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs import documents

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
DECISIONS = sorted((documents.DOCS / "adr").glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "Why", "Consequences", "Alternatives"]


def relative(path: Path) -> str:
    return path.relative_to(documents.ROOT).as_posix()


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", documents.pages(), ids=relative)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        aim = (page.parent / name) if name else page
        assert aim.exists(), target
        assert not anchor or anchor in anchors(aim), target


def targets() -> dict[str, str]:
    return dict(re.findall(r"^([a-z]+):.*?## (.+)$", documents.text("Makefile"), re.MULTILINE))


def test_every_make_target_says_in_a_line_what_it_does() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", documents.text("Makefile"), re.MULTILINE)
    assert phony
    assert sorted(phony[1].split()) == sorted(targets())


@pytest.mark.parametrize("page", documents.pages(), ids=relative)
def test_every_make_command_named_exists(page: Path) -> None:
    called = [c.split()[0] for c in documents.commands(page.read_text("utf-8"), "make") if c]
    named = [word for word in called if re.fullmatch(r"[a-z]+", word)]
    assert set(named) <= set(targets())


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_gives_the_two_commands_and_the_way_to_the_other_language(name: str) -> None:
    readme = documents.text(name)
    assert {"run", "test"} <= set(documents.commands(readme, "make"))
    other = "README.zh-CN.md" if name == "README.md" else "README.md"
    assert f"]({other})" in readme


def test_the_build_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in documents.text(".ci/run")


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    index = documents.text("docs/adr/README.md")
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [path.name for path in DECISIONS] == re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", index)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_says_what_was_chosen_why_and_over_what(path: Path) -> None:
    record = path.read_text("utf-8")
    assert re.match(rf"# {path.name[:4]}: .+\n\nStatus: (accepted|superseded by \d{{4}})\n", record)
    headings = re.findall(r"^## (.+)$", record, re.MULTILINE)
    assert headings == PARTS
    for body in re.split(r"^## .+$", record, flags=re.MULTILINE)[1:]:
        assert body.strip()


def test_the_change_log_has_the_version_of_the_package() -> None:
    from gongkai import __version__  # noqa: PLC0415 (the version is what is under test)

    assert f"## [{__version__}]" in documents.text("CHANGELOG.md")
