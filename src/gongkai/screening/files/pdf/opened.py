"""PDF files opened within bounds: compressed streams are weighed before anything unpacks them."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pypdfium2 as pdfium

from gongkai.screening.files.limits import (
    LIMIT_CONTENT,
    LIMIT_OBJECTS,
    LIMIT_PAGES,
    LIMIT_STREAM,
    LIMIT_STREAMS,
    LIMIT_UNPACKED,
    MEGABYTE,
    too_complex,
)
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.pdfium import PDFIUM

HEADER = b"%PDF-"
_PASSWORD = 4
_FIRST_PIECE = 1024  # most that looks like a stream and is none is found out by then
_PIECE = 256 * 1024
_STREAM = re.compile(rb"(?<!end)stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_PACKED_TWICE = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode)\s*/(?:FlateDecode|Fl|LZWDecode)\b")
# pikepdf lets values of another type than the standard asks for through to its own functions.
_DAMAGE = (pikepdf.PdfError, pikepdf.ForeignObjectError, RuntimeError, TypeError, ValueError)
_NOT_CONTENT = {"/Image", "/Type1C", "/CIDFontType0C", "/OpenType"}
_NOT_CONTENT_TYPES = {"/ObjStm", "/XRef", "/EmbeddedFile", "/Metadata"}


def weigh(data: bytes) -> None:
    """Unpack the compressed streams once, piece by piece.

    Raises UnsafeFileError: "bomb", "too_complex" for more objects than a reader should look for.
    """
    if data.count(b" obj") > LIMIT_OBJECTS:
        raise too_complex("objects", LIMIT_OBJECTS)
    if _PACKED_TWICE.search(data):
        raise UnsafeFileError("bomb", "/FlateDecode /FlateDecode")
    view = memoryview(data)
    total = 0
    for number, found in enumerate(_STREAM.finditer(data)):
        if number > LIMIT_STREAMS:
            raise too_complex("streams", LIMIT_STREAMS)
        total += unpacked_size(view[found.end() :], LIMIT_STREAM)
        if total > 2 * LIMIT_UNPACKED:
            raise UnsafeFileError("bomb", f"> {2 * LIMIT_UNPACKED // MEGABYTE} MB")


def unpacked_size(packed: memoryview | bytes, limit: int) -> int:
    """How many bytes a deflated stream unpacks to. Raises UnsafeFileError("bomb")."""
    unpacker = zlib.decompressobj()
    size = at = 0
    piece: bytes | memoryview = b""
    try:
        while not unpacker.eof and (unpacker.unconsumed_tail or at < len(packed)):
            piece = unpacker.unconsumed_tail
            if not piece:
                size_of_piece = _PIECE if at else _FIRST_PIECE
                piece = packed[at : at + size_of_piece]
                at += size_of_piece
            size += len(unpacker.decompress(piece, _PIECE))
            if size > limit:
                raise UnsafeFileError("bomb", f"> {limit // MEGABYTE} MB")
    except zlib.error:  # not deflated, or damaged: a reader takes what there is
        pass
    return size


@contextmanager
def unpacked(data: bytes) -> Iterator[pikepdf.Pdf]:
    """The objects of a PDF. Raises UnsafeFileError: "encrypted", "damaged", "too_complex"."""
    try:
        opened = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise UnsafeFileError("encrypted") from error
    except _DAMAGE as error:
        raise UnsafeFileError("damaged", "PDF") from error
    try:
        if opened.is_encrypted:
            raise UnsafeFileError("encrypted")
        _bound(opened)
        yield opened
    except _DAMAGE as error:
        raise UnsafeFileError("damaged", "PDF") from error
    finally:
        opened.close()


def _bound(opened: pikepdf.Pdf) -> None:
    if len(opened.objects) > LIMIT_OBJECTS:
        raise too_complex("objects", LIMIT_OBJECTS)
    if len(opened.pages) > LIMIT_PAGES:
        raise too_complex("pages", LIMIT_PAGES)
    if not len(opened.pages):
        raise UnsafeFileError("damaged", "PDF")


def weigh_content(opened: pikepdf.Pdf) -> None:
    """Refuse streams of drawing instructions that would keep a reader busy without end."""
    total = 0
    for entry in opened.objects:
        if isinstance(entry, pikepdf.Stream) and not _is_data(entry):
            total += _content_size(entry)
    for page in opened.pages:
        contents = page.obj.get("/Contents")
        parts = contents if isinstance(contents, pikepdf.Array) else [contents]
        for part in parts:
            if isinstance(part, pikepdf.Stream) and _is_data(part):
                total += _content_size(part)
    if total > 8 * LIMIT_CONTENT:
        raise UnsafeFileError("bomb", f"> {8 * LIMIT_CONTENT // MEGABYTE} MB")


def _is_data(stream: pikepdf.Stream) -> bool:
    return (
        str(stream.get("/Subtype")) in _NOT_CONTENT
        or str(stream.get("/Type")) in _NOT_CONTENT_TYPES
        or "/Length1" in stream
        or "/N" in stream  # a colour profile
    )


def _content_size(stream: pikepdf.Stream) -> int:
    raw = stream.read_raw_bytes()
    filters = str(stream.get("/Filter") or "")
    if "Flate" in filters or "/Fl" in filters:
        return unpacked_size(raw, LIMIT_CONTENT)
    if len(raw) > (MEGABYTE if "LZW" in filters else LIMIT_CONTENT):
        raise UnsafeFileError("bomb", f"> {LIMIT_CONTENT // MEGABYTE} MB")
    return len(raw)


@contextmanager
def rendering(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The pages of a PDF as a viewer has them, its forms drawn, the lock held meanwhile.

    Raises UnsafeFileError: "encrypted", "damaged".
    """
    with PDFIUM:
        try:
            opened = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            code = getattr(error, "err_code", None)
            raise UnsafeFileError("encrypted" if code == _PASSWORD else "damaged") from error
        try:
            opened.init_forms()
            yield opened
        except pdfium.PdfiumError as error:
            raise UnsafeFileError("damaged", "PDF") from error
        finally:
            opened.close()
