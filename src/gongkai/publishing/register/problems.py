"""What is wrong with a row of a table that was handed in, and what to do, in two languages."""

from __future__ import annotations

from dataclasses import dataclass

WORDS: dict[str, tuple[str, str]] = {
    "no_headings": (
        "没有找到表头。请用模板，表头放在前十行。",
        "No headings were found. Use the template; they stand in the first ten rows.",
    ),
    "no_column": ("表里没有“{}”这一列。请照模板加上。", "The column “{}” is missing. Add it."),
    "two_columns": ("有两列都是“{}”。请只留一列。", "Two columns are both “{}”. Keep one."),
    "missing": ("没有填。请填写。", "Nothing is entered. Fill it in."),
    "too_long": ("太长，最多 {} 个字。请缩短。", "Too long: at most {} characters."),
    "unknown_unit": (
        "本机关没有叫“{}”的内设机构。请核对；全机关一起报的留空。",
        "The agency has no unit “{}”. Check it; leave it blank for the agency as a whole.",
    ),
    "unknown_matter": (
        "不认识“{}”。请写行政许可、行政处罚、行政强制或行政事业性收费。",
        "“{}” is not known. Write 行政许可, 行政处罚, 行政强制 or 行政事业性收费.",
    ),
    "bad_year": ("“{}”不是年份。请写四位数，例如 2026。", "“{}” is no year. Write e.g. 2026."),
    "bad_month": ("“{}”不是月份。请写 1 到 12。", "“{}” is no month. Write 1 to 12."),
    "future_month": ("{} 还没有到，不能填报。", "{} has not begun; it cannot be reported yet."),
    "bad_amount": (
        "“{}”不能作数量。件数写整数，金额以元为单位、最多两位小数。",
        "“{}” is no amount. Decisions are whole numbers; fees are in 元 with at most two decimals.",
    ),
    "no_reason": (
        "与已经填报的 {} 不同。要更正，请在“更正理由”一列写明为什么。",
        "It differs from {}, which was reported before. Say why in the column 更正理由.",
    ),
    "duplicate": ("与第 {} 行重复。请只留一行。", "The same as row {}. Keep one of them."),
    "formula": (
        "这一格的公式没有结果或结果出错。请改成公式的结果。",
        "The formula in this cell has no result or an error. Put its result there.",
    ),
    "date": (
        "这一格被 Excel 变成了日期（{}）。请把这一列设为文本，重新填写。",
        "Excel has made this cell a date ({}). Format the column as text and enter it again.",
    ),
    "long_number": (
        "这一格的数字太长，后几位已经丢失（{}）。请把这一列设为文本，重新填写。",
        "Excel has rounded this cell ({}). Format the column as text and enter it again.",
    ),
    "merged": (
        "这一格与左右的格合并了，不知道属于哪一列。请取消合并。",
        "This cell is merged across columns. Unmerge it.",
    ),
    "unknown_item": (
        "第二十条、第二十一条没有“{}”这一项。请写 20.1 这样的编号。",
        "Articles 20 and 21 have no item “{}”. Write e.g. 20.1.",
    ),
    "unknown_field": ("没有“{}”这个领域。请核对。", "There is no field “{}”. Check it."),
    "unknown_period": (
        "不认识“{}”。更新周期请写：不定期、每年、每季度、每月。",
        "“{}” is not known. Write 不定期, 每年, 每季度 or 每月.",
    ),
    "unknown_channel": (
        "不认识“{}”这个渠道。请用标准目录的名称，必选的前面写■。",
        "The channel “{}” is not known. Use the names of the standard catalogue, with ■.",
    ),
    "bad_choice": ("看不懂“{}”。请用模板里的写法。", "“{}” is not understood. See the template."),
    "bad_days": ("“{}”不是天数。请写 1 到 400 的整数。", "“{}” is no number of days, 1 to 400."),
    "bad_date": ("“{}”不是日期。请写 2026-03-01。", "“{}” is no date. Write e.g. 2026-03-01."),
    "ends_before_listed": (
        "终止日期早于列入日期。请核对。",
        "The item would end before it was listed. Check the dates.",
    ),
    "bad_code": (
        "“{}”不能作编号。只用字母、数字和连字符，最多 40 个。",
        "“{}” is no code. Use letters, digits and hyphens, at most 40.",
    ),
    "hidden_row": (
        "这一行在表里是隐藏的，照样读了。不要的请删除。",
        "This row is hidden in the sheet and was read all the same. Delete it if not wanted.",
    ),
    "unknown_column": ("不认识“{}”这一列，没有读。", "The column “{}” is not known; not read."),
    "too_many": (
        "超过 {} 行，没有读。请分几次导入。",
        "More than {} rows; nothing was read. Split the file.",
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something about one place of a table. `row` is as Excel shows it, 0 for the whole sheet."""

    row: int
    column: str
    code: str
    detail: str = ""

    def message(self, language: str = "zh") -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        return WORDS[self.code][0 if language.startswith("zh") else 1].format(self.detail)
