"""Tracked changes of a Word document: found, and accepted as Word would ([ECMA-376] 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.office.docx_formatting import first, is_word
from gongkai.screening.files.words import TraceCode
from gongkai.screening.files.xmlparts import Element, below, local, remove, texts, unwrap

_CODES: dict[str, TraceCode] = {
    "ins": "docx.insertion",
    "cellIns": "docx.insertion",
    "del": "docx.deletion",
    "cellDel": "docx.deletion",
    "cellMerge": "docx.format_change",
    "moveFrom": "docx.move",
    "moveTo": "docx.move",
}
_RANGES = (
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
    "customXmlInsRangeStart",
    "customXmlInsRangeEnd",
    "customXmlDelRangeStart",
    "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart",
    "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd",
)
_FORMATS = (
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblPrExChange",
    "tblGridChange",
    "trPrChange",
    "tcPrChange",
)
CHANGES = (*_CODES, *_FORMATS)
_PROPERTIES = {"rPr", "pPr", "trPr", "tcPr", "numPr"}
_CONTENT = {"r", "hyperlink", "sdt", "smartTag", "fldSimple", "oMath", "ins", "moveTo"}


def change(node: Element) -> tuple[TraceCode, str] | None:
    """The code and content of a tracked change, None for any other element."""
    name = local(node)
    if not is_word(node, name):
        return None
    if name in _FORMATS:
        around = node.getparent()
        around = None if around is None else around.getparent()
        return "docx.format_change", "" if around is None else texts(around, "t")[:200]
    code = _CODES.get(name)
    if code is None:
        return None
    return code, texts(node, "t", "delText") or _of_mark(node)


def _of_mark(node: Element) -> str:
    """What a change without text of its own is about: a paragraph's end, a row, a cell."""
    parent = node.getparent()
    if parent is None or local(parent) not in _PROPERTIES:
        return ", ".join(sorted({local(child) for child in node.iter()} - {local(node), "rPr"}))
    if local(parent) in {"trPr", "tcPr"}:
        around = parent.getparent()
        return "" if around is None else texts(around, "t", "delText")
    return "¶"


def accept(root: Element, deadline: Deadline) -> bool:
    """Accept all changes below an element; whether there were any."""
    found = [node for node in below(root, *CHANGES) if change(node) is not None]
    found += below(root, *_RANGES)
    joined: list[Element] = []
    for node in found:
        deadline.check()
        if _is_mark(node):
            joined += _accept_mark(node)
        elif local(node) in {"ins", "moveTo"}:
            unwrap(node)
        else:
            remove(node)
    for paragraph in joined:
        _join_with_next(paragraph)
    return bool(found)


def _is_mark(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and local(parent) in _PROPERTIES and local(node) in _CODES


def _accept_mark(node: Element) -> Iterator[Element]:
    """Accept a change of a row, a cell or a paragraph's end; gives paragraphs to be joined."""
    parent = node.getparent()
    holder = None if parent is None else parent.getparent()
    remove(node)
    if parent is None or holder is None or local(node) not in {"del", "moveFrom", "cellDel"}:
        return
    if local(parent) in {"trPr", "tcPr"}:
        remove(holder)
    elif local(holder) == "pPr":
        paragraph = holder.getparent()
        if paragraph is not None and local(paragraph) == "p":
            yield paragraph


def _join_with_next(paragraph: Element) -> None:
    """The end of a paragraph goes: what is left of it begins the next one."""
    if first(paragraph, "pPr", "sectPr") is not None:
        return
    following = paragraph.getnext()
    content = [child for child in paragraph if local(child) != "pPr"]
    if following is not None and is_word(following, "p"):
        at = 1 if first(following, "pPr") is not None else 0
        for child in reversed(content):
            following.insert(at, child)
        remove(paragraph)
    elif not any(local(child) in _CONTENT for child in content) and is_spare(paragraph):
        remove(paragraph)


def is_spare(paragraph: Element) -> bool:
    """Whether its container has another paragraph: a cell or a story cannot be without one."""
    return any(
        True for before in (True, False) for _ in paragraph.itersiblings("{*}p", preceding=before)
    )
