"""docs/commands.md and the `gongkai` command agree; every call shown anywhere is understood."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from gongkai.cli import main
from tests.docs import documents

HEADING = re.compile(r"^#{2,4} `(gongkai(?: [a-z-]+)*)`$", re.MULTILINE)


def tree(command: click.Command, name: str = "gongkai") -> dict[str, click.Command]:
    """Every command by its full name."""
    found = {name: command}
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for part in command.list_commands(context):
            child = command.get_command(context, part)
            assert child is not None
            found.update(tree(child, f"{name} {part}"))
    return found


def documented() -> dict[str, str]:
    """The text under each command's heading."""
    parts = HEADING.split(documents.text("docs/commands.md"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def options(command: click.Command) -> set[str]:
    return {
        name
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--") and name not in {"--help", "--version"}
    }


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    assert sorted(documented()) == sorted(tree(main))


@pytest.mark.parametrize("name", sorted(tree(main)))
def test_a_command_is_documented_with_all_its_options_and_no_others(name: str) -> None:
    described = set(re.findall(r"`(--[a-z-]+)", documented()[name])) - {"--help", "--version"}
    assert described == options(tree(main)[name])


@pytest.mark.parametrize("name", sorted(tree(main)))
def test_a_command_explains_itself_with_an_example_of_its_own(name: str) -> None:
    command = tree(main)[name]
    assert command.help
    assert re.search(rf"{name}\b", command.epilog or "")


def shown() -> list[tuple[str, str]]:
    return [
        (path.relative_to(documents.ROOT).as_posix(), arguments)
        for path in documents.pages()
        for arguments in documents.commands(path.read_text("utf-8"), "gongkai")
    ]


@pytest.mark.parametrize(("page", "arguments"), shown())
def test_every_call_shown_in_the_documentation_is_understood(page: str, arguments: str) -> None:
    commands, name = tree(main), "gongkai"
    words = [word for word in shlex.split(arguments) if word != "…"]
    while words and f"{name} {words[0]}" in commands:
        name = f"{name} {words.pop(0)}"
    assert not isinstance(commands[name], click.Group) or not words or words[0].startswith("-")
    given = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert given <= options(commands[name]) | {"--help", "--version"}
