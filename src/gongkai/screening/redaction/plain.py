"""Pages that stay as they are: a copy that leads to nothing but what its drawing uses.

Producers hang the fonts and pictures of all pages on each page. What a page does not draw must
not come along with it: it may be what stood beneath a box on another page.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from gongkai.screening.files.limits import LIMIT_DEPTH
from gongkai.screening.files.pdf.objects import Number, keys
from gongkai.screening.files.pdf.structure import remarks_on

_KINDS = ("/XObject", "/Font", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading")
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate")
_OWN = ("/UserUnit", "/Group")
_LAYERS = {"/OCG", "/OCMD"}
_FONT_PARTS = {"/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDToGIDMap"}
_WEB = ("https://", "http://", "mailto:")
_DEEPEST_TREE = 64


class _NotPlainError(Exception):
    """What a page draws depends on more than its own drawing instructions."""


def page_copy(page: pikepdf.Page) -> pikepdf.Dictionary | None:
    """The page with its drawing and nothing else; None where it has layers that can be switched,
    fonts that are drawings themselves, or instructions that cannot be read.

    Forms and patterns within the page lose what they do not use: they are changed.
    """
    try:
        resources = _pruned(page.obj, _resources(page.obj), {}, 0)
    except (_NotPlainError, pikepdf.PdfError, RuntimeError, TypeError, ValueError):
        return None
    copy = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=resources)
    for key in _INHERITED:
        if (value := _inherited(page.obj, key)) is not None:
            copy[key] = value
    for key in _OWN:
        if (own := page.obj.get(key)) is not None:
            copy[key] = own
    page.contents_coalesce()
    if (contents := page.obj.get("/Contents")) is not None:
        copy["/Contents"] = contents
    return copy


def links(page: pikepdf.Page) -> list[pikepdf.Dictionary]:
    """The links of a page that lead to an address of the web, with nothing but the address."""
    found = []
    for one in remarks_on(page):
        action = one.get("/A")
        if str(one.get("/Subtype")) != "/Link" or not isinstance(action, pikepdf.Dictionary):
            continue
        address, place = action.get("/URI"), one.get("/Rect")
        if isinstance(place, pikepdf.Array) and str(address or "").lower().startswith(_WEB):
            found.append(_link(str(address), [float(side) for side in place]))
    return found


def _link(address: str, place: list[float]) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=place,
        Border=[0, 0, 0],
        F=4,
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address)),
    )


def fonts(resources: pikepdf.Object) -> set[Number]:
    """The fonts that a page's drawing can come to, with the programs and mappings they are made
    of: two pages that share one share its letters."""
    found: set[Number] = set()
    seen: set[Number] = set()
    ahead: list[tuple[pikepdf.Object, bool]] = [(resources, False)]
    while ahead:
        value, in_font = ahead.pop()
        if value.is_indirect:
            if value.objgen in seen:
                continue
            seen.add(value.objgen)
        if in_font and value.is_indirect:
            found.add(value.objgen)
        ahead += _below(value, in_font=in_font)
    return found


def _below(value: pikepdf.Object, *, in_font: bool) -> Iterator[tuple[pikepdf.Object, bool]]:
    if isinstance(value, pikepdf.Array):
        for inner in value:
            if isinstance(inner, pikepdf.Object):
                yield inner, in_font
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key in keys(value):
            below = value.get(key)
            if key == "/Parent" or not isinstance(below, pikepdf.Object):
                continue
            font = str(value.get("/Type")) == "/Font" or key in _FONT_PARTS
            yield below, in_font or font or _is_font(below)


def _is_font(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and str(value.get("/Type")) == "/Font"


def _inherited(node: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """A value of a page or of the nearest node above it that has one."""
    above: object = node
    for _ in range(_DEEPEST_TREE):
        if not isinstance(above, pikepdf.Dictionary):
            break
        value = above.get(key)
        if value is not None:
            return value
        above = above.get("/Parent")
    return None


def _resources(page: pikepdf.Object) -> pikepdf.Object:
    found = _inherited(page, "/Resources")
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def all_resources(page: pikepdf.Page) -> pikepdf.Object:
    """What a page can draw with, whether it does or not."""
    return _resources(page.obj)


def _pruned(
    drawing: pikepdf.Object, resources: pikepdf.Object, done: dict[Number, None], depth: int
) -> pikepdf.Dictionary:
    if depth > LIMIT_DEPTH:
        raise _NotPlainError
    used, inline = _names(drawing)
    kept = pikepdf.Dictionary()
    for kind in _KINDS:
        listed = resources.get(kind)
        if not isinstance(listed, pikepdf.Dictionary):
            continue
        every = keys(listed)
        names = every if inline and kind == "/ColorSpace" else [n for n in every if n in used]
        for name in names:
            _prune_one(kind, listed.get(name), done, depth)
        if names:
            kept[kind] = pikepdf.Dictionary({name: listed[name] for name in names})
    _refuse_layers(resources.get("/Properties"))
    return kept


def _names(drawing: pikepdf.Object) -> tuple[set[str], bool]:
    """The names that drawing instructions use, and whether pictures stand among them."""
    used: set[str] = set()
    inline = False
    for one in pikepdf.parse_content_stream(drawing):
        inline |= isinstance(one, pikepdf.ContentStreamInlineImage)
        if isinstance(one, pikepdf.ContentStreamInstruction):
            used.update(str(o) for o in one.operands if isinstance(o, pikepdf.Name))
    return used, inline


def _prune_one(kind: str, value: object, done: dict[Number, None], depth: int) -> None:
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return
    if "/OC" in value or (kind == "/Font" and str(value.get("/Subtype")) == "/Type3"):
        raise _NotPlainError
    mask = value.get("/SMask")
    if kind == "/ExtGState" and isinstance(mask, pikepdf.Dictionary):
        _prune_one("/XObject", mask.get("/G"), done, depth)
    is_form = kind == "/XObject" and str(value.get("/Subtype")) != "/Image"
    is_tile = kind == "/Pattern" and isinstance(value, pikepdf.Stream)
    if (is_form or is_tile) and value.objgen not in done:
        done[value.objgen] = None
        own = value.get("/Resources")
        if not isinstance(own, pikepdf.Dictionary):
            raise _NotPlainError
        value["/Resources"] = _pruned(value, own, done, depth + 1)


def _refuse_layers(listed: object) -> None:
    """Without the list of layers all of them would show."""
    if isinstance(listed, pikepdf.Dictionary):
        groups = (listed.get(key) for key in keys(listed))
        if any(
            isinstance(g, pikepdf.Dictionary) and str(g.get("/Type")) in _LAYERS for g in groups
        ):
            raise _NotPlainError
