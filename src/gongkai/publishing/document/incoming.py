"""A file that comes in: told what it truly is, refused or kept."""

from __future__ import annotations

from gongkai.publishing.document import attachments
from gongkai.publishing.document.content import AttachedFile
from gongkai.publishing.refusal import NotAllowedError
from gongkai.screening.files import identify, refused
from gongkai.screening.files.limits import LIMIT_BYTES


class FileRefusedError(NotAllowedError):
    """A file is not taken in; `message` says why and what to do about the file itself."""

    def __init__(self, name: str, code: str, words: tuple[str, str]) -> None:
        super().__init__("file_refused", name)
        self.code = code
        self._words = words

    def message(self, language: str = "zh") -> str:
        zh, en = self._words
        return f"{self.detail}：{zh}" if language.startswith("zh") else f"{self.detail}: {en}"


def received(name: str, data: bytes) -> AttachedFile:
    """The file, its bytes kept. Raises FileRefusedError for what no document may carry: programs,
    macros, scripts, disguises, passwords, damage, and files over 200 MB."""
    clean = attachments.plain_name(name)
    if len(data) > LIMIT_BYTES:
        raise NotAllowedError("file_too_large", clean)
    identity = identify(data, clean)
    fault = refused(identity)
    if fault is not None:
        raise FileRefusedError(clean, fault.code, (fault.message("zh"), fault.message("en")))
    return attachments.kept(clean, data, identity.kind)
