"""Marks on the cells of a web page: what was found about a figure, and that it was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

from gongkai.annual_report.figures import Figure
from gongkai.annual_report.write.grid import shown
from gongkai.annual_report.write.markup import tag
from gongkai.law.forms import Address

SEVERITIES = {
    "error": ("错误", "error"),
    "review": ("待核", "to review"),
    "note": ("提示", "note"),
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that stands in the place of another one: what stood there, and where it says why."""

    was: Figure
    anchor: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a cell: the id of the element it links to, how grave, and what it says.

    `href` leads to another page instead. Without a severity it is a link and no mark; without
    anchor and `href` the figure is no link. `corrected` says that the figure replaced another.
    """

    anchor: str
    severity: str = "review"
    message: str = ""
    href: str = ""
    corrected: Corrected | None = None

    @property
    def links(self) -> bool:
        return bool(self.anchor or self.href)

    @property
    def style(self) -> str:
        plain = "linked" if self.links else ""
        kind = f"marked marked-{self.severity}" if self.severity else plain
        return f"{kind} corrected".strip() if self.corrected else kind


Marks = Mapping[Address, Mark | str]


def known(marks: Marks | None) -> dict[Address, Mark]:
    return {
        address: mark if isinstance(mark, Mark) else Mark(mark)
        for address, mark in (marks or {}).items()
    }


def with_corrections(
    marks: Mapping[Address, Mark], changed: Mapping[Address, Corrected]
) -> dict[Address, Mark]:
    """A cell may be corrected and still disputed."""
    bare = Mark("", "")
    corrections = {
        address: replace(marks.get(address, bare), corrected=corrected)
        for address, corrected in changed.items()
    }
    return {**marks, **corrections}


def marked(text: str, mark: Mark, language: str) -> str:
    content = _linked(text, mark, language) if mark.links else escape(text)
    if mark.corrected is None:
        return content
    inserted = tag("ins", {}, content) if text else content
    return inserted + _reason(mark.corrected, language)


def _reason(corrected: Corrected, language: str) -> str:
    """A link to why the figure was corrected. What it shows comes from the style sheet, so that
    the text of the cell stays the figure and nothing else, for who copies or reads it."""
    zh = language == "zh"
    was = shown(corrected.was) or ("空白" if zh else "blank")
    attributes = {
        "class": "reason",
        "href": f"#{corrected.anchor}",
        "aria-label": f"更正，原数：{was}" if zh else f"corrected, was: {was}",
        "title": f"原数：{was}" if zh else f"Was: {was}",
        "data-mark": "更正" if zh else "corr.",
    }
    return tag("a", attributes, "")


def _linked(text: str, mark: Mark, language: str) -> str:
    """A link to the finding. Its name gives the word, so that colour never speaks alone."""
    word = SEVERITIES.get(mark.severity, (mark.severity,) * 2)[language != "zh"]
    blank = "空白" if language == "zh" else "blank"
    name = text or blank
    if mark.severity:
        name += f"（{word}）" if language == "zh" else f" ({word})"
    target = mark.href or f"#{mark.anchor}"
    label = name if name != text else ""
    attributes = {"href": target, "aria-label": label, "title": mark.message}
    return tag("a", attributes, escape(text))
