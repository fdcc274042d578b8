"""Word documents: what hides in the text, its settings and its comments."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.office import shared
from gongkai.screening.files.office.docx_changes import CHANGES, accept, change, is_spare
from gongkai.screening.files.office.docx_formatting import Looks, first, is_on, is_word, value
from gongkai.screening.files.office.package import Package
from gongkai.screening.files.trace import Place, Sighting, squeezed
from gongkai.screening.files.words import Kept, TraceCode
from gongkai.screening.files.xmlparts import Element, below, local, remove, texts

_STORIES = {"document", "hdr", "ftr", "footnotes", "endnotes", "glossaryDocument"}
_COMMENTS = {
    "comments",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "people",
}
_ANCHORS = {"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"}
_TEXT = {"t", "delText", "sym"}
_DRAWN = {"drawing", "pict", "object"}
_REMOVABLE = _TEXT | _DRAWN | {"tab", "br", "cr", "noBreakHyphen", "softHyphen", "ptab"}


def hidden(package: Package, deadline: Deadline) -> Iterator[Sighting]:
    """Traces of a Word document."""
    shown = []
    looks = _looks(package)
    for name, root in stories(package):
        deadline.check()
        shown.append(texts(root, "t"))
        yield from _once(_of_story(name, root, looks, deadline))
    yield from _comments(package)
    yield from _settings(package)
    yield from shared.hidden(package, squeezed("".join(shown)), deadline)


def stories(package: Package) -> Iterator[tuple[str, Element]]:
    """The parts with text: the document itself, heads and feet, notes, building blocks."""
    main = package.main_part()
    folder = main.rpartition("/")[0]
    for name in package.names:
        if name.startswith(folder) and name.endswith(".xml"):
            root = package.xml(name)
            if root is not None and local(root) in _STORIES:
                yield name, root


def _looks(package: Package) -> Looks:
    has_ground = any(
        node.get("behindDoc") in {"1", "true"} or local(node) == "background"
        for _, root in stories(package)
        for node in below(root, "anchor", "background")
    )
    styles = next((name for name in package.names if name.endswith("/styles.xml")), "")
    return Looks(package.xml(styles) if styles else None, has_ground=has_ground)


def _once(found: Iterator[tuple[Element, Sighting]]) -> Iterator[Sighting]:
    """A text box stands twice in a file, for old programs once more: it is reported once."""
    seen: set[tuple[str, str]] = set()
    for node, sighting in found:
        key = sighting.code, sighting.content
        if key in seen and any(local(around) == "Fallback" for around in node.iterancestors()):
            continue
        seen.add(key)
        yield sighting


def _of_story(
    name: str, root: Element, looks: Looks, deadline: Deadline
) -> Iterator[tuple[Element, Sighting]]:
    main = local(root) == "document"
    numbers = {node: at for at, node in enumerate(_paragraphs(root), start=1)}
    for node in below(root, *CHANGES, "altChunk", "instrText", "tr"):
        deadline.check()
        if (found := change(node)) is not None:
            yield node, Sighting(*found, _place(name, node, numbers, main=main))
        elif is_word(node, "altChunk"):
            yield (
                node,
                Sighting(
                    "docx.inserted_file", value(node, "id"), Place("part", part=name), "shown"
                ),
            )
        elif is_word(node, "instrText") and (path := shared.path_within(node.text or "")):
            place = _place(name, node, numbers, main=main)
            yield node, Sighting("office.external_link", path, place, "source_needed")
        elif is_word(node, "tr") and is_on(first(node, "trPr", "hidden")):
            place = _place(name, node, numbers, main=main)
            yield node, Sighting("docx.hidden_row", texts(node, "t"), place)
    for code, kept, runs in concealed(root, looks, deadline):
        content = "".join(_content(run) for run in runs)
        place = _place(name, runs[0], numbers, main=main)
        yield runs[0], Sighting(code, content, place, kept)


def _paragraphs(root: Element) -> Iterator[Element]:
    return (node for node in below(root, "p") if is_word(node, "p"))


def _place(name: str, node: Element, numbers: dict[Element, int], *, main: bool) -> Place:
    paragraph = next((around for around in node.iterancestors() if around in numbers), None)
    if paragraph is None:
        paragraph = next((one for one in node.iter() if one in numbers), None)
    if paragraph is None:
        return Place("part", part=name)
    return Place("paragraph", numbers[paragraph], "" if main else name)


def concealed(
    root: Element, looks: Looks, deadline: Deadline
) -> Iterator[tuple[TraceCode, Kept, list[Element]]]:
    """Runs with content that do not show, those of one paragraph and kind together."""
    together: dict[tuple[Element | None, TraceCode, Kept], list[Element]] = {}
    for run in below(root, "r"):
        deadline.check()
        if not is_word(run, "r") or not _content(run).strip():
            continue
        look = looks.of(run)
        paragraph = next((node for node in run.iterancestors() if is_word(node, "p")), None)
        if look.hidden:
            kept: Kept = "source_needed" if _is_field(run) else ""
            together.setdefault((paragraph, "docx.hidden_text", kept), []).append(run)
        elif look.unseen and any(local(child) in _TEXT for child in run):
            kept = "" if look.certain else "uncertain"
            together.setdefault((paragraph, "docx.invisible_text", kept), []).append(run)
    for (_, code, kept), runs in together.items():
        yield code, kept, runs


def _content(run: Element) -> str:
    words = []
    for child in run:
        name = local(child)
        if name in _TEXT or name == "instrText":
            words.append(child.text or value(child, "char"))
        elif name in _DRAWN:
            words.append(texts(child, "t") or "□")
    return "".join(words)


def _is_field(run: Element) -> bool:
    return any(local(child) == "instrText" for child in run)


def _comments(package: Package) -> Iterator[Sighting]:
    for name in package.names:
        root = package.xml(name) if _is_comments(name) else None
        for number, node in enumerate([] if root is None else list(root), start=1):
            place = Place("part", part=name)
            if is_word(node, "comment"):
                content = f"{value(node, 'author')}: {texts(node, 't', 'delText')}"
                yield Sighting("docx.comment", content, Place("paragraph", number, name))
            elif local(node) == "person":
                yield Sighting("docx.reviewers", value(node, "author"), place)


def _is_comments(name: str) -> bool:
    return name.rpartition("/")[2].removesuffix(".xml") in _COMMENTS


def _settings(package: Package) -> Iterator[Sighting]:
    for name in package.names:
        if not name.endswith("/settings.xml"):
            continue
        root = package.xml(name)
        for node in [] if root is None else root.iter():
            if is_word(node, "docVar"):
                content = f"{value(node, 'name')}: {value(node)}"
                yield Sighting("docx.document_variable", content)
        for relation in package.relations(name):
            if relation.kind == "attachedTemplate":
                yield Sighting("docx.attached_template", relation.target)


def clean(package: Package, deadline: Deadline) -> None:
    """Accept all changes and take out what does not show; everything that shows stays."""
    for name in package.names:
        if name.endswith(("/styles.xml", "/numbering.xml")):
            root = package.xml(name)
            if root is not None and accept(root, deadline):
                package.touch(name)
    shown = []
    looks = _looks(package)
    for name, root in list(stories(package)):
        accept(root, deadline)
        _remove_concealed(root, looks, deadline)
        _remove_anchors(root)
        package.touch(name)
        shared.unrelate_unused(package, name, root)
        shown.append(texts(root, "t"))
    for name in package.names:
        if _is_comments(name):
            package.drop(name)
        elif name.endswith("/settings.xml"):
            _clean_settings(package, name)
    shared.clean(package, squeezed("".join(shown)))


def _remove_concealed(root: Element, looks: Looks, deadline: Deadline) -> None:
    for row in [
        n for n in below(root, "tr") if is_word(n, "tr") and is_on(first(n, "trPr", "hidden"))
    ]:
        _remove_row(row)
    touched: list[Element] = []
    for _, kept, runs in list(concealed(root, looks, deadline)):
        if kept:
            continue
        touched += [n for n in runs[0].iterancestors() if is_word(n, "p")][:1]
        for run in runs:
            for child in [c for c in run if local(c) in _REMOVABLE]:
                run.remove(child)
            if all(local(child) == "rPr" for child in run):
                remove(run)
    for paragraph in touched:
        if looks.mark_is_hidden(paragraph) and _is_empty(paragraph):
            _remove_paragraph(paragraph)


def _remove_row(row: Element) -> None:
    table = row.getparent()
    remove(row)
    if table is None or any(is_word(child, "tr") for child in table.iter()):
        return
    remove(table)


def _is_empty(paragraph: Element) -> bool:
    return not any(is_word(node, "r") for node in paragraph.iter())


def _remove_paragraph(paragraph: Element) -> None:
    if first(paragraph, "pPr", "sectPr") is None and is_spare(paragraph):
        remove(paragraph)


def _remove_anchors(root: Element) -> None:
    for node in list(below(root, *_ANCHORS)):
        run = node.getparent()
        remove(node)
        if run is not None and is_word(run, "r") and all(local(c) == "rPr" for c in run):
            remove(run)


def _clean_settings(package: Package, name: str) -> None:
    root = package.xml(name)
    for node in [] if root is None else list(root):
        if local(node) in {"docVars", "attachedTemplate"}:
            remove(node)
            package.touch(name)
    for relation in list(package.relations(name)):
        if relation.kind == "attachedTemplate":
            package.unrelate(relation)
