"""What Word, WPS and the clipboard give, turned into a body.

    cleaned_paste(clipboard)     # HTML or plain text in, the HTML of `rich_text` out

The looks a word processor writes into every tag go; what they mean stays: headings by their
outline level, lists by their markers, title and number by their place and size, notes by their
anchors. Numbering that is part of the text (一、（一）第一条) stays text, because other documents
cite it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.publishing.document.addresses import source as own_picture
from gongkai.publishing.document.blocks import CLASSES, Block, Paragraph, Quote, Run
from gongkai.publishing.document.equations import as_text
from gongkai.publishing.document.flow import blocks
from gongkai.publishing.document.looks import classes, declarations
from gongkai.publishing.document.markup import End, Start, Text, Token, tokens
from gongkai.publishing.document.rich_text import bounded, sanitised, written
from gongkai.publishing.document.word_lists import Chunk, listed
from gongkai.publishing.document.writing import markup
from gongkai.screening.text.invisible import visible

PICTURE_LOST = "【图片未随文粘贴，请作为附件上传后插入】"
"""Stands where the clipboard named a picture that only the writer's own computer has."""

_TAG = re.compile(r"<(?:!--|/?[a-zA-Z][\w:]*(?:\s[^<>]*|/)?>)")
_NOTE = re.compile(r"#?_(ftn|edn)(ref)?(\d{1,4})")
_NUMBER = re.compile(r"\s*[\u4e00-\u9fff]{2,}〔\d{4}〕\s*\d{1,5}\s*号\s*")
_DAY = re.compile(r"\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})年.{1,3}月.{1,3}日\s*")
_INDENT = re.compile("[\u3000\xa0 ]*[\u3000\xa0][\u3000\xa0 ]*")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)pt")
_TITLE_POINTS = 20.0  # 二号 is 22pt; 小二 18pt is used within a text

