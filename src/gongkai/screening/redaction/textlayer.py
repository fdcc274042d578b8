"""Text that lies unseen over the picture of a page, so that it can be searched and read out.

The letters are glyphs without ink of fonts that hold nothing else ([ISO 32000-2] 9.6.4): nothing
of the fonts of the original comes along.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf

from gongkai.screening.redaction.letters import UNKNOWN, Letter

_LETTERS_A_FONT = 255
_LINES_A_BLOCK = 100  # as many as a mapping may have in one block
_MAP_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    "/CMapName /Letters def /CMapType 2 def "
    "1 begincodespacerange <00> <FF> endcodespacerange\n"
)
_MAP_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"


class TextLayer:
    """Makes the layers of the pages of one file, which share their fonts."""

    def __init__(self, opened: pikepdf.Pdf) -> None:
        self._opened = opened
        self._codes: dict[str, int] = {}
        self._fonts: list[pikepdf.Object] = []
        self._glyph = opened.make_stream(b"1000 0 0 0 1000 1000 d1")

    def instructions(self, letters: Sequence[Letter], height: float) -> bytes:
        """What draws the letters on a page so high, in points."""
        lines = ["BT 3 Tr"]
        font = -1
        for one in letters:
            if one.text == UNKNOWN:
                continue
            code = self._codes.setdefault(one.text, len(self._codes))
            if code // _LETTERS_A_FONT != font:
                font = code // _LETTERS_A_FONT
                lines.append(f"/L{font} 1 Tf")
            left, top, right, bottom = one.cell
            wide, high = max(right - left, 0.1), max(bottom - top, 0.1)
            place = f"{wide:.2f} 0 0 {high:.2f} {left:.2f} {height - bottom:.2f} Tm"
            lines.append(f"{place} <{code % _LETTERS_A_FONT + 1:02X}> Tj")
        return "\n".join([*lines, "ET"]).encode()

    def fonts(self) -> pikepdf.Dictionary:
        """The fonts of all letters so far, by the names that the instructions give them."""
        texts = list(self._codes)
        found = pikepdf.Dictionary()
        for number, start in enumerate(range(0, len(texts), _LETTERS_A_FONT)):
            found[f"/L{number}"] = self._font(texts[start : start + _LETTERS_A_FONT])
        return found

    def _font(self, texts: list[str]) -> pikepdf.Object:
        names = [pikepdf.Name(f"/g{number}") for number in range(1, len(texts) + 1)]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=[0, 0, 1000, 1000],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=1,
            LastChar=len(texts),
            Widths=[1000] * len(texts),
            Encoding=pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding, Differences=pikepdf.Array([1, *names])
            ),
            CharProcs=pikepdf.Dictionary({str(name): self._glyph for name in names}),
            Resources=pikepdf.Dictionary(),
            ToUnicode=self._opened.make_stream(_mapping(texts).encode()),
        )
        return self._opened.make_indirect(font)


def _mapping(texts: list[str]) -> str:
    return _MAP_HEAD + "".join(_blocks(texts)) + _MAP_TAIL


def _blocks(texts: list[str]) -> Iterator[str]:
    lines = [
        f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>\n"
        for code, text in enumerate(texts, start=1)
    ]
    for start in range(0, len(lines), _LINES_A_BLOCK):
        block = lines[start : start + _LINES_A_BLOCK]
        yield f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n"
