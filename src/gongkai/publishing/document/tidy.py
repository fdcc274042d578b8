"""Bodies that need no reading: nothing but paragraphs, headings and tables of plain words.

Most official documents, and nearly all that come in from older sites, are of that kind. But for
the white space between their tags they are in their one form already, and what they say is what
stands between the tags.
"""

from __future__ import annotations

import re

_CHARACTERS = (
    "[\u3400-\u9fff\u3001-\u3017\uff01-\uff5e\u2010-\u2015\u2018-\u201d\u2026\u2460-\u249b"
    "0-9A-Za-z·×÷±℃㎡!#$%()*+,\\-./:;=?@\\[\\]^_{|}~]+"
)
_WORDS = f"{_CHARACTERS}(?:[ \u3000]{_CHARACTERS})*"
_TEXT = rf"<(?P<tag>p|h[2-5])>{_WORDS}</(?P=tag)>"
_ROW = rf"<tr>(?:<(?P<cell>t[dh])>{_WORDS}</(?P=cell)>)+</tr>"
_TABLE = rf"<table>\s*<tbody>\s*(?:{_ROW}\s*)+</tbody>\s*</table>"
_TIDY = re.compile(rf"(?:(?:{_TEXT}|{_TABLE})\s*)+")
_TABLES = re.compile(r"<table>.+?</table>", re.DOTALL)
_GAP = re.compile(r"(</(?:p|h[2-5]|tr|tbody|table)>|<table>|<tbody>)\s*")
_BETWEEN_CELLS = re.compile(r"</t[dh]><t[dh]>")
_BETWEEN_LINES = re.compile(r"(?:<[^>]+>\n?)+")


def tidied(html: str) -> str | None:
    """The body in its one form, if it holds nothing but words; None where it has to be read."""
    if _TIDY.fullmatch(html) is None or not all(map(_is_even, _TABLES.findall(html))):
        return None
    return _GAP.sub("\\1\n", html)


def _is_even(table: str) -> bool:
    """Whether every row has as many cells; those of others are filled up in reading."""
    return len({row.count("</t") for row in table.split("</tr>")[:-1]}) == 1


def words(tidy: str) -> str:
    """The plain text of a body that came from `tidied`: a line for each paragraph and row."""
    return _BETWEEN_LINES.sub("\n", _BETWEEN_CELLS.sub("\t", tidy))[1:-1]
