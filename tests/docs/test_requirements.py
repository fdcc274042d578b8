"""Requirements are exact, hashed, without addresses, and cover what the code imports."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions

import pytest

from tests.docs import documents

FILES = ("run", "test", "dev")
ADDRESS = re.compile(r"://|--(?:index-url|extra-index-url|find-links|trusted-host)|@ ")
ONLY_FOR_TESTS = {"pytest", "hypothesis", "playwright", "ruff", "mypy", "pip-tools", "pandas"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[~=<>! ;]", name)[0]).lower()


def entries(name: str) -> list[str]:
    body = documents.text(f"requirements/{name}.txt").replace("\\\n", " ")
    return [line for line in body.splitlines() if line and not line.lstrip().startswith("#")]


def pins(name: str) -> dict[str, str]:
    return {normal(entry): entry.split()[0].partition("==")[2] for entry in entries(name)}


def declared() -> dict[str, list[str]]:
    project = tomllib.loads(documents.text("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    run = project["dependencies"]
    return {
        "run": run,
        "test": [*run, *extras["test"]],
        "dev": [*run, *extras["test"], *extras["dev"]],
    }


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_one_version_with_its_hashes(name: str) -> None:
    for entry in entries(name):
        assert re.match(r"[\w.-]+(\[\w+\])?==\S+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("name", FILES)
def test_requirements_name_no_address(name: str) -> None:
    assert not ADDRESS.search(documents.text(f"requirements/{name}.txt"))


@pytest.mark.parametrize("name", FILES)
def test_everything_declared_is_pinned(name: str) -> None:
    missing = {normal(entry) for entry in declared()[name]} - set(pins(name))
    assert not missing, f"run `make requirements`: {sorted(missing)}"


def test_the_larger_sets_contain_the_smaller_with_the_same_versions() -> None:
    run, test, dev = (pins(name).items() for name in FILES)
    assert run <= test <= dev


def test_running_needs_no_test_tool() -> None:
    assert not ONLY_FOR_TESTS & set(pins("run"))


def imported() -> set[str]:
    """The outside packages that the source imports, at any depth."""
    found: set[str] = set()
    for path in (documents.ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"gongkai"}


def test_everything_imported_is_declared() -> None:
    providers = packages_distributions()
    direct = {normal(entry) for entry in declared()["run"]}
    undeclared = {
        module
        for module in imported()
        if not direct & {normal(name) for name in providers.get(module, ())}
    }
    assert not undeclared


NAMED_BY_DJANGO = {"psycopg", "tzdata", "whitenoise", "django-axes", "django-csp", "django-htmx"}


def test_everything_declared_for_running_is_used() -> None:
    """Imported, or named to Django by its settings alone."""
    providers = packages_distributions()
    used = {normal(name) for module in imported() for name in providers.get(module, ())}
    declared_for_running = {normal(entry) for entry in declared()["run"]}
    assert declared_for_running - used <= NAMED_BY_DJANGO


def licence(name: str) -> str:
    """What the package says of its licence, in its first words; empty if it is not installed."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    said = [about.get("License-Expression") or "", (about.get("License") or "")[:80]]
    return " ".join([*said, *(c for c in about.get_all("Classifier") or () if "License" in c)])


@pytest.mark.parametrize("name", sorted(pins("run")))
def test_nothing_needed_for_running_binds_the_system_to_the_gpl(name: str) -> None:
    """The system is under Apache-2.0; a library under the GNU GPL could not be part of it."""
    assert not re.search(r"\bA?GPL|(?<!Lesser )General Public License", licence(name))
