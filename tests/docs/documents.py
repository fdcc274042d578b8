"""The documentation as the tests see it: files, tables, code and the commands named in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def pages() -> list[Path]:
    """Every page a person is meant to read."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


NOT_OURS = {".git", ".venv", "var", "build", "dist", "__pycache__", "out", "test-results"}


def tracked() -> list[Path]:
    """Every file of the repository: committed, or about to be."""
    git = shutil.which("git")
    listed = git and subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed and listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:  # an unpacked archive, or a machine without git
        paths = [path for path in ROOT.rglob("*") if not _foreign(path.relative_to(ROOT))]
    return [path for path in paths if path.is_file()]


def _foreign(path: Path) -> bool:
    return any(
        part in NOT_OURS or part.endswith((".egg-info", "_cache", ".hypothesis"))
        for part in path.parts
    )


def rows(markdown: str, columns: int) -> list[list[str]]:
    """The body rows of every table that has that many columns."""
    found = []
    for line in markdown.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())][1:-1]
        if len(cells) == columns and not set("".join(cells)) <= set("-: "):
            found.append(cells)
    return found


def codes(markdown: str) -> list[str]:
    """What stands between single backticks, outside code blocks."""
    prose = re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", prose)


def blocks(markdown: str) -> list[str]:
    """The code blocks, whatever their language."""
    return re.findall(r"^```\w*\n(.*?)^```", markdown, flags=re.MULTILINE | re.DOTALL)


def commands(markdown: str, program: str) -> list[str]:
    """Every call of a program shown in code, as its arguments in one line."""
    lines = [
        line.strip().removeprefix("$ ")
        for block in blocks(markdown)
        for line in block.replace("\\\n", " ").splitlines()
    ]
    return [
        line.removeprefix(program).split("  #")[0].strip()
        for line in [*lines, *codes(markdown)]
        if line == program or line.startswith(program + " ")
    ]
