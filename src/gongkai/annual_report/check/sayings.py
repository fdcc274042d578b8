"""The words around a counted thing, and what they say it is.

Works on squeezed text (`folding.squeeze`): Simplified, half width, without white space. `left` is
what stands between the last comma, stop or count and the number, `right` what follows it up to the
next one. Only whole statements about disclosure applications are recognised; a part of one
(信函 98 件), a comparison with last year and a count of other things are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gongkai.annual_report.check.readings import OUTCOMES

Role = Literal[
    "received", "new", "handled", "carried_in", "carried_out", "outcome", "appeals", "stock"
]


@dataclass(frozen=True, slots=True)
class Saying:
    """What a count is said to be. `rows`, `groups`, `results`, `column` name the cells.

    `loose` is set where the words leave room for a second meaning (办理 197 件 may be what came
    in), `from_right` where the words behind the number say what it is.
    """

    role: Role
    rows: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    column: str = ""
    loose: bool = False
    from_right: bool = False


_CHANGE = re.compile(
    r"(?:增加|减少|上升|下降|增长|回落|回升|多|少|增|减)了?$|(?:较|比|同比|环比|相比).{0,14}[增减升降多少]"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_PART_OF_YEAR = re.compile(r"季度|半年|月份|\d月至|当年(?:办|答)|指导|督促|协助")
_SINCE = re.compile(
    r"(?<!今年)(?<!年初)(?<!本年)(?P<year>20\d\d年)?(?:[^,。;]{0,12})以来|历年|[三五]年来|至今"
)
_SPAN = re.compile(r"(20\d\d)年[^,。;]{0,8}[至到]")
_LAST_YEAR = re.compile(r"(?:去年|上年|上一年|前年|往年)(?!度?(?:未办结)?(?:的)?结?转)")
_CARRIED_IN = re.compile(
    r"(?:去年|上年|上一年|往年|上年度|上一年度|去年度)(?:度)?(?:未办结)?(?:的)?(?:结转|转入|转来)"
    r"|结转(?:自)?(?:去年|上一?年)|往年结转"
)
_CARRIED_OUT = re.compile(
    r"(?:结转|转入|转至|转到|转|顺延|延至|跨)(?:至|到|入|于)?(?:下|次|来|明)(?:一)?(?:个)?年"
    r"|(?:下|次)一?年度?(?:继续)?(?:办理|办结|答[复覆]|处理)"
    r"|(?:正在|尚在|仍在)(?:依法|按程序)?(?:办理|处理|办)|尚未(?:办结|答[复覆]|办理)"
)
_CARRIED_TO_YEAR = re.compile(r"(?:结转|转|顺延|延)(?:至|到|入)(20\d\d)年")
_CARRIED_FROM_YEAR = re.compile(r"(20\d\d)年(?:度)?(?:未办结)?(?:的)?结转")
_CARRIED_BARE = re.compile(r"结转(?:申请|件|数量|办理|继续办理|的|共|为)*$")

_OUTCOME = re.compile(
    r"(?P<refused>不予以?公开)|(?P<part>(?:予以)?部分(?:予以)?公开)|(?P<open>(?<!不)予以公开|同意公开)"
    r"|(?P<unable>无法提供)|(?P<unprocessed>不予(?:以)?处理)|(?P<other>其他处理|其它处理)"
)
_OUTCOME_ROWS = {
    "refused": OUTCOMES["不予公开"],
    "part": OUTCOMES["部分公开"],
    "open": OUTCOMES["予以公开"],
    "unable": OUTCOMES["无法提供"],
    "unprocessed": OUTCOMES["不予处理"],
    "other": OUTCOMES["其他处理"],
}
_JOINED = re.compile(r"^(?:及|和|、|与|以及|或|的)+$")
_OUTCOME_TAIL = re.compile(
    r"^(?:的|了|共|计|合计|为|有|答复|决定|处理|情形|类|申请|政府信息公开申请|依申请公开|案件|事项"
    r"|数量|总计|作出|\"|”|’|')*$"
)
_OUTCOME_LEAD = re.compile(r"^(?:申请|的|已|均|全部|作|作出|答复|决定|依法|为|属于?)*$")

_DETAILS = (
    ("3.3.1", "属于国家秘密"),
    ("3.3.2", "其他法律行政法规禁止公开"),
    ("3.3.3", "三安全一稳定"),
    ("3.3.4", "保护第三方合法权益"),
    ("3.3.5", "属于三类内部事务信息"),
    ("3.3.6", "属于四类过程性信息"),
    ("3.3.7", "属于行政执法案卷"),
    ("3.3.8", "属于行政查询事项"),
    ("3.4.1", "本机关不掌握相关政府信息"),
    ("3.4.2", "没有现成信息需要另行制作"),
    ("3.4.3", "补正后申请内容仍不明确"),
    ("3.5.1", "信访举报投诉类申请"),
    ("3.5.3", "要求提供公开出版物"),
    ("3.5.4", "无正当理由大量反复申请"),
    ("3.5.5", "要求行政机关确认或重新出具已获取信息"),
)

_RECEIVE = re.compile(r"收到|接到|受理|接收|新收|新增|收悉|接受")
_VOLUME_EITHER = re.compile(
    r"依申请公开(?:申请|政府信息|信息|事项|案件|件|数量)?(?:总计|共计|共|为|:)*$"
)
_VOLUME = re.compile(r"申请(?:公开)?(?:总)?(?:数量|件数|量|数)(?:总计|共计|共|为|是|达|:)*$")
_HANDLE = re.compile(r"办结|办理|答[复覆]|回[复覆]|处理|办毕")
_DONE = re.compile(r"办结|答[复覆]|回[复覆]|办毕")
_HANDLED_RIGHT = re.compile(
    r"^(?:申请)?(?:已|均|已经|全部|均已|按时|按期|依法|及时|全)*(?:办结|办理|答[复覆]|回[复覆]|处理)"
)
_PUT_OFF = re.compile(r"延期|逾期|超期|延长|补正|撤回|撤销|征求|按期|按时|超时|转办")
_APPLICATION = re.compile(r"申请|信息公开")
_APPLICATION_ENDS = re.compile(
    r"(?:申请|依申请公开|信息公开)(?:的|事项|案件|进行|予以|作出|均|已)*$"
)
_OTHER_OBJECT = re.compile(
    r"许可|登记|救助|低保|补贴|复议|诉讼|仲裁|鉴定|贷款|住房|护照|立案|执行|证照|审批|备案|奖励"
    r"|资金|项目|专利|注册|建议|提案|议案|热线|诉求|来信|来电|来访|信件|邮件|工单|留言|咨询|信箱"
    r"|举报|投诉|线索|解读|事务|政务服务|网民|问题"
)
_FILLER = re.compile(
    r"^(?:其中|共|共计|合计|总计|总|为|有|的|约|全部|分别|计|了|各类|数量|总量|量|数|是|达|完毕|情况|累计|另有|另|含|包括|本年|"
    r"本年度|今年|全年|我[局县市区镇街委办乡厅]|全[市县区省镇局]|依法|依规|及时|按时|按期|均|已|现|当年|也)*$"
)
_CHANNEL = re.compile(
    r"网络|网上|网站|在线|线上|信函|邮寄|邮政|邮件|邮箱|当面|现场|传真|电话|窗口|微信|公众号|渠道|平台|书面"
)
_PERSONS = re.compile(r"自然人|公民|个人|群众")
_BODIES = re.compile(r"法人|企业|组织|律师|机构")
_TOTAL = re.compile(r"共|总|合计|累计")
_OTHER_OFFICE = re.compile(
    r"(?:局|委|办公室|办|镇|乡|街道|部门|单位|中心|厅|处|所)(?:共|已|分别|各)*$"
)

_APPEAL = re.compile(r"复议|诉讼|起诉|应诉|被诉")
_DIRECT = re.compile(
    r"(?:未经|不经)(?:行政)?复议(?:而)?(?:直接)?(?:提起)?(?:行政)?(?:起诉|诉讼)|直接(?:提?起)?诉讼?"
)
_AFTER = re.compile(r"(?:经)?复议后(?:再)?(?:提?起)?(?:行政)?(?:起诉|诉讼|诉)")
# Stages, papers and figures told in pairs (分别为 7 件、3 件) are not a count of the table.
_NOT_APPEALS = re.compile(
    r"一审|二审|上诉|再审|已?审结(?<!未审结)|答[复覆]|答辩|意见书|通知|分别|出庭|调解"
)
_RESULT = (
    ("pending", re.compile(r"尚未审结|未审结|正在审理|审理中|未结|尚在审理")),
    ("corrected", re.compile(r"纠正|纠错|撤销|责令|确认违法|败诉|变更")),
    ("upheld", re.compile(r"维持|驳回|胜诉")),
    ("other", re.compile(r"其他结果|其它结果|终止|撤回|不予受理")),
)

_STOCK = re.compile(r"(?P<norm>(?:行政)?规范性(?:文件|档案))|(?P<rule>规章)")
_STOCK_TAIL = re.compile(
    r"^(?:文件|数量|共|共计|合计|总数|总计|总|为|有|了|累计|的|目录|现|现行有效|:|等)*$"
)
_STOCK_VERBS = (
    ("in_force", re.compile(r"现行有效|继续有效|有效")),
    ("repealed", re.compile(r"废止|失效|宣布失效")),
    ("made", re.compile(r"制定|制发|出台|印发|新制作|制作|下发|发布")),
    ("disclosed", re.compile(r"公开")),
)
_STOCK_ROWS = {"norm": "normative_documents", "rule": "regulations"}
_STOCK_VERB_ALONE = re.compile(
    r"(?:其中|同时|已|共|累计|现|新)*(?:现行有效|继续有效|有效|废止|宣布失效|失效|制定|制发|出台)(?:的|共|有)*"
)
_NOT_STOCK = re.compile(
    r"审[查核]|清理|备案|解读|评估|征求|修[改订]|报送|拟|起草|合法性|公平竞争|党内|转发|建议"
)


def say(left: str, right: str, before: str, year: int | None) -> Saying | None:
    """What the count between `left` and `right` is said to be; None where nothing certain is.

    `before` is the sentence so far with a few before it, `year` the report's year.
    """
    if _CHANGE.search(left):
        return None
    carried = _carried(left, year) or (_carried(right, year, from_right=True) if right else None)
    if carried:
        return carried if _about_applications(left, right, before) else None
    if _speaks_of_another_year(left, year) or _PART_OF_YEAR.search(left):
        return None
    if _APPEAL.search(left) or (_result(left) and _APPEAL.search(before)):
        return _appeals(left, before)
    return (
        _stock(left, right, before)
        or _outcome(left, right, before)
        or _verb(left, right, before, year)
    )


def _counts_other_years(sentence: str, year: int | None) -> bool:
    """「自 2019 年以来累计」, 「2022 年 10 月至 2023 年 3 月」: not this year alone."""
    since, span = _SINCE.search(sentence), _SPAN.search(sentence)
    own = f"{year}年"
    if since and since["year"] != own and own + "以来" not in since[0]:
        return True
    return span is not None and year is not None and int(span[1]) != year


def _speaks_of_another_year(left: str, year: int | None) -> bool:
    if _LAST_YEAR.search(left):
        return True
    years = _YEAR.findall(left)
    return bool(years and year and int(years[-1]) != year)


def _about_applications(left: str, right: str, before: str) -> bool:
    return "申请" in left or "申请" in right or "申请" in before


def _carried(text: str, year: int | None, *, from_right: bool = False) -> Saying | None:
    role, bare = _carried_role(text, year), False
    if role is None and not from_right and _CARRIED_BARE.search(text):
        role, bare = "carried_out", True
    if role is None or (role == "carried_in" and _DONE.search(text)):
        return None
    return Saying(role, loose=bare, from_right=from_right)


def _carried_role(text: str, year: int | None) -> Role | None:
    to_year, from_year = _CARRIED_TO_YEAR.search(text), _CARRIED_FROM_YEAR.search(text)
    if to_year and year:
        return "carried_out" if int(to_year[1]) > year else "carried_in"
    if _CARRIED_IN.search(text) or (from_year and year and int(from_year[1]) < year):
        return "carried_in"
    return "carried_out" if _CARRIED_OUT.search(text) else None


def _result(text: str) -> str | None:
    return next((code for code, words in _RESULT if words.search(text)), None)


def _appeals(left: str, before: str) -> Saying | None:
    if ("公开" not in before and "公开" not in left) or _NOT_APPEALS.search(left):
        return None
    groups = _groups(left) or _groups(before[-60:])
    result = _result(left)
    if not groups:
        return None
    return Saying("appeals", groups=groups, results=(result,) if result else ("total",))


def _groups(text: str) -> tuple[str, ...]:
    """The groups of the appeals table a text names; the last named where it names several apart."""
    if _DIRECT.search(text):
        return ("litigation_direct",)
    if _AFTER.search(text):
        return ("litigation_after_reconsideration",)
    reconsidered, litigated = (
        text.rfind("复议"),
        max(text.rfind(w) for w in ("诉讼", "起诉", "应诉")),
    )
    litigation = ("litigation_direct", "litigation_after_reconsideration")
    if reconsidered < 0:
        return litigation if litigated >= 0 else ()
    if litigated < 0:
        return ("reconsideration",)
    if not any(
        c in text[min(reconsidered, litigated) : max(reconsidered, litigated)]
        for c in ",;0123456789"
    ):
        return ("reconsideration", *litigation)
    return litigation if litigated > reconsidered else ("reconsideration",)


def _outcome(left: str, right: str, before: str) -> Saying | None:
    if not _about_applications(left, right, before):
        return None
    for row, words in _DETAILS:
        if words in left and _OUTCOME_TAIL.match(left[left.rfind(words) + len(words) :]):
            return Saying("outcome", rows=(row,))
    named = list(_OUTCOME.finditer(left))
    if named and _OUTCOME_TAIL.match(left[named[-1].end() :]):
        rows = [_OUTCOME_ROWS[named[-1].lastgroup or ""]]
        for earlier, later in zip(named[-2::-1], named[:0:-1], strict=False):
            if not _JOINED.match(left[earlier.end() : later.start()]):
                break
            rows.append(_OUTCOME_ROWS[earlier.lastgroup or ""])
        return Saying("outcome", rows=tuple(sorted(set(rows))))
    following = _OUTCOME.search(right)
    if not named and following and _OUTCOME_LEAD.match(right[: following.start()]):
        return Saying("outcome", rows=(_OUTCOME_ROWS[following.lastgroup or ""],), from_right=True)
    return None


def _verb(left: str, right: str, before: str, year: int | None) -> Saying | None:
    received, handled = _last(_RECEIVE, left), _last(_HANDLE, left)
    verbs = [match for match in (received, handled) if match]
    if not verbs:
        return _volume(left) or _handled_after(left, right, before)
    first, last = min(m.end() for m in verbs), max(m.end() for m in verbs)
    tail = left[last:]
    of_applications = _is_application(left[first:], tail, right, before)
    of_applications |= _is_application_before(left[: min(m.start() for m in verbs)], tail)
    sentence = before[before.rfind("。") + 1 :] + left
    of_which = "其中" in sentence
    of_part = of_which and bool(received or _OTHER_OFFICE.search(left[: first - 2]))
    partly = of_part or _is_part(left) or _PUT_OFF.search(left)
    if not of_applications or partly or _counts_other_years(sentence, year):
        return None
    done = bool(handled and _DONE.search(left))
    if received:
        return Saying("new" if received[0][0] == "新" else "received", loose=done)
    return Saying("handled", loose=not done)


def _volume(left: str) -> Saying | None:
    """「申请数量 20 件」, 「依申请公开 20 件」: said without a verb."""
    if _is_part(left) or _OTHER_OBJECT.search(left):
        return None
    if _VOLUME.search(left):
        return Saying("received")
    return Saying("received", loose=True) if _VOLUME_EITHER.search(left) else None


def _handled_after(left: str, right: str, before: str) -> Saying | None:
    if not _HANDLED_RIGHT.match(right) or not _FILLER.match(left) or _PUT_OFF.search(right):
        return None
    return Saying("handled", from_right=True) if "申请" in before else None


def _is_part(left: str) -> bool:
    """Whether only one channel or one kind of applicant is spoken of."""
    if _TOTAL.search(left):
        return False
    persons, bodies = _PERSONS.search(left), _BODIES.search(left)
    if persons or bodies:
        return not (persons and bodies)
    return len(set(_CHANNEL.findall(left))) == 1


def _is_application(thing: str, tail: str, right: str, before: str) -> bool:
    """Whether what was received or handled is an application for disclosure.

    `thing` is everything after the first verb, `tail` what follows the last one.
    """
    if _APPLICATION.search(thing):
        return not _OTHER_OBJECT.search(thing)
    if right.startswith(("申请", "政府信息公开申请", "信息公开申请", "依申请公开")):
        return True
    if not _FILLER.match(tail) or _OTHER_OBJECT.search(right[:8]):
        return False
    return "申请" in before[-90:] and (
        not right or bool(_FILLER.match(right)) or right[0] in "已均("
    )


def _is_application_before(head: str, tail: str) -> bool:
    """「政府信息公开申请答复 62 件」: the object stands before the verb, and nothing after it."""
    return bool(_APPLICATION_ENDS.search(head) and _FILLER.match(tail)) and not (
        _OTHER_OBJECT.search(head)
    )


def _last(words: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in words.finditer(text):  # noqa: B007 (the last one is wanted)
        pass
    return found


def _stock(left: str, right: str, before: str) -> Saying | None:
    sentence = before[before.rfind("。") + 1 :]
    named = list(_STOCK.finditer(left))
    if named:
        whole, tail = left, left[named[-1].end() :]
    elif _STOCK.match(right):
        named, whole, tail = list(_STOCK.finditer(right))[:1], left + right, ""
    else:
        return _stock_continued(left, sentence)
    if not _STOCK_TAIL.match(tail) or _NOT_STOCK.search(whole):
        return None
    nearby = sentence[-40:]
    column = _stock_verb(whole) or (_stock_verb(nearby) if _STOCK.search(nearby) else None)
    rows = {_STOCK_ROWS[n.lastgroup or ""] for n in named}
    return Saying("stock", rows=tuple(sorted(rows)), column=column) if column else None


def _stock_continued(left: str, sentence: str) -> Saying | None:
    """「制定规范性文件 5 件，废止 3 件」: the second count has the object of the first."""
    named = _last(_STOCK, sentence[-60:])
    verb = _STOCK_VERB_ALONE.fullmatch(left)
    if named is None or verb is None or _NOT_STOCK.search(sentence[-60:]):
        return None
    row = _STOCK_ROWS[named.lastgroup or ""]
    return Saying("stock", rows=(row,), column=_stock_verb(left) or "made")


def _stock_verb(text: str) -> str | None:
    return next((code for code, words in _STOCK_VERBS if words.search(text)), None)
