"""A page as tags with the text behind them, in linear time whatever the page.

Where a page is large, most of it is markup that says nothing: fonts and spans inside a line, end
tags that the next tag implies. These never become tokens.
"""

from __future__ import annotations

import re

from gongkai.annual_report.read.sources.limits import LIMIT_TAGS, too_complex

Token = tuple[str, str, str]

_ATTRIBUTES = r"""([^>=]*+(?:=\s*+(?:"[^"]*+"?|'[^']*+'?)?+[^>=]*+)*+)>?"""
_TEXT = r"([^<]*+(?:<(?![a-zA-Z/!?])[^<]*+)*+)"
# End tags that end nothing which the next tag would not end as well.
_IMPLIED = (
    r"(?:</p>\s*+(?=</?(?:p|t[dh])[\s>])"
    r"|</t[dh]>\s*+(?=<(?:t[dh][\s>]|/tr>))"
    r"|</tr>\s*+(?=<(?:tr[\s>]|/table>)))*+"
)
_TOKEN = re.compile(
    _IMPLIED + r"<(?:(/?[a-zA-Z][^\s/>]*+)" + _ATTRIBUTES + r"|[/!?][^>]*+>?)" + _TEXT
)
# The lookahead spares every other tag ten comparisons without case.
_RAW_PATTERN = (
    r"!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|(?=[sSnNiIxX]|[tT][eE])"
    r"(?i:(script|style|noscript|template|iframe|textarea|xmp|noembed|noframes)(?=[\s/>])[^>]*+>"
    r".*?(?:</\1(?=[\s/>])[^>]*+>|\Z))"
)
_NAMES = "a b em font i o:p span strong u"
_INLINE = rf"(?:{'|'.join((_NAMES + ' ' + _NAMES.upper()).split())})"
_INLINE_TAG = rf"""/?{_INLINE}(?:\s[^<>"']*+(?:(?:"[^"<>]*+"|'[^'<>]*+')[^<>"']*+)*+)?+>"""
_RAW = re.compile(rf"<(?:{_RAW_PATTERN})", re.DOTALL)
_NOISE = re.compile(rf"<(?:{_INLINE_TAG}|{_RAW_PATTERN})", re.DOTALL)
_HIDING = re.compile(r"\shidden(?=[\s=/>])|display\s*:\s*none", re.IGNORECASE)
_HIDING_INLINE = re.compile(
    rf"<{_INLINE}(?=\s)[^<>]*?(?:\shidden|display\s*:\s*none)", re.IGNORECASE
)


def without_noise(html: str, *, hides: bool) -> str:
    """The page without what is no text: comments, scripts, tags that only change the looks of a
    piece of a line.

    Where such a tag may hide its text (`hides`: something on the page does), all of them stay.
    Raises UnreadableReportError("too_complex") past LIMIT_TAGS.
    """
    if html.count("<") > LIMIT_TAGS and _RAW.sub("", html).count("<") > LIMIT_TAGS:
        raise too_complex("tags", LIMIT_TAGS)
    noise = _RAW if hides and _HIDING_INLINE.search(html) else _NOISE
    return noise.sub("", html).replace("\0", "")


def may_hide(html: str) -> bool:
    """Whether any element of the page may be hidden."""
    return ("none" in html or "idden" in html) and _HIDING.search(html) is not None


def tokens(html: str, start: int) -> list[Token]:
    """(name, attributes, text up to the next tag) from a position on.

    A name begins with "/" for an end tag and is "" for a declaration. End tags of paragraphs,
    cells and rows are left out where the next tag ends them as well.
    """
    return _TOKEN.findall(html, start)
