"""What python-docx has no words for: pictures behind the text, frames, rules, the page grid."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Length

from gongkai.casework.letter.paper.measures import PT_PER_MM


def twips(millimetres: float) -> int:
    return round(millimetres * PT_PER_MM * 20)


def element(tag: str, *children: Any, **attributes: str | int) -> Any:
    """An element of Word's own namespace, its attributes as well."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def indent(paragraph: Any, **characters: float) -> None:
    """Indents in characters of the text's own size: firstLine, hanging, left, right."""
    properties = paragraph._p if hasattr(paragraph, "_p") else paragraph.element  # noqa: SLF001
    place = properties.get_or_add_pPr().get_or_add_ind()
    for side, count in characters.items():
        place.set(qn(f"w:{side}Chars"), str(round(100 * count)))
        place.set(qn(f"w:{side}"), str(round(count * 16 * 20)))


def grid(section: Any, line_pt: float, character_pt: float, size_pt: float) -> None:
    """Lines and characters of the page; both pitches in pt."""
    for old in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 - no public way
        section._sectPr.remove(old)  # noqa: SLF001
    section._sectPr.append(  # noqa: SLF001
        element(
            "docGrid",
            type="linesAndChars",
            linePitch=round(line_pt * 20),
            charSpace=round((character_pt - size_pt) * 4096),
        )
    )


def rule(paragraph: Any, side: str, kind: str, *, size: int, colour: str, space: int = 0) -> None:
    """A rule along a paragraph; `size` in eighths of a point, `space` in points."""
    line = element(side, val=kind, sz=size, space=space, color=colour)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    borders.append(line)


def frame(paragraph: Any, **attributes: str | int) -> None:
    """Take the paragraph out of the text and put it at a place of its own."""
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        element("framePr", **attributes), "w:widowControl", "w:pBdr", "w:spacing", "w:ind", "w:jc"
    )


def behind(
    paragraph: Any,
    png: bytes,
    *,
    size: tuple[Length, Length],
    across: tuple[str, Length],
    down: tuple[str, Length],
    words: str,
) -> None:
    """A picture behind the text, `across` and `down` from what is named: column, page, paragraph.

    `words` describe it to who cannot see it.
    """
    run = paragraph.add_run()
    inline = run.add_picture(BytesIO(png), *size)._inline  # noqa: SLF001
    graphic, number = inline.graphic, inline.docPr.get("id")
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0"'
        ' simplePos="0" relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1"'
        ' allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{across[0]}"><wp:posOffset>{Emu(across[1])}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="{down[0]}">'
        f"<wp:posOffset>{Emu(down[1])}</wp:posOffset></wp:positionV>"
        f'<wp:extent cx="{size[0]}" cy="{size[1]}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapNone/><wp:docPr id="{number}" name="{number}"/><wp:cNvGraphicFramePr/>'
        "</wp:anchor>"
    )
    anchor.find(qn("wp:docPr")).set("descr", words)
    anchor.append(graphic)
    inline.getparent().replace(inline, anchor)


def substitutes(word: WordDocument, faces: dict[str, str]) -> None:
    """Name in the font table what may stand in for each Chinese face, best first."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in faces.items()
    )
    for part in word.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = re.sub(  # noqa: SLF001 - python-docx keeps the font table as it is
                rb"(<w:fonts\b[^>]*>)", rb"\1" + entries.encode(), part.blob, count=1
            )
