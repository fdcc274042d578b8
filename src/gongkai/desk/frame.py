"""What stands around a list: chips that choose a view, heads that sort, filters that narrow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypedDict

from django.utils.translation import gettext

Choices = list[tuple[str, str]]


class Chip(TypedDict):
    """A view of the list and how many are in it."""

    label: Any
    url: str
    count: int
    current: bool


class Head(TypedDict):
    """The head of a column; `sorted` as `aria-sort` has it, "" where it is not sorted by."""

    label: Any
    url: str
    sorted: str


class Filter(TypedDict):
    """What the list can be narrowed to: name of the field, its label, its choices."""

    name: str
    label: str
    choices: Choices
    value: str


def chips(
    labels: Mapping[str, Any],
    numbers: Mapping[str, int],
    current: str,
    url: Callable[[str], str],
    *,
    lasting: Collection[str],
) -> list[Chip]:
    """The views in which there is something; those that are `lasting`, and the current one, too."""
    return [
        {"label": label, "url": url(view), "count": numbers[view], "current": view == current}
        for view, label in labels.items()
        if numbers[view] or view in lasting or view == current
    ]


def heads(
    columns: Iterable[tuple[str, Any]],
    order: str,
    url: Callable[[str], str],
    *,
    falling: Collection[str] = (),
) -> list[Head]:
    """Column heads; one that sorts says which way it is sorted and leads to the other.

    A column without a key sorts nothing. `falling` are those asked for from the top: most open
    first, latest first.
    """
    made: list[Head] = []
    for key, label in columns:
        up, down = bool(key) and order == key, bool(key) and order == f"-{key}"
        falls = not down if key in falling else up
        way = "ascending" if up else "descending" if down else ""
        address = url(f"-{key}" if falls else key) if key else ""
        made.append({"label": label, "url": address, "sorted": way})
    return made


def filters(fields: Iterable[tuple[str, str, Choices]], wish: object) -> dict[str, Any]:
    """The `filters`, each with what the wish says of it, and whether the list is `filtering`."""
    made: list[Filter] = [
        {"name": name, "label": label, "choices": choices, "value": getattr(wish, name)}
        for name, label, choices in fields
    ]
    return {"filters": made, "filtering": any(one["value"] for one in made)}


def alone() -> tuple[str, str, Choices]:
    """The filter that leaves out the agencies below the one chosen."""
    return "alone", gettext("范围"), [("1", gettext("只看本机关"))]


def worded(choices: Iterable[tuple[Any, Any]]) -> Choices:
    """Codes and labels as words of the language of the page."""
    return [(str(code), str(label)) for code, label in choices]
