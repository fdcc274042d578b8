"""HTML, SVG and XML: whether they run something when opened, and remarks in their source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.files.trace import Sighting

# Every encoding in use for Chinese keeps these signs out of its longer characters.
_ACTIVE = re.compile(
    rb"(?i)<\s*(?:[a-z]+:)?(?:script|iframe|object|embed|applet|foreignobject|frame|handler"
    rb"|animate\b[^>]*\bon|set\b[^>]*\bon)"
    rb"|<[^>]*[\s\"'/]on[a-z]{3,}\s*="
    rb"|(?:href|src|action|data|xlink:href|values|to)\s*=\s*[\"']?\s*(?:javascript|vbscript)\s*:"
    rb"|(?:href|src)\s*=\s*[\"']?\s*data:(?:text/html|image/svg|application)"
    rb"|<meta[^>]+http-equiv\s*=\s*[\"']?refresh|<\?xml-stylesheet|<base\b"
)
_REFERENCE = re.compile(rb"&(?:#x?[0-9a-fA-F]{1,7}|[a-zA-Z]{2,8});")
_REMARK = re.compile(rb"<!--.*?-->", re.DOTALL)
_ENTITIES = re.compile(rb"(?i)<!ENTITY")
_MEANT = {b"tab": b"", b"newline": b"", b"colon": b":", b"lpar": b"(", b"sol": b"/"}


def is_active(data: bytes) -> bool:
    """Whether opening the source runs or loads something."""
    plain = data.replace(b"\0", b"")
    if _ACTIVE.search(plain):
        return True
    if b"&" not in plain:
        return False
    return bool(_ACTIVE.search(re.sub(rb"[\t\r\n]", b"", _REFERENCE.sub(_meant, plain))))


def _meant(found: re.Match[bytes]) -> bytes:
    """An ASCII character that is written as a reference ("&#106;" for "j")."""
    name = found.group()[1:-1].lower()
    if not name.startswith(b"#"):
        return _MEANT.get(name, found.group())
    number = _number(name[1:])
    return bytes([number]) if 0x20 < number < 0x7F and number not in b"<>\"'" else b""


def _number(digits: bytes) -> int:
    base = 16 if digits.startswith(b"x") else 10
    try:
        return int(digits.removeprefix(b"x"), base)
    except ValueError:
        return 0


def has_entities(data: bytes) -> bool:
    """Whether the source declares entities, with which a few bytes become gigabytes."""
    return bool(_ENTITIES.search(data.replace(b"\0", b"")))


def hidden(data: bytes) -> Iterator[Sighting]:
    """The remarks in the source."""
    for found in _REMARK.finditer(data):
        text = found.group()[4:-3].decode("utf-8", "replace").strip()
        if text:
            yield Sighting("markup.comment", text)


def cleaned(data: bytes) -> bytes:
    """The source without remarks."""
    return _REMARK.sub(b"", data)
