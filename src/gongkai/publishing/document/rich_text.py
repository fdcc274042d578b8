"""The body of a document: HTML that is safe, tidy and always written the same way.

    body = sanitised(typed)          # what is stored, hashed and shown
    sanitised(body) == body          # saving without a change changes nothing
    plain_text(body)                 # what is searched and screened

What a Chinese official document needs is kept: headings, paragraphs, lists, tables with spans,
emphasis, notes, links, pictures that are attachments of ours, alignment and first-line
indentation as classes. Everything else goes: its tag where it holds text, all of it where it
holds none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import nh3

from gongkai.publishing.document import writing
from gongkai.publishing.document.addresses import SCHEMES, anchor, link, source
from gongkai.publishing.document.blocks import CLASSES, Block, Listing, Paragraph, Quote, Table
from gongkai.publishing.document.flow import blocks
from gongkai.publishing.document.markup import tokens
from gongkai.publishing.document.tidy import tidied, words
from gongkai.screening.text.links import Link

LIMIT = 10_000_000
"""Characters of HTML that are read; a county's longest plan has about a twentieth."""

_TEXT = ("p", "h2", "h3", "h4", "h5")
_TAGS = {
    *_TEXT,
    *("br", "hr", "ul", "ol", "li", "blockquote", "a", "img"),
    *("strong", "em", "u", "s", "sup", "sub"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
_ALIGNMENTS = {name for name in CLASSES if name.startswith("align-")}
_VETTED = {("a", "href"): link, ("a", "id"): anchor, ("img", "src"): source}


LIMIT_TAGS = 500_000


class BodyTooLongError(ValueError):
    """The HTML has more than `LIMIT` characters or `LIMIT_TAGS` tags; nothing was read.

    `unit` is "characters" or "tags", `number` how many there are, `limit` how many may be.
    """

    def __init__(self, unit: str, number: int, limit: int) -> None:
        super().__init__(f"the text has {number:,} {unit}; at most {limit:,} are read")
        self.unit, self.number, self.limit = unit, number, limit


def sanitised(html: str) -> str:
    """The HTML with what a document needs and nothing else, in its one form.

    Idempotent, linear in its length, without script by any trick: what is written is read again
    and let through by nh3. Raises BodyTooLongError.
    """
    return tidied(html) or written(read(html))


canonical = sanitised
"""The one form of a body: two texts that show the same are the same bytes, and hash alike."""


def read(html: str) -> list[Block]:
    """The blocks of a body. Raises BodyTooLongError."""
    bounded(html)
    return blocks(tokens(html))


def bounded(html: str) -> None:
    """Raises BodyTooLongError if there is more than is read."""
    for unit, number, limit in (
        ("characters", len(html), LIMIT),
        ("tags", html.count("<"), LIMIT_TAGS),
    ):
        if number > limit:
            raise BodyTooLongError(unit, number, limit)


def written(body: Iterable[Block]) -> str:
    """Blocks as safe HTML. Whoever made the blocks, nh3 has the last word.

    nh3 takes quadratic time over the references within one text. So it is given a noncharacter for
    each of them, which it leaves alone and no text holds, and the reference is put back afterwards:
    a reference never makes a tag, and so changes nothing about what nh3 has decided.
    """
    plain = _STANDING_IN.sub("", writing.markup(body))
    clean = _CLEANER.clean(_TAG_OR_REFERENCE.sub(_stood_in, plain))
    for reference, sign in _STAND_INS.items():
        clean = clean.replace(sign, reference)
    return clean


def _stood_in(match: re.Match[str]) -> str:
    """The noncharacter for a reference; a tag as it is."""
    return _STAND_INS.get(match[0], match[0])


_STAND_INS = {"&amp;": "\ufdd0", "&lt;": "\ufdd1", "&gt;": "\ufdd2", "&nbsp;": "\ufdd3"}
_STANDING_IN = re.compile("[\ufdd0-\ufdd3]")
_TAG_OR_REFERENCE = re.compile(f"<[^>]*>|{'|'.join(_STAND_INS)}")


def plain_text(html: str) -> str:
    """The text: a line for each paragraph and table row, cells parted by tabs.

    Raises BodyTooLongError.
    """
    tidy = tidied(html)
    return words(tidy) if tidy else text(read(html))


def text(body: Iterable[Block]) -> str:
    """The plain text of blocks already read."""
    return "\n".join(writing.lines(body))


def links(html: str) -> tuple[Link, ...]:
    """Every address a body links to, with its place in `plain_text(html)`, in reading order.

    A link within a table or list is there as well. Raises BodyTooLongError.
    """
    return tuple(_links(read(html)))


def _links(body: list[Block]) -> Iterator[Link]:
    position = 0
    for paragraph in _placed(body):
        for run in paragraph.runs:
            text = run.text.replace("\ufffc", "")
            if run.marks.href and not run.marks.href.startswith("#"):
                yield Link(run.marks.href, position, position + len(text))
            position += len(text)
        position += 1


def _placed(body: Iterable[Block]) -> Iterator[Paragraph]:
    """Each paragraph in the order of the plain text, where one character parts it from the next."""
    for block in body:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _placed(item)
        elif isinstance(block, Quote):
            yield from _placed(block.blocks)
        elif isinstance(block, Table):
            yield from _placed(block.caption)
            for row in block.rows:
                for cell in row.cells:
                    yield from list(_placed(cell.blocks)) or [Paragraph(())]


def _vetted(tag: str, attribute: str, value: str) -> str | None:
    """The same decision as in reading, taken once more on what is about to be stored."""
    vet = _VETTED.get((tag, attribute))
    return value if vet is None or vet(value) == value else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style"},
    attributes={
        "a": {"href", "id"},
        "img": {"src", "alt", "width", "height"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
        "ol": {"start", "type"},
    },
    attribute_filter=_vetted,
    allowed_classes={
        **{name: set(CLASSES) for name in _TEXT},
        "td": _ALIGNMENTS,
        "th": _ALIGNMENTS,
    },
    url_schemes=set(SCHEMES),
    link_rel=None,
)
