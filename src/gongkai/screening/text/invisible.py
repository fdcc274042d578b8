"""Characters a reader does not see, which hide a word or a number from every rule.

The ranges are those of Default_Ignorable_Code_Point in DerivedCoreProperties.txt of Unicode 16.0;
that of bidirectional controls (Bidi_Control in PropList.txt) lies within them. Beside them stand
controls, the marks of interlinear annotation, the empty Braille pattern and the noncharacters.
"""

from __future__ import annotations

import re

_IGNORABLE = (
    *((0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5)),
    *((0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164)),
    *((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8)),
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
_CONTROLS = ((0x00, 0x08), (0x0B, 0x0B), (0x0E, 0x1F), (0x7F, 0x9F))
_OTHERS = ((0x2800, 0x2800), (0xFDD0, 0xFDEF), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF))


def _class(*ranges: tuple[int, int]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges).replace("\\", "\\\\")


IGNORED = _class(*_IGNORABLE, *_OTHERS)
"""What stands for no character of its own, as the inside of a class of a pattern."""

# Letters of scripts in which a joiner or a selector is spelling: Arabic (Uyghur, Kazakh), the
# scripts of India, Mongolian. Their digits are no letters, so that no number can be cut by one.
_ARABIC = "\u0620-\u064a\u0671-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9"
_JOINING = f"{_ARABIC}\u0904-\u0939\u094d\u0985-\u09b9\u09cd\u0d05-\u0d39\u0d4d"
_MONGOLIAN = "\u1820-\u1878\u1880-\u18aa"
_SELECTORS = r"\u180b-\u180d\u180f"
_HIDING = _class(*_IGNORABLE, *_CONTROLS, *_OTHERS)
_ANY = re.compile(f"[{_HIDING}]")
_UNSEEN = re.compile(
    rf"(?P<spelling>(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
    rf"|(?<=[{_MONGOLIAN}])[{_SELECTORS}]"
    rf"|(?:(?<=[{_MONGOLIAN}])|(?<=[{_MONGOLIAN}][{_SELECTORS}]))"
    rf"[\u180e\u200c\u200d](?=[{_MONGOLIAN}]))"
    rf"|[{_HIDING}]"
)


def visible(text: str) -> str:
    """The text without what a reader does not see; doing it again changes nothing.

    A joiner or selector within a word of a script that is spelt with it stays.
    """
    if not _ANY.search(text):
        return text
    return _UNSEEN.sub(lambda match: match["spelling"] or "", text)