_DROPPED = frozenset({"del", "v:shapetype", "w:sdtpr", "w:worddocument", "o:ole", "w:latentstyles"})
_DROPPED_ELEMENTS = frozenset({"comment", "comment-list", "header", "footer"})
_DROPPED_CLASSES = frozenset({"msodel", "msocommentreference", "msocommenttext"})
_VOID = frozenset({"br", "hr", "img", "col", "meta", "link", "input", "wbr", "base", "embed"})
_BLOCKS = frozenset({"p", "div", "table", "ul", "ol", "li", "td", "tr", "blockquote"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def cleaned_paste(source: str) -> str:
    """The body a clipboard's HTML or plain text stands for, as `rich_text.sanitised` writes it.

    Hidden and deleted text, comments, headers and footers are left out. A picture that cannot come
    along leaves a line that says so. Raises BodyTooLongError.
    """
    bounded(source)
    if not _TAG.search(source):
        return from_plain_text(source)
    read = as_text(_visible(tokens(_with_equations(_fragment(source)))))
    chunks = (_styled(chunk) for chunk in _chunks(_translated(read)))
    return sanitised(markup(_parts(blocks(listed(chunks)))))


def _fragment(source: str) -> str:
    """What was copied, without the page the clipboard puts around it."""
    start, end = source.find("<!--StartFragment"), source.rfind("<!--EndFragment")
    return source[start:end] if 0 <= start < end else source


def _with_equations(source: str) -> str:
    """Equations taken out of the comment they stand in; the pictures beside them dropped."""
    for opening, closing, kept in (
        ("<![if !msEquation]>", "<![endif]>", False),
        ("<!--[if gte msEquation 12]>", "<![endif]-->", True),
    ):
        before, *parts = source.split(opening)
        pieces = [before]
        for part in parts:
            inside, found, after = part.partition(closing)
            pieces += [inside if kept or not found else "", after]
        source = "".join(pieces)
    return source


def from_plain_text(text: str) -> str:
    """The body of plain text: each line a paragraph, indented if it begins with wide spaces.

    Raises BodyTooLongError.
    """
    bounded(text)
    lines = map(visible, re.split(r"\r\n?|[\n\x0b\x0c\u2028\u2029]", text))
    return written(
        Paragraph(
            (Run(" ".join(line.split())),),
            classes=("indent",) if _INDENT.match(line) else (),
        )
        for line in lines
        if line.strip()
    )


def _visible(read: Iterable[Token]) -> Iterator[Token]:
    """The tokens a reader of the page would see."""
    within, depth = "", 0
    for token in read:
        if within:
            if not isinstance(token, Text) and token.name == within:
                depth += 1 if isinstance(token, Start) else -1
                within = within if depth else ""
        elif isinstance(token, Start) and _unseen(token):
            if token.name not in _VOID:
                within, depth = token.name, 1
        else:
            yield token


def _unseen(token: Start) -> bool:
    style = declarations(token.attributes.get("style", ""))
    return (
        token.name in _DROPPED
        or style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or style.get("mso-element") in _DROPPED_ELEMENTS
        or (token.name == "br" and "page-break-before" in style)
        or not _DROPPED_CLASSES.isdisjoint(token.attributes.get("class", "").lower().split())
    )


def _translated(read: Iterable[Token]) -> Iterator[Token]:
    """Notes, pictures and runs of space in the form a body has them."""
    spaced, raised = 0, False
    for token in read:
        if isinstance(token, Text):
            yield Text(" ") if spaced and not token.text.strip() else token
        elif isinstance(token, End):
            spaced = max(spaced - 1, 0) if token.name == "span" else spaced
            if raised and token.name == "a":
                yield End("sup")
                raised = False
            yield token
        elif token.name == "a":
            note = _noted(token)
            yield note
            raised = note.attributes.get("id", "").startswith("note-ref")
            if raised:
                yield Start("sup", {})
        elif token.name == "img" and not own_picture(token.attributes.get("src", "")):
            yield Text(PICTURE_LOST)
        else:
            style = token.attributes.get("style", "")
            if token.name == "span" and (spaced or "mso-spacerun" in style or "mso-tab" in style):
                spaced += 1
            yield token


def _noted(token: Start) -> Start:
    """An anchor; those of foot- and endnotes are named as `addresses.anchor` allows."""
    named = _NOTE.fullmatch(token.attributes.get("name", ""))
    leads = _NOTE.fullmatch(token.attributes.get("href", ""))
    attributes = dict(token.attributes)
    if named:
        attributes["id"] = _note(named)
    if leads:
        attributes["href"] = f"#{_note(leads)}"
    return Start("a", attributes)


def _note(match: re.Match[str]) -> str:
    kind, reference, number = match.groups()
    return f"note{'-ref' if reference else ''}-{'e' if kind == 'edn' else ''}{number}"


def _chunks(read: Iterable[Token]) -> Iterator[Chunk]:
    """The tokens paragraph by paragraph; what stands between them one by one."""
    chunk: list[Token] = []
    for token in read:
        begins = isinstance(token, Start) and (token.name == "p" or token.name in _HEADINGS)
        if chunk and (begins or (isinstance(token, Start) and token.name in _BLOCKS)):
            yield from ([piece] for piece in chunk)  # never closed
            chunk = []
        if begins or chunk:
            chunk.append(token)
            first = chunk[0]
            if isinstance(token, End) and isinstance(first, Start) and token.name == first.name:
                yield chunk
                chunk = []
        else:
            yield [token]
    yield from ([piece] for piece in chunk)


def _styled(chunk: Chunk) -> Chunk:
    """A paragraph under the name its looks deserve: the title, or a heading of its level."""
    first = chunk[0]
    if len(chunk) < 2 or not isinstance(first, Start):
        return chunk
    if _is_title(first, chunk):
        names = f"{first.attributes.get('class', '')} doc-title"
        return [Start("p", {**first.attributes, "class": names}), *chunk[1:-1], End("p")]
    level = declarations(first.attributes.get("style", "")).get("mso-outline-level", "")
    if first.name == "p" and level in {"1", "2", "3", "4"}:
        name = f"h{int(level) + 1}"
        return [Start(name, first.attributes), *chunk[1:-1], End(name)]
    return chunk


def _is_title(first: Start, chunk: Chunk) -> bool:
    if first.attributes.get("class", "").lower() == "msotitle":
        return True
    if "align-center" not in classes(first, ()):
        return False
    styles = [token.attributes.get("style", "") for token in chunk if isinstance(token, Start)]
    sizes = [_SIZE.search(declarations(style).get("font-size", "")) for style in styles]
    points = [float(size[1]) for size in sizes if size]
    return bool(points) and max(points) >= _TITLE_POINTS


def _parts(read: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the parts of an official document named and typed indents taken off."""
    for block in read:
        if isinstance(block, Quote):
            block.blocks = list(_parts(block.blocks))
            yield block
        else:
            yield _part(block) if isinstance(block, Paragraph) and block.runs else block


def _part(paragraph: Paragraph) -> Paragraph:
    runs, names = paragraph.runs, set(paragraph.classes)
    indent = "" if runs[0].image else (_INDENT.match(runs[0].text) or [""])[0]
    if indent:
        runs = (runs[0]._replace(text=runs[0].text[len(indent) :]), *runs[1:])
        names |= {"indent"} if names.isdisjoint(("align-center", "align-right")) else set()
        names -= {"no-indent"} if "indent" in names else set()
    text = paragraph.text
    if "align-center" in names and _NUMBER.fullmatch(text):
        names.add("doc-number")
    elif "align-right" in names and _DAY.fullmatch(text):
        names.add("doc-date")
    return Paragraph(runs, paragraph.tag, tuple(name for name in CLASSES if name in names))
