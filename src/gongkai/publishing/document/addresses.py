"""Which addresses a body may name: safe links, our own pictures, its own footnotes."""

from __future__ import annotations

import re
from urllib.parse import unquote

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# A host without a name and password before it: "https://government@elsewhere" misleads.
_WEB = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_OTHER = re.compile(r"(?:mailto|tel):[^\s\\/]+", re.IGNORECASE)
_OWN = re.compile(r"/(?![/\\])[^\s\\]*")
_ANCHOR = re.compile(r"note(?:-ref)?-e?\d{1,4}")
_PICTURE = re.compile(
    r"/(?:documents/[\w-]+|desk/(?:[\w-]+/){1,6}?)/?attachments/[^\s/?#\\]+(?:/[^\s/?#\\]+)*"
)
_LENGTH = 2000
_DESCRIPTION = 2000


def link(address: str) -> str:
    """The address as it may stand in a link, or "" for one that may not.

    Web, mail and telephone addresses, paths of this site and notes of the same text.
    """
    address = _spelt(address)
    if not address or len(address) > _LENGTH:
        return ""
    if address.startswith("#"):
        return address if _ANCHOR.fullmatch(address[1:]) else ""
    for pattern in (_WEB, _OTHER, _OWN):
        if pattern.fullmatch(address):
            scheme = _SCHEME.match(address)
            if scheme:
                return scheme[1].lower() + address[len(scheme[1]) :]
            return address
    return ""


def source(address: str) -> str:
    """The address of a picture that is an attachment of ours, or ""."""
    address = _spelt(address)
    plain = unquote(address)
    if len(address) > _LENGTH or not _PICTURE.fullmatch(address):
        return ""
    if "\\" in plain or "//" in plain or ".." in plain.split("/") or "." in plain.split("/"):
        return ""
    return address


def anchor(identity: str) -> str:
    """The name of a footnote or of the place it belongs to, or ""."""
    return identity if _ANCHOR.fullmatch(identity) else ""


def picture(attributes: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The attributes a picture keeps, in order; none if it is not one of our attachments.

    A description beyond `_DESCRIPTION` characters is cut: nobody has so long a one read to them.
    """
    address = source(attributes.get("src", ""))
    if not address:
        return ()
    description = " ".join(attributes.get("alt", "").split())[:_DESCRIPTION].rstrip()
    kept = {"src": address, "alt": description}
    for name in ("width", "height"):
        value = attributes.get(name, "").strip().removesuffix("px")
        if value.isascii() and value.isdigit() and 0 < int(value[:6]) <= 4000:
            kept[name] = str(int(value[:6]))
    return tuple((key, value) for key, value in kept.items() if value)


def _spelt(address: str) -> str:
    """Without the white space browsers ignore; spaces inside are written as %20."""
    address = re.sub(r"[\t\n\r]", "", address).strip()
    return address.replace(" ", "%20")
