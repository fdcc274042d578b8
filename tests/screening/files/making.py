"""Small real files of each kind, built part by part, with something hidden in them on request."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

import docx
import pikepdf
import pypdfium2
import typst
from docx.document import Document
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONT = '#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC", "DejaVu Serif"), size: 10pt)\n'
PAGE = "#set page(width: 200pt, height: 200pt, margin: 20pt)\n"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    """A package with parts added or replaced."""
    return zipped({**unzipped(data), **parts})


def saved(document: Document) -> bytes:
    """A document by python-docx, without the thumbnail of its template."""
    buffer = io.BytesIO()
    document.save(buffer)
    parts = unzipped(buffer.getvalue())
    del parts["docProps/thumbnail.jpeg"]
    relations = parts["_rels/.rels"].decode()
    parts["_rels/.rels"] = re.sub(r"<Relationship [^>]*thumbnail[^>]*/>", "", relations).encode()
    return zipped(parts)


def word(body: str, **parts: str | bytes) -> bytes:
    """A Word document by python-docx whose body is this XML; parts by name under word/."""
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = ""
    made = unzipped(saved(document))
    made["word/document.xml"] = (
        f'<w:document xmlns:w="{W}"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    ).encode()
    named = {f"word/{name}.xml": content for name, content in parts.items()}
    types = made["[Content_Types].xml"]
    for name in named:
        if name not in made:
            kind = f'<Override PartName="/{name}" ContentType="application/xml"/></Types>'
            types = types.replace(b"</Types>", kind.encode())
            relations = made["word/_rels/document.xml.rels"]
            kind = name.removeprefix("word/").removesuffix(".xml")
            made["word/_rels/document.xml.rels"] = relations.replace(
                b"</Relationships>", relation(f"x{kind}", kind, f"{kind}.xml").encode()
            )
    return zipped({**made, **named, "[Content_Types].xml": types})


def relation(id_: str, kind: str, target: str, *, external: bool = False) -> str:
    """A relation and the end of its part."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    mode = ' TargetMode="External"' if external else ""
    return (
        f'<Relationship Id="{id_}" Type="{space}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


def related(data: bytes, part: str, *given: tuple[str, str, str], external: bool = False) -> bytes:
    """A package with relations (id, kind, target) added to a part's."""
    folder, _, name = part.rpartition("/")
    where = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    parts = unzipped(data)
    empty = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        "</Relationships>"
    )
    text = parts.get(where, empty.encode()).decode()
    text = text.replace('/relationships"/>', '/relationships"></Relationships>')
    for id_, kind, target in given:
        text = text.replace("</Relationships>", relation(id_, kind, target, external=external))
    return zipped({**parts, where: text})


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    formats = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{formats}<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def page(source: str) -> bytes:
    """A PDF of one small page from typst source."""
    return bytes(typst.compile((PAGE + FONT + source).encode()))


def at(x: int, y: int, content: str) -> str:
    """Content at a place of the page, in points from its upper left corner."""
    return f"#place(top + left, dx: {x - 20}pt, dy: {y - 20}pt, {content})\n"


def changed(data: bytes, change) -> bytes:
    """A PDF after a change of its objects, written anew."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        buffer = io.BytesIO()
        opened.save(buffer)
        return buffer.getvalue()


def page_text(data: bytes) -> str:
    opened = pypdfium2.PdfDocument(data)
    text = "".join(one.get_textpage().get_text_range() for one in opened)
    opened.close()
    return text


def looks(data: bytes) -> list[bytes]:
    """Each page as pixels."""
    opened = pypdfium2.PdfDocument(data)
    opened.init_forms()
    pictures = [one.render(scale=2).to_numpy().tobytes() for one in opened]
    opened.close()
    return pictures


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6), **options) -> bytes:
    buffer = io.BytesIO()
    image = Image.new("RGB", size)
    image.putdata([(x * 9 % 256, x * 5 % 256, 90) for x in range(size[0] * size[1])])
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB").tobytes()


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG file."""
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (OLE2) with these streams, each at least 4,096 bytes long."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    lengths = {name: (len(content) + 511) // 512 for name, content in padded.items()}
    folders = (len(streams) * 128 + 128 + 511) // 512
    links = [0xFFFFFFFD, *range(2, folders + 1), 0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, content in padded.items():
        start = len(links)
        entries.append(_entry(name, 2, start, len(content)))
        links += [*range(start + 1, start + lengths[name]), 0xFFFFFFFE]
    table = struct.pack("<128I", *links, *[0xFFFFFFFF] * (128 - len(links)))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b""),
        *(0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0),
        *(0, *[0xFFFFFFFF] * 108),
    )
    body = b"".join(
        content.ljust(-(-len(content) // 512) * 512, b"\0") for content in padded.values()
    )
    return header + table + b"".join(entries).ljust(folders * 512, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    spelt = name.encode("utf-16-le") + b"\0\0"
    none = 0xFFFFFFFF
    tail = struct.pack(
        "<HBBIII16sIQQIII", len(spelt), kind, 1, none, none, none, b"", 0, 0, 0, start, size, 0
    )
    return spelt.ljust(64, b"\0") + tail


def codes(traces) -> list[str]:
    return [trace.code for trace in traces]
