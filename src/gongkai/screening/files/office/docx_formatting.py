"""How a run of a Word document looks: hidden, in which colour on what ground, how large.

Formats come from the run itself, its character style, its paragraph's style and the defaults
([ECMA-376] 17.7.2); "hidden" toggles between the styles (17.7.3).
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.screening.files.xmlparts import Element, children, local

W = frozenset(
    {
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
        "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
    }
)
_OFF = {"0", "false", "off", "none"}
_TINY = 4  # half points: 2 pt, which nobody can read
_NEAR = 12
_WHITE = (255, 255, 255)
_BACKGROUNDS = {"background1", "light1"}
_LONGEST_CHAIN = 24

Colour = tuple[int, int, int]


def is_word(element: Element, name: str) -> bool:
    """Whether an element is of WordprocessingML and has that name."""
    space, _, own = str(element.tag).rpartition("}")
    return own == name and space + "}" in W


def value(element: Element | None, name: str = "val") -> str:
    """An attribute by its local name, "" if it is absent."""
    for key, found in [] if element is None else element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return ""


def first(element: Element | None, *path: str) -> Element | None:
    """The descendant down a path of local names."""
    for name in path:
        element = None if element is None else element.find(f"{{*}}{name}")
    return element


def properties(element: Element | None, *path: str) -> Element | None:
    """As `first`, for a path that begins with properties: they stand at the head or nowhere."""
    head = None if element is None else next(element.iterchildren(), None)
    return first(head, *path[1:]) if head is not None and local(head) == path[0] else None


def is_on(element: Element | None) -> bool | None:
    """What a toggle says: on, off, or nothing."""
    return None if element is None else value(element) not in _OFF


@dataclass(frozen=True, slots=True)
class Look:
    """`hidden` by format; `unseen` because of colour or size; `certain` that nothing is behind."""

    hidden: bool
    unseen: bool
    certain: bool


class Looks:
    """The looks of the runs of a document, by its styles."""

    def __init__(self, styles: Element | None, *, has_ground: bool) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._has_ground = has_ground
        for node in [] if styles is None else children(styles, "style"):
            self._styles[value(node, "styleId")] = node
            if value(node, "type") == "paragraph" and value(node, "default") in {"1", "true"}:
                self._default = value(node, "styleId")
        self._defaults = first(styles, "docDefaults", "rPrDefault", "rPr")

    def of(self, run: Element) -> Look:
        """The look of a run."""
        own = first(run, "rPr")
        paragraph = _around(run, "p")
        of_run = self._chain(value(first(own, "rStyle")))
        named = value(properties(paragraph, "pPr", "pStyle")) or self._default
        of_paragraph = self._chain(named)
        layers = [own, *of_run, *of_paragraph, self._defaults]
        ground, certain = self._ground(run, paragraph, layers)
        return Look(
            self._is_hidden(own, of_run, of_paragraph),
            _is_tiny(layers) or _is_alike(_colour_of(layers), ground),
            certain or _is_tiny(layers),
        )

    def mark_is_hidden(self, paragraph: Element) -> bool:
        """Whether the end of a paragraph is hidden as well, so that nothing of it shows."""
        named = value(properties(paragraph, "pPr", "pStyle")) or self._default
        return self._is_hidden(properties(paragraph, "pPr", "rPr"), [], self._chain(named))

    def _is_hidden(
        self, own: Element | None, of_run: list[Element], of_paragraph: list[Element]
    ) -> bool:
        direct = is_on(first(own, "vanish"))
        if direct is not None:
            return direct
        hidden = _toggled(of_run) != _toggled(of_paragraph)
        return hidden or bool(is_on(first(self._defaults, "vanish")))

    def _chain(self, style: str) -> list[Element]:
        """The run formats of a style and of those it is based on, nearest first."""
        found = []
        for _ in range(_LONGEST_CHAIN):
            node = self._styles.get(style)
            if node is None:
                break
            formats = first(node, "rPr")
            if formats is not None:
                found.append(formats)
            style = value(first(node, "basedOn"))
        return found

    def _ground(
        self, run: Element, paragraph: Element | None, layers: list[Element | None]
    ) -> tuple[Colour, bool]:
        """What the run stands on, and whether nothing else can be behind it."""
        for formats in layers:
            if highlight := value(first(formats, "highlight")):
                return (_WHITE if highlight in {"white", "none"} else (0, 0, 0)), True
        shades = [first(formats, "shd") for formats in layers]
        shades += [
            properties(paragraph, "pPr", "shd"),
            properties(_around(run, "tc"), "tcPr", "shd"),
            properties(_around(run, "tbl"), "tblPr", "shd"),
        ]
        for shade in shades:
            if (fill := colour(value(shade, "fill"))) is not None:
                return fill, True
        in_frame = _around(run, "txbxContent") is not None
        styled = value(properties(_around(run, "tbl"), "tblPr", "tblStyle"))
        return _WHITE, not (in_frame or self._has_ground or self._shades(styled))

    def _shades(self, style: str) -> bool:
        for _ in range(_LONGEST_CHAIN):
            node = self._styles.get(style)
            if node is None:
                return False
            if any(local(part) == "shd" for part in node.iter()):
                return True
            style = value(first(node, "basedOn"))
        return False


def _toggled(formats: list[Element]) -> bool:
    said = (is_on(first(layer, "vanish")) for layer in formats)
    return bool(next((one for one in said if one is not None), False))


def _is_tiny(layers: list[Element | None]) -> bool:
    size = next((found for layer in layers if (found := value(first(layer, "sz")))), "")
    return size.isdigit() and int(size) <= _TINY


def _colour_of(layers: list[Element | None]) -> Colour | None:
    for layer in layers:
        node = first(layer, "color")
        if node is not None:
            if value(node, "themeColor") in _BACKGROUNDS and not value(node, "themeShade"):
                return _WHITE
            return colour(value(node))
    return None


def _is_alike(one: Colour | None, other: Colour) -> bool:
    return one is not None and all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))


def colour(code: str) -> Colour | None:
    """A colour from "RRGGBB"; None for "auto" and what is none."""
    if len(code) != 6:
        return None
    try:
        number = int(code, 16)
    except ValueError:
        return None
    return number >> 16, number >> 8 & 255, number & 255


def _around(element: Element, name: str) -> Element | None:
    """The nearest element of that name that an element stands in."""
    return next((node for node in element.iterancestors() if is_word(node, name)), None)
