"""The tables of passages, with numbers filled in that have right check digits."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from gongkai.screening.text import Finding, WordList, screen

HERE = Path(__file__).parent
AS_OF = date(2026, 11, 27)
NOTHING = WordList(())


def table(name: str) -> dict[str, dict]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


MARKINGS = table("markings.toml")
PERSONAL = table("personal.toml")


def id_card(first: str) -> str:
    """Seventeen digits with the check digit of GB 11643."""
    weights = [pow(2, 17 - index, 11) for index in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


def bank_card(first: str) -> str:
    """Digits with the check digit of Luhn."""
    doubled = [int(digit) * (1 if index % 2 else 2) for index, digit in enumerate(first[::-1])]
    return first + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def credit_code(first: str) -> str:
    """Seventeen characters with the check character of GB 32100."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, index, 31) for index, sign in enumerate(first))
    return first + signs[-total % 31]


ID = id_card("11999919900307123")
ID_X = next(
    number
    for serial in range(100, 999)
    if (number := id_card(f"11999919900307{serial}"))[-1] == "X"
)
CARD = bank_card("622999123456789012")
TRADER = credit_code("92330199MA2ABCDE0")
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
NUMBERS = {
    "{id}": ID,
    "{id:wide}": ID_X.translate(WIDE),
    "{id:spaced}": " ".join(ID),
    "{id:grouped}": f"{ID[:6]} {ID[6:14]} {ID[14:]}",
    "{id:chinese}": f"号{ID_X.lower()}",
    "{old}": "119999900307123",
    "{card}": CARD,
    "{card:grouped}": " ".join(re.findall(r"\d{1,4}", CARD)),
    "{trader}": TRADER,
}


def passage(sentence: str) -> str:
    """A line of a table as the text it stands for."""
    for name, number in NUMBERS.items():
        sentence = sentence.replace(name, number)
    return sentence.replace("¶", "\n").replace("→", "\t")


def found(sentence: str, words: WordList = NOTHING, **rest: object) -> tuple[Finding, ...]:
    """What screening finds in a line of a table."""
    return screen(passage(sentence), words=words, as_of=AS_OF, **rest)


def rows(found_by: dict) -> list[tuple[str, str, str]]:
    """Code, severity and sentence of every line of a table with severities."""
    return [
        (code, severity, sentence)
        for code, by_severity in found_by.items()
        for severity, sentences in by_severity.items()
        for sentence in sentences
    ]
