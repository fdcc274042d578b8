"""The columns of an older ledger: the field each fills and the headings it is known by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongkai.publishing.importing.columns import plain

Shape = Literal["text", "date", "days", "agency", "kind", "channel", "outcome", "ground", "way"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `needed` ones are filled in every row, or given once for all of them.

    Of two headings for one field that nearer the front of `headings` is read.
    """

    field: str
    headings: tuple[str, ...]
    shape: Shape = "text"
    longest: int = 100
    needed: bool = False

    @property
    def heading(self) -> str:
        """What the column is called in messages."""
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
    ),
    Column(
        "agency",
        ("受理机关", "受理单位", "答复机关", "答复单位", "机关", "单位", "agency"),
        "agency",
        needed=True,
    ),
    Column(
        "name",
        (
            "申请人", "申请人姓名或名称", "申请人姓名(名称)", "申请人姓名", "申请人名称", "姓名",
            "名称", "applicant", "name",
        ),
        needed=True,
    ),
    Column(
        "kind",
        ("申请人类型", "申请人类别", "申请人性质", "申请主体", "身份类别", "类型", "kind"),
        "kind",
        needed=True,
    ),
    Column(
        "identity_number",
        (
            "证件号码", "身份证件号码", "身份证号码", "身份证号", "统一社会信用代码", "证件号",
            "identity_number",
        ),
        longest=60,
    ),
    Column("contact_person", ("联系人", "contact_person")),
    Column("telephone", ("联系电话", "电话", "手机", "联系方式", "telephone"), longest=40),
    Column("email", ("电子邮箱", "邮箱", "email"), longest=254),
    Column("address", ("通信地址", "联系地址", "通讯地址", "地址", "address"), longest=300),
    Column("postcode", ("邮政编码", "邮编", "postcode"), longest=10),
    Column(
        "channel",
        ("申请方式", "申请渠道", "申请途径", "提交方式", "接收方式", "申请来源", "来源", "channel"),
        "channel",
        needed=True,
    ),
    Column("submitted_on", ("申请日期", "申请时间", "提交日期", "submitted_on"), "date"),
    Column(
        "received_on",
        (
            "收到日期", "收到之日", "收到申请日期", "收到时间", "受理日期", "受理时间", "收件日期",
            "收件时间", "登记日期", "登记时间", "received_on",
        ),
        "date",
        needed=True,
    ),
    Column(
        "description",
        (
            "申请内容", "所需政府信息", "所需信息", "所需信息内容", "申请公开的内容",
            "申请公开内容", "申请事项", "内容描述", "信息内容", "内容", "description",
        ),
        longest=10_000,
        needed=True,
    ),
    Column("document_number", ("所需信息文号", "信息文号", "document_number")),
    Column("delivery", ("获取方式", "获取信息的方式", "答复方式", "delivery"), "way"),
    Column("correction_requested_on", ("补正告知日期", "告知补正日期", "补正通知日期"), "date"),
    Column("corrected_on", ("补正日期", "收到补正日期", "补正收到日期"), "date"),
    Column("extended_on", ("延期日期", "延期告知日期", "延长答复日期"), "date"),
    Column("extended_days", ("延期天数", "延长天数", "延期工作日"), "days"),
    Column(
        "answered_on",
        ("答复日期", "答复时间", "办结日期", "办结时间", "回复日期", "answered_on"),
        "date",
    ),
    Column(
        "outcome",
        (
            "处理结果", "办理结果", "答复结果", "答复类型", "答复情况", "办理情况", "处理决定",
            "公开情况", "结果", "outcome",
        ),
        "outcome",
    ),
    Column(
        "ground",
        ("不予公开的依据", "不予公开依据", "不公开依据", "不予公开理由", "ground"),
        "ground",
    ),
)  # fmt: skip
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
