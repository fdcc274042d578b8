"""Small presentations, part by part."""

from __future__ import annotations

from tests.screening.files.making import relation, zipped

P = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def shape(text: str, x: int = 100_000, number: int = 2, properties: str = "") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="文本" {properties}/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{x}" y="100000"/><a:ext cx="500000" cy="500000"/></a:xfrm></p:spPr>'
        f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def slide(*shapes: str, attributes: str = "", after: str = "") -> str:
    return (
        f"<p:sld {P} {attributes}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld>"
        f"{after}</p:sld>"
    )


def presentation(*slides: str, **parts: str | bytes) -> bytes:
    """A presentation of these slides; `slide1_notes` and the like are further parts by name."""
    entries = "".join(f'<p:sldId id="{255 + n}" r:id="s{n}"/>' for n in range(1, len(slides) + 1))
    relations = RELATIONS + "</Relationships>"
    for n in range(1, len(slides) + 1):
        more = relation(f"s{n}", "slide", f"slides/slide{n}.xml")
        relations = relations.replace("</Relationships>", more)
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    main = (
        f"<p:presentation {P}><p:sldIdLst>{entries}</p:sldIdLst>"
        '<p:sldSz cx="9144000" cy="6858000"/>'
        '<p:extLst><p:ext><p14:sectionLst xmlns:p14="urn:p14"><p14:section><p14:sldIdLst>'
        '<p14:sldId id="256"/><p14:sldId id="257"/></p14:sldIdLst></p14:section></p14:sectionLst>'
        "</p:ext></p:extLst></p:presentation>"
    )
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": RELATIONS + relation("o1", "officeDocument", "ppt/presentation.xml"),
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": relations,
            **{f"ppt/slides/slide{n}.xml": one for n, one in enumerate(slides, start=1)},
            **parts,
        }
    )
