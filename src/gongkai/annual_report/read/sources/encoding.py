"""Bytes → text, whatever the encoding: UTF-8, UTF-16, GB18030 or Big5, declared or not.

A declared charset is only a hint. Where more than one encoding could have made the bytes, each
decoding is scored by words of the field and by how common its characters are.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from charset_normalizer import from_bytes

from gongkai.annual_report.read.failure import UnreadableReportError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([\w-]+)|encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE
)
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
_FIELD = """
政府信息公开 政府信息 信息公开 年度报告 年度 报告 申请 公开 办理 结果 总体情况 主动公开
行政复议 行政诉讼 自然人 商业企业 总计 规章 规范性文件 行政许可 行政处罚 人民政府 条例
国家秘密 不予 结转 依申请 情况 数量 单位 统计
政府信息公開 政府資訊公開 政府資訊 資訊公開 年度報告 報告 申請 公開 辦理 結果 總體情況 主動公開
行政復議 行政訴訟 商業企業 總計 規章 規範性文件 行政許可 行政處罰 條例
國家秘密 結轉 依申請 情況 數量 單位 統計 檔案
"""
_WORDS = _FIELD.split()
_SAMPLE = 8_000
_CERTAIN = 60
_DOUBTFUL = 0
_CANDIDATES = ("gb18030", "utf-8", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")


def decode(data: bytes) -> str:
    """The text of the bytes, without byte order mark.

    Bytes that do not fit become U+FFFD; a character cut off at the end is left out. Raises
    UnreadableReportError("binary") if no encoding makes text of them.
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
    return _decode(data, _best(data, "utf-8" if text is not None else None))


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
    zeros = {"utf-16-be": sample[0::2].count(0), "utf-16-le": sample[1::2].count(0)}
    encoding = max(zeros, key=lambda name: zeros[name])
    if min(zeros.values()) * 4 > zeros[encoding] or not zeros[encoding]:
        return None
    text = _strict(sample, encoding)
    if text is None or "\x00" in text:
        return None
    common = sum(1 for c in text if c.isascii() or c in _common())
    return encoding if common * 2 > len(text) else None


def _best(data: bytes, valid: str | None) -> str:
    declared = _declared(data)
    sample = _sample(data)
    candidates = [declared] if declared else []
    candidates += [name for name in _CANDIDATES if name != declared]
    best, best_score = "utf-8", float("-inf")
    for encoding in candidates:
        score = _score(_decode(sample, encoding)) + (0.1 if encoding == declared else 0)
        if score > best_score:
            best, best_score = encoding, score
        if score >= _CERTAIN:
            break
    if best_score >= _DOUBTFUL:
        return best
    if valid:
        return valid
    guess = from_bytes(sample).best()
    if guess is None:
        raise UnreadableReportError("binary")
    return str(guess.encoding)


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
