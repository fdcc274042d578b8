"""Small real PDF files to cover parts of, and what a reader can still get out of a copy."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pdfplumber
import pikepdf
import pypdfium2
from PIL import Image

from gongkai.screening.redaction import Box

NAME = "赟垚鑫"
LETTER = "申请人赟垚鑫，公民身份号码11010519491231002X，联系电话13800138000。本机关已经收到申请。"


def paper(content: bytes, **changes: object) -> bytes:
    """A PDF of one page, 200 by 100 points, drawn by these instructions; F1 is Helvetica."""
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(200, 100))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj["/Contents"] = made.make_stream(content)
        for key, value in changes.items():
            page.obj["/" + key] = value
        return written(made)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def written(opened: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        return written(opened)


def image(made: pikepdf.Pdf, colour: tuple[int, int, int] = (200, 30, 30)) -> pikepdf.Stream:
    """A picture of one colour, 40 dots wide and high."""
    data = zlib.compress(bytes(colour) * 1600)
    return made.make_stream(
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=40,
        Height=40,
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB,
        Filter=pikepdf.Name.FlateDecode,
    )


def said(data: bytes) -> str:
    """The text of all pages as two readers have it, without white space."""
    opened = pypdfium2.PdfDocument(data)
    one = "".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    with pdfplumber.open(io.BytesIO(data)) as plumbed:
        other = "".join(page.extract_text() for page in plumbed.pages)
    return "".join((one + "\n" + other).split())


def middles_within(data: bytes, box: Box) -> str:
    """The letters whose middle lies within a box, as pdfplumber has them."""
    with pdfplumber.open(io.BytesIO(data)) as plumbed:
        letters = plumbed.pages[box.page - 1].chars
    return "".join(
        one["text"]
        for one in letters
        if box.x0 < (one["x0"] + one["x1"]) / 2 < box.x1
        and box.y0 < (one["top"] + one["bottom"]) / 2 < box.y1
    )


def look(data: bytes, page: int = 1, scale: float = 2.0) -> Image.Image:
    opened = pypdfium2.PdfDocument(data)
    opened.init_forms()
    picture = opened[page - 1].render(scale=scale).to_pil().convert("RGB")
    opened.close()
    return picture


def within(picture: Image.Image, box: Box, scale: float = 2.0) -> set[tuple[int, int, int]]:
    """The colours of a picture beneath a box, its edge left out."""
    sides = (box.x0 * scale + 1, box.y0 * scale + 1, box.x1 * scale - 1, box.y1 * scale - 1)
    cut = picture.crop(tuple(round(side) for side in sides))
    return {colour for _, colour in cut.getcolors(1 << 20)}


def raw_content(data: bytes) -> bytes:
    """The file and every stream of it unpacked."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        parts = [data]
        for value in opened.objects:
            if isinstance(value, pikepdf.Stream):
                try:
                    parts.append(bytes(value.read_bytes()))
                except pikepdf.PdfError:
                    parts.append(bytes(value.read_raw_bytes()))
    return b"\n".join(parts)
