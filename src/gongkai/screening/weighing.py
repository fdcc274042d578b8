"""Zips, weighed by what their directory declares before anything in them is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from zipfile import ZipInfo

MEGABYTE = 1024 * 1024
CHUNK = 256 * 1024
_ENCRYPTED = 0x2041
"""Encrypted, strongly encrypted, names encrypted."""

Reason = Literal["damaged", "encrypted", "too_complex", "bomb"]


class UnweighedError(Exception):
    """A zip that is not unpacked: "damaged", "encrypted", "too_complex" for too many parts, "bomb"
    for what would unpack abnormally. `detail` is a part or a figure.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason: Reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Limits:
    """How many parts a zip may have, and to how many bytes they may unpack.

    Beyond `small` bytes they may unpack to `ratio` times the packed size.
    """

    parts: int
    unpacked: int
    small: int = 4 * MEGABYTE
    ratio: int = 200


class WeighedZip:
    """A zip within the limits. Raises UnweighedError, also where a part is read.

    A part that declares less than it holds is cut off there and fails its checksum: what was
    weighed cannot be exceeded.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.infos = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise UnweighedError("damaged", "zip") from error
        self.comment = self._zip.comment
        self._weigh(len(data), limits)

    def read(self, info: ZipInfo) -> bytes:
        """The bytes of a part."""
        return b"".join(self.pieces(info))

    def pieces(self, info: ZipInfo, size: int = CHUNK) -> Iterator[bytes]:
        """The bytes of a part, at most so many at a time."""
        try:
            with self._zip.open(info) as part:
                while piece := part.read(size):
                    yield piece
        except Exception as error:  # zipfile lets errors of its decompressors through
            raise UnweighedError("damaged", info.filename) from error

    def _weigh(self, packed: int, limits: Limits) -> None:
        if len(self.infos) > limits.parts:
            raise UnweighedError("too_complex", f"parts > {limits.parts}")
        for info in self.infos:
            if info.flag_bits & _ENCRYPTED:
                raise UnweighedError("encrypted", info.filename)
        total = sum(info.file_size for info in self.infos)
        if total > limits.unpacked or (total > limits.small and total > packed * limits.ratio):
            raise UnweighedError("bomb", f"{total // MEGABYTE} MB")
