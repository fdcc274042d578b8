"""The words by which rows and columns of the form are known, as tolerant patterns.

People shorten labels, drop a character, or write 合计 for 总计. A pattern holds the core that no
two rows share; what stands around the core does not matter. Patterns are matched against folded
text without white space.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from gongkai.law.forms import form

# Every core begins with a plain character, so that scanning a long text for all of them is quick.
ROW_CORES = {
    "1": r"新收(?:到)?的?(?:政府)?(?:信息公开)?申请|新收(?:数量|件数)?(?![一-鿿])",
    "2": r"上一?年度?结转(?:的)?(?:政府)?(?:信息公开)?(?:申请|数量|件数|(?![一-鿿]))"
    r"|年度?结转(?:的)?(?:政府)?信息公开申请数量",
    "3.1": r"予以公开",
    "3.2": r"部分公开",
    "3.3.1": r"国家秘密",
    "3.3.2": r"其他法律、?和?行政法规|法律、?(?:行政)?法规禁止公开",
    "3.3.3": r"三安全一稳定",
    "3.3.4": r"第三方合法权益",
    "3.3.5": r"内部事务性?信息",
    "3.3.6": r"过程性信息",
    "3.3.7": r"执法案卷",
    "3.3.8": r"行政查询",
    "3.4.1": r"不掌握(?:相关)?(?:政府)?信息",
    "3.4.2": r"没有现成信息(?:需要?)?(?:另行制作)?|另行制作",
    "3.4.3": r"补正后.{0,8}不明确",
    "3.5.1": r"信访、?举报、?投诉",
    "3.5.4": r"大量(?:反复|重复)申请",
    "3.5.2": r"重复申请",
    "3.5.3": r"公开出版物",
    "3.5.5": r"确认或重新出具",
    "3.6.1": r"逾期不补正",
    "3.6.2": r"未按收费通知|逾期(?:不缴费|未缴)",
    "3.6.3": r"3[.、]其他(?!处理|法律)",
    "3.6": r"\(六\)其他处理|六、其他处理",
    "3.7": r"七\)、?(?:总计|合计)|七、(?:总计|合计)",
    "4": r"结转(?:至|到)?(?:下(?:一)?年度?|次年度?)(?:继续)?(?:办理|(?![一-鿿]))"
    r"|结转下年|年度?继续办理",
}

PROACTIVE_CORES = {
    "regulations": r"规章(?!制度)",
    "normative_documents": r"(?:行政)?规范性(?:文件|档案|公文)",
    "other_services": r"其他对外管理服务事?项?",
    "licensing": r"行政许可",
    "penalties": r"行政处罚",
    "coercion": r"行政强制",
    "fees": r"行政事业性收费",
    "procurement": r"政府集中采购",
}

GROUPS = {"三": "3.3", "四": "3.4", "五": "3.5"}
GROUP = re.compile(r"三\)?、?不予公开|四\)?、?无法提供|五\)?、?不予处理")

# Words of heads and notes: never a row, and the end of the row before them.
FURNITURE = re.compile(
    r"勾稽关系|申请人情况|法人或其他组织|自然人|商业企业|科研机构|社会公益|法律服务|第二十条第"
    r"|信息内容|件数$|本年处理决定|收费金额|上一年项目|本年增|新制作|新公开|对外公开总|采购项目|采购总"
    r"|行政复议、?行政诉讼|主动公开政府信息情况|收到和处理|三\)?、?不予公开|四\)?、?无法提供"
    r"|五\)?、?不予处理|办理结果"
)

HEADS_2019 = re.compile(
    r"新制作数?量?|本年新公开|对外公开总数|上一年项目数|本年增/?减|采购项目数|采购总金额"
)
HEADS_2021 = re.compile(r"制发件数|废止件数|现行有效件数|本年处理决定数|本年收费金额")

APPEAL_HEADS = re.compile(
    r"维持|纠正|审结|未经复议|复议后|行政复议|行政诉讼|其他结果|总计|合计|^结果|^其他$|^尚未"
)


# No official label, with the merged head before the next one, goes on longer behind its core.
_LABEL_REST = 60

_ANY_ROW = re.compile("|".join(ROW_CORES.values()))
_EACH_ROW = tuple((code, re.compile(core)) for code, core in ROW_CORES.items())
PROACTIVE = re.compile("|".join(f"(?P<{code}>{core})" for code, core in PROACTIVE_CORES.items()))


class RowName(NamedTuple):
    """A row label found in a text: which row, and where its core begins and ends."""

    code: str
    start: int
    end: int


def row_names(text: str) -> list[RowName]:
    """Everything in a squeezed text that reads like a row label, in order."""
    return [
        RowName(_code(match[0]), match.start(), match.end()) for match in _ANY_ROW.finditer(text)
    ]


def is_label(words: str, end: int, following: int) -> bool:
    """Whether the core that ends at `end` is a label: no sentence goes on behind it.

    `words` is the run of words it stands in, `following` where the next core of the run begins
    or the run ends.
    """
    return following - end <= _LABEL_REST and "。" not in words[end:following]


@cache
def _code(core: str) -> str:
    return next(code for code, pattern in _EACH_ROW if pattern.match(core))


def group_of(words: str) -> str | None:
    """The group （三）, （四） or （五） whose head stands in the words, as a row-code prefix."""
    match = GROUP.search(words)
    return GROUPS[match[0][0]] if match else None


def nearest_row(text: str, group: str, taken: set[str]) -> str | None:
    """The row an unknown label most likely is: same group and number, and alike in its words.

    None where no row of the form is alike enough; then the row is not the form's.
    """
    if text in ("总计", "合计", "小计") and "3.7" not in taken and any(c[0] == "3" for c in taken):
        return "3.7"
    number = re.match(r"\(?(\d)[.、)]", text)
    best: tuple[float, str | None] = (0.0, None)
    for code, words in _official().items():
        if code in taken:
            continue
        likeness = len(words & set(text)) / max(len(words | set(text)), 1)
        if number and group and code == f"{group}.{number[1]}":
            likeness += 0.25
        best = max(best, (likeness, code), key=lambda pair: pair[0])
    return best[1] if best[0] >= 0.6 else None


@cache
def _official() -> dict[str, set[str]]:
    rows = {row.code: row.label for version in ("2019", "2021") for row in form(version).rows}
    return {code: set(re.sub(r"[^一-鿿]", "", label)) for code, label in rows.items()}
