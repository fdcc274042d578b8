"""Pictures: what cameras and programs write beside the pixels, and copies without it.

Pixels are never decoded and written anew: a cleaned picture has the same image data byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.screening.files.pictures import gif, jpeg, png, tiff
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Sighting

Inspector = Callable[[bytes], Iterator[Sighting]]
Stripper = Callable[[bytes], bytes]

_KINDS: tuple[tuple[bytes, Inspector, Stripper], ...] = (
    (jpeg.SIGNATURE, jpeg.hidden, jpeg.stripped),
    (png.SIGNATURE, png.hidden, png.stripped),
    (gif.SIGNATURE, gif.hidden, gif.stripped),
    (b"II*\x00", tiff.hidden, tiff.stripped),
    (b"MM\x00*", tiff.hidden, tiff.stripped),
)


def hidden(data: bytes) -> Iterator[Sighting]:
    """Traces of a picture. Raises UnsafeFileError("damaged"); of an unknown kind there are none."""
    for signature, inspect, _ in _KINDS:
        if data.startswith(signature):
            yield from inspect(data)


def stripped(data: bytes) -> bytes:
    """The picture with nothing but what is needed to show it. Raises UnsafeFileError("damaged")."""
    for signature, _, strip in _KINDS:
        if data.startswith(signature):
            return strip(data)
    return data


def hidden_quietly(data: bytes) -> list[Sighting]:
    """Traces of a picture inside a document; a damaged one shows nothing and has none."""
    try:
        return list(hidden(data))
    except UnsafeFileError:
        return []


def stripped_quietly(data: bytes) -> bytes:
    """As `stripped`; a damaged picture inside a document stays as it is."""
    try:
        return stripped(data)
    except UnsafeFileError:
        return data
