"""Document numbers in the wrong form, what was left to be filled in, characters gone wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.text.finding import Hit, rule
from gongkai.screening.text.spans import Spans
from gongkai.screening.text.spelling import fold
from gongkai.screening.text.subject import Subject

_YEAR = r"(?:19|20)\d{2}"
_BRACKETS = re.compile(rf"[\[(【<{{][ ]?{_YEAR}[ ]?[\])】>}}][ ]?第?[ ]?\d{{1,5}}[ ]?号")
_FORM = re.compile(
    rf"〔(?:{_YEAR}〕[ ]?(?:第[ ]?\d{{1,5}}|0\d{{0,4}})|\d{{2}}〕[ ]?\d{{1,5}})[ ]?号"
)
# The sign of the agency before the year (机关代字).
_AGENCY = re.compile(r"[\u4e00-\u9fff]{1,12}[ ]?$")


@rule(
    "number.brackets",
    "review",
    "发文字号的年份没有用六角括号",
    "The year of a document number is not in hexagonal brackets",
    remedy=(
        "年份用全称并以〔〕括入（GB/T 9704—2012 7.2.5）",
        "the year stands in full between 〔 and 〕 (GB/T 9704-2012, 7.2.5)",
    ),
)
def brackets(subject: Subject) -> Iterator[Hit]:
    yield from _numbers(subject, _BRACKETS)


@rule(
    "number.form",
    "review",
    "发文字号写法不规范",
    "A document number in an irregular form",
    remedy=(
        "年份标全称，序号不加“第”，不编虚位（GB/T 9704—2012 7.2.5）",
        "the year in full, the serial number without 第 and without leading zeros",
    ),
)
def form(subject: Subject) -> Iterator[Hit]:
    yield from _numbers(subject, _FORM)


def _numbers(subject: Subject, pattern: re.Pattern[str]) -> Iterator[Hit]:
    """Document numbers whose year and serial number look like the pattern."""
    text = subject.folded
    for match in pattern.finditer(text):
        agency = _AGENCY.search(text[max(match.start() - 13, 0) : match.start()])
        if agency:
            yield Hit(match.start() - len(agency[0]), match.end())
    named = subject.field("document_number")
    if isinstance(named, str) and pattern.search(fold(named)):
        yield Hit(quote=named.strip(), topic="document_number")


_UNITS = "[县市区乡镇村局委办部公司年月日号元万人]"
_ACTS = "(?:填写|插入|补充|待补|填入|空白|添加)"
_WAITING = "(?:待补充|待填写?|待定|待核实|待确认|请填写|请补充|略去|数据待补)"
# What each pattern cannot do without, so that most texts are not searched at all.
_PLACEHOLDERS = tuple(
    (signs, re.compile(pattern))
    for signs, pattern in (
        ("×", rf"(?<![\d*×\u4e00-\u9fff])×{{2,}}+(?={_UNITS})"),
        ("×", r"(?<!×)(?:×{2,}+(?:年|月|日|县|市|区|镇|乡|局|号|单位|元)|×{3,}+(?!\d))|〔×{2,4}〕"),
        ("Xx", r"[Xx](?<![A-Za-z0-9].)(?:X+|x{2,})(?![A-Za-z0-9])"),
        ("【〔[《", r"【[ \t]*】|〔[ \t]*〕|\[[ ]{1,8}\]|《[ ]*》|【图片未随文粘贴[^】]*】"),
        ("填插补入空添", rf"(?:此处|这里){_ACTS}[^。,\n)】\]]{{0,12}}"),
        ("待请略", rf"[(【\[]{_WAITING}[)】\]]"),
        ("待", r"待补充(?=[\n\t。,]|$)"),
        ("tTlL", r"(?i:lorem ipsum|\btodo\b|\btbd\b)"),
        ("_", r"_{4,}"),
    )
)


@rule(
    "content.placeholder",
    "error",
    "未填写的占位内容",
    "Something left to be filled in",
    remedy=(
        "请补齐或者删去；表格样式本来留空的，写明理由",
        "fill it in or remove it; say so where a blank form is meant",
    ),
)
def placeholder(subject: Subject) -> Iterator[Hit]:
    text = subject.folded
    places = (
        match.span()
        for signs, pattern in _PLACEHOLDERS
        if any(sign in text for sign in signs)
        for match in pattern.finditer(text)
    )
    yield from (Hit(start, end) for start, end in Spans(places).kept)


@rule(
    "content.empty",
    "review",
    "正文为空",
    "The text is empty",
    remedy=(
        "请录入正文；只有附件的，说明附件就是正文",
        "enter the text, or say that the attachment is the text",
    ),
)
def empty(subject: Subject) -> Iterator[Hit]:
    if not subject.folded.strip():
        yield Hit()


# UTF-8 read as GBK or as Latin-1, and what some programs leave of it.
_MOJIBAKE = re.compile(
    "\ufffd+|锟斤拷|锘匡|烫烫烫|屯屯屯|鐨勬|鏀垮|涓嶅|浜烘|鍏紑|[銆锛鈥][€鐨涓俓傦紝嗚]"
    r"|(?:[ÂÃäåæçèéïð][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}){2,}|(?:&(?:nbsp|lt|gt|amp|quot|#\d+);)"
)
_SUSPECT = re.compile("[&�锟锘烫屯鐨鏀涓浜鍏銆锛鈥ÂÃäåæçèéïð\ue000-\uf8ff\U000f0000-\U0010fffd]")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")


@rule(
    "content.mojibake",
    "error",
    "乱码",
    "Garbled characters",
    remedy=("请对照原文重新录入", "enter it again from the original"),
)
def mojibake(subject: Subject) -> Iterator[Hit]:
    if not _SUSPECT.search(subject.text):
        return
    for match in _MOJIBAKE.finditer(subject.text):
        yield Hit(match.start(), match.end())
    for match in _PRIVATE_USE.finditer(subject.text):
        yield Hit(
            match.start(),
            match.end(),
            severity="review",
            zh="造字区字符，别的设备可能显示不出来",
            en="A private-use character that other devices may not show",
        )
