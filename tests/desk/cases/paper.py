"""A page of paper with a line of text on it."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def page_of(text: str) -> bytes:
    """A PDF with one page on which the Latin text stands."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 200))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(f"BT /F1 18 Tf 30 100 Td ({text}) Tj ET".encode())
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()
