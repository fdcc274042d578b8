"""Setting type: typst with the fonts of this machine. Text goes in as data and is never evaluated.

A template is a file of a package and never changes. It finds its data, and the font families of
each face under `faces`, as JSON in `sys.inputs.data`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from threading import Lock
from typing import Any, Final

import typst

MISSING_GLYPH: Final = "〓"  # the printers' mark for a character there is no type for
SONG: Final = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN")
HEI: Final = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN")
_SERIF: Final = (*SONG, "FangSong", "STFangsong", "Songti SC", "SimSun")
_SANS: Final = (*HEI, "PingFang SC", "SimHei", "Microsoft YaHei")

_WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNUSUAL = re.compile(
    "[^\\u0020-\\u007e\\u00a1-\\u00ff\\u2013-\\u2026\\u3000-\\u301f\\u4e00-\\u9fa5\\uff01-\\uff5e]"
)
_MOST_MISSING: Final = 32
_STANDARDS: Any = ["a-2a", "ua-1"]
_PROBE: Final = b"""
#set document(title: "probe", date: datetime(year: 2019, month: 4, day: 3))
#set text(font: json(bytes(sys.inputs.face)))
#for line in sys.inputs.data.split("\\n") { par(line) }
"""

Faces = Mapping[str, Sequence[str]]
"""The families that set each face, best first; the first face is that of the text."""


class MissingFontError(RuntimeError):
    """No Chinese font is installed; the message names the packages that bring one."""

    def __init__(self) -> None:
        super().__init__(
            "找不到中文字体，无法生成 PDF。请安装思源字体：Debian、Ubuntu 为 fonts-noto-cjk，"
            "Fedora 为 google-noto-serif-cjk-fonts 和 google-noto-sans-cjk-fonts，"
            "Alpine 为 font-noto-cjk。"
            " No Chinese font was found. Install fonts-noto-cjk (Debian, Ubuntu),"
            " google-noto-serif-cjk-fonts and google-noto-sans-cjk-fonts (Fedora)"
            " or font-noto-cjk (Alpine)."
        )


class TypesettingError(RuntimeError):
    """typst refused the document; the message is its own."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came from the press: bytes (a list of them for several pictures), the characters that
    are printed as 〓 in it, and the value that the template has put under the label asked for.
    """

    made: Any
    missing: tuple[str, ...]
    told: Any = None


class Press:
    """A template and its compiler, with the fonts loaded once; one job at a time.

    `faces` gives the faces out of the installed families. Raises what `faces` raises.
    """

    def __init__(self, template: Traversable, faces: Callable[[frozenset[str]], Faces]) -> None:
        here = typst.Fonts(include_embedded_fonts=False)
        self._faces = dict(faces(frozenset(here.families())))
        with as_file(template) as path:  # typst asks a document that has a place for its labels
            self._template = str(path)
            self._compiler = typst.Compiler(
                self._template, font_paths=here, ignore_system_fonts=True
            )
        self._probe = typst.Compiler(_PROBE, font_paths=here, ignore_system_fonts=True)
        self._lock = Lock()

    def set(
        self,
        data: Mapping[str, Any],
        *,
        missing: Sequence[str] = (),
        label: str = "",
        **options: Any,
    ) -> Proof:
        """Set the data, with 〓 for `missing` and for what no font has. Raises TypesettingError.

        `options` are typst's. A missing glyph is an error, which names one; then all characters
        out of the ordinary are tried alone, which is quick.
        """
        text = json.dumps({**data, "faces": self._faces}, ensure_ascii=False)
        known = list(missing)
        while True:
            marked = _marked(text, known)
            try:
                made, told = self._compiled(marked, label, options)
            except typst.TypstError as error:
                character = _without_glyph(error)
                if not character or character in known:
                    raise TypesettingError(str(error)) from error
                known += self._without_type(marked) or [character]
            else:
                return Proof(made, tuple(known), told)

    def _compiled(self, text: str, label: str, options: Mapping[str, Any]) -> tuple[Any, Any]:
        with self._lock:
            made = self._compiler.compile(self._template, sys_inputs={"data": text}, **options)
            told = label and json.loads(self._compiler.query(f"<{label}>", field="value"))[0]
        return made, told

    def _without_type(self, text: str) -> list[str]:
        """The characters of the text for which no font has a glyph."""
        face = json.dumps(next(iter(self._faces.values())))
        unusual, missing = sorted(set(_UNUSUAL.findall(text))), list[str]()
        while rest := [it for it in unusual if it not in missing]:
            if len(missing) == _MOST_MISSING:  # no name, no word: signs thrown together
                return [*missing, *rest]
            inputs = {"data": "\n".join(rest), "face": face}
            try:
                with self._lock:
                    self._probe.compile(
                        _PROBE, format="pdf", sys_inputs=inputs, pdf_standards=_STANDARDS
                    )
            except typst.TypstError as error:
                found = _without_glyph(error)
                if found not in rest:
                    break
                missing.append(found)
            else:
                break
        return missing


def archival(day: date) -> dict[str, Any]:
    """The options for PDF/A-2a and PDF/UA-1, dated that day: the same data make the same bytes."""
    dated = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return {"format": "pdf", "pdf_standards": _STANDARDS, "timestamp": dated}


def serif_and_sans(families: frozenset[str]) -> Faces:
    """One Chinese family for each of the two faces; either may stand in for the other.

    Raises MissingFontError if there is neither.
    """
    serif = next((name for name in _SERIF if name in families), None)
    sans = next((name for name in _SANS if name in families), None)
    if serif is None and sans is None:
        raise MissingFontError
    return {"serif": [serif or sans or ""], "sans": [sans or serif or ""]}


def _marked(text: str, missing: Sequence[str]) -> str:
    for character in missing:
        text = text.replace(character, MISSING_GLYPH)
    return text


def _without_glyph(error: typst.TypstError) -> str:
    """The text for which no font has a glyph, if that is what the error says; else empty."""
    found = _WITHOUT_GLYPH.search(str(error))
    return _RUST_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found[1]) if found else ""
