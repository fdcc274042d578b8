"""The measures of a letter, GB/T 9704-2012 and GB/T 33476.2-2016, in one place.

Lengths end in `_MM` or `_PT`. The standard gives type in Chinese sizes (字号): 三号 is 5.55 mm, so
that 28 characters fill a line of 156 mm; the 16 pt of a word processor would need 158 mm.
"""

from __future__ import annotations

from typing import Final

PT_PER_MM: Final = 72 / 25.4

PAGE_MM: Final = (210, 297)
TOP_MM: Final = 37  # 天头 37 ± 1, 5.2.1
LEFT_MM: Final = 28  # 订口 28 ± 1, 5.2.1
AREA_MM: Final = (156, 225)  # 版心, 5.2.1
RIGHT_MM: Final = PAGE_MM[0] - LEFT_MM - AREA_MM[0]
BOTTOM_MM: Final = PAGE_MM[1] - TOP_MM - AREA_MM[1]
LINES: Final = 22  # 5.2.3
CHARACTERS: Final = 28  # 5.2.3

BODY_PT: Final = 15.75  # 三号, 5.2.2
TITLE_PT: Final = 22.0  # 二号, 7.3.1
SMALL_PT: Final = 14.0  # 四号: page number 7.5, copies 7.4
CHECK_PT: Final = 9.0  # 小五, for the lines beside the QR code; no standard has a size for them
CELL_PT: Final = 15.785  # a character with its share of the line: 28 stay just below 156 mm
SIGN_LINE: Final = 24  # characters of the issuer's name on one line over the date
TITLE_LINE: Final = 19  # characters of the title on one line, of the 20 there is room for

# Secondary sources only: what follows was not read in the standard itself.
NAME_TOP_MM: Final = 30  # letter form: upper edge of the red name to the edge of the page, 10.1
NAME_PT: Final = 42.0  # "prominent and pleasing" (7.2.4): the largest that is used here
NAME_LINE: Final = 20  # characters of the name on one line before it takes two
RULE_BELOW_NAME_MM: Final = 4  # upper double line under the name, 10.1
RULE_ABOVE_FOOT_MM: Final = 20  # lower double line to the edge of the page, 10.1
RULE_LENGTH_MM: Final = 170  # 10.1
RULE_MM: Final = (1.0, 0.7, 0.35)  # thick line, gap, thin line: the standard only says 粗 and 细
RED: Final = "e60012"
FOLIO_BELOW_MM: Final = 7  # 一字线 below the text area, 7.5
SEALED_RIGHT: Final = 4  # characters right of the date under a seal, 7.3.5.1
UNSEALED_RIGHT: Final = 2  # characters right of the issuer without a seal, 7.3.5.2
COPIES_RULE_MM: Final = 0.35  # first and last line of 版记, 7.4.1

# 国发〔1999〕25号: 42 mm for the departments of a county, 45 mm for its government.
SEAL_MM: Final = 42.0
SEAL_RISE_PT: Final = 20.0  # name and date stand a little below the middle of the seal, 7.3.5.1

# A word processor centres type in its line, so that the area has to begin higher for the type
# itself to stand at 37 mm (GB/T 33476.2-2016).
WORD_TOP_MM: Final = 34.58
WORD_BOTTOM_MM: Final = 32.58

CODE_TOP_MM: Final = 10  # the QR code stands in the upper margin, clear of the red name
CODE_MM: Final = 16


def leading(lines: int = LINES) -> float:
    """The room between two lines in pt where `lines` of them fill the text area.

    For 22 it is seven eighths of a character, which is how the standard defines a line.
    """
    return (AREA_MM[1] * PT_PER_MM - lines * BODY_PT) / (lines - 1) - 0.002


def blank_lines_for_seal(height_mm: float, lines: int = LINES) -> int:
    """The lines left empty above the issuer, so that the seal's top is within one (7.3.5.1)."""
    between = leading(lines)
    middle = (2 * BODY_PT + between) / 2 - SEAL_RISE_PT
    above = height_mm * PT_PER_MM / 2 - middle - between
    return max(1, -int(-above // (BODY_PT + between)))
