"""The one error reading may raise, with what was wrong and what to do about it."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "empty",
    "too_large",
    "binary",
    "encrypted",
    "damaged",
    "bomb",
    "too_complex",
    "no_text",
    "not_a_report",
    "unsupported",
    "timeout",
]

STATUS: dict[Reason, int] = {
    "empty": 400,
    "too_large": 413,
    "binary": 400,
    "encrypted": 422,
    "damaged": 422,
    "bomb": 413,
    "too_complex": 413,
    "no_text": 422,
    "not_a_report": 422,
    "unsupported": 422,
    "timeout": 413,
}

ADVICE: dict[Reason, tuple[str, str]] = {
    "empty": (
        "文件是空的。请选择有内容的年度报告。",
        "The file is empty. Choose a report that has content.",
    ),
    "too_large": (
        "文件超过 20 MB。请去掉图片，或只保留报告正文后再试。",
        "The file is larger than 20 MB. Remove pictures or keep only the report, then try again.",
    ),
    "binary": (
        "这不是网页、文本、Word、Excel 或 PDF 文件。请换成其中一种格式。",
        "This is not a web page, text, Word, Excel or PDF file. Convert it to one of these.",
    ),
    "encrypted": (
        "文件有密码保护。请先去掉密码再试。",
        "The file is protected by a password. Remove the password and try again.",
    ),
    "damaged": (
        "文件不完整或已损坏。请重新下载或另存后再试。",
        "The file is incomplete or damaged. Download or save it again.",
    ),
    "bomb": (
        "文件解压后异常巨大，已停止读取。请用 Word 或 Excel 另存后再试。",
        "The file unpacks to an abnormal size and was not read. Save it again with Word or Excel.",
    ),
    "too_complex": (
        "页面或表格过大，已停止读取。请只保留报告正文后再试。",
        "The page or its tables are too large. Keep only the report and try again.",
    ),
    "no_text": (
        "文件里没有文字，可能是扫描件。请先做文字识别，或使用可复制文字的版本。",
        "There is no text in the file; it may be a scan. Use a version whose text can be copied.",
    ),
    "not_a_report": (
        "没有找到政府信息公开年度报告的任何一张表或任何一个部分。请确认选对了文件。",
        (
            "No table and no section of a disclosure annual report was found. "
            "Check that this is the right file."
        ),
    ),
    "unsupported": (
        "不支持这种格式。请另存为 .docx、.xlsx、.pdf 或网页。",
        "This format is not supported. Save it as .docx, .xlsx, .pdf or a web page.",
    ),
    "timeout": (
        "读取时间过长，已停止。请只保留报告正文后再试。",
        "Reading took too long and was stopped. Keep only the report and try again.",
    ),
}


class UnreadableReportError(Exception):
    """The source could not be read as a report.

    `reason` is a stable code, `detail` says where; `status` is the HTTP status a page answers with.
    """

    def __init__(self, reason: Reason, name: str = "", detail: str = "") -> None:
        super().__init__(reason, name, detail)
        self.reason: Reason = reason
        self.name = name
        self.detail = detail

    @property
    def status(self) -> int:
        return STATUS[self.reason]

    def message(self, language: str = "zh") -> str:
        """One sentence that names what was wrong and what to do, in "zh" or "en"."""
        text = ADVICE[self.reason][0 if language == "zh" else 1]
        if self.detail:
            text += f"（{self.detail}）" if language == "zh" else f" ({self.detail})"
        return text

    def __str__(self) -> str:
        return f"{self.name}: {self.message('en')}" if self.name else self.message("en")
