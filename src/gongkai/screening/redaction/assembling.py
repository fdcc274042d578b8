"""The new file: pages as pictures beside pages as they were, and nothing from around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

from gongkai.screening.files.pdf import objects
from gongkai.screening.files.pdf.opened import unpacked
from gongkai.screening.files.pdf.structure_clean import saved
from gongkai.screening.redaction import plain
from gongkai.screening.redaction.boxes import Area, Size
from gongkai.screening.redaction.drawing import Packed
from gongkai.screening.redaction.labels import Stencil
from gongkai.screening.redaction.letters import Letter
from gongkai.screening.redaction.textlayer import TextLayer

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_PRIVATE = {
    *("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/EF", "/Thumb", "/Alternates", "/OPI"),
    *("/Ref", "/StructParent", "/StructParents", "/Measure", "/PtData", "/B", "/AA", "/ID"),
    *("/ActualText", "/Alt", "/OCProperties"),
}


@dataclass(frozen=True, slots=True)
class Pictured:
    """A page as a picture: its size in points, the areas covered, the letters that stay."""

    picture: Packed
    size: Size
    areas: tuple[Area, ...]
    letters: tuple[Letter, ...]


def assembled(pdf: bytes, flat: bytes, pictures: Mapping[int, Pictured], label: str) -> bytes:
    """A file of all pages of `flat`, those in `pictures`, counted from 0, as pictures.

    Of the document around the pages only its language is kept, and the links to addresses of the
    web, which `pdf` still has.
    """
    with unpacked(pdf) as original, unpacked(flat) as opened, pikepdf.new() as made:
        layer = TextLayer(made)
        stencil = Stencil(made, label) if label.strip() else None
        for number, page in enumerate(opened.pages):
            if number in pictures:
                made.pages.append(_drawn(made, pictures[number], page, layer, stencil))
                continue
            copy = plain.page_copy(page)
            if copy is None:
                raise ValueError(number)
            copied = opened.make_indirect(copy)
            made.pages.append(pikepdf.Page(copied))
            if linked := plain.links(original.pages[number]):
                made.pages[-1].obj["/Annots"] = pikepdf.Array(map(made.make_indirect, linked))
        for number in pictures:
            made.pages[number].obj["/Resources"]["/Font"] = layer.fonts()
        _keep_language(original, made)
        _drop_private(made)
        return saved(made)


def _drawn(
    made: pikepdf.Pdf,
    pictured: Pictured,
    page: pikepdf.Page,
    layer: TextLayer,
    stencil: Stencil | None,
) -> pikepdf.Page:
    width, height = pictured.size
    named = pikepdf.Dictionary({"/Page": _image(made, pictured.picture)})
    drawing = [f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Page Do Q".encode()]
    if stencil is not None and pictured.areas:
        named["/Label"] = stencil.picture
        drawing.append(stencil.instructions(pictured.areas, height))
    drawing.append(layer.instructions(pictured.letters, height))
    found = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, width, height],
        Resources=pikepdf.Dictionary(XObject=named),
        Contents=made.make_stream(b"\n".join(drawing)),
    )
    unit = page.obj.get("/UserUnit")
    if unit is not None and not isinstance(unit, pikepdf.Object):
        found["/UserUnit"] = unit
    return pikepdf.Page(made.make_indirect(found))


def _image(made: pikepdf.Pdf, picture: Packed) -> pikepdf.Stream:
    stream = made.make_stream(b"")
    stream.write(picture.data, filter=pikepdf.Name(picture.filter))
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    stream["/Width"], stream["/Height"] = picture.width, picture.height
    stream["/BitsPerComponent"] = 8
    stream["/ColorSpace"] = pikepdf.Name(picture.colours)
    return stream


def _keep_language(original: pikepdf.Pdf, made: pikepdf.Pdf) -> None:
    language = str(original.Root.get("/Lang") or "")
    if _LANGUAGE.fullmatch(language):
        made.Root["/Lang"] = pikepdf.String(language)


def _drop_private(made: pikepdf.Pdf) -> None:
    entries, _ = objects.walk(made)
    for entry in entries:
        is_list = isinstance(entry.holder, pikepdf.Array)
        if not is_list and entry.key in _PRIVATE and entry.key in entry.holder:
            del entry.holder[entry.key]
