"""A letter before any file format: what stands on the paper, in the order in which it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from struct import unpack
from zlib import crc32

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u200b\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_PNG = b"\x89PNG\r\n\x1a\n"


class PictureError(ValueError):
    """A seal or signature is no whole PNG picture; the message says what is needed."""

    def __init__(self) -> None:
        super().__init__(
            "印章和签名章须为完整的 PNG 图片。"
            " A seal or signature stamp must be a whole PNG picture."
        )


class Style(StrEnum):
    """The form of the paper, which each agency chooses for itself."""

    LETTER = "letter"  # 信函格式, GB/T 9704-2012 10.1: red name and double lines
    PLAIN = "plain"  # 便函: no head, title and seal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; levels 1. and （1） are paragraphs too (7.3.3)."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a line of its own: level 1 一、 in 黑体, level 2 （一） in 楷体 (7.3.3).

    The number is part of the text.
    """

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents given out, each numbered with Arabic figures and set off under its number."""

    items: tuple[str, ...]


Block = Paragraph | Heading | Listing


@dataclass(frozen=True, slots=True)
class Picture:
    """A stamp as it is printed: a PNG, and its width on paper in mm; the height follows.

    Raises PictureError for anything but a whole PNG.
    """

    png: bytes
    width: float

    def __post_init__(self) -> None:
        if not _is_whole(self.png) or not all(self._pixels):
            raise PictureError

    @property
    def _pixels(self) -> tuple[int, int]:
        across, down = unpack(">II", self.png[16:24])
        return across, down

    @property
    def height(self) -> float:
        """In mm."""
        across, down = self._pixels
        return self.width * down / across


@dataclass(frozen=True, slots=True)
class Verification:
    """Where anybody can check that the letter is genuine; the address is printed as a QR code."""

    address: str
    code: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter to be printed, in Chinese. Everything from `attachments` on may be missing.

    `letterhead` is the name in red (发文机关标志), shown only in `Style.LETTER`; `issuer` signs
    (发文机关署名). `addressee` comes without its colon. `day` is that of formation (成文日期).
    `signature` is the stamp of the signatory, whose office is `post` (7.3.5.3). `contact` is the
    note under the date, without brackets (附注, 7.3.6). `copies` are those who get a copy (抄送).
    """

    letterhead: str
    issuer: str
    number: str
    title: str
    addressee: str
    blocks: tuple[Block, ...]
    day: date
    style: Style = Style.LETTER
    attachments: tuple[str, ...] = ()
    seal: Picture | None = None
    signature: Picture | None = None
    post: str = ""
    contact: str = ""
    copies: tuple[str, ...] = ()
    verification: Verification | None = None


def _is_whole(png: bytes) -> bool:
    """Whether every chunk is there and unharmed: a broken seal would be left out in silence."""
    place, kind = len(_PNG), b""
    if not png.startswith(_PNG + b"\0\0\0\rIHDR"):
        return False
    while kind != b"IEND":
        if len(png) < place + 12:
            return False
        length, kind = unpack(">I4s", png[place : place + 8])
        end = place + 8 + length
        if png[end : end + 4] != crc32(png[place + 4 : end]).to_bytes(4):
            return False
        place = end + 4
    return True


def printable(text: str) -> str:
    """The text on one line, without characters that XML and PDF cannot hold.

    Ideographic spaces stay: they are part of how documents are written.
    """
    return re.sub(r"[ \t\n]+", " ", _UNPRINTABLE.sub(_space_or_nothing, text)).strip(" ")


def _space_or_nothing(found: re.Match[str]) -> str:
    return " " if found[0] in "\t\n\r\x0b\x0c\u2028\u2029" else ""


def chinese(day: date) -> str:
    """The day in Arabic figures without leading zeros: 2026年3月2日 (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def attachment_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names as they stand after 附件：, without a mark at their end (7.3.4)."""
    return tuple(printable(name).rstrip("。；;") for name in names)


def copies_line(names: tuple[str, ...]) -> str:
    """Those who get a copy, after 抄送： and with a full stop (7.4.2)."""
    return f"{'，'.join(printable(name) for name in names)}。" if names else ""


def contact_line(note: str) -> str:
    """The note under the date in its brackets (7.3.6)."""
    cleaned = printable(note)
    return f"（{cleaned}）" if cleaned else ""


def addressee_line(name: str) -> str:
    """To whom, with the full-width colon (7.3.2)."""
    cleaned = printable(name).rstrip("：:")
    return f"{cleaned}：" if cleaned else ""
