"""TIFF directories, which are also the form of EXIF data ([TIFF 6.0], [CIPA DC-008])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Sighting

Family = Literal["image", "exif", "gps", "thumbnail"]

ORIENTATION = 0x0112
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_EXIF, _GPS = 0x8769, 0x8825
_CAMERA = {
    0x010F: "make",
    0x0110: "model",
    0x9003: "taken",
    0x927C: "maker note",
    0xA431: "serial number",
    0xA433: "lens make",
    0xA434: "lens",
    0xA435: "lens serial number",
}
_AUTHOR = {
    0x013B: "artist",
    0x013C: "computer",
    0x8298: "copyright",
    0x9C9D: "author",
    0xA430: "owner",
}
_TEXT = {
    0x010E: "description",
    0x02BC: "XMP",
    0x8649: "Photoshop",
    0x83BB: "IPTC",
    0x9286: "comment",
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9E: "keywords",
    0x9C9F: "subject",
}
_DATA = {0x0111: 0x0117, 0x0144: 0x0145}  # strips and tiles: where, how long
_THUMBNAIL = 0x0201
_LIMIT_DIRECTORIES = 64
_LIMIT_FIELDS = 4_096


@dataclass(frozen=True, slots=True)
class Field:
    """One entry: where it stands in its directory and where its value is, both in bytes."""

    family: Family
    directory: int
    entry: int
    tag: int
    kind: int
    count: int
    start: int
    end: int


class Directories:
    """All fields of a TIFF or EXIF block. Raises UnsafeFileError("damaged")."""

    def __init__(self, data: bytes, *, exif: bool = False) -> None:
        self.data = data
        self.order = "<" if data[:2] == b"II" else ">"
        self.fields: list[Field] = []
        self._seen: set[int] = set()
        try:
            (first,) = struct.unpack_from(self.order + "I", data, 4)
            self._walk(first, "image", exif=exif)
        except struct.error as error:
            raise UnsafeFileError("damaged", "TIFF") from error

    def _walk(self, at: int, family: Family, *, exif: bool) -> None:
        while at and at not in self._seen:
            self._seen.add(at)
            if len(self._seen) > _LIMIT_DIRECTORIES:
                raise UnsafeFileError("damaged", "TIFF")
            (count,) = struct.unpack_from(self.order + "H", self.data, at)
            for number in range(min(count, _LIMIT_FIELDS)):
                field = self._field(family, at, at + 2 + 12 * number)
                self.fields.append(field)
                if field.tag in {_EXIF, _GPS} and family == "image":
                    self._walk(
                        self.number(field), "gps" if field.tag == _GPS else "exif", exif=exif
                    )
            (at,) = struct.unpack_from(self.order + "I", self.data, at + 2 + 12 * count)
            if exif:
                family = "thumbnail"

    def _field(self, family: Family, directory: int, entry: int) -> Field:
        tag, kind, count = struct.unpack_from(self.order + "HHI", self.data, entry)
        size = _SIZES.get(kind, 1) * count
        start = entry + 8
        if size > 4:
            (start,) = struct.unpack_from(self.order + "I", self.data, start)
        return Field(family, directory, entry, tag, kind, count, start, start + size)

    def number(self, field: Field) -> int:
        """The first number of a field."""
        form = {1: "B", 3: "H", 4: "I", 13: "I"}.get(field.kind, "I")
        return int(struct.unpack_from(self.order + form, self.data, field.start)[0])

    def numbers(self, field: Field) -> list[int]:
        form = {1: "B", 3: "H", 4: "I"}.get(field.kind)
        if form is None or field.end > len(self.data):
            return []
        return list(struct.unpack_from(f"{self.order}{field.count}{form}", self.data, field.start))

    def text(self, field: Field) -> str:
        """A field in words: text as it is, fractions and numbers joined by blanks."""
        raw = self.data[field.start : min(field.end, field.start + 512)]
        if field.kind in {5, 10}:
            pairs = struct.iter_unpack(self.order + "II", raw[: len(raw) // 8 * 8])
            return " ".join(f"{n / d:g}" for n, d in pairs if d)
        if field.kind in {3, 4}:
            return " ".join(str(n) for n in self.numbers(field)[:16])
        if 0x9C9B <= field.tag <= 0x9C9F:
            return raw.decode("utf-16-le", "replace").rstrip("\0")
        return raw.decode("utf-8", "replace").replace("\0", " ").strip()


def hidden(data: bytes) -> Iterator[Sighting]:
    """Traces of a TIFF file."""
    yield from sightings(Directories(data))


def sightings(found: Directories) -> Iterator[Sighting]:
    """What the fields tell about where, with what and by whom a picture was made."""
    position = [f for f in found.fields if f.family == "gps"]
    if position:
        words = [word for f in position if f.tag in {1, 2, 3, 4} and (word := found.text(f))]
        yield Sighting("picture.position", " ".join(words) or "GPS")
    camera = [f for f in found.fields if f.family != "gps" and f.tag in _CAMERA]
    if camera:
        yield Sighting("picture.camera", _listed(found, camera, _CAMERA))
    for field in found.fields:
        if field.family == "gps" or not (words_ := found.text(field)):
            continue
        if field.tag in _AUTHOR:
            yield Sighting("picture.author", f"{_AUTHOR[field.tag]}: {words_}")
        elif field.tag in _TEXT:
            yield Sighting("picture.text", f"{_TEXT[field.tag]}: {words_}")
        elif field.tag == _THUMBNAIL and field.family == "thumbnail":
            yield Sighting("picture.thumbnail", "JPEG")


def _listed(found: Directories, fields: list[Field], names: dict[int, str]) -> str:
    return ", ".join(
        names[f.tag] if f.tag == 0x927C else f"{names[f.tag]}: {found.text(f)}" for f in fields
    )


def orientation(data: bytes) -> int:
    """How an EXIF block says the picture is to be turned: 1 (as it is) to 8."""
    try:
        found = Directories(data, exif=True)
    except UnsafeFileError:
        return 1
    for field in found.fields:
        if field.family == "image" and field.tag == ORIENTATION:
            turn = found.numbers(field)[:1]
            return turn[0] if turn and 1 <= turn[0] <= 8 else 1
    return 1


def only_orientation(turn: int) -> bytes:
    """An EXIF block that says how to turn the picture and nothing else."""
    return struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, ORIENTATION, 3, 1, turn, 0, 0)


def stripped(data: bytes) -> bytes:
    """The file with these fields and their values overwritten; the image data is not touched.

    A file whose fields lie across its image data stays as it is.
    """
    found = Directories(data)
    gone = [f for f in found.fields if _tells(f)]
    wiped = [(f.start, f.end) for f in gone if f.end - f.start > 4 and f.tag not in {_EXIF, _GPS}]
    kept = list(_image_data(found))
    if any(end > len(data) for _, end in wiped) or any(
        start < kept_end and kept_start < end
        for start, end in wiped
        for kept_start, kept_end in kept
    ):
        return data
    out = bytearray(data)
    for start, end in wiped:
        out[start:end] = bytes(end - start)
    for directory in {f.directory for f in gone}:
        _rewrite(out, found, directory, {f.entry for f in gone})
    return bytes(out)


def _tells(field: Field) -> bool:
    named = field.tag in _CAMERA or field.tag in _AUTHOR or field.tag in _TEXT
    return field.family in {"gps", "exif"} or named or field.tag in {_EXIF, _GPS}


def _image_data(found: Directories) -> Iterator[tuple[int, int]]:
    for where, length in _DATA.items():
        for directory in {f.directory for f in found.fields}:
            own = {f.tag: f for f in found.fields if f.directory == directory}
            if where in own and length in own:
                starts, sizes = found.numbers(own[where]), found.numbers(own[length])
                yield from ((s, s + n) for s, n in zip(starts, sizes, strict=False))


def _rewrite(out: bytearray, found: Directories, directory: int, gone: set[int]) -> None:
    entries = [f.entry for f in found.fields if f.directory == directory]
    kept = [found.data[entry : entry + 12] for entry in entries if entry not in gone]
    end = directory + 2 + 12 * len(entries)
    after = found.data[end : end + 4]
    table = struct.pack(found.order + "H", len(kept)) + b"".join(kept) + after
    out[directory : end + 4] = table.ljust(end + 4 - directory, b"\0")
