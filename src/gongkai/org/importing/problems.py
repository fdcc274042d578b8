"""What is wrong with a file or a row, where, and what to do, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["empty", "too_large", "unsupported", "damaged", "encrypted", "bomb", "no_sheet"]

UNUSABLE: dict[Reason, tuple[str, str]] = {
    "empty": ("文件是空的。请先填表。", "The file is empty. Fill in the sheets first."),
    "too_large": (
        "文件太大（{}）。请删去多余的行列和图片，或分几次导入。",
        "The file is too large ({}). Remove surplus rows, columns and pictures, or split it.",
    ),
    "unsupported": (
        "只读 .xlsx 和 .csv。请在 Excel 或 WPS 里另存为 .xlsx。",
        "Only .xlsx and .csv are read. Save the file as .xlsx in Excel or WPS.",
    ),
    "damaged": (
        "文件打不开，可能没有下载完整。请在 Excel 或 WPS 里打开后另存一份。",
        "The file cannot be opened; it may be incomplete. Open it in Excel and save it anew.",
    ),
    "encrypted": (
        "文件有密码。请去掉密码后再导入。",
        "The file has a password. Remove it and import again.",
    ),
    "bomb": (
        "文件解压后大得反常，没有读。请另存一份再试。",
        "The file would unpack to an abnormal size and was not read. Save it anew and try again.",
    ),
    "no_sheet": (
        "没有找到机关、内设机构或人员的表：前十行里没有认识的表头。请用模板。",
        "No known headings stand in the first ten rows of any sheet. Use the template.",
    ),
}


class UnusableFileError(Exception):
    """The file as a whole cannot be taken; `reason` is a stable code, `detail` a measure."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason: Reason = reason
        self.detail = detail

    def message(self, language: str = "zh") -> str:
        """One sentence that says why and what to do."""
        return UNUSABLE[self.reason][0 if language.startswith("zh") else 1].format(self.detail)

    def __str__(self) -> str:
        return self.message("en")


