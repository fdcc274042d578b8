"""The headings of a body, for the contents of a long document and for links to its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongkai.publishing.document import writing
from gongkai.publishing.document.blocks import Block, Paragraph
from gongkai.publishing.document.rich_text import read, written

# Headings that official documents write as paragraphs: 第一章 总则, 一、总体要求.
_CHAPTER = re.compile(r"第[〇零一二三四五六七八九十百\d]+[编章](?=[\s\u3000\xa0]|[\u4e00-\u9fff])")
_SECTION = re.compile(r"第[〇零一二三四五六七八九十百\d]+节(?=[\s\u3000\xa0]|[\u4e00-\u9fff])")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、\S")
_LONGEST = 40
_SENTENCE = re.compile("[。；;！!]")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>table|ul|ol|blockquote|p|h[2-5])(?=[ >])")


class Heading(NamedTuple):
    """A heading; `level` is 2 to 5 as in HTML, `id` what a link to it names."""

    level: int
    text: str
    id: str


def outline(html: str) -> tuple[Heading, ...]:
    """The headings of a body in order. Raises BodyTooLongError.

    Besides h2 to h5 these are the paragraphs official documents head their parts with.
    """
    return tuple(heading for heading in _headings(read(html)) if heading is not None)


def with_heading_ids(html: str) -> str:
    """The body with an id on every heading, for showing; it is never stored so.

    Raises BodyTooLongError.
    """
    body = read(html)
    headings = iter(list(_headings(body)))
    safe = written(body)
    parts, position, depth = [], 0, 0
    for match in _TAG.finditer(safe):
        if match["name"] in ("table", "ul", "ol", "blockquote"):
            depth += -1 if match["end"] else 1
        elif not depth and not match["end"]:
            heading = next(headings, None)
            if heading is not None:
                parts += [safe[position : match.end()], f' id="{heading.id}"']
                position = match.end()
    return "".join([*parts, safe[position:]])


def _headings(body: Iterable[Block]) -> Iterator[Heading | None]:
    """For each paragraph that stands on its own: what heading it is, or None."""
    count = 0
    for block in body:
        if isinstance(block, Paragraph):
            level = _level(block)
            count += level > 0
            text = " ".join(writing.words(block).split())
            yield Heading(level, text, f"part-{count}") if level else None


def _level(paragraph: Paragraph) -> int:
    text = writing.words(paragraph).strip()
    if not text or "doc-title" in paragraph.classes:
        return 0
    if paragraph.tag != "p":
        return int(paragraph.tag[1])
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return 0
    if _CHAPTER.match(text):
        return 2
    return 3 if _SECTION.match(text) or _NUMBERED.match(text) else 0
