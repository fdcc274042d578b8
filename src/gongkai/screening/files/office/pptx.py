"""Presentations: hidden slides, notes, comments, and what lies outside a slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.office import shared
from gongkai.screening.files.office.package import Package, relation_id
from gongkai.screening.files.trace import Place, Sighting, squeezed
from gongkai.screening.files.words import Kept
from gongkai.screening.files.xmlparts import Element, children, local, remove, texts

_SHAPES = {"sp", "pic", "graphicFrame", "grpSp", "cxnSp"}
_COMMENTS = {"comments", "commentAuthors", "authors"}
_DEFAULT_SIZE = (9_144_000, 6_858_000)  # EMU: 10 × 7.5 inches


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide in the order of the presentation, `number` from 1."""

    number: int
    part: str
    root: Element
    entry: Element
    hidden: bool


def slides(package: Package) -> Iterator[Slide]:
    """The slides of a presentation."""
    main = package.main_part()
    root = package.xml(main)
    targets = {relation.id: relation.target for relation in package.relations(main)}
    entries = [node for holder in shared.children_of(root, "sldIdLst") for node in holder]
    for number, entry in enumerate(entries, start=1):
        part = targets.get(relation_id(entry), "")
        slide = package.xml(part) if part else None
        if slide is not None:
            yield Slide(number, part, slide, entry, slide.get("show") in {"0", "false"})


def hidden(package: Package, deadline: Deadline) -> Iterator[Sighting]:
    """Traces of a presentation."""
    shown = []
    every = list(slides(package))
    size = _size(package)
    for slide in every:
        deadline.check()
        place = Place("slide", slide.number)
        if slide.hidden:
            kept: Kept = "referenced" if _is_linked(package, slide, every) else ""
            yield Sighting("pptx.hidden_slide", _text(slide.root), place, kept)
        else:
            shown.append(_text(slide.root))
        yield from _notes(package, slide)
        for shape in outside(slide.root, size):
            deadline.check()
            kept = "uncertain" if _moves(slide.root, shape) else ""
            yield Sighting("pptx.off_slide", _text(shape) or local(shape), place, kept)
    yield from _comments(package, {slide.part: slide.number for slide in every})
    yield from shared.hidden(package, squeezed("".join(shown)), deadline)


def _text(element: Element) -> str:
    paragraphs = (node for node in element.iter() if local(node) == "p")
    return " ".join(text for p in paragraphs if (text := texts(p, "t")))


def _size(package: Package) -> tuple[int, int]:
    for node in shared.children_of(package.xml(package.main_part()), "sldSz"):
        return _number(node, "cx"), _number(node, "cy")
    return _DEFAULT_SIZE


def _number(node: Element | None, name: str) -> int:
    text = "" if node is None else str(node.get(name) or "")
    return int(text) if text.removeprefix("-").isdigit() and len(text) < 16 else 0


def _notes(package: Package, slide: Slide) -> Iterator[Sighting]:
    for relation in package.relations(slide.part):
        root = package.xml(relation.target) if relation.kind == "notesSlide" else None
        if root is None:
            continue
        words = [
            _text(shape)
            for shape in root.iter()
            if local(shape) == "sp" and not _is_field(shape) and _text(shape)
        ]
        if words:
            yield Sighting("pptx.notes", " ".join(words), Place("slide", slide.number))


def _is_field(shape: Element) -> bool:
    """Whether a shape only shows the slide's number or the date."""
    kinds = {str(node.get("type")) for node in shape.iter() if local(node) == "ph"}
    return bool(kinds & {"sldNum", "dt", "sldImg"})


def outside(root: Element, size: tuple[int, int]) -> Iterator[Element]:
    """The shapes of a slide that do not touch it."""
    for tree in [node for node in root.iter() if local(node) == "spTree"]:
        for shape in tree:
            if local(shape) in _SHAPES and _is_outside(shape, size):
                yield shape


def _is_outside(shape: Element, size: tuple[int, int]) -> bool:
    frame = next((node for node in shape.iter() if local(node) == "xfrm"), None)
    start = None if frame is None else next(iter(children(frame, "off")), None)
    extent = None if frame is None else next(iter(children(frame, "ext")), None)
    if start is None or extent is None:
        return False
    left, top = _number(start, "x"), _number(start, "y")
    right, bottom = left + _number(extent, "cx"), top + _number(extent, "cy")
    turned = _number(frame, "rot") != 0
    around = max(right - left, bottom - top) if turned else 0
    return (
        right + around <= 0
        or bottom + around <= 0
        or left - around >= size[0]
        or top - around >= size[1]
    )


def _moves(root: Element, shape: Element) -> bool:
    """Whether an animation may bring a shape onto the slide."""
    own = {str(node.get("id")) for node in shape.iter() if local(node) == "cNvPr"}
    return any(local(node) == "spTgt" and node.get("spid") in own for node in root.iter())


def _is_linked(package: Package, slide: Slide, every: list[Slide]) -> bool:
    """Whether a slide that shows leads to this one."""
    return any(
        relation.target == slide.part
        for other in every
        if not other.hidden
        for relation in package.relations(other.part)
    )


def _comments(package: Package, numbers: dict[str, int]) -> Iterator[Sighting]:
    for relation in package.all_relations():
        if relation.kind not in _COMMENTS or relation.external:
            continue
        root = package.xml(relation.target)
        for node in [] if root is None else root.iter():
            place = Place("slide", numbers.get(relation.source, 0))
            if local(node) in {"cm", "reply"}:
                content = texts(node, "text", "t")
                yield Sighting("pptx.comment", content, place)
            elif local(node) in {"cmAuthor", "author"}:
                yield Sighting("pptx.comment", str(node.get("name") or ""), Place("file"))


def clean(package: Package, deadline: Deadline) -> None:
    """Take out hidden slides, notes, comments and shapes outside the slides."""
    every = list(slides(package))
    size = _size(package)
    gone = [s for s in every if s.hidden and not _is_linked(package, s, every)]
    for slide in gone:
        _drop_slide(package, slide)
    shown = []
    for slide in every:
        if slide in gone:
            continue
        for shape in list(outside(slide.root, size)):
            deadline.check()
            if not _moves(slide.root, shape):
                remove(shape)
                package.touch(slide.part)
        shared.unrelate_unused(package, slide.part, slide.root)
        shown.append(_text(slide.root) if not slide.hidden else "")
    kinds = _COMMENTS | {"notesSlide"}
    for relation in list(package.all_relations()):
        if relation.kind in kinds and not relation.external:
            package.drop(relation.target)
    shared.clean(package, squeezed("".join(shown)))


def _drop_slide(package: Package, slide: Slide) -> None:
    main = package.main_part()
    root = package.xml(main)
    number, reference = str(slide.entry.get("id") or ""), relation_id(slide.entry)
    for node in [] if root is None else list(root.iter()):
        in_section = local(node) == "sldId" and node.get("id") == number
        in_show = local(node) == "sld" and relation_id(node) == reference
        if in_section or in_show:
            remove(node)
    package.touch(main)
    package.drop(slide.part)
