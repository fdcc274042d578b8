"""PDF pages made by hand: drawn by instructions, revised behind their end."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

SEEN = "看得见的正文\n"
VISIBLE = b"BT /F 12 Tf 20 160 Td (Shown) Tj ET "


def raster(width: int, height: int) -> Dictionary:
    """What a picture of these pixels says of itself."""
    return Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )


def written(content: bytes, **resources: Any) -> bytes:
    """A page of 200 × 200 points with these drawing instructions and Helvetica as /F."""
    opened = pikepdf.new()
    opened.add_blank_page(page_size=(200, 200))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    opened.pages[0].Resources = Dictionary(Font=Dictionary(F=font), **resources)
    opened.pages[0].Contents = opened.make_stream(content)
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def revised(before: bytes, content: bytes) -> bytes:
    """The file with the content of its page replaced behind its end, as editors save changes."""
    with pikepdf.open(io.BytesIO(before)) as opened:
        number = opened.pages[0].Contents.objgen[0]
        root, size = opened.Root.objgen[0], len(opened.objects) + 1
    start = before.rindex(b"startxref") + 9
    earlier = int(before[start:].split()[0])
    new = b"%d 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        len(content),
        content,
    )
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(before))
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        earlier,
        len(before) + len(new),
    )
    return before + new + table + trailer
