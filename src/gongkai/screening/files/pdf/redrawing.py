"""Drawing instructions of a page without some of its text: what stays is drawn where it was.

The instructions that show text are matched with pdfium's text objects by their order; a removed
glyph gives way to a displacement as wide as the glyph ([ISO 32000-2] 9.4.3). Where the two do not
match, a page is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pypdfium2 import raw

from gongkai.screening.files.pdf.drawn import Drawn, Glyph
from gongkai.screening.files.pdf.objects import Number

_SHOW = {"Tj", "TJ", "'", '"'}
_MOVES = {"Tm", "Td", "TD", "T*", "BT"}
_PAINTS_PATH = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
_PAINTS = {"sh", "Do", "INLINE IMAGE"}
_OPERANDS = {"BDC": 2, "Tf": 2, "Do": 1, "Tj": 1, "TJ": 1, "'": 1, '"': 3}
_TWO_BYTES = {"/Identity-H", "/Identity-V", "/UniGB-UCS2-H", "/UniGB-UTF16-H"}
_STRAIGHT = 0.5  # points that a line of text may leave its direction by
_DEEPEST_FORM = 8

Instruction = tuple[list[Any], str]


class MismatchError(Exception):
    """The instructions and the objects of a page could not be matched."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes from a page.

    `glyphs` are those of each of its `objects` that is a text, by address; `gone` the numbers of
    glyphs, and `layers` the layers, that go.
    """

    objects: list[Drawn]
    glyphs: dict[int, list[Glyph]]
    gone: set[int]
    layers: set[Number]

    def touches(self, one: Drawn) -> bool:
        return any(glyph.number in self.gone for glyph in self.glyphs.get(one.address, ()))


def redraw(opened: pikepdf.Pdf, page: pikepdf.Page, plan: Plan) -> None:
    """Change a page's instructions. Raises MismatchError before anything is changed."""
    own = [one for one in plan.objects if one.form is None]
    changes = list(_changes(page.obj, page.resources, own, plan, 0))
    for stream, content in changes:
        if isinstance(stream, pikepdf.Stream):
            stream.write(content)
        else:
            page.obj["/Contents"] = opened.make_stream(content)


def _changes(
    holder: Any, resources: Any, own: list[Drawn], plan: Plan, depth: int
) -> Iterator[tuple[Any, bytes]]:
    """The new contents of a page or form and of the forms in it."""
    if depth > _DEEPEST_FORM:
        raise MismatchError
    instructions = _instructions(holder)
    texts = [one for one in own if one.kind == raw.FPDF_PAGEOBJ_TEXT]
    forms = [one for one in own if one.kind == raw.FPDF_PAGEOBJ_FORM]
    shows = [at for at, one in enumerate(instructions) if one[1] in _SHOW and _says(one[0])]
    placed = list(_forms(instructions, resources))
    if len(shows) != len(texts) or len(placed) != len(forms):
        raise MismatchError
    cutter = _Cutter(instructions, dict(zip(shows, texts, strict=True)), resources, plan)
    if any(plan.touches(one) for one in texts) or plan.layers:
        yield holder, pikepdf.unparse_content_stream(cutter.instructions())
    for form, one in zip(placed, forms, strict=True):
        address = one.address
        inner = [o for o in plan.objects if o.form is not None and o.form_address == address]
        yield from _changes(form, form.get("/Resources", resources), inner, plan, depth + 1)


def _instructions(holder: Any) -> list[Instruction]:
    """The instructions of a page or form. Raises MismatchError for one without its operands."""
    found: list[Instruction] = []
    for one in pikepdf.parse_content_stream(holder):
        inline = isinstance(one, pikepdf.ContentStreamInlineImage)
        operands = [one] if inline else list(one.operands)
        operator = str(one.operator)
        if len(operands) < _OPERANDS.get(operator, 0):
            raise MismatchError
        found.append((operands, operator))
    return found


def _says(operands: list[Any]) -> bool:
    """Whether a show instruction has any glyph."""
    shown = operands[-1] if operands else b""
    parts = list(shown) if isinstance(shown, pikepdf.Array | list) else [shown]
    return any(isinstance(part, pikepdf.String) and len(bytes(part)) for part in parts)


def _forms(instructions: list[Instruction], resources: Any) -> Iterator[Any]:
    """The forms that instructions draw, in their order."""
    listed = resources.get("/XObject")
    for operands, operator in instructions:
        if operator == "Do" and isinstance(listed, pikepdf.Dictionary):
            found = listed.get(str(operands[0]))
            if isinstance(found, pikepdf.Stream) and str(found.get("/Subtype")) == "/Form":
                yield found