ROWS: dict[str, tuple[str, str]] = {
    "missing": ("没有填。请填写。", "Nothing is entered. Fill it in."),
    "no_column": (
        "表里没有这一列。请照模板加上。",
        "The sheet lacks this column. Add it as in the template.",
    ),
    "two_columns": (
        "有两列都是“{}”。请只留一列。",
        "Two columns are both “{}”. Keep only one.",
    ),
    "too_long": ("太长，最多 {} 个字。请缩短。", "Too long: at most {} characters. Shorten it."),
    "not_a_code": (
        "“{}”不能作代码。代码只用字母、数字、连字符和下划线，最多 40 个。",
        "“{}” is no code. Use letters, digits, hyphens and underscores, at most 40.",
    ),
    "not_a_number": (
        "“{}”不是非负整数。请改成 0、1、2 这样的数。",
        "“{}” is no whole number. Write 0, 1, 2 and so on.",
    ),
    "not_yes_or_no": ("“{}”看不懂。请填“是”或“否”。", "“{}” is not understood. Write 是 or 否."),
    "unknown_level": (
        "没有“{}”这个层级。请填：省级政府、市级政府、县级政府、政府部门、乡镇政府、街道办事处。",
        "There is no level “{}”. Write province, city, county, department, township or street.",
    ),
    "unknown_role": (
        "没有“{}”这个角色。可填的角色见模板的说明。",
        "There is no role “{}”. The template lists the roles.",
    ),
    "not_an_address": ("“{}”不是电子邮箱。请核对。", "“{}” is no e-mail address. Check it."),
    "not_a_username": (
        "“{}”不能作用户名。只用字母、数字和 @ . + - _，最多 150 个，中间不留空格。",
        "“{}” is no user name. Use letters, digits and @ . + - _, at most 150, without spaces.",
    ),
    "check_character": (
        "“{}”的校验位不对或不足十八位。请对照证照核对统一社会信用代码。",
        "“{}” has a wrong check character or not 18 characters. Check it against the certificate.",
    ),
    "formula": (
        "这一格的公式没有结果或结果出错。请改成公式的结果。",
        "The formula in this cell has no result or an error. Put the result in its place.",
    ),
    "date": (
        "这一格被 Excel 变成了日期（{}）。请把这一列设为文本，重新填写。",
        "Excel has made this cell a date ({}). Format the column as text and enter it again.",
    ),
    "long_number": (
        "这一格被 Excel 当成数字，后几位已经丢失（{}）。请把这一列设为文本，重新填写。",
        "Excel has rounded this cell ({}). Format the column as text and enter it again.",
    ),
    "merged": (
        "这一格与左右的格合并了，不知道属于哪一列。请取消合并。",
        "This cell is merged across columns, so that its column is unclear. Unmerge it.",
    ),
    "duplicate": ("与第 {} 行重复。请只留一行。", "The same as row {}. Keep only one of them."),
    "duplicate_name": (
        "“{}”已是另一个机关的名称。请核对，每个名称只能用一次。",
        "“{}” already is another agency's name. Each name can be used only once.",
    ),
    "duplicate_unit_name": (
        "该机关已有叫“{}”的内设机构。请核对。",
        "The agency already has a unit named “{}”. Check it.",
    ),
    "duplicate_credit_code": (
        "“{}”已是另一个机关的信用代码。请核对。",
        "“{}” already is another agency's credit code. Check it.",
    ),
    "code_taken": (
        "“{}”已是您管理范围以外一个机关的代码。请换一个代码。",
        "“{}” already is the code of an agency outside your charge. Choose another.",
    ),
    "closed": (
        "“{}”已撤销。请先在页面上恢复，或删去这一行。",
        "“{}” is closed. Reopen it on its page first, or remove this row.",
    ),
    "unknown_agency": (
        "没有代码为“{}”的机关，或者它不在您管理的范围内。请核对代码，或把它加到机关表里。",
        "No agency in your charge has the code “{}”. Check it or add it to the first sheet.",
    ),
    "unknown_unit": (
        "该机关没有“{}”这个内设机构。请核对，或把它加到内设机构表里。",
        "The agency has no unit “{}”. Check it or add it to the sheet of units.",
    ),
    "circle": (
        "上级绕成了圈：{}。请改其中一个的上级。",
        "The superiors run in a circle: {}. Change the superior of one of them.",
    ),
    "no_superior": (
        "没有填上级机关。您只能在自己管理的机关下面新增。",
        "No superior is entered. You can only add below agencies in your charge.",
    ),
    "too_deep": (
        "层级太深，代码连起来超过 400 个字符。请缩短代码。",
        "The tree is too deep: the codes joined exceed 400 characters. Shorten the codes.",
    ),
    "name_differs": (
        "用户名“{}”已有人使用，姓名与这里填的不同。请核对，或换一个用户名。",
        "The user name “{}” is taken by somebody of another name. Check it or choose another.",
    ),
    "two_names": (
        "用户名“{}”在表里有不同的姓名。请核对。",
        "The sheet gives the user name “{}” different names. Check them.",
    ),
    "inactive": (
        "“{}”的账号已停用。请先在页面上启用。",
        "The account of “{}” is switched off. Switch it on on its page first.",
    ),
    "depends": (
        "它用到的第 {} 行有错，先改那一行。",
        "It rests on row {}, which has an error. Correct that row first.",
    ),
}

NOTES: dict[str, tuple[str, str]] = {
    "hidden_row": (
        "这一行在表里是隐藏的，照样读了。不要的请删除。",
        "This row is hidden in the sheet and was read all the same. Delete it if it is not wanted.",
    ),
    "hidden_sheet": (
        "这张表是隐藏的，没有读。要导入请取消隐藏。",
        "This sheet is hidden and was not read. Unhide it to import it.",
    ),
    "foreign_sheet": (
        "没有认识的表头，没有读。",
        "No known headings; it was not read.",
    ),
    "unknown_column": (
        "不认识“{}”这一列，没有读。",
        "The column “{}” is not known and was not read.",
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something about one place of the file: a bad row, or a note that changes nothing.

    `row` counts as Excel shows it, from 1; 0 is the sheet as a whole. `column` is the heading.
    """

    sheet: str
    row: int
    column: str
    code: str
    detail: str = ""

    def message(self, language: str = "zh") -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        words = ROWS[self.code] if self.code in ROWS else NOTES[self.code]
        return words[0 if language.startswith("zh") else 1].format(self.detail)
