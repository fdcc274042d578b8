"""References to articles, written one way: the short form of the data files in words."""

from __future__ import annotations

import re

REGULATIONS = "政府信息公开条例"
NAMES_EN = {
    REGULATIONS: "Disclosure Regulations",
    "条例": "Disclosure Regulations",
    "保密法": "Law on Guarding State Secrets",
    "保密法实施条例": "Implementing Regulations of the Law on Guarding State Secrets",
    "行政复议法": "Administrative Reconsideration Law",
    "行政诉讼法": "Administrative Litigation Law",
    "行政处罚法": "Administrative Penalties Law",
    "预算法": "Budget Law",
    "政府采购法实施条例": "Implementing Regulations of the Government Procurement Law",
    "法释〔2025〕8号": "Judicial Interpretation [2025] No. 8",
    "国办函〔2020〕109号": "General Office of the State Council, Letter [2020] No. 109",
}
_DIGITS = "零一二三四五六七八九"
_SHORT = re.compile(
    r"(?P<law>.*?)(?P<edition>（[^）]*）)?(?P<articles>\d+(?:、\d+)*)"
    r"(?:\((?P<part>\d+)\))?(?:\((?P<item>[一二三四五六七八九十]+)\))?"
)


def cited(short: str, language: str = "zh") -> str:
    """The reference in words: "条例17" and "17" are 《政府信息公开条例》第十七条.

    A paragraph (款) is a number in brackets, an item (项) a Chinese one: "36(三)" is
    第三十六条第（三）项, "行政复议法23(1)(四)" 第二十三条第一款第（四）项.
    What names no article, such as the number of a notice, stays as it is.
    """
    found = _SHORT.fullmatch(short)
    if found is None or found["law"].endswith("〔"):
        return NAMES_EN.get(short, short) if language == "en" else short
    numbers = [int(number) for number in found["articles"].split("、")]
    law, edition, part = found["law"] or "条例", found["edition"] or "", found["part"]
    if language == "en":
        return _english(law, edition, numbers, part) + _english_item(found["item"])
    name = {"条例": REGULATIONS}.get(law, law)
    title = name if name.endswith("号") else f"《{name}》"
    articles = "、".join(f"第{_numeral(number)}条" for number in numbers)
    return f"{title}{edition}{articles}{_paragraph(part)}{_item(found['item'])}"


def article_numeral(short: str) -> str:
    """A bare article in words without its law: "14" is 第十四条, "16(1)" 第十六条第一款.

    Raises ValueError for what is not one article.
    """
    found = _bare(short)
    article = f"第{_numeral(int(found['articles']))}条"
    return f"{article}{_paragraph(found['part'])}{_item(found['item'])}"


def article_english(short: str) -> str:
    """The same in English: "14" is Article 14, "16(1)" Article 16 paragraph 1.

    Raises ValueError for what is not one article.
    """
    found = _bare(short)
    clause = f" paragraph {found['part']}" if found["part"] else ""
    return f"Article {found['articles']}{clause}{_english_item(found['item'])}"


def _bare(short: str) -> re.Match[str]:
    found = _SHORT.fullmatch(short)
    if found is None or found["law"] or "、" in found["articles"]:
        raise ValueError(f"{short!r} is not a bare article")
    return found


def _paragraph(part: str | None) -> str:
    return f"第{_numeral(int(part))}款" if part else ""


def _item(item: str | None) -> str:
    return f"第（{item}）项" if item else ""


def _english_item(item: str | None) -> str:
    if not item:
        return ""
    return f" item {next(number for number in range(1, 100) if _numeral(number) == item)}"


def _english(law: str, edition: str, numbers: list[int], part: str | None) -> str:
    word = "article" if len(numbers) == 1 else "articles"
    listed = " and ".join(map(str, numbers))
    clause = f" paragraph {part}" if part else ""
    return f"{NAMES_EN.get(law, law)}{edition}, {word} {listed}{clause}"


def _numeral(number: int) -> str:
    """A number below a hundred as it stands in the law."""
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return leading + (_DIGITS[ones] if ones or not tens else "")
