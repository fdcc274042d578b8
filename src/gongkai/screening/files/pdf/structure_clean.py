"""A PDF without what stands beside its pages: remarks, files, scripts, form, layers, properties."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf

from gongkai.screening.files import pictures
from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.pdf import objects, structure
from gongkai.screening.files.pdf.objects import Entry
from gongkai.screening.files.pdf.opened import rendering, unpacked
from gongkai.screening.files.pdf.text import shown
from gongkai.screening.files.pictures import xmp
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import squeezed
from gongkai.screening.files.xmlparts import remove

_LAYER = re.compile(rb"/OC\s*/([^\s/\[\]<>()]+)\s+BDC")
_DROPPED = {"/AA", "/PieceInfo", "/LastModified", "/Thumb", "/EF", "/AF"}


def cleaned(data: bytes, *, forms: bool) -> bytes:
    """The copy; `forms` has the values of form fields drawn onto their pages."""
    with rendering(data) as rendered:
        text = squeezed(shown(rendered, Deadline()))
    with unpacked(data) as opened:
        drop_remarks(opened)
        if forms:
            _flatten_fields(opened)
        _drop_layers(opened)
        _drop_properties(opened, text)
        entries, _ = objects.walk(opened)
        for entry in entries:
            _clean_entry(opened, entry, text)
        names = opened.Root.get("/Names")
        for key in ("/EmbeddedFiles", "/JavaScript"):
            if isinstance(names, pikepdf.Dictionary) and key in names:
                del names[key]
        return saved(opened)


def saved(opened: pikepdf.Pdf) -> bytes:
    """The file as bytes, with only what a viewer can come to."""
    buffer = io.BytesIO()
    opened.save(buffer, deterministic_id=True, fix_metadata_version=False)
    return buffer.getvalue()


def drop_remarks(opened: pikepdf.Pdf) -> None:
    """Remarks go with their signs; marks on the page stay without their words."""
    for page in opened.pages:
        kept = []
        every = structure.remarks_on(page)
        for one in every:
            kind = str(one.get("/Subtype"))
            if kind in structure.REMARKS:
                _void(one)
                continue
            kept.append(one)
            if kind in {"/Link", "/Widget", "/Redact"} or structure.shows_words(one):
                continue
            for key in structure.REMARK_KEYS:
                if key in one:
                    del one[key]
        if len(kept) < len(every):
            page.obj["/Annots"] = pikepdf.Array(kept)


def _void(value: pikepdf.Dictionary) -> None:
    """Empty an object: the structure tree may still lead to it."""
    for key in objects.keys(value):
        del value[key]


def _flatten_fields(opened: pikepdf.Pdf) -> None:
    """Draw filled fields onto their pages, drop those without a look, and the form."""
    form = opened.Root.get("/AcroForm")
    filled = [field for _, field in structure.fields(opened)]
    if not isinstance(form, pikepdf.Dictionary) or not filled or form.get("/XFA") is not None:
        return
    for page in opened.pages:
        every = structure.remarks_on(page)
        widgets = [one for one in every if str(one.get("/Subtype")) == "/Widget"]
        if not widgets:
            continue
        for one in widgets:
            _draw(opened, page, one)
        page.obj["/Annots"] = pikepdf.Array(
            [one for one in every if str(one.get("/Subtype")) != "/Widget"]
        )
        for one in widgets:
            _void(one)
    for field in filled:
        _void(field)
    del opened.Root["/AcroForm"]


def _draw(opened: pikepdf.Pdf, page: pikepdf.Page, one: pikepdf.Dictionary) -> None:
    annotation = pikepdf.Annotation(one)
    look = annotation.get_appearance_stream(pikepdf.Name("/N"))
    if not isinstance(look, pikepdf.Stream):
        return
    own = page.add_resource(look, pikepdf.Name("/XObject"), prefix="Field")
    drawing = annotation.get_page_content_for_appearance(own, 0)
    page.contents_add(opened.make_stream(b"q\n"), prepend=True)
    page.contents_add(opened.make_stream(b"\nQ\n" + drawing))


def _drop_layers(opened: pikepdf.Pdf) -> None:
    """Drop hidden layers that nothing is drawn on any more."""
    off = structure.hidden_layers(opened)
    if not off:
        return
    numbers = {one.objgen for one in off}
    for value in opened.objects:
        own = value.get("/OC") if isinstance(value, pikepdf.Stream) else None
        if isinstance(own, pikepdf.Dictionary) and own.objgen in numbers:
            value.write(b"")
            del value["/OC"]
    used = _used_layers(opened)
    gone = {one.objgen for one in off if one.objgen not in used}
    properties = opened.Root["/OCProperties"]
    _without(properties, "/OCGs", gone)
    for key in ("/OFF", "/ON", "/Order", "/Locked"):
        _without(properties["/D"], key, gone)
    if not len(properties["/OCGs"]):
        del opened.Root["/OCProperties"]
    for one in off:
        if one.objgen in gone:
            _void(one)


def _used_layers(opened: pikepdf.Pdf) -> set[objects.Number]:
    """The layers that some content is still marked with."""
    for page in opened.pages:
        page.contents_coalesce()
    found: set[objects.Number] = set()
    for value in opened.objects:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            found |= _layers_of(value)
    return found


def _layers_of(value: pikepdf.Dictionary | pikepdf.Stream) -> set[objects.Number]:
    resources = value.get("/Resources")
    listed = resources.get("/Properties") if isinstance(resources, pikepdf.Dictionary) else None
    content = value if isinstance(value, pikepdf.Stream) else value.get("/Contents")
    if not isinstance(listed, pikepdf.Dictionary) or not isinstance(content, pikepdf.Stream):
        return set()
    names = _LAYER.findall(bytes(content.read_bytes()))
    groups = (listed.get("/" + name.decode("latin-1")) for name in names)
    return {group.objgen for group in groups if isinstance(group, pikepdf.Dictionary)}


def _without(holder: pikepdf.Object, key: str, gone: set[objects.Number]) -> None:
    listed = holder.get(key)
    if isinstance(listed, pikepdf.Array):
        kept = [o for o in listed if not (isinstance(o, pikepdf.Object) and o.objgen in gone)]
        holder[key] = pikepdf.Array(kept)


def _drop_properties(opened: pikepdf.Pdf, text: str) -> None:
    info = opened.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for key, _ in list(structure.telling(info, text)):
            del info[key]
    metadata = opened.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return
    try:
        told = list(xmp.told(bytes(metadata.read_bytes())))
    except UnsafeFileError:
        del opened.Root["/Metadata"]
        return
    if told:
        metadata.write(_plain_packet(told, text))


def _plain_packet(told: list[xmp.Told], text: str) -> bytes:
    tree = told[0][0].getroottree()
    for node, attribute, name, value in told:
        if name == "title" and squeezed(value) in text:
            continue
        if attribute:
            del node.attrib[attribute]
        else:
            remove(node)
    return xmp.packet(tree)


def _clean_entry(opened: pikepdf.Pdf, entry: Entry, text: str) -> None:
    holder, key, value = entry.holder, entry.key, entry.value
    if isinstance(holder, pikepdf.Array):
        if isinstance(value, pikepdf.Dictionary) and objects.action(value):
            _void(value)
        return
    if key not in holder:
        return
    if (
        objects.action(value)
        or key in _DROPPED
        or structure.is_unseen_reading(entry, text)
        or (key == "/Metadata" and holder.objgen != opened.Root.objgen)
    ):
        del holder[key]
    elif structure.is_photo(value):
        data = bytes(value.read_raw_bytes())
        stripped = pictures.stripped_quietly(data)
        if stripped != data:
            _rewrite(value, stripped)


def _rewrite(picture: Any, data: bytes) -> None:
    """Replace a picture's bytes; how they are packed stays."""
    filters, parameters = picture.get("/Filter"), picture.get("/DecodeParms")
    picture.write(data, filter=filters, decode_parms=parameters)