class _Cutter:
    """Writes instructions anew without the glyphs and layers of a plan."""

    def __init__(
        self, instructions: list[Instruction], texts: dict[int, Drawn], resources: Any, plan: Plan
    ) -> None:
        self._all = instructions
        self._texts = texts
        self._resources = resources
        self._plan = plan
        self._font = ""
        self._off = 0  # how many marked sections deep, counted from the one of a hidden layer

    def instructions(self) -> list[tuple[list[Any], pikepdf.Operator]]:
        """The instructions that stay."""
        kept: list[Instruction] = []
        for at, (operands, operator) in enumerate(self._all):
            if operator == "Tf":
                self._font = str(operands[0])
            if self._enters(operands, operator):
                kept.append(([pikepdf.Name("/Artifact")], "BMC"))
            else:
                kept += self._without_layer(operands, operator) if self._off else self._one(at)
            if self._off and operator == "EMC":
                self._off -= 1
        return [
            operands[0] if operator == "INLINE IMAGE" else (operands, pikepdf.Operator(operator))
            for operands, operator in kept
        ]

    def _enters(self, operands: list[Any], operator: str) -> bool:
        """Whether an instruction begins a section of a hidden layer."""
        if operator in {"BDC", "BMC"} and self._off:
            self._off += 1
        elif operator == "BDC" and str(operands[0]) == "/OC" and self._is_off(operands[1]):
            self._off = 1
            return True
        return False

    def _is_off(self, name: Any) -> bool:
        listed = self._resources.get("/Properties")
        group = listed.get(str(name)) if isinstance(listed, pikepdf.Dictionary) else None
        return isinstance(group, pikepdf.Dictionary) and group.objgen in self._plan.layers

    def _without_layer(self, operands: list[Any], operator: str) -> list[Instruction]:
        if operator in _PAINTS or operator in _SHOW:
            return []
        return [([], "n")] if operator in _PAINTS_PATH else [(operands, operator)]

    def _one(self, at: int) -> list[Instruction]:
        operands, operator = self._all[at]
        if operator == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
            _silence(operands[1])
        text = self._texts.get(at)
        if text is None or not self._plan.touches(text):
            return [(operands, operator)]
        shown = operands[-1]
        parts = list(shown) if isinstance(shown, pikepdf.Array | list) else [shown]
        before: list[Instruction] = []
        if operator == '"':
            before = [([operands[0]], "Tw"), ([operands[1]], "Tc")]
        if operator in {"'", '"'}:
            before.append(([], "T*"))
        return [*before, ([pikepdf.Array(self._cut(at, text, parts))], "TJ")]

    def _cut(self, at: int, text: Drawn, parts: list[Any]) -> list[Any]:
        """The operand of TJ: strings, and displacements where glyphs were."""
        glyphs = self._plan.glyphs[text.address]
        gone = [glyph.number in self._plan.gone for glyph in glyphs]
        after = self._start_of_next(at)
        if all(gone):
            return [] if after is None else [self._displaced(text, glyphs[0].origin, after, at)]
        codes = self._codes(parts)
        if sum(isinstance(code, bytes) for code in codes) != len(glyphs):
            raise MismatchError
        out: list[Any] = []
        number, start = -1, None
        for code in codes:
            if isinstance(code, bytes):
                number += 1
                if gone[number]:
                    start = start or glyphs[number].origin
                    continue
                if start is not None:
                    out.append(_displacement(text, start, glyphs[number].origin))
                    start = None
                out.append(pikepdf.String(code))
            elif start is None:
                out.append(code)
        if start is not None and after is not None:
            out.append(self._displaced(text, start, after, at))
        return out

    def _codes(self, parts: list[Any]) -> list[Any]:
        """Single glyphs as bytes, displacements as numbers."""
        size = self._code_size()
        out: list[Any] = []
        for part in parts:
            if isinstance(part, pikepdf.String):
                data = bytes(part)
                out += [data[n : n + size] for n in range(0, len(data), size)]
            else:
                out.append(part)
        return out

    def _code_size(self) -> int:
        fonts = self._resources.get("/Font")
        font = fonts.get(self._font) if isinstance(fonts, pikepdf.Dictionary) else None
        if not isinstance(font, pikepdf.Dictionary):
            raise MismatchError
        if str(font.get("/Subtype")) != "/Type0":
            return 1
        if str(font.get("/Encoding")) not in _TWO_BYTES:
            raise MismatchError
        return 2

    def _start_of_next(self, at: int) -> int | None:
        """The next instruction that goes on where this text ends, None if none does."""
        for later in range(at + 1, len(self._all)):
            operator = self._all[later][1]
            if operator in _MOVES or operator in {"ET", "'", '"'}:
                return None
            if later in self._texts:
                return later
        return None

    def _displaced(self, text: Drawn, start: tuple[float, float], later: int, at: int) -> float:
        """The displacement up to the next text, which may begin with one of its own."""
        following = self._texts[later]
        glyphs = self._plan.glyphs.get(following.address)
        if not glyphs or at == later:
            raise MismatchError
        shown = self._all[later][0][-1]
        own = 0.0
        for part in list(shown) if isinstance(shown, pikepdf.Array | list) else []:
            if isinstance(part, pikepdf.String):
                break
            own += float(part)
        return _displacement(text, start, glyphs[0].origin) - own


def _silence(properties: pikepdf.Dictionary) -> None:
    """Take out what a marked section has programs read instead of its glyphs."""
    if "/ActualText" in properties:
        del properties["/ActualText"]


def _displacement(text: Drawn, start: tuple[float, float], end: tuple[float, float]) -> float:
    """From one place on the page to another as TJ counts it: thousandths of the font's size."""
    a, b, *_ = text.matrix
    x, y = end[0] - start[0], end[1] - start[1]
    length = a * a + b * b
    size = text.font_size
    if not length or not size:
        raise MismatchError
    along = (x * a + y * b) / length
    if abs(x - along * a) > _STRAIGHT or abs(y - along * b) > _STRAIGHT:
        raise MismatchError
    return round(-along * 1000 / size, 3)
