"""A page as tags with the text behind them, in linear time whatever the page.

Where a page is large, most of it is markup that says nothing: fonts and spans inside a line, end
tags that the next tag implies. These never become tokens.
"""

from __future__ import annotations

import re

Token = tuple[str, str, str]

_ATTRIBUTES = r"""([^>=]*+(?:=\s*+(?:"[^"]*+"?|'[^']*+'?)?+[^>=]*+)*+)>?"""
_TEXT = r"([^<]*+(?:<(?![a-zA-Z/!?])[^<]*+)*+)"
_IMPLIED = r"(?:</t[dh]>\s*+(?=<(?:t[dh][\s>]|/tr>))|</tr>\s*+(?=<(?:tr[\s>]|/table>)))*+"  # the next ends it
_TOKEN = re.compile(
    _IMPLIED + r"<(?:(/?[a-zA-Z][^\s/>]*+)" + _ATTRIBUTES + r"|[/!?][^>]*+>?)" + _TEXT
)
_RAW = re.compile(
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|(?i:(script|style|noscript|template|iframe|textarea|xmp|noembed|noframes)(?=[\s/>])[^>]*+>"
    r".*?(?:</\1(?=[\s/>])[^>]*+>|\Z)))",
    re.DOTALL,
)
_NAMES = "a b em font i o:p span strong u"
_INLINE = rf"(?:{'|'.join((_NAMES + ' ' + _NAMES.upper()).split())})"
_INLINE_TAG = re.compile(
    rf"""</?{_INLINE}(?:\s[^<>"']*+(?:(?:"[^"<>]*+"|'[^'<>]*+')[^<>"']*+)*+)?+>"""
)
_HIDING = re.compile(r"\shidden(?=[\s=/>])|display\s*:\s*none", re.IGNORECASE)
_HIDING_INLINE = re.compile(rf"<{_INLINE}\s[^<>]*?(?:\shidden|display\s*:\s*none)", re.IGNORECASE)


def without_raw(html: str) -> str:
    """The page without comments, scripts and other elements whose content is not markup."""
    return _RAW.sub("", html).replace("\0", "")


def hides(html: str) -> bool:
    """Whether any element of the page may be hidden."""
    words = ("none", "NONE", "idden", "IDDEN")
    return any(word in html for word in words) and _HIDING.search(html) is not None


def without_inline(html: str) -> str:
    """The page without the tags that only change how a piece of a line looks.

    A page stays as it is if such an element is hidden.
    """
    if hides(html) and _HIDING_INLINE.search(html):
        return html
    return _INLINE_TAG.sub("", html)


def tokens(html: str, start: int) -> list[Token]:
    """(name, attributes, text up to the next tag) from a position on.

    A name begins with "/" for an end tag and is "" for a declaration. End tags of cells and rows
    are left out where the next tag ends them as well.
    """
    return _TOKEN.findall(html, start)
