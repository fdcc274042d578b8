"""The columns of an older ledger: the field each fills and the headings it is known by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongkai.publishing.importing.columns import plain

Shape = Literal["text", "date", "days", "agency", "kind", "channel", "outcome", "ground", "way"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `needed` ones are filled in every row, or given once for all of them.

    Of two headings for one field that nearer the front of `headings` is read. `example` is of an
    invented applicant, `note` says how a cell is written.
    """

    field: str
    headings: tuple[str, ...]
    shape: Shape = "text"
    longest: int = 100
    needed: bool = False
    example: str = ""
    note: str = ""

    @property
    def heading(self) -> str:
        """What the column is called in messages and in the template."""
        return self.headings[0]


COLUMNS = (
    Column(
        "old_number",
        (
            "登记号", "登记编号", "受理编号", "申请编号", "受理号", "编号", "收文编号", "序号",
            "number",
        ),
        longest=80,
        needed=True,
        example="青财公开〔2024〕7号",
        note="旧台账里的编号。同一机关的不能重复；再导入时凭它认出已经导入的。",
    ),
    Column(
        "agency",
        ("受理机关", "受理单位", "答复机关", "答复单位", "机关", "单位", "agency"),
        "agency",
        needed=True,
        example="青禾县财政局",
        note="机关的全称、简称或者代码。",
    ),
    Column(
        "name",
        (
            "申请人", "申请人姓名或名称", "申请人姓名(名称)", "申请人姓名", "申请人名称", "姓名",
            "名称", "applicant", "name",
        ),
        needed=True,
        example="沈青禾",
        note="公民填姓名，单位填名称。",
    ),
    Column(
        "kind",
        ("申请人类型", "申请人类别", "申请人性质", "申请主体", "身份类别", "类型", "kind"),
        "kind",
        needed=True,
        example="自然人",
        note="年报的六类申请人。",
    ),
    Column(
        "identity_number",
        (
            "证件号码", "身份证件号码", "身份证号码", "身份证号", "统一社会信用代码", "证件号",
            "identity_number",
        ),
        longest=60,
        example="000000199003070000",
        note="身份证号或者统一社会信用代码。整列保持文本格式，否则后几位会丢失。",
    ),
    Column(
        "contact_person", ("联系人", "contact_person"),
        note="单位申请的填联系人；公民不填。",
    ),
    Column(
        "telephone", ("联系电话", "电话", "手机", "联系方式", "telephone"), longest=40,
        example="000-1234567",
    ),
    Column(
        "email", ("电子邮箱", "邮箱", "email"), longest=254,
        example="shen@example.org",
    ),
    Column(
        "address", ("通信地址", "联系地址", "通讯地址", "地址", "address"), longest=300,
        example="青禾县城关镇迎春路 1 号",
    ),
    Column(
        "postcode", ("邮政编码", "邮编", "postcode"), longest=10,
        example="000000",
    ),
    Column(
        "channel",
        ("申请方式", "申请渠道", "申请途径", "提交方式", "接收方式", "申请来源", "来源", "channel"),
        "channel",
        needed=True,
        example="挂号信、特快专递",
        note="申请是怎样来的。",
    ),
    Column(
        "submitted_on", ("申请日期", "申请时间", "提交日期", "submitted_on"), "date",
        example="2024-03-01",
        note="寄出或者提交的日期；不填就是收到日期。",
    ),
    Column(
        "received_on",
        (
            "收到日期", "收到之日", "收到申请日期", "收到时间", "受理日期", "受理时间", "收件日期",
            "收件时间", "登记日期", "登记时间", "received_on",
        ),
        "date",
        needed=True,
        example="2024-03-04",
        note="依法起算答复期限的日期（条例第三十一条）。",
    ),
    Column(
        "description",
        (
            "申请内容", "所需政府信息", "所需信息", "所需信息内容", "申请公开的内容",
            "申请公开内容", "申请事项", "内容描述", "信息内容", "内容", "description",
        ),
        longest=10_000,
        needed=True,
        example="2023 年度城乡供水专项资金分配方案",
        note="申请人要的信息，照申请书写。",
    ),
    Column(
        "document_number", ("所需信息文号", "信息文号", "document_number"),
        note="申请人写明了文号的才填。",
    ),
    Column(
        "delivery", ("获取方式", "获取信息的方式", "答复方式", "delivery"), "way",
        example="邮寄",
        note="申请人要求怎样答复；不填就是邮寄。",
    ),
    Column(
        "correction_requested_on", ("补正告知日期", "告知补正日期", "补正通知日期"), "date",
        example="2024-03-06",
        note="要求补正的才填（条例第三十条）。",
    ),
    Column(
        "corrected_on", ("补正日期", "收到补正日期", "补正收到日期"), "date",
        example="2024-03-13",
        note="收到补正的日期；从这一天重新起算（条例第三十条）。",
    ),
    Column(
        "extended_on", ("延期日期", "延期告知日期", "延长答复日期"), "date",
        example="2024-04-08",
        note="延长答复期限的才填（条例第三十三条）。",
    ),
    Column(
        "extended_days", ("延期天数", "延长天数", "延期工作日"), "days",
        example="10",
        note="1 至 20 的整数，工作日；不填就是 20。",
    ),
    Column(
        "answered_on",
        ("答复日期", "答复时间", "办结日期", "办结时间", "回复日期", "answered_on"),
        "date",
        example="2024-04-19",
        note="还没有答复的不填，处理结果也不填；导入以后在系统里接着办。",
    ),
    Column(
        "outcome",
        (
            "处理结果", "办理结果", "答复结果", "答复类型", "答复情况", "办理情况", "处理决定",
            "公开情况", "结果", "outcome",
        ),
        "outcome",
        example="不予公开",
        note="与答复日期一起填。",
    ),
    Column(
        "ground",
        ("不予公开的依据", "不予公开依据", "不公开依据", "不予公开理由", "ground"),
        "ground",
        example="过程性信息",
        note="不予公开的要填，部分公开的可以填。",
    ),
)  # fmt: skip
WHAT_IS_WRONG = {"zh": "哪里不对", "en": "What is wrong"}
"""The heading over what a row that was left out is told, by language. It fills no field."""
BY_FIELD = {column.field: column for column in COLUMNS}
RANKS = {
    plain(word): (column, rank)
    for column in COLUMNS
    for rank, word in enumerate((*column.headings, column.field))
}
"""Every heading by its plain spelling, with its field and how telling it is: 0 is the best."""


def field_of(word: str) -> str | None:
    """The field that somebody names by its code or one of its headings."""
    found = RANKS.get(plain(word))
    return found[0].field if found else None
