"""How figures and labels are spelt in the wild."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from opencc import OpenCC

from gongkai.annual_report.figures import Figure, Report
from gongkai.law.forms import Address
from gongkai.specimen.layouts.sheet import plain

FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
HALF_WIDTH = str.maketrans({"（": "(", "）": ")", "，": ",", "：": ":", "；": ";"})

BREAKS = (
    ("结果维持", "结果\n维持"),
    ("结果纠正", "结果\n纠正"),
    ("其他结果", "其他\n结果"),
    ("尚未审结", "尚未\n审结"),
    ("社会公益组织", "社会\n公益\n组织"),
    ("法律服务机构", "法律\n服务\n机构"),
    ("本年新制作数量", "本年新\n制作数量"),
    ("本年新公开数量", "本年新\n公开数量"),
    ("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认\n或重新出具已获取信息"),
)

SHORT = (
    ("一、本年新收政府信息公开申请数量", "一、本年新收申请数量"),
    ("二、上年结转政府信息公开申请数量", "二、上年结转申请数量"),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
    ("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开"),
    ("3.危及“三安全一稳定”", "3.危及三安全一稳定"),
    ("1.本机关不掌握相关政府信息", "1.本机关不掌握相关信息"),
    ("2.没有现成信息需要另行制作", "2.需要另行制作"),
    ("5.要求行政机关确认或重新出具已获取信息", "5.要求确认或重新出具已获取信息"),
    (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "1.申请人逾期不补正",
    ),
    (
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未缴纳费用",
    ),
    ("四、结转下年度继续办理", "四、结转下年度"),
    ("行政规范性文件", "规范性文件"),
    ("本年收费金额（单位：万元）", "本年收费金额(万元)"),
)


def full_width(figure: Figure) -> str:
    return plain(figure).translate(FULL_WIDTH)


def thousands(figure: Figure) -> str:
    """12345.6 as 12,345.6."""
    return "" if figure is None else f"{figure:,}"


def blank_zero(mark: str) -> Callable[[Figure], str]:
    """Spells zero and blank as the mark (—, /, 无, -, a no-break space): both are read as blank."""

    def spell(figure: Figure) -> str:
        return plain(figure) if figure else mark

    return spell


def broken(label: str) -> str:
    """A label broken over several lines, as narrow columns make it."""
    return dict(BREAKS).get(label, label)


def short(label: str) -> str:
    return dict(SHORT).get(label, label)


def half_width(text: str) -> str:
    """Brackets, commas and colons as text extraction often leaves them."""
    return text.translate(HALF_WIDTH)


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")


def traditional(text: str) -> str:
    """Traditional characters with the wording that automatic conversion for Taiwan brings in."""
    for simplified, wording in (("文件", "檔案"), ("门户网站", "入口網站"), ("优化", "最佳化")):
        text = text.replace(simplified, wording)
    converted: str = _converter().convert(text)
    return converted


def zeros_blank(report: Report, columns: Callable[[Address], bool] = lambda _: True) -> Report:
    """What can be read back where zeros were left blank: `null` in those cells."""
    return replace(
        report,
        figures={
            address: None if figure == 0 and columns(address) else figure
            for address, figure in report.figures.items()
        },
    )


def one_other_row(report: Report) -> Report:
    """（六）其他处理 as the single row of the 2019 form, as some templates still have it."""
    codes = ("3.6.1", "3.6.2", "3.6.3")
    figures = {}
    for address, figure in report.figures.items():
        if not any(address.startswith(f"applications.{code}.") for code in codes):
            figures[address] = figure
        elif address.startswith("applications.3.6.1."):
            column = address.rpartition(".")[2]
            cells = [report.figures[f"applications.{code}.{column}"] for code in codes]
            figures[f"applications.3.6.{column}"] = int(sum(c or 0 for c in cells))
    return replace(report, figures=figures)
