"""What a Word document says about its paragraphs: headings and automatic numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.annual_report.read.sources.package import Element, Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")
_DIGITS = "零一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographTraditional",
    }
)


def value(parent: Element | None, name: str) -> str | None:
    """The w:val of a child property; "" if it is there without one, None if it is not there."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val", "")


def is_on(parent: Element | None, name: str) -> bool:
    """Whether a switch such as w:vanish is set."""
    found = value(parent, name)
    return found is not None and found not in _OFF


@dataclass(slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Styles:
    """Styles and lists of one document; numbers are counted as paragraphs are asked for."""

    def __init__(self, package: Package, folder: str) -> None:
        self._headings: set[str] = set()
        self._numbers: dict[str, tuple[str, int]] = {}
        self._lists: dict[str, _List] = {}
        self._list_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        styles = package.xml(f"{folder}/styles.xml")
        if styles is not None:
            for style in styles.iterchildren(W + "style"):
                self._add_style(style)
        numbering = package.xml(f"{folder}/numbering.xml")
        if numbering is not None:
            self._add_numbering(numbering)

    def _add_style(self, style: Element) -> None:
        code = style.get(W + "styleId", "")
        name = (value(style, "name") or "").lower()
        properties = style.find(W + "pPr")
        if name.startswith(("heading", "title", "标题", "subtitle")) or _outlined(properties):
            self._headings.add(code)
        number = _number(properties)
        if number:
            self._numbers[code] = number

    def _add_numbering(self, root: Element) -> None:
        for abstract in root.iterchildren(W + "abstractNum"):
            levels = {
                _whole(level.get(W + "ilvl")): _Level(
                    _whole(value(level, "start"), 1),
                    value(level, "numFmt") or "decimal",
                    value(level, "lvlText") or "",
                )
                for level in abstract.iterchildren(W + "lvl")
            }
            self._lists[abstract.get(W + "abstractNumId", "")] = _List(levels)
        for number in root.iterchildren(W + "num"):
            code = number.get(W + "numId", "")
            self._list_of[code] = value(number, "abstractNumId") or ""
            self._restarts[code] = {
                _whole(o.get(W + "ilvl")): _whole(value(o, "startOverride"), 1)
                for o in number.iterchildren(W + "lvlOverride")
                if o.find(W + "startOverride") is not None
            }

    def is_heading(self, properties: Element | None) -> bool:
        """Whether a paragraph with these properties is a heading."""
        return (value(properties, "pStyle") or "") in self._headings or _outlined(properties)

    def number(self, properties: Element | None) -> str:
        """The automatic number Word shows before the paragraph, e.g. "一、"; "" if none."""
        found = _number(properties) or self._numbers.get(value(properties, "pStyle") or "")
        if not found:
            return ""
        code, depth = found
        numbered = self._lists.get(self._list_of.get(code, ""))
        if numbered is None or depth not in numbered.levels:
            return ""
        self._count(numbered, code, depth)
        return self._show(numbered, depth)

    def _count(self, numbered: _List, code: str, depth: int) -> None:
        restart = self._restarts.get(code, {}).pop(depth, None)
        if restart is not None:
            numbered.counts[depth] = restart
        elif depth in numbered.counts:
            numbered.counts[depth] += 1
        else:
            numbered.counts[depth] = numbered.levels[depth].start
        for deeper in [level for level in numbered.counts if level > depth]:
            del numbered.counts[deeper]

    def _show(self, numbered: _List, depth: int) -> str:
        level = numbered.levels[depth]
        if level.form in ("bullet", "none"):
            return ""
        text = level.text
        for other, shown in numbered.levels.items():
            if f"%{other + 1}" in text:
                count = numbered.counts.get(other, shown.start)
                text = text.replace(f"%{other + 1}", in_form(count, shown.form))
        return text + " " if text[-1:].isdecimal() else text


def _outlined(properties: Element | None) -> bool:
    level = value(properties, "outlineLvl")
    return level is not None and level != "9"


def _number(properties: Element | None) -> tuple[str, int] | None:
    found = properties.find(W + "numPr") if properties is not None else None
    code = value(found, "numId")
    return (code, _whole(value(found, "ilvl"))) if code and code != "0" else None


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def in_form(count: int, form: str) -> str:
    """A list number as Word writes it, e.g. 12 in "chineseCounting" is 十二."""
    if form in _CHINESE and 0 <= count < 100:
        return _chinese(count)
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        letter = chr(ord("a") + count - 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        roman = _roman(count)
        return roman if form == "lowerRoman" else roman.upper()
    if form == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    return str(count)


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    if not tens:
        return _DIGITS[ones]
    head = "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            text += letters
            count -= worth
    return text
