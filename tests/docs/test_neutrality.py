"""The repository speaks of the product alone, and holds nothing that does not belong in it."""

from __future__ import annotations

import re

import pytest

from tests.docs import documents

# Put together from parts, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile("/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me"]) + r")/\w")
REGISTRY = re.compile(
    "|".join(
        [
            r"files\.python" + "hosted",
            r"registry\.npm" + "js",
            "py" + r"pi\.(?:org|python)",
            r"deb\.deb" + "ian",
            r"proxy\.go" + "lang",
            "crates" + r"\.io",
        ]
    )
)
CONFLICT = re.compile("^(?:" + "<" * 7 + " |" + ">" * 7 + " |" + "=" * 7 + "$)", re.MULTILINE)
UNFINISHED = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|for n" + r"ow|raise NotImplemented" + "Error)\\b"
)
# A source the reader of the repository does not have is no source.
UNSEEN = re.compile("事实" + "清单")
SECRET = re.compile("BEGIN (?:[A-Z]+ )?PRIVATE" + " KEY")

LARGEST = 1_000_000  # bytes


def texts() -> list[tuple[str, str]]:
    found = []
    for path in documents.tracked():
        try:
            found.append((path.relative_to(documents.ROOT).as_posix(), path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(MACHINE_PATH, id="a path of one machine"),
        pytest.param(REGISTRY, id="a package registry's host"),
        pytest.param(CONFLICT, id="an unfinished merge"),
        pytest.param(SECRET, id="a private key"),
        pytest.param(UNSEEN, id="a source nobody can look up"),
    ],
)
def test_no_file_holds(pattern: re.Pattern[str]) -> None:
    assert [name for name, text in texts() if pattern.search(text)] == []


def test_no_code_is_left_unfinished() -> None:
    code = [(name, text) for name, text in texts() if name.startswith(("src/", "bench/", "make/"))]
    assert [name for name, text in code if UNFINISHED.search(text)] == []


def test_no_file_is_large() -> None:
    large = [path for path in documents.tracked() if path.stat().st_size > LARGEST]
    assert large == []
