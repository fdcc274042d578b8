"""What the sheets of an import hold: titles, columns, aliases, and the words of their cells."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["agencies", "units", "people"]
Shape = Literal[
    "text", "code", "agency", "number", "yes", "level", "email", "credit", "username", "roles"
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its heading, other headings it is known by, and its cells.

    `needed` columns must be there and filled in a row that adds something.
    """

    field: str
    heading: str
    aliases: tuple[str, ...] = ()
    shape: Shape = "text"
    limit: int = 0
    needed: bool = False
    width: int = 14
    note: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet: its title, other titles, its columns, and which fields tell its rows apart."""

    kind: Kind
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, field: str) -> Column:
        """The column that fills the field. Raises KeyError."""
        return {column.field: column for column in self.columns}[field]


AGENCIES = Form(
    "agencies",
    "机关",
    (
        Column(
            "code",
            "代码",
            ("机关代码", "机构代码", "单位代码", "编码"),
            "code",
            40,
            True,
            note="永久不变，出现在网址里；只用字母、数字、连字符。",
            example="qh-cz",
        ),
        Column(
            "name",
            "名称",
            ("机关名称", "机构名称", "单位名称", "全称"),
            limit=120,
            needed=True,
            width=28,
            example="青禾县财政局",
        ),
        Column("short_name", "简称", ("机关简称", "单位简称"), limit=60, example="县财政局"),
        Column(
            "name_en",
            "英文名称",
            ("英文名",),
            limit=200,
            width=28,
            example="Qinghe County Finance Bureau",
        ),
        Column(
            "level",
            "层级",
            ("级别", "机关层级", "类型"),
            "level",
            needed=True,
            note="省级政府、市级政府、县级政府、政府部门、乡镇政府、街道办事处。",
            example="政府部门",
        ),
        Column(
            "region",
            "行政区划代码",
            ("区划代码", "行政区划"),
            limit=12,
            note="不填就与上级相同。",
            example="990121",
        ),
        Column(
            "superior",
            "上级机关代码",
            ("上级代码", "上级机关", "上级单位代码", "主管机关代码"),
            "agency",
            120,
            note="最上一级不填。可以是本表里的，也可以是已有的。",
            example="qh",
        ),
        Column(
            "vertical",
            "垂直领导",
            ("垂直管理", "是否垂直领导"),
            "yes",
            note="是或否；不填为否。",
            example="否",
        ),
        Column(
            "position",
            "次序",
            ("序号", "排序", "顺序"),
            "number",
            note="同级之间的官方次序；新增而不填的按表中先后。",
            example="1",
        ),
        Column(
            "credit_code",
            "统一社会信用代码",
            ("信用代码", "社会信用代码"),
            "credit",
            18,
            width=24,
            note="十八位；这一列请设为文本。",
        ),
        Column(
            "reconsideration_organ",
            "行政复议机关代码",
            ("复议机关代码", "行政复议机关", "复议机关"),
            "agency",
            120,
            note="不填就按法律推定。",
        ),
        Column("court", "管辖法院", ("法院",), limit=120, width=24),
        Column("address", "办公地址", ("地址", "通讯地址"), limit=200, width=28),
        Column("office_hours", "办公时间", ("工作时间",), limit=200, width=24),
        Column("telephone", "联系电话", ("电话", "办公电话"), limit=60),
        Column("fax", "传真号码", ("传真",), limit=60),
        Column("email", "电子邮箱", ("邮箱", "电子邮件", "互联网联系方式"), "email", 254, width=24),
    ),
    ("code",),
)
UNITS = Form(
    "units",
    "内设机构",
    (
        Column(
            "agency", "机关代码", ("所属机关代码", "单位代码"), "agency", 120, True, example="qh-cz"
        ),
        Column(
            "code", "代码", ("内设机构代码", "科室代码", "处室代码"), "code", 40, True, example="ys"
        ),
        Column(
            "name",
            "名称",
            ("内设机构名称", "科室名称", "处室名称"),
            limit=120,
            needed=True,
            width=28,
            example="预算股",
        ),
        Column("position", "次序", ("序号", "排序", "顺序"), "number", example="1"),
    ),
    ("agency", "code"),
)
PEOPLE = Form(
    "people",
    "人员",
    (
        Column(
            "username",
            "用户名",
            ("账号", "登录名"),
            "username",
            150,
            True,
            note="登录用；只用字母、数字和 @ . + - _。",
            example="chen.qiaoyun",
        ),
        Column("full_name", "姓名", (), limit=100, needed=True, example="陈巧云"),
        Column(
            "agency",
            "机关代码",
            ("任职机关代码", "所在机关代码", "单位代码"),
            "agency",
            120,
            True,
            example="qh-cz",
        ),
        Column(
            "roles",
            "角色",
            ("职责", "岗位"),
            "roles",
            needed=True,
            width=28,
            note="可填几个，用顿号分开。",
            example="拟稿人、联络员",
        ),
        Column(
            "unit",
            "内设机构",
            ("内设机构代码", "科室", "处室"),
            limit=120,
            note="代码或名称。",
            example="ys",
        ),
    ),
    ("username", "agency", "roles"),
)
FORMS: dict[Kind, Form] = {form.kind: form for form in (AGENCIES, UNITS, PEOPLE)}

EXPLANATIONS = "说明"
"""The template's own sheet of explanations, which holds no rows."""

LEVELS = {
    "province": ("省级政府", "省政府", "自治区政府", "直辖市政府", "省"),
    "city": ("市级政府", "市政府", "地市级政府", "设区的市政府", "州政府", "市"),
    "county": ("县级政府", "县政府", "区政府", "县级市政府", "旗政府", "县", "区"),
    "department": ("政府部门", "部门", "工作部门", "委办局", "政府工作部门"),
    "township": ("乡镇政府", "乡政府", "镇政府", "乡镇", "乡", "镇"),
    "street": ("街道办事处", "街道", "街道办"),
}
ROLES = {
    "drafter": ("拟稿人", "起草人"),
    "secrecy_reviewer": ("保密审查人", "保密审查"),
    "legality_reviewer": ("合法性审核人", "合法性审核"),
    "signatory": ("签发人", "签发"),
    "head": ("公开办负责人", "负责人", "审核人"),
    "case_officer": ("公开办经办人", "经办人"),
    "liaison_officer": ("联络员",),
    "supervisor": ("主管部门", "监督人"),
    "administrator": ("管理员", "系统管理员"),
}
YES = {"是": True, "否": False, "有": True, "√": True, "✓": True, "×": False, "y": True, "n": False,
       "yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}  # fmt: skip
EMPTIED = frozenset({"-", "—", "－", "——"})
"""What a cell holds that empties what is there; a blank cell leaves it as it is."""


def plain(text: str) -> str:
    """A heading or word as it is compared: half-width, lower case, without spaces and marks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.replace("(必填)", "").replace("(可不填)", "")
    return "".join(folded.split()).strip("*:")


def _words(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(word): code for code, words in table.items() for word in (code, *words)}


LEVEL_OF = _words(LEVELS)
ROLE_OF = _words(ROLES)
HEADINGS: dict[Kind, dict[str, Column]] = {
    kind: {
        plain(word): column
        for column in form.columns
        for word in (*column.aliases, column.field, column.heading)
    }
    for kind, form in FORMS.items()
}
