"""Files that are given out with parts of them withheld: what stands beneath a box is gone.

    boxes = [one.box for one in suggest(pdf)] + find(pdf, ["张三"])
    copy = blacken(pdf, boxes, label="已遮盖")
    copy.data, copy.pages, copy.removed_characters

The original is never touched, and a copy that leaks is not returned.
"""

from __future__ import annotations

from gongkai.screening.redaction.blackening import LeakError, Redacted, blacken
from gongkai.screening.redaction.boxes import Box, BoxCode, BoxError
from gongkai.screening.redaction.marking import Suggestion, find, suggest
from gongkai.screening.redaction.pages import PagePicture, Word, picture, sizes, words
from gongkai.screening.redaction.verifying import Leak, LeakCode, verify

__all__ = [
    "Box",
    "BoxCode",
    "BoxError",
    "Leak",
    "LeakCode",
    "LeakError",
    "PagePicture",
    "Redacted",
    "Suggestion",
    "Word",
    "blacken",
    "find",
    "picture",
    "sizes",
    "suggest",
    "verify",
    "words",
]
