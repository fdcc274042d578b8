"""Markings that say a document, or its source, was not meant for the public.

By 保守国家秘密法 the carrier of a state secret bears its level, ★ and its period (机密★10年). What
is looked for is the marking, not the word: 保守国家秘密 stands in every law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.text.finding import Hit, rule
from gongkai.screening.text.spans import Spans
from gongkai.screening.text.subject import Subject

_S = "[ ]{0,8}+"  # bounded, so that a page of spaces costs no more than its length
_STAR = "[★☆*✶✭⭐✩✰⚝]"


def _spaced(word: str) -> str:
    """A pattern for the word, its characters set apart or not."""
    return _S.join(map(re.escape, word))


_LEVEL = f"(?:{'|'.join(map(_spaced, ('绝密', '机密', '秘密')))})"
_PERIOD = rf"(?:\d+{_S}(?:年|个月|天)|长{_S}期|启{_S}封{_S}前)"
_URGENT = rf"(?:{'|'.join(map(_spaced, ('特急', '加急', '平急', '特提', '急件')))})"
_STARRED = re.compile(rf"{_LEVEL}{_S}{_STAR}(?:{_S}{_PERIOD})?")
# Alone in its line or cell, perhaps with the period and the urgency beside it.
_ALONE = re.compile(
    rf"(?:^|(?<=[\n\t])){_S}[\[【(〔<《]?{_S}"
    rf"(?:{_spaced('密级')}(?:和{_spaced('保密期限')})?{_S}[:]?{_S})?"
    rf"(?P<level>{_LEVEL})(?:{_S}级)?{_S}[\])】〕>》]?{_S}[·.,、/ ]{{0,8}}"
    rf"(?:[★☆(]?{_PERIOD}\)?)?(?:[·.,、/ ]{{0,8}}{_URGENT})?{_S}(?=[\n\t]|$)"
)
_URGENT_FIRST = re.compile(
    rf"(?:^|(?<=[\n\t])){_S}{_URGENT}[·.,、/ ]{{0,8}}{_LEVEL}{_S}(?=[\n\t]|$)"
)
_LABELLED = re.compile(
    rf"{_spaced('密级')}{_S}[:]{_S}{_LEVEL}|{_spaced('定密')}{_S}[:]{_S}{_LEVEL}"
)
_BRACKETED = re.compile(rf"[(【\[〔]{_S}{_LEVEL}(?:级)?{_S}[)】\]〕]")
_STATED = re.compile(
    r"(?:本(?:文|件|文件|资料|材料|通知|报告|方案)|此件|该件)[^。;,\n]{0,6}?"
    r"(?:属于?|系|为|定为|列为|确定为)(?:国家)?(绝密|机密|秘密)(?:级|文件|件|材料|资料|事项|$|[,。;])?"
)


@rule(
    "secrecy.marking",
    "error",
    "国家秘密标志",
    "Marking of a state secret",
    remedy=(
        "涉密文件不得公开，也不得在本系统处理；请立即停止办理并报告保密工作机构，确属误标的写明理由",
        "a secret must not be published or kept here; stop and report it, or say why it is none",
    ),
)
def marking(subject: Subject) -> Iterator[Hit]:
    text = subject.folded
    if "密" not in text:
        return
    places = (
        _trimmed(text, *match.span())
        for pattern in (_STARRED, _ALONE, _URGENT_FIRST, _LABELLED, _BRACKETED, _STATED)
        for match in pattern.finditer(text)
    )
    yield from (Hit(start, end) for start, end in Spans(places).kept)


def _any(*words: str) -> str:
    return f"(?:{'|'.join(map(_spaced, words))})"


_OPEN, _SHUT = r"[(【\[〔]", r"[)】\]〕]"
_LINE_START = r"(?:^|(?<=[\n\t(【\[]))[ ]{0,8}+"
_PAPER = _any("资料", "文件", "材料", "刊物", "参考", "传阅", "讨论稿", "明电")
_CARE = "(?:请[ ]?)?(?:注意|妥善|不得|严禁|切勿|请勿|禁止)"
_INTERNAL = re.compile(
    rf"(?<!非){_spaced('内部')}{_S}{_PAPER}(?=[\n\t)】\]〕★·]|{_S}$|{_S}[,、;。]?{_S}{_CARE})"
    rf"|{_OPEN}{_S}{_spaced('内部')}{_S}{_any('资料', '文件', '材料', '使用', '掌握')}{_S}{_SHUT}"
    r"|(?:仅|只)(?:供|限)[^。,;\n]{0,12}?内部(?:使用|参考|掌握|传阅|工作使用|交流|查阅)"
    rf"|{_LINE_START}(?:供内部(?:参考|使用|掌握)|内部使用|内部掌握)"
    r"|(?:本|该|此)(?:文件?|资料|材料|件)(?:为|系|属于?)内部(?:资料|文件|材料|掌握)"
)


@rule(
    "secrecy.internal",
    "error",
    "内部文件标志",
    "Marking as internal",
    remedy=(
        "请核实能否公开：内部事务信息可以不予公开（条例第十六条），可以公开的删去标志",
        "check whether it may be published (art. 16), and remove the marking if so",
    ),
)
def internal(subject: Subject) -> Iterator[Hit]:
    yield from _hits(subject, _INTERNAL, "内")


_RESTRICTIONS = (
    *(
        "注意保存",
        "妥善保管",
        "注意保密",
        "严格保密",
        "请勿外传",
        "切勿外传",
        "不得外传",
        "严禁外传",
    ),
    *(
        "请勿扩散",
        "不得扩散",
        "严禁扩散",
        "不宜公开",
        "不得翻印",
        "严禁翻印",
        "翻印必究",
        "不得复印",
    ),
    *(
        "严禁复印",
        "不得复制",
        "严禁复制",
        "不得转发",
        "阅后即焚",
        "阅后收回",
        "阅后退回",
        "会后收回",
    ),
    *(
        "会后交回",
        "用后收回",
        "用后销毁",
        "限期收回",
        "不得公开",
        "严禁公开",
        "请勿公开",
        "暂不公开",
    ),
    *("不得公开发表", "不得登报", "请勿拍照"),
)
_THIS = "(?:此件|本件|本文件?|该文件|本资料|本材料)"
_SENTENCE_END = r"(?=[\n\t)】\],;。!、]|[ ]{0,8}+$)"
_CLOSED = re.compile(
    rf"(?:^|(?<=[\n\t(【\[,;。、: ])(?<!的[,;、])){_S}请?{_any(*_RESTRICTIONS)}{_SENTENCE_END}"
    rf"|{_THIS}[^。;,\n]{{0,8}}?"
    r"(?:不(?:予|得|宜)?(?:对外)?公开|不(?:得|宜)(?:外传|翻印|扩散|转载)|免予公开)"
    rf"|会后(?:统一)?(?:收回|交回|退回)(?:本|该|此)?(?:材料|文件|资料)?{_SENTENCE_END}"
    r"|(?:此件|本件)(?:发至|传达至|阅至|限发)[^。;\n)]{1,14}"
)


@rule(
    "secrecy.closed",
    "error",
    "限制公开或者传播的字样",
    "Words that restrict publication or copying",
    remedy=(
        "请核实公开属性；应当公开的，先由原定机关解除限制并删去字样",
        "check the disclosure attribute; what is to be public needs the restriction lifted first",
    ),
)
def closed(subject: Subject) -> Iterator[Hit]:
    yield from _hits(subject, _CLOSED)


_WORK = re.compile(
    rf"{_spaced('工作秘密')}(?:{_S}{_STAR}|{_S}[:]|{_S}\d+{_S}年|{_S}(?=[\n\t)】\]]|$))"
    r"|(?:属于?|系|为|列为|确定为|标注为)工作秘密(?!的|范围|事项的|管理|之|情形)(?=[\n\t,。;)]|$)"
)


@rule(
    "secrecy.work",
    "error",
    "工作秘密标志",
    "Marking as a work secret",
    remedy=(
        "工作秘密不得公开（保守国家秘密法第六十四条）；请报告保密工作机构，已经解除的写明理由",
        "a work secret must not be published; report it, or state that it has been lifted",
    ),
)
def work_secret(subject: Subject) -> Iterator[Hit]:
    for match in _WORK.finditer(subject.folded):
        before = subject.before(match.start(), 4)
        if not before.endswith(("不", "非", "国家秘密、", "或", "和", "及", "或者")):
            yield Hit(*_trimmed(subject.folded, match.start(), match.end()))


_CIPHER = re.compile(
    rf"{_spaced('密电')}(?=[\n\t)】\] ]|[第〔\[(]|$|{_S}\d)"
    rf"|(?:^|(?<=[\n\t 〕])){_S}密码电报|{_spaced('密码电报')}{_S}(?=[\n\t]|$|第)"
    r"|[\u4e00-\u9fff]{1,6}(?:发密电|密电)[〔\[(]\d{4}[〕\])]"
)
_YEAR = rf"[〔\[(]{_S}\d{{4}}{_S}[〕\])]"
_PLAIN = re.compile(
    rf"{_spaced('明电')}{_S}{_YEAR}{_S}\d+{_S}号"
    rf"|(?:^|(?<=[\n\t])){_S}(?:{_URGENT}{_S}[·.]?{_S})?{_spaced('明电')}{_S}(?=[\n\t]|$|第)"
    rf"|(?:^|(?<=[\n\t])){_S}(?:内部)?{_spaced('传真电报')}{_S}(?=[\n\t]|$)"
)


@rule(
    "secrecy.cipher_telegram",
    "error",
    "密码电报",
    "Cipher telegram",
    remedy=(
        "密码电报不得公开，内容也不得摘录；请停止办理并报告机要部门",
        "a cipher telegram must not be published, nor quoted; stop and report it",
    ),
)
def cipher_telegram(subject: Subject) -> Iterator[Hit]:
    yield from _hits(subject, _CIPHER, "密")


@rule(
    "secrecy.plain_telegram",
    "review",
    "明码电报",
    "Plain telegram",
    remedy=(
        "明电可能含有不宜公开的内容；请核实公开属性后再决定",
        "a plain telegram may hold what should not be public; check its attribute",
    ),
)
def plain_telegram(subject: Subject) -> Iterator[Hit]:
    if "明" in subject.folded or "传" in subject.folded:
        yield from _hits(subject, _PLAIN, "电")


_COPY = re.compile(
    rf"(?:^|(?<=[\n\t])){_S}"
    rf"(?:{_spaced('份号')}{_S}:?{_S}\d{{3,8}}|№{_S}\d{{4,8}}|第{_S}\d{{3,6}}{_S}份)"
    rf"{_S}(?=[\n\t]|$)"
)


@rule(
    "secrecy.copy_number",
    "review",
    "份号",
    "Number of a copy",
    remedy=(
        "只有涉密公文才标注份号；请核实密级，非涉密的删去份号",
        "only classified documents bear a copy number; check the level, and remove the number",
    ),
)
def copy_number(subject: Subject) -> Iterator[Hit]:
    yield from _hits(subject, _COPY)


_ON_REQUEST = re.compile(
    r"[(【\[][ ]{0,8}+(?:此件|本件)?(?:属于?|为)?依申请公开[ ]{0,8}+[)】\]]|此件依申请公开"
)


@rule(
    "secrecy.on_request",
    "review",
    "文中注明依申请公开",
    "The text says it is disclosed on request only",
    remedy=(
        "与公开属性核对；改为主动公开的，删去该字样",
        "hold it against the disclosure attribute; remove the words if it is published after all",
    ),
)
def on_request(subject: Subject) -> Iterator[Hit]:
    yield from _hits(subject, _ON_REQUEST)


def _hits(subject: Subject, pattern: re.Pattern[str], sign: str = "") -> Iterator[Hit]:
    """A hit for each match; `sign` is a character every match has."""
    if sign and sign not in subject.folded:
        return
    for match in pattern.finditer(subject.folded):
        yield Hit(*_trimmed(subject.folded, match.start(), match.end()))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage without white space at either end."""
    passage = text[start:end]
    return start + len(passage) - len(passage.lstrip()), end - len(passage) + len(passage.rstrip())
