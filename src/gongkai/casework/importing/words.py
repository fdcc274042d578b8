"""The words of older ledgers for kinds, channels, outcomes and grounds, as these are called here.

A word is looked up as it stands; the names of the law's own data come first.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import override

from gongkai.casework.application.models import ApplicantKind, Channel, Delivery
from gongkai.casework.importing.columns import Shape
from gongkai.law.applicants import applicant_kinds, suggested
from gongkai.law.forms import form
from gongkai.law.grounds import grounds
from gongkai.law.outcomes import NoRowError, outcomes, row_of
from gongkai.publishing.importing.columns import plain

Choice = TypeVar("Choice", bound=TextChoices)
LANGUAGES = ("zh-hans", "en")
Result = tuple[str, str]
"""An outcome and its ground, "" where there is none or it is not told."""

KINDS: dict[ApplicantKind, tuple[str, ...]] = {
    ApplicantKind.NATURAL_PERSON: ("公民", "个人", "公民个人", "自然人申请人"),
    ApplicantKind.COMMERCIAL: ("企业", "公司", "商业"),
    ApplicantKind.RESEARCH: ("科研", "科研单位", "高校"),
    ApplicantKind.PUBLIC_WELFARE: ("公益组织", "社会组织", "社会团体"),
    ApplicantKind.LEGAL_SERVICE: ("律师事务所", "律所", "法律服务"),
    ApplicantKind.OTHER: ("其他组织", "其它"),
}
ORGANISATIONS = frozenset({"法人", "法人或其他组织", "法人或者其他组织", "单位", "组织"})
"""Words that name no kind of the form; the name of the body may tell."""

CHANNELS: dict[Channel, tuple[str, ...]] = {
    Channel.WEB: (
       "网上", "网络", "网站", "在线", "线上", "互联网", "网上申请", "门户网站"),
    Channel.COUNTER: ("当面", "现场", "窗口", "当面申请", "现场申请", "直接送达", "上门"),
    Channel.REGISTERED_POST: (
        "挂号信", "特快专递", "快递", "ems", "邮政特快专递", "挂号", "邮政快递",
    ),
    Channel.ORDINARY_POST: ("平信", "信函", "邮寄", "来信", "来函", "信件", "信函申请", "书面"),
    Channel.FAX: ("传真申请",),
    Channel.EMAIL: ("邮件", "邮箱", "电邮", "email", "e-mail"),
    Channel.ORAL: ("口头", "口头申请"),
}  # fmt: skip
WAYS: dict[Delivery, tuple[str, ...]] = {
    Delivery.ONLINE: ("网上", "网络", "在线", "网上获取"),
    Delivery.EMAIL: ("邮件", "邮箱", "电邮", "电子邮箱"),
    Delivery.POST: ("邮寄送达", "信函", "快递", "ems"),
    Delivery.COUNTER: ("当面", "自行领取", "自取", "现场", "当场", "领取"),
}
OUTCOMES: dict[Result, tuple[str, ...]] = {
    ("A1", ""): ("已公开", "已主动公开的", "告知获取途径", "属于已主动公开"),
    ("A2", ""): ("公开", "同意公开", "全部公开", "予以公开的", "提供"),
    ("A3", ""): ("部分予以公开", "区分处理", "同意部分公开"),
    ("A4", ""): ("不公开", "不同意公开", "不予公开的"),
    ("A5", ""): ("行政查询", "行政查询事项"),
    ("A6", ""): (
        "不存在", "本机关不掌握", "本机关不掌握相关政府信息", "无法提供", "政府信息不存在",
    ),
    ("A7", ""): ("非本机关", "不属于本机关", "非本机关职责", "不属于本机关公开", "告知其他机关"),
    ("A8", ""): ("需要另行制作", "没有现成信息需要另行制作", "需加工分析"),
    ("A9", ""): ("申请内容不明确", "内容不明确", "补正后申请内容仍不明确"),
    ("A10", ""): ("信访", "信访举报投诉类申请", "投诉举报", "信访类"),
    ("A11", ""): ("重复", "重复处理", "不重复处理"),
    ("A12", ""): ("公开出版物", "要求提供公开出版物"),
    ("A13", ""): ("大量反复申请", "无正当理由大量反复申请", "超过合理范围"),
    ("A14", ""): ("要求确认", "要求行政机关确认或重新出具已获取信息", "重新出具"),
    ("A15", ""): ("逾期不补正", "申请人无正当理由逾期不补正", "补正逾期", "视为放弃"),
    ("A16", ""): ("逾期不缴费", "逾期未缴费", "申请人逾期未按收费通知要求缴纳费用"),
    ("A17", ""): ("撤回", "撤销申请", "申请人撤销", "申请人撤回申请", "已撤回"),
}  # fmt: skip
GROUNDS: dict[str, tuple[str, ...]] = {
    "N14_SECRET": ("涉密", "秘密", "属于国家秘密"),
    "N14_LAW": ("其他法律行政法规禁止公开", "法律法规禁止公开"),
    "N14_SAFETY": ("三安全一稳定", "危及“三安全一稳定”", "危及三安全一稳定"),
    "N15_TP": ("第三方", "商业秘密", "个人隐私", "保护第三方合法权益", "第三方合法权益"),
    "N16_INTERNAL": ("内部事务", "属于三类内部事务信息", "内部管理信息"),
    "N16_PROCESS": ("过程性", "属于四类过程性信息", "过程信息"),
    "N16_CASEFILE": ("执法案卷", "属于行政执法案卷", "行政执法案卷"),
}
PREFERRED = {"3.1": "A2", "3.4.1": "A6", "3.4.2": "A8"}
"""For rows of the form in which several outcomes are counted."""


def kind(word: str, name: str) -> ApplicantKind | None:
    """The kind of applicant; for a word that says no more than "organisation" by its name."""
    found = _kinds().get(plain(word))
    if found is None and plain(word) in {plain(known) for known in ORGANISATIONS}:
        hinted = suggested(name)
        return ApplicantKind(hinted) if hinted else None
    return found


def channel(word: str) -> Channel | None:
    """The channel that the word means."""
    return _channels().get(plain(word))


def way(word: str) -> Delivery | None:
    """The way of delivery that the word means."""
    return _ways().get(plain(word))


def result(word: str, as_of: date) -> Result | None:
    """The outcome, and the ground where the word tells it: 不予公开（过程性信息）, 3.3.6, A6."""
    text = plain(word)
    known = _results(as_of)
    if text in known:
        return known[text]
    head, _, rest = text.replace("(", "-").rstrip(")").replace(":", "-").partition("-")
    if rest and known.get(head) == ("A4", "") and (given := ground(rest, as_of)):
        return "A4", given
    return None


def ground(word: str, as_of: date) -> str | None:
    """The ground of a refusal that the word means: a name, a code, or a row of the form."""
    return _grounds(as_of).get(plain(word))


def offered(shape: Shape, as_of: date) -> tuple[str, ...]:
    """What a cell of that shape is chosen from, as it is called here; () where anything goes."""
    with override("zh-hans"):
        known: dict[str, tuple[str, ...]] = {
            "kind": tuple(one.name for one in applicant_kinds()),
            "channel": tuple(str(one.label) for one in Channel),
            "way": tuple(str(one.label) for one in Delivery),
            "outcome": tuple(one.name for one in outcomes(on=as_of) if one.closes),
            "ground": tuple(one.name for one in grounds(on=as_of)),
        }
    return known.get(shape, ())


@cache
def _kinds() -> dict[str, ApplicantKind]:
    own = {plain(word): kind for kind, words in KINDS.items() for word in (*words, kind.value)}
    return {**own, **{plain(one.name): ApplicantKind(one.code) for one in applicant_kinds()}}


@cache
def _channels() -> dict[str, Channel]:
    own = {plain(word): one for one, words in CHANNELS.items() for word in (*words, one.value)}
    return {**own, **_labels(Channel)}


@cache
def _ways() -> dict[str, Delivery]:
    own = {plain(word): one for one, words in WAYS.items() for word in (*words, one.value)}
    return {**own, **_labels(Delivery)}


def _labels(choices: type[Choice]) -> dict[str, Choice]:
    """Labels in every language: they are kept for all, whoever asks first."""
    found: dict[str, Choice] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {plain(str(one.label)): one for one in choices}
    return found


@cache
def _results(on: date) -> dict[str, Result]:
    by_row: dict[str, Result] = {}
    for one in outcomes(on=on):
        for basis in [g.code for g in grounds(on=on)] if one.by_ground else [""]:
            try:
                row = row_of(one.code, basis or None, on=on)
            except NoRowError:
                continue
            by_row.setdefault(row, (PREFERRED.get(row, one.code), basis))
    labels = {plain(_label(row)): found for row, found in by_row.items()}
    labels.pop(plain("其他"), None)
    reasons = {plain(word): ("A4", code) for word, code in _grounds(on).items()}
    own = {plain(word): found for found, words in OUTCOMES.items() for word in words}
    names = {
        plain(text): (one.code, "") for one in outcomes(on=on) for text in (one.code, one.name)
    }
    return {**reasons, **labels, **by_row, **own, **names}


@cache
def _grounds(on: date) -> dict[str, str]:
    own = {plain(word): code for code, words in GROUNDS.items() for word in words}
    named = {plain(t): one.code for one in grounds(on=on) for t in (one.code, one.name, one.row)}
    return {**own, **named}


def _label(row: str) -> str:
    """A row's label without its number: “1.属于国家秘密” and “（一）予以公开” as people copy it."""
    labels = {one.code: one.label for one in form("2021").rows}
    return labels[row].lstrip("（一二三四五六七）").lstrip("0123456789.、")
