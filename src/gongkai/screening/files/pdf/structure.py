"""What a PDF keeps beside its pages: remarks, files, scripts, forms, layers, properties."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from gongkai.screening.files import pictures
from gongkai.screening.files.pdf import objects
from gongkai.screening.files.pdf.objects import Entry, words
from gongkai.screening.files.pictures import xmp
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Place, Sighting, squeezed
from gongkai.screening.files.words import Kept

_FURNITURE = {"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet", "/Watermark", "/Redact"}
# Their sign on the page stands for the remark alone.
REMARKS = {
    "/Text",
    "/Caret",
    "/FileAttachment",
    "/Sound",
    "/Movie",
    "/Screen",
    "/3D",
    "/RichMedia",
    "/Popup",
}
REMARK_KEYS = ("/Contents", "/RC", "/T", "/Subj", "/Popup", "/NM", "/M", "/CreationDate", "/IRT")
_PLAIN_INFO = {"/Producer", "/CreationDate", "/ModDate", "/Trapped", "/PTEX.Fullbanner"}
_PATH_ONLY = {"/Creator"}
_LIMIT_FIELDS = 20_000


def hidden(opened: pikepdf.Pdf, shown: str) -> Iterator[Sighting]:
    """Traces of the structure; `shown` is the text of all pages."""
    entries, seen = objects.walk(opened)
    text = squeezed(shown)
    yield from _annotations(opened)
    yield from _fields(opened)
    yield from _layers(opened)
    yield from _properties(opened, text)
    for entry in entries:
        yield from _of_entry(opened, entry)
        if is_unseen_reading(entry, text):
            yield Sighting("pdf.invisible_text", words(entry.value))
    left = objects.unreferenced(opened, seen)
    if left:
        yield Sighting("pdf.unreferenced_object", f"{len(left)}: " + " ".join(left))
    if is_signed(entries):
        yield Sighting("pdf.signature", "", kept="signed")


def is_signed(entries: list[Entry]) -> bool:
    """Whether somebody has signed the file."""
    return any(entry.key == "/ByteRange" for entry in entries)


def _annotations(opened: pikepdf.Pdf) -> Iterator[Sighting]:
    for number, page in enumerate(opened.pages, start=1):
        for one in remarks_on(page):
            kind = str(one.get("/Subtype"))
            said = words(one.get("/Contents")) or words(one.get("/RC"))
            if kind == "/Redact":
                place = Place("page", number)
                yield Sighting("pdf.unapplied_redaction", said, place, "still_beneath")
            elif kind in REMARKS - {"/Popup"} or (kind not in _FURNITURE and said):
                content = " ".join((kind[1:], words(one.get("/T")), said))
                kept: Kept = "shown" if shows_words(one) else ""
                yield Sighting("pdf.annotation", content, Place("page", number), kept)


def remarks_on(page: pikepdf.Page) -> list[pikepdf.Dictionary]:
    found = page.obj.get("/Annots")
    if not isinstance(found, pikepdf.Array):
        return []
    return [one for one in found if isinstance(one, pikepdf.Dictionary)]


def shows_words(annotation: pikepdf.Dictionary) -> bool:
    """Whether a remark's words are part of what the page shows."""
    return str(annotation.get("/Subtype")) == "/FreeText"


