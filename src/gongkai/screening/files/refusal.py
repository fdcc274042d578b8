"""Why a file is not taken in at all, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RefusalCode = Literal[
    "empty",
    "too_large",
    "unsafe_name",
    "unknown_kind",
    "executable",
    "macros",
    "script",
    "polyglot",
    "disguised",
    "encrypted",
    "unsafe_path",
    "nested_archive",
    "bomb",
    "too_complex",
    "too_many_pixels",
    "damaged",
    "timeout",
]

ADVICE: dict[RefusalCode, tuple[str, str]] = {
    "empty": (
        "文件是空的。请选择有内容的文件。",
        "The file is empty. Choose a file that has content.",
    ),
    "too_large": (
        "文件超过 200 MB。请压缩图片、拆分文件，或改用链接。",
        "The file is larger than 200 MB. Shrink its pictures, split it, or give a link instead.",
    ),
    "unsafe_name": (
        "文件名含有控制字符、路径或改变文字方向的字符。请改成普通文件名后再上传。",
        (
            "The file's name has control characters, a path or characters that turn the direction "
            "of text. Give it a plain name and upload it again."
        ),
    ),
    "unknown_kind": (
        "认不出文件的类型。请另存为 PDF、Word、Excel、PPT、OFD、图片或 zip。",
        (
            "The kind of the file is not known. Save it as PDF, Word, Excel, PowerPoint, OFD, a "
            "picture or a zip."
        ),
    ),
    "executable": (
        "文件里有程序。请去掉其中的程序后再上传。",
        "There is a program in the file. Remove the program and upload the file again.",
    ),
    "macros": (
        "文件里有宏或会自动执行的域。请另存为不含宏的 .docx、.xlsx 或 .pptx。",
        (
            "The file has macros or fields that run by themselves. Save it as .docx, .xlsx or "
            ".pptx without macros."
        ),
    ),
    "script": (
        "文件里有脚本或会自动载入的内容。请另存为 PDF，或去掉脚本后再上传。",
        "The file has script or content that loads by itself. Save it as PDF or remove the script.",
    ),
    "polyglot": (
        "这个文件同时是另一种文件。请用原来的软件另存一份后再上传。",
        "The file is a second kind of file at the same time. Save it anew with its own program.",
    ),
    "disguised": (
        "文件名的后缀和内容不一致。请改成正确的后缀，或另存为所写的格式。",
        (
            "The ending of the file's name does not fit its content. Correct the ending, or save "
            "it in the format that the ending names."
        ),
    ),
    "encrypted": (
        "文件有密码或权限保护。请先去掉保护再上传。",
        "The file is protected by a password or by permissions. Remove the protection first.",
    ),
    "unsafe_path": (
        "压缩包里有不安全的文件名（绝对路径、上级目录、重名或链接）。请重新打包后再上传。",
        (
            "The archive has unsafe names (absolute paths, parent folders, duplicates or links). "
            "Pack it anew and upload it again."
        ),
    ),
    "nested_archive": (
        "压缩包里还有压缩包。请解开后把文件放在同一个压缩包里。",
        "There is an archive inside the archive. Unpack it and put the files into one archive.",
    ),
    "bomb": (
        "文件解开后异常巨大，已停止处理。请用原来的软件另存后再上传。",
        (
            "The file unpacks to an abnormal size and was not processed. Save it anew with its own "
            "program."
        ),
    ),
    "too_complex": (
        "文件的页数、层次或部件过多，已停止处理。请拆分后再上传。",
        "The file has too many pages, levels or parts. Split it and upload the pieces.",
    ),
    "too_many_pixels": (
        "图片超过一亿像素。请缩小后再上传。",
        "The picture has more than 100 megapixels. Make it smaller and upload it again.",
    ),
    "damaged": (
        "文件不完整或已损坏。请用原来的软件打开并另存后再上传。",
        "The file is incomplete or damaged. Open it with its own program and save it again.",
    ),
    "timeout": (
        "检查文件的时间过长，已停止。请拆分或另存后再上传。",
        "Inspecting the file took too long and was stopped. Split it or save it again.",
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stable code and where in the file the reason lies (a member's name, a figure)."""

    code: RefusalCode
    detail: str = ""

    def message(self, language: str = "zh") -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        text = ADVICE[self.code][0 if language == "zh" else 1]
        if self.detail:
            text += f"（{self.detail}）" if language == "zh" else f" ({self.detail})"
        return text


class UnsafeFileError(Exception):
    """The one error that inspecting and cleaning raise; `refusal` says why and what to do."""

    def __init__(self, code: RefusalCode, detail: str = "") -> None:
        super().__init__(code, detail)
        self.refusal = Refusal(code, detail)

    def __str__(self) -> str:
        return self.refusal.message("en")
