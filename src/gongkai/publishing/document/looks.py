"""What tags, classes and styles say about the looks of text, in the few words a body keeps."""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.publishing.document.blocks import CLASSES, Marks
from gongkai.publishing.document.markup import Start

_TAGS = {
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i"), "em"),
    **dict.fromkeys(("u", "ins"), "u"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    "sup": "sup",
    "sub": "sub",
}
_ALIGNMENTS = {
    **{name: f"align-{name}" for name in ("left", "center", "right", "justify")},
    "start": "align-left",
    "end": "align-right",
}
_BOLD = {"bold", "bolder", "600", "700", "800", "900"}
_INDENTS = ("indent", "no-indent")
_ZERO = re.compile(r"0(?:\.0+)?[a-z%]*$")


@lru_cache(maxsize=4096)
def declarations(style: str) -> dict[str, str]:
    """The declarations of a style attribute, names and values in lower case."""
    found = {}
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip()] = value.strip().removesuffix("!important").strip()
    return found


def marked(token: Start, marks: Marks) -> Marks:
    """The marks of text inside an element, by its tag and its style."""
    name = _TAGS.get(token.name)
    if name and name not in marks.names:
        marks = marks.with_(name)
    style = token.attributes.get("style")
    return _styled(declarations(style), marks) if style else marks


def _styled(style: dict[str, str], marks: Marks) -> Marks:
    weight = style.get("font-weight")
    if weight:
        marks = marks.with_("strong") if weight in _BOLD else marks.without("strong")
    slant = style.get("font-style")
    if slant:
        marks = marks.with_("em") if slant in {"italic", "oblique"} else marks.without("em")
    line = style.get("text-decoration", "") or style.get("text-decoration-line", "")
    if "underline" in line:
        marks = marks.with_("u")
    if "line-through" in line:
        marks = marks.with_("s")
    place = style.get("vertical-align")
    if place in {"super", "sub"}:
        marks = marks.without("sup", "sub").with_("sup" if place == "super" else "sub")
    return marks


def classes(token: Start, inherited: tuple[str, ...]) -> tuple[str, ...]:
    """The classes of a block: those it has, what its style says, what it takes from outside."""
    get = token.attributes.get
    align = "center" if token.name == "center" else get("align", "").lower()
    return _classes(get("class", ""), get("style", ""), align, inherited)


@lru_cache(maxsize=4096)
def _classes(names: str, rules: str, align: str, inherited: tuple[str, ...]) -> tuple[str, ...]:
    own = {name for name in names.split() if name in CLASSES}
    style = declarations(rules)
    alignment = style.get("text-align") or align
    if alignment in _ALIGNMENTS and not any(name in own for name in _ALIGNMENTS.values()):
        own.add(_ALIGNMENTS[alignment])
    indent = style.get("text-indent", "")
    if indent and not own.intersection(_INDENTS):
        own |= _indented(indent)
    return _settled(own, inherited)


def _indented(value: str) -> set[str]:
    if _ZERO.match(value):
        return {"no-indent"}
    return set() if value.startswith("-") else {"indent"}


def _settled(own: set[str], inherited: tuple[str, ...]) -> tuple[str, ...]:
    """One alignment, one indentation, one part of the document: an element's own first."""
    found = []
    for prefix in ("align-", "indent", "doc-"):
        for names in (own, inherited):
            group = [name for name in CLASSES if name in names and _kind(name) == prefix]
            if group:
                found.append(group[0])
                break
    return tuple(found)


def _kind(name: str) -> str:
    return "indent" if name in _INDENTS else name[: name.index("-") + 1]
