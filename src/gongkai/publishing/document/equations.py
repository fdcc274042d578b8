"""Equations of Word and WPS (OMML) as a line of text: (a+b)/(2), √(x), x², ∑."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.publishing.document.markup import End, Start, Text, Token

_OPENING = {("m:num", ""): "(", ("m:den", ""): "(", ("m:e", "m:rad"): "√(", ("m:e", "m:d"): "("}
_CLOSING = {("m:num", ""): ")/", ("m:den", ""): ")", ("m:e", "m:rad"): ")", ("m:e", "m:d"): ")"}
_MARKS = {"m:sup": "sup", "m:sub": "sub"}


def as_text(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens with every equation written out; what is not one passes unchanged."""
    within: list[str] = []
    for token in tokens:
        if isinstance(token, Text) or not token.name.startswith("m:"):
            yield token
        elif isinstance(token, Start):
            yield from _begun(token, within[-1] if within else "")
            within = [*within[-63:], token.name]
        elif token.name in within:
            while within.pop() != token.name:
                pass
            yield from _ended(token.name, within[-1] if within else "")


def _begun(token: Start, parent: str) -> Iterator[Token]:
    name = token.name
    sign = token.attributes.get("m:val", "") if name == "m:chr" else ""
    text = sign or _OPENING.get((name, "")) or _OPENING.get((name, parent))
    if text:
        yield Text(text)
    if name in _MARKS:
        yield Start(_MARKS[name], {})


def _ended(name: str, parent: str) -> Iterator[Token]:
    text = _CLOSING.get((name, "")) or _CLOSING.get((name, parent))
    if text:
        yield Text(text)
    if name in _MARKS:
        yield End(_MARKS[name])
