"""Numbers that are somebody's: checked by their own arithmetic, as values and in a text."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_REGIONS = frozenset(
    {
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        *(71, 81, 82, 83, 91),
    }
)
"""The first two digits of GB/T 2260 codes, 83 for residents from Taiwan, 91 for abroad."""


def id_card(number: str) -> bool:
    """Whether 18 characters are an identity number (GB 11643-1999): region, day, check digit."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17].upper() and region(number) and born(number[6:14])


def old_id_card(number: str) -> bool:
    """Whether 15 digits may be an identity number of before 1999: region and day of birth."""
    return len(number) == 15 and number.isdigit() and region(number) and born(f"19{number[6:12]}")


def region(number: str) -> bool:
    """Whether a number begins with the code of a province and a possible prefecture."""
    return int(number[:2]) in _REGIONS and number[2:6] != "0000"


def born(digits: str) -> bool:
    """Whether eight digits are a day on which somebody alive may have been born."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1890 <= day.year <= 2099


def luhn(number: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1)."""
    total = 0
    for index, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def credit_code(code: str) -> bool:
    """Whether 18 characters are a unified social credit code (GB 32100-2015), by the last one."""
    if len(code) != 18 or any(char not in _CODE for char in code):
        return False
    total = sum(_CODE.index(char) * pow(3, index, 31) for index, char in enumerate(code[:17]))
    return _CODE[(31 - total % 31) % 31] == code[17]