def fields(opened: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    """The form fields with a value: full name and field."""
    form = opened.Root.get("/AcroForm")
    roots = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    ahead = [("", one) for one in (roots if isinstance(roots, pikepdf.Array) else [])]
    seen = 0
    while ahead and seen < _LIMIT_FIELDS:
        name, one = ahead.pop()
        seen += 1
        if not isinstance(one, pikepdf.Dictionary):
            continue
        name = ".".join(part for part in (name, words(one.get("/T"))) if part)
        kids = one.get("/Kids")
        if one.get("/V") is not None and str(one.get("/FT")) != "/Sig":
            yield name, one
        ahead += [(name, kid) for kid in (kids if isinstance(kids, pikepdf.Array) else [])]


def _fields(opened: pikepdf.Pdf) -> Iterator[Sighting]:
    form = opened.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and form.get("/XFA") is not None:
        yield Sighting("pdf.form_value", "XFA", kept="source_needed")
    for name, field in fields(opened):
        value = field.get("/V")
        listed = isinstance(value, pikepdf.Array)
        said = " ".join(map(words, value)) if listed else words(value)  # type: ignore[arg-type]
        if said and said != "/Off":
            yield Sighting("pdf.form_value", f"{name}: {said}")


def hidden_layers(opened: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The layers that are off when the file is opened."""
    properties = opened.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return []
    standard = properties.get("/D")
    if not isinstance(standard, pikepdf.Dictionary):
        return []
    every = _groups(properties.get("/OCGs"))
    if str(standard.get("/BaseState")) == "/OFF":
        on = {one.objgen for one in _groups(standard.get("/ON"))}
        return [one for one in every if one.objgen not in on]
    off = {one.objgen for one in _groups(standard.get("/OFF"))}
    return [one for one in every if one.objgen in off]


def _groups(value: object) -> list[pikepdf.Dictionary]:
    if not isinstance(value, pikepdf.Array):
        return []
    return [one for one in value if isinstance(one, pikepdf.Dictionary)]


def _layers(opened: pikepdf.Pdf) -> Iterator[Sighting]:
    for layer in hidden_layers(opened):
        yield Sighting("pdf.hidden_layer", words(layer.get("/Name")))


def telling(info: pikepdf.Dictionary, shown: str) -> Iterator[tuple[str, str]]:
    """The entries of the document information that tell something: key and value."""
    for key in objects.keys(info):
        value = words(info.get(key)).strip()
        if not value or key in _PLAIN_INFO:
            continue
        if key == "/Title" and squeezed(value) in shown:
            continue
        if key in _PATH_ONLY and not any(mark in value for mark in ("\\", "/home/", "/Users/")):
            continue
        yield key, value


def _properties(opened: pikepdf.Pdf, shown: str) -> Iterator[Sighting]:
    info = opened.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for key, value in telling(info, shown):
            yield Sighting("pdf.property", f"{key[1:]}: {value}")
    metadata = opened.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        yield from _packet(bytes(metadata.read_bytes()), shown)


def _packet(packet: bytes, shown: str) -> Iterator[Sighting]:
    try:
        found = list(xmp.told(packet))
    except UnsafeFileError:
        yield Sighting("pdf.property", "XMP")
        return
    for _, _, name, value in found:
        if name == "title" and squeezed(value) in shown:
            continue
        yield Sighting("pdf.property", f"XMP {name}: {value}")


def is_unseen_reading(entry: Entry, shown: str) -> bool:
    """Whether an entry has programs read out what no page shows; `shown` has no white space."""
    return entry.key == "/ActualText" and squeezed(words(entry.value)) not in shown


def _of_entry(opened: pikepdf.Pdf, entry: Entry) -> Iterator[Sighting]:
    value = entry.value
    if said := objects.action(value):
        yield Sighting("pdf.script", said)
    elif entry.key == "/EF":
        name = words(entry.holder.get("/UF") or entry.holder.get("/F"))
        yield Sighting("pdf.attachment", f"{name} {words(entry.holder.get('/Desc'))}".strip())
    elif entry.key == "/PieceInfo":
        keys = value.keys() if isinstance(value, pikepdf.Dictionary) else ()
        yield Sighting("pdf.private_data", " ".join(key[1:] for key in keys))
    elif entry.key == "/Thumb":
        yield Sighting("pdf.thumbnail", "")
    elif entry.key == "/Metadata" and entry.holder.objgen != opened.Root.objgen:
        yield Sighting("pdf.picture_metadata", "XMP")
    elif is_photo(value):
        for found in pictures.hidden_quietly(bytes(value.read_raw_bytes())):
            yield Sighting("pdf.picture_metadata", found.content)


def is_photo(value: pikepdf.Object) -> bool:
    """Whether an object is a picture kept as a JPEG file."""
    return (
        isinstance(value, pikepdf.Stream)
        and str(value.get("/Subtype")) == "/Image"
        and str(value.get("/Filter")) in {"/DCTDecode", "/DCT"}
    )
