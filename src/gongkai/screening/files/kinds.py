"""What kind of file the bytes are, told by content, and what makes a file unfit to be taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongkai.screening.files.refusal import Refusal

Kind = Literal[
    "pdf",
    "docx",
    "xlsx",
    "pptx",
    "doc",
    "xls",
    "ppt",
    "wps",
    "et",
    "dps",
    "ofd",
    "odt",
    "ods",
    "odp",
    "rtf",
    "txt",
    "csv",
    "zip",
    "png",
    "jpg",
    "gif",
    "tif",
    "bmp",
    "webp",
    "svg",
    "html",
    "xml",
    "mp4",
    "mp3",
    "unknown",
]

# The endings that are honest for a kind.
ENDINGS: dict[Kind, frozenset[str]] = {
    "docx": frozenset({"docx", "docm", "dotx", "dotm"}),
    "xlsx": frozenset({"xlsx", "xlsm", "xltx", "xltm"}),
    "pptx": frozenset({"pptx", "pptm", "ppsx", "ppsm", "potx", "potm"}),
    "doc": frozenset({"doc", "dot"}),
    "xls": frozenset({"xls", "xlt"}),
    "ppt": frozenset({"ppt", "pps", "pot"}),
    "wps": frozenset({"wps", "wpt"}),
    "et": frozenset({"et", "ett"}),
    "dps": frozenset({"dps", "dpt"}),
    "txt": frozenset({"txt", "text", "md", "log", "json"}),
    "csv": frozenset({"csv", "tsv"}),
    "jpg": frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    "tif": frozenset({"tif", "tiff"}),
    "html": frozenset({"html", "htm", "xhtml"}),
    "mp4": frozenset({"mp4", "m4v", "m4a", "mov"}),
    "unknown": frozenset(),
}

OFFICE: frozenset[Kind] = frozenset({"docx", "xlsx", "pptx"})
OLE: frozenset[Kind] = frozenset({"doc", "xls", "ppt", "wps", "et", "dps"})
PICTURES: frozenset[Kind] = frozenset({"png", "jpg", "gif", "tif"})
PIXELS: frozenset[Kind] = PICTURES | {"bmp", "webp"}
MARKUP: frozenset[Kind] = frozenset({"html", "svg", "xml"})
# Nothing can hide in them that does not show, as far as is known.
PLAIN: frozenset[Kind] = frozenset({"txt", "csv", "bmp"})


def endings(kind: Kind) -> frozenset[str]:
    """The endings, without the dot, that a file of that kind may have."""
    return ENDINGS.get(kind, frozenset({kind}))


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file is: its true kind, the ending of its name, and all that is wrong with it."""

    kind: Kind
    ending: str
    faults: tuple[Refusal, ...] = ()

    @property
    def disguised(self) -> bool:
        """Whether the name promises another kind than the content is."""
        return any(fault.code == "disguised" for fault in self.faults)


def refused(identity: Identity) -> Refusal | None:
    """Why the file is not taken in, the gravest reason first found; None if it is."""
    return identity.faults[0] if identity.faults else None
