"""The number of a document (文号) in the one form it is compared in."""

from __future__ import annotations

import re

from gongkai.publishing.search.folding import fold

_NUMERAL_WORDS = re.compile(r"第(?=\W*\d)|第$|号$")
_PIECES = re.compile(r"\d+|[^\W\d_]+")


def number_key(number: str) -> str:
    """The number without brackets, spaces, 第 and 号: "青政发〔2023〕第15号" is "青政发/2023/15".

    Traditional, full-width and capital forms, leading zeros and 〔〕, [], 【】 or () make no
    difference. A number without Chinese characters, such as most index numbers, keeps its parts in
    their order and their zeros. The key of a number that is still being typed begins the key of
    the whole one.
    """
    pieces = _PIECES.findall(_NUMERAL_WORDS.sub("", fold(number).strip()))
    digits = [piece for piece in pieces if piece[0].isdecimal()]
    letters = "".join(piece for piece in pieces if not piece[0].isdecimal())
    if letters.isascii():
        return "/".join(pieces)
    return "/".join([letters, *(piece.lstrip("0") or "0" for piece in digits)])
