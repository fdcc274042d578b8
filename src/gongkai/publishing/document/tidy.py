"""Bodies that need no reading: nothing but paragraphs and headings of plain words.

Most official documents, and nearly all that come in from older sites, are of that kind. They are
in their one form already, and what they say is what stands between the tags.
"""

from __future__ import annotations

import re

_WORDS = "[\u3400-\u9fff0-9A-Za-z，。；：、？！“”‘’（）《》〈〉〔〕【】—…％·\\-./%+~～]+"
_TIDY = re.compile(rf"(?:<(?P<tag>p|h[2-5])>{_WORDS}</(?P=tag)>\n)+")
_BETWEEN = re.compile(r"</[ph][2-5]?>\n(?:<[ph][2-5]?>)?")


def is_tidy(html: str) -> bool:
    """Whether the body is in its one form and holds nothing but words; a sure yes or a maybe."""
    return _TIDY.fullmatch(html) is not None


def words(html: str) -> str:
    """The plain text of a tidy body: a line for each paragraph."""
    return _BETWEEN.sub("\n", html)[html.index(">") + 1 : -1]
