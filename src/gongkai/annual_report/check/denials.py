"""Statements that there was none: no application, no appeal, no fee, all upheld, none of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual_report.check import readings
from gongkai.annual_report.check.claim import Kind, Reading
from gongkai.annual_report.check.subject import Subject

_NONE = r"(?:未|没有|没|无|零|从未|均未|尚未|不存在|暂无|均无|也无|未有)"
_APPEALS = re.compile(
    _NONE + r"(?:发生|出现|收到|有|因|涉及|被|引发|引起|产生|提起|受到|导致|存在|一[起件例宗])*"
    r"(?P<cause>[^,。;:!?()]{0,34}?)"
    r"(?P<what>(?:行政)?(?:复议|诉讼)(?:[、和及与或]|或者|以及|提起|案件|被提起|情况)*(?:行政)?(?:诉讼|复议|应诉)?)"
    r"(?P<tail>[^,。;!?]{0,16})"
)
_LOST = re.compile(r"败诉|纠错|纠正|撤销|确认违法|责令")
_NOT_A_DENIAL_OF_APPEALS = re.compile(r"未予|未经|未按|未能|未及时|不规范|费|逾期|答[复覆]")
_APPLICATIONS = re.compile(
    _NONE + r"(?:收到|接到|受理|接收|发生|有)+(?P<middle>[^,。;:!?()]{0,24}?)"
    r"(?:依申请公开|申请公开|公开申请|申请)(?P<tail>[^,。;!?]{0,14})"
    r"|(?:没有|暂无|均无|也无|无)依申请公开(?P<thing>[^,。;!?]{0,14})"
)
_NOT_APPLICATIONS = re.compile(
    r"费|复议|诉讼|投诉|举报|结转|不予|超期|逾期|延期|重复|补正|撤回|引发|引起|答[复覆]|办理不|公示|异议"
    r"|网络|网上|信函|邮件|邮寄|当面|现场|传真|电话|许可|登记"
)
_NONE_CARRIED_IN = re.compile(
    r"(?:没有|无|未有)[^,。;!?]{0,4}?(?:去年|上年|上一年)(?:度)?[^,。;!?]{0,4}?结转"
)
_NONE_CARRIED_OUT = re.compile(
    r"(?:没有|无|未有)[^,。;!?]{0,8}?结转(?:至|到|入)?(?:下|次)一?(?:年度|年)"
)
_NOT_OURS = re.compile(
    r"[均都全](?:部)?(?:不属于|非)(?:本行政机关|本机关|我局|本单位|我单位)(?:负责)?公开"
)
_ALL_UPHELD = re.compile(r"(?:均|全部|全)(?:获|被|为|得到|予以)?维持")
_NO_STOCK = re.compile(
    r"(?:未|没有|无)(?:新)?(?P<verb>制定|制发|出台|印发|废止)(?:过)?(?:相关|任何|新的|行政)*"
    r"(?P<what>规范性文件|规章)"
)
_NO_FEE = re.compile(
    _NONE + r"(?:收取|发生|产生|涉及|任何|因)*[^,。;!?]{0,20}?(?:处理费|公开[^,。;!?]{0,6}收费)"
    r"|(?:处理费|信息公开)[^,。;!?]{0,12}?" + _NONE + r"(?:发生|产生|收取)*(?:收费|费用|收取)"
    r"|处理费(?:用)?(?:的)?(?:情况|收取情况)?[:,为]*(?:无|零)(?![一-龥])"
)
_FEE = re.compile(
    r"处理费(?:用)?(?:共|共计|合计|总计|总额|金额|人民币|为|约|计|收入|收取|:)*"
    r"(?P<yuan>\d[\d,]*(?:\.\d+)?)(?P<wan>万)?元"
)
_LITIGATION = readings.LITIGATION


@dataclass(frozen=True, slots=True)
class Denial:
    """A statement of none (or of a fee) at `text[start:end]`; `cells` name what must be zero."""

    kind: Kind
    start: int
    end: int
    groups: tuple[str, ...] = ()
    results: tuple[str, ...] = ("total",)
    stock: tuple[str, str] = ("", "")
    value: int | Decimal = 0

    def readings(self, subject: Subject) -> tuple[Reading, ...]:
        version = subject.form.version
        if self.kind == "appeals":
            return (readings.appeals(self.groups, self.results),)
        if self.kind == "outcome":
            return (readings.outcome(("3.1", "3.2"), version, ()),)
        if self.kind == "stock":
            row, column = self.stock
            return (readings.stock((row,), column, version),)
        return _PLAIN.get(self.kind, ())


_PLAIN: dict[str, tuple[Reading, ...]] = {
    "received": (readings.NEW, readings.NEW_AND_CARRIED),
    "carried_in": (readings.CARRIED_IN,),
    "carried_out": (readings.CARRIED_OUT,),
}


def denials(text: str) -> Iterator[Denial]:
    """Every statement of none in squeezed text, and every amount of 信息处理费."""
    if "复议" in text or "诉讼" in text:
        yield from _no_appeals(text)
        yield from _all_upheld(text)
    if "申请" in text:
        yield from _no_applications(text)
    if "结转" in text:
        yield from _nothing_carried(text)
    if "公开范围" in text or "负责公开" in text:
        yield from (Denial("outcome", *m.span()) for m in _NOT_OURS.finditer(text))
    if "规范性文件" in text or "规章" in text:
        yield from _no_stock(text)
    if "费" in text:
        yield from _fees(text)


def _no_appeals(text: str) -> Iterator[Denial]:
    for match in _APPEALS.finditer(text):
        if _NOT_A_DENIAL_OF_APPEALS.search(match["cause"]) or _NOT_A_DENIAL_OF_APPEALS.match(
            text[match.start() : match.start() + 4]
        ):
            continue
        said = match["what"] + match["tail"]
        groups = (("reconsideration",) if "复议" in said else ()) + (
            _LITIGATION if "诉" in said.replace("败诉", "") or "败诉" in said else ()
        )
        results = ("corrected",) if _LOST.search(said) else ("total",)
        if groups:
            end = match.start("what") + len(match["what"].rstrip("、和及与或"))
            end = end if results == ("total",) else match.end()
            yield Denial("appeals", match.start(), end, groups, results)


def _all_upheld(text: str) -> Iterator[Denial]:
    """「均获维持」: none was corrected and none ended otherwise; some may still be pending."""
    for match in _ALL_UPHELD.finditer(text):
        sentence = text[text.rfind("。", 0, match.start()) + 1 : match.start()]
        part = sentence[sentence.rfind(";") + 1 :]
        groups = (("reconsideration",) if "复议" in part else ()) + (
            _LITIGATION if "诉讼" in part else ()
        )
        if groups and "公开" in sentence:
            yield Denial("appeals", match.start(), match.end(), groups, ("corrected", "other"))


def _no_applications(text: str) -> Iterator[Denial]:
    for match in _APPLICATIONS.finditer(text):
        tail = match["tail"] or match["thing"] or ""
        around = (match["middle"] or "") + tail
        if not _NOT_APPLICATIONS.search(around) and tail[:1] not in ("的", "人", "者"):
            end = match.end() - len(tail)
            yield Denial("received", match.start(), end)


def _nothing_carried(text: str) -> Iterator[Denial]:
    yield from (Denial("carried_in", *m.span()) for m in _NONE_CARRIED_IN.finditer(text))
    yield from (Denial("carried_out", *m.span()) for m in _NONE_CARRIED_OUT.finditer(text))


def _no_stock(text: str) -> Iterator[Denial]:
    for match in _NO_STOCK.finditer(text):
        row = "regulations" if match["what"] == "规章" else "normative_documents"
        column = "repealed" if match["verb"] == "废止" else "made"
        yield Denial("stock", match.start(), match.end(), stock=(row, column))


def _fees(text: str) -> Iterator[Denial]:
    taken = -1
    for match in _FEE.finditer(text):
        amount = Decimal(match["yuan"].replace(",", "")) * (10_000 if match["wan"] else 1)
        exact = int(amount) if amount == amount.to_integral_value() else amount
        taken = match.end()
        yield Denial("fee", match.start(), match.end(), value=exact)
    for match in _NO_FEE.finditer(text):
        if match.end() != taken:
            yield Denial("fee", match.start(), match.end())
