"""The typesetter of letters: typst, and the faces that stand in for those of the standard."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import as_file, files
from threading import Lock
from typing import Any, Final

import typst

STANDARDS: Any = ["a-2a", "ua-1"]
MISSING_GLYPH: Final = "〓"  # the printers' mark for a character there is no type for

# For each face of GB/T 9704-2012 (5.2.2) what may set it, best first. Open faces come before those
# of one vendor; where no face of the kind is installed, the open Song or Hei stands in.
_SONG: Final = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN")
_HEI: Final = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN")
FACES: Final = {
    "song": (*_SONG, "FandolSong", "Songti SC", "STSong", "SimSun"),
    "fangsong": (
        "Zhuque Fangsong (technical preview)",
        "FandolFang R",
        "FandolFang",
        "FangSong_GB2312",
        "FangSong",
        "STFangsong",
    ),
    "hei": (*_HEI, "FandolHei", "SimHei", "PingFang SC", "Microsoft YaHei"),
    "kai": ("LXGW WenKai", "FandolKai", "AR PL UKai CN", "KaiTi_GB2312", "KaiTi", "STKaiti"),
}
# Names of people and places have characters that only these hold.
RARE: Final = (
    "Plangothic P1",
    "Plangothic P2",
    "Jigmo",
    "Jigmo2",
    "Jigmo3",
    "BabelStone Han",
    "HanaMinA",
    "HanaMinB",
    "SimSun-ExtB",
    "DejaVu Sans",
)

_WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
UNUSUAL = re.compile(
    "[^\\u0020-\\u007e\\u00a1-\\u00ff\\u2013-\\u2026\\u3000-\\u301f\\u4e00-\\u9fa5\\uff01-\\uff5e]"
)

_MOST_MISSING: Final = 32
_PROBE: Final = b"""
#set document(title: "probe", date: datetime(year: 2019, month: 4, day: 3))
#set text(font: json(bytes(sys.inputs.faces)))
#for line in sys.inputs.data.split("\\n") { par(line) }
"""


class MissingFontError(RuntimeError):
    """No Chinese font is installed; the message names the packages that bring one."""

    def __init__(self) -> None:
        super().__init__(
            "找不到中文字体，无法制作文书。请安装思源字体：Debian、Ubuntu 为 fonts-noto-cjk，"
            "Fedora 为 google-noto-serif-cjk-fonts 和 google-noto-sans-cjk-fonts，"
            "Alpine 为 font-noto-cjk。"
            " No Chinese font was found for the letter. Install fonts-noto-cjk (Debian, Ubuntu),"
            " google-noto-serif-cjk-fonts and google-noto-sans-cjk-fonts (Fedora)"
            " or font-noto-cjk (Alpine)."
        )


class TypesettingError(RuntimeError):
    """typst refused the letter; the message is its own."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A letter as it came from the press: its bytes, and where things fell.

    `told` and `closed` are the pages on which the text and the lines under it end, from 1.
    """

    pdf: bytes
    pages: int
    told: int
    closed: int


class Press:
    """A typst compiler with the fonts of this machine; one letter at a time."""

    def __init__(self, template: str) -> None:
        here = typst.Fonts(include_embedded_fonts=False)
        self.faces = faces(frozenset(here.families()))
        self._template = template
        self._compiler = typst.Compiler(template, font_paths=here, ignore_system_fonts=True)
        self._probe = typst.Compiler(_PROBE, font_paths=here, ignore_system_fonts=True)
        self._lock = Lock()

    def set(self, data: dict[str, Any], day: date) -> Proof:
        """The letter as PDF/A-2a and PDF/UA-1. Raises typst.TypstError."""
        text = json.dumps({**data, "faces": self.faces}, ensure_ascii=False)
        with self._lock:
            made: Any = self._compiler.compile(
                self._template,
                format="pdf",
                sys_inputs={"data": text},
                pdf_standards=STANDARDS,
                timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
            )
            told, closed, pages = json.loads(self._compiler.query("<fell>", field="value"))[0]
        return Proof(made, pages, told, closed)

    def without_type(self, characters: str) -> tuple[str, ...]:
        """Those of the characters for which no font has a glyph; tried alone, which is quick."""
        missing: list[str] = []
        while rest := [it for it in characters if it not in missing]:
            if len(missing) == _MOST_MISSING:  # no name, no word: signs thrown together
                return (*missing, *rest)
            inputs = {"data": "\n".join(rest), "faces": json.dumps(self.faces["song"])}
            try:
                with self._lock:
                    self._probe.compile(
                        _PROBE, format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS
                    )
            except typst.TypstError as error:
                found = without_glyph(error)
                if found not in rest:
                    break
                missing.append(found)
            else:
                break
        return tuple(missing)


@cache
def press() -> Press:
    """The press of this process. Raises MissingFontError where no Chinese font is installed."""
    with as_file(files("gongkai.casework.letter.paper") / "letter.typ") as template:
        return Press(str(template))


def faces(families: frozenset[str]) -> dict[str, list[str]]:
    """For each face the installed families that set it, one after another.

    Raises MissingFontError if there is no Chinese one.
    """
    here = {face: [name for name in names if name in families] for face, names in FACES.items()}
    stand_in = here["song"] or here["hei"] or here["fangsong"] or here["kai"]
    if not stand_in:
        raise MissingFontError
    last = [*here["song"][:1], *here["hei"][:1], *(name for name in RARE if name in families)]
    return {
        face: list(dict.fromkeys([*names[:1], *(stand_in[:1] if not names else ()), *last]))
        for face, names in here.items()
    }


def without_glyph(error: typst.TypstError) -> str:
    """The text for which no font has a glyph, if that is what the error says; else empty."""
    found = _WITHOUT_GLYPH.search(str(error))
    return _RUST_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found[1]) if found else ""
