"""A package: files with a manifest that seals each by its SHA-256, and the check of one.

Plain values; a package can be checked where there is no installation.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, NamedTuple

MANIFEST = "manifest.json"
FORMAT = "gongkai.case/1"
LARGEST_MANIFEST = 8 * 1024 * 1024
_PIECE = 1024 * 1024
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
LONGEST_NAME = 80


class GoneError(Exception):
    """The bytes of a file that is on record are not there any more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a package: its path, what it is, and how to read it, which may raise GoneError."""

    path: str
    title: str
    read: Callable[[], bytes]


class Fault(NamedTuple):
    """Something that is not as the manifest says: the path, and why (`WORDS`)."""

    path: str
    code: str

    def message(self, language: str = "zh") -> str:
        """What is wrong, in "zh" or "en"."""
        words = WORDS[self.code][0 if language.startswith("zh") else 1]
        return f"{self.path}：{words}" if language.startswith("zh") else f"{self.path}: {words}"


WORDS: dict[str, tuple[str, str]] = {
    "no_package": ("不是案卷包，或者没有下载完整。", "is no package of a case, or incomplete."),
    "missing": ("清单中有，包里没有。", "stands in the manifest and is not there."),
    "changed": ("与清单的摘要值不符。", "does not have the hash of the manifest."),
    "surplus": ("清单中没有。", "does not stand in the manifest."),
    "twice": ("出现了两次。", "is there twice."),
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of a check. `manifest` is the SHA-256 of the manifest, which seals all the rest;
    the line of the trail that tells of the export has the same."""

    about: Mapping[str, Any]
    files: int
    manifest: str
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


def safe_name(name: str) -> str:
    """The name as every file system takes it: no path, no control characters, not too long."""
    cleaned = _UNFIT.sub("_", name).strip(" .") or "_"
    if len(cleaned) <= LONGEST_NAME:
        return cleaned
    stem, dot, ending = cleaned.rpartition(".")
    if not dot or len(ending) > 8:
        return cleaned[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def pack(out: IO[bytes], entries: Iterable[Entry], about: Mapping[str, Any], at: datetime) -> str:
    """Write the package and give the SHA-256 of its manifest.

    One file is in memory at a time. What is gone is told in the manifest and left out.
    """
    files: list[dict[str, Any]] = []
    gone: list[dict[str, str]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in entries:
            try:
                data = entry.read()
            except GoneError:
                gone.append({"path": entry.path, "title": entry.title})
                continue
            package.writestr(_info(entry.path, at), data)
            sha256 = hashlib.sha256(data).hexdigest()
            files.append(
                {"path": entry.path, "title": entry.title, "size": len(data), "sha256": sha256}
            )
        manifest = _written({"format": FORMAT, **about, "files": files, "gone": gone})
        package.writestr(_info(MANIFEST, at), manifest)
    return hashlib.sha256(manifest).hexdigest()


_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,  # a password, a method that is not there, a manifest nested without end
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)
"""What reading a package raises that was cut, altered or never was one."""


def verify(source: IO[bytes]) -> Verified:
    """Hold every file of the package against the manifest. Reads no more than that tells of."""
    try:
        with zipfile.ZipFile(source) as package:
            return _verified(package)
    except _DAMAGED:
        return Verified({}, 0, "", (Fault(MANIFEST, "no_package"),))


def _verified(package: zipfile.ZipFile) -> Verified:
    with package.open(MANIFEST) as stream:
        written = stream.read(LARGEST_MANIFEST + 1)
    told = json.loads(written)
    if told.pop("format") != FORMAT or len(written) > LARGEST_MANIFEST:
        raise ValueError(MANIFEST)
    files: list[dict[str, Any]] = told.pop("files")
    names = package.namelist()
    faults = [Fault(name, "twice") for name in sorted({n for n in names if names.count(n) > 1})]
    faults += _changed(package, files, set(names))
    listed = {file["path"] for file in files} | {MANIFEST}
    faults += [Fault(name, "surplus") for name in sorted(set(names) - listed)]
    return Verified(told, len(files), hashlib.sha256(written).hexdigest(), tuple(faults))


def _changed(
    package: zipfile.ZipFile, files: Sequence[Mapping[str, Any]], names: set[str]
) -> list[Fault]:
    faults = []
    for file in files:
        if file["path"] not in names:
            faults.append(Fault(file["path"], "missing"))
        elif _digest(package, file["path"], file["size"]) != file["sha256"]:
            faults.append(Fault(file["path"], "changed"))
    return faults


def _digest(package: zipfile.ZipFile, path: str, size: int) -> str:
    """The hash of the file; "" if it is damaged or longer than it should be."""
    digest, left = hashlib.sha256(), size
    try:
        with package.open(path) as stream:
            while piece := stream.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    return ""
                digest.update(piece)
    except _DAMAGED:
        return ""
    return digest.hexdigest()


def _info(path: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _written(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
