"""Zip archives and zip packages, weighed and their names judged before anything is unpacked."""

from __future__ import annotations

import itertools
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.screening.files.limits import (
    LIMIT_BYTES,
    LIMIT_DEPTH,
    LIMIT_ENTRIES,
    LIMIT_NAME,
    LIMIT_RATIO,
    LIMIT_UNPACKED,
    SMALL,
    too_complex,
)
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.weighing import CHUNK, Limits, UnweighedError, WeighedZip

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
LIMITS = Limits(LIMIT_ENTRIES, LIMIT_UNPACKED, SMALL, LIMIT_RATIO)
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UTF8 = 0x800
_LOCAL_HEADER = 30
_DRIVE = re.compile(r"[A-Za-z]:")
_END = b"PK\x05\x06"
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name with "/" between folders, its bytes."""

    name: str
    data: bytes


def unsafe_name(name: str) -> bool:
    """Whether a file's or folder's own name has control characters or turns text round."""
    return any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in _TURNING for c in name)


class OpenZip:
    """An archive that has passed the checks of size, count and names.

    Raises UnsafeFileError: "damaged", "encrypted", "bomb", "too_complex", "too_large",
    "unsafe_path".
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > LIMIT_BYTES:
            raise UnsafeFileError("too_large")
        try:
            self._zip = WeighedZip(data, LIMITS)
        except UnweighedError as error:
            raise UnsafeFileError(error.reason, error.detail) from error
        self.comment = self._zip.comment
        self._refuse_methods()
        self._refuse_overlaps()
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._settle_names()
        if not self._entries:
            raise UnsafeFileError("empty", "zip")

    @property
    def names(self) -> list[str]:
        """The files in the order of the archive; folders are left out."""
        return [name for name in self._entries if not name.endswith("/")]

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def read(self, name: str, limit: int = LIMIT_UNPACKED) -> bytes:
        """The bytes of a member, "bomb" if there are more than the limit."""
        info = self._entries[name]
        if info.file_size > limit:
            raise UnsafeFileError("bomb", name)
        return b"".join(self._pieces(info))

    def head(self, name: str, size: int = 4096) -> bytes:
        """The first bytes of a member."""
        return next(self._pieces(self._entries[name], size), b"")

    def _pieces(self, info: zipfile.ZipInfo, size: int = CHUNK) -> Iterator[bytes]:
        try:
            yield from self._zip.pieces(info, size)
        except UnweighedError as error:
            raise UnsafeFileError(error.reason, error.detail) from error

    def _refuse_methods(self) -> None:
        for info in self._zip.infos:
            if info.compress_type not in _METHODS:
                raise UnsafeFileError("damaged", f"{info.filename}: method {info.compress_type}")

    def _refuse_overlaps(self) -> None:
        """Members that share bytes unpack to far more than the archive could hold."""
        ordered = sorted(self._zip.infos, key=lambda info: info.header_offset)
        for one, other in itertools.pairwise(ordered):
            if one.header_offset + _LOCAL_HEADER + one.compress_size > other.header_offset:
                raise UnsafeFileError("bomb", other.filename)

    def _settle_names(self) -> None:
        seen: set[str] = set()
        for info in self._zip.infos:
            name = _spelt(info)
            _refuse_path(name, info)
            folded = unicodedata.normalize("NFKC", name.rstrip("/")).casefold()
            if folded in seen:
                raise UnsafeFileError("unsafe_path", _shown(name))
            seen.add(folded)
            self._entries[name] = info


def safe_members(data: bytes) -> Iterator[Member]:
    """The files of an archive one by one, each held in memory only until the next is asked for.

    Raises UnsafeFileError, as OpenZip does, before the first member for what the archive's
    directory shows, and at a member for what unpacking shows.
    """
    opened = OpenZip(data)
    for name in opened.names:
        yield Member(name, opened.read(name))


def ends_as_zip(data: bytes) -> bool:
    """Whether a reader that looks from the end would take the bytes for a zip."""
    tail = data[-65_557:]
    at = tail.rfind(_END)
    while at >= 0:
        if at + 22 <= len(tail):
            length = int.from_bytes(tail[at + 20 : at + 22], "little")
            if at + 22 + length == len(tail):
                return True
        at = tail.rfind(_END, 0, at)
    return False


def _spelt(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: Chinese archives often hold GBK without saying so."""
    name = info.orig_filename
    if info.flag_bits & _UTF8:
        return name
    raw = name.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _refuse_path(name: str, info: zipfile.ZipInfo) -> None:
    mode = info.external_attr >> 16
    kind = stat.S_IFMT(mode)
    pieces = name.rstrip("/").split("/")
    if (
        (kind and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode))
        or "\\" in name
        or _DRIVE.match(name)
        or unsafe_name(name)
        or any(piece.strip(" .") == "" for piece in pieces)
    ):
        raise UnsafeFileError("unsafe_path", _shown(name))
    if len(pieces) > LIMIT_DEPTH or len(name) > LIMIT_NAME:
        raise too_complex("name", LIMIT_NAME)


def _shown(name: str) -> str:
    """A hostile name made fit to be shown."""
    return "".join("�" if unsafe_name(c) else c for c in name[:80])
