"""The named parts of a zip package, read, changed and written anew."""

from __future__ import annotations

import io
import zipfile

from gongkai.screening.files.xmlparts import Element, parsed, serialised
from gongkai.screening.files.zips import OpenZip

_WRITTEN = (1980, 1, 1, 0, 0, 0)


class Parts:
    """The parts of a package. Raises UnsafeFileError as OpenZip does."""

    def __init__(self, data: bytes) -> None:
        self._zip = OpenZip(data)
        self._roots: dict[str, Element] = {}
        self._changed: set[str] = set()
        self._replaced: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._spelling = {name.casefold(): name for name in self._zip.names}

    @property
    def names(self) -> list[str]:
        """The parts that are left, in the order of the package."""
        return [name for name in self._zip.names if name not in self._dropped]

    def __contains__(self, name: str) -> bool:
        spelt = self._spelling.get(name.casefold())
        return spelt is not None and spelt not in self._dropped

    def spelt(self, name: str) -> str:
        """The name as the package spells it: readers do not look at letter case."""
        return self._spelling.get(name.casefold(), name)

    def part(self, name: str) -> bytes:
        """The bytes of a part as they stand now."""
        return self._replaced[name] if name in self._replaced else self._zip.read(name)

    def xml(self, name: str) -> Element | None:
        """The root of a part, None if there is none. Call `touch` after a change of it."""
        if name not in self:
            return None
        name = self.spelt(name)
        if name not in self._roots:
            data = self.part(name)
            if not data.strip():
                return None
            self._roots[name] = parsed(data, name)
        return self._roots[name]

    def touch(self, name: str) -> None:
        """Have the part written as its tree stands."""
        if name in self:
            self._changed.add(self.spelt(name))

    def replace(self, name: str, data: bytes) -> None:
        self._replaced[name] = data

    def drop(self, name: str) -> None:
        """Take out a part."""
        self._dropped.add(self.spelt(name))

    def dropped(self, name: str) -> bool:
        return name in self._dropped

    def written(self, first: str = "") -> bytes:
        """The package as bytes, the same for the same content: no times, no remarks."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.names, key=lambda name: name != first):
                info = zipfile.ZipInfo(name, _WRITTEN)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, self._as_bytes(name))
        return buffer.getvalue()

    def _as_bytes(self, name: str) -> bytes:
        if name in self._changed and name in self._roots:
            return serialised(self._roots[name])
        return self.part(name)
