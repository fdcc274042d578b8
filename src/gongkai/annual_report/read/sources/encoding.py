"""Bytes → text, whatever the encoding: UTF-8, UTF-16, GB18030 or Big5, declared or not.

A declared charset is only a hint. Where more than one encoding could have made the bytes, each
decoding is scored by words of the field and by how common its characters are.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)|encoding\s*=\s*["']([\w-]+)""", re.I)
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
_WORDS = (
    "政府信息公开 政府信息 信息公开 年度报告 年度 报告 申请 公开 办理 结果 总体情况 主动公开 "
    "行政复议 行政诉讼 自然人 商业企业 总计 规章 规范性文件 行政许可 行政处罚 人民政府 条例 "
    "国家秘密 不予 结转 依申请 情况 数量 单位 统计 "
    "政府信息公開 政府資訊公開 政府資訊 資訊公開 年度報告 報告 申請 公開 辦理 結果 總體情況 主動公開 "
    "行政復議 行政訴訟 商業企業 總計 規章 規範性文件 行政許可 行政處罰 人民政府 條例 "
    "國家秘密 結轉 依申請 情況 數量 單位 統計 檔案"
).split()
_SAMPLE = 60_000
_CERTAIN = 40


def decode(data: bytes) -> str:
    """The text of the bytes, without byte order mark. Never fails; bytes that fit no encoding
    become U+FFFD. A character cut off at the end is left out.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding)
    wide = _utf16(data)
    if wide:
        return _decode(data, wide)
    text = _strict(data, "utf-8")
    if text is not None and (text.isascii() or _has_han(text)):
        return text
    encoding = _best(data, utf8_is_valid=text is not None)
    return _decode(data, encoding)


def _strict(data: bytes, encoding: str) -> str | None:
    """The text, or None if any byte but a cut-off last character does not fit."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data)
    except UnicodeError:
        return None


def _decode(data: bytes, encoding: str) -> str:
    text = codecs.getincrementaldecoder(encoding)("replace").decode(data)
    return text.removeprefix("\ufeff")


def _has_han(text: str) -> bool:
    return re.search("[\u4e00-\u9fff]", text) is not None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: line ends, digits and Latin letters leave a zero in every pair."""
    sample = data[: _SAMPLE & ~1]
    zeros_low = sample[0::2].count(0)
    zeros_high = sample[1::2].count(0)
    if zeros_low == zeros_high:
        # Han alone has no zero bytes; the scores tell
        return None
    encoding = "utf-16-le" if zeros_high > zeros_low else "utf-16-be"
    if min(zeros_low, zeros_high) * 20 > max(zeros_low, zeros_high):
        return None
    text = _strict(data[: len(sample)], encoding)
    if text is None or "\x00" in text:
        return None
    common = sum(1 for c in text if c.isascii() or c in _common())
    return encoding if common * 2 > len(text) else None


def _best(data: bytes, *, utf8_is_valid: bool) -> str:
    declared = _declared(data)
    sample = _sample(data)
    candidates = ["utf-8", "gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be"]
    if declared in candidates:
        candidates.remove(declared)
        candidates.insert(0, declared)
    best, best_score = "utf-8", float("-inf")
    for encoding in candidates:
        if encoding.startswith("utf-16") and len(data) % 2:
            continue
        score = _score(_decode(sample, encoding))
        if encoding == declared:
            score += 0.1
        if score > best_score:
            best, best_score = encoding, score
        if score >= _CERTAIN:
            break
    if best_score <= 0 and not utf8_is_valid:
        guess = from_bytes(sample).best()
        if guess is not None:
            return str(guess.encoding)
    if best_score <= 0 and utf8_is_valid:
        return "utf-8"
    return best


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    if not found:
        return None
    return _ALIASES.get((found[1] or found[2]).decode("ascii").lower())


def _sample(data: bytes) -> bytes:
    """A piece that is not all markup: from the first byte outside ASCII on, at an even offset."""
    if len(data) <= _SAMPLE:
        return data
    first = re.search(rb"[\x80-\xff]", data)
    start = (first.start() if first else 0) & ~1
    return data[start : start + _SAMPLE]


def _score(text: str) -> float:
    """How much like a report in either script the text looks; at most about 100."""
    foreign = [c for c in text if c > "\x7f"]
    if not foreign:
        return 0.0
    common = _common()
    likely = sum(1 for c in foreign if c in common)
    broken = foreign.count("\ufffd") + sum(1 for c in text if c < " " and c not in "\t\r\n\f")
    words = sum(1 for word in _WORDS if word in text)
    odd = len(foreign) - likely
    return 50 * (likely - odd - 3 * broken) / len(foreign) + min(3 * words, 50)


@cache
def _common() -> frozenset[str]:
    """The characters of everyday use: first levels of GB 2312 and of Big5, and punctuation."""
    simplified = bytearray()
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            simplified += bytes((high, low))
    traditional = bytearray()
    for high in range(0xA4, 0xC7):
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            traditional += bytes((high, low))
    punctuation = "　、。，；：？！…—·“”‘’（）《》〈〉「」『』【】〔〕％．／～①②③④⑤⑥⑦⑧⑨⑩\xa0"
    digits = "".join(chr(c) for c in range(0xFF10, 0xFF1A))
    return frozenset(
        simplified.decode("gb2312", "ignore")
        + traditional.decode("big5", "ignore")
        + punctuation
        + digits
    )
