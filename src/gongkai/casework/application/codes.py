"""The query code with which an applicant comes back, and how a form sent twice is told.

A code is twelve characters of an alphabet of 31 without lookalikes: 59 bits, of which nobody tries
a millionth part against a limited page. Guessing without the page would need the stored digest
*and* the key, which stands outside the database; so a keyed digest is enough, and one that is made
slow on purpose, as for passwords that people choose, would only keep out applicants.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

from gongkai.casework.application.sealing import index_key

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L."""
LENGTH = 12
GROUP = 4


def new_token() -> str:
    """What a form carries so that it counts once, however often it is sent."""
    return secrets.token_urlsafe(24)


def submission_key(token: str, content: bytes) -> str:
    """One value for the same content sent under the same token; another for other content.

    Whoever goes back, changes the text and sends it again has sent another application.
    """
    return index_key("submission", f"{token}\0{hashlib.sha256(content).hexdigest()}")


def code_of(submission: str) -> str:
    """The query code that belongs to a submission key; the same each time: XXXX-XXXX-XXXX."""
    number = int(index_key("query code", submission), 16)
    characters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[place])
    text = "".join(characters)
    return "-".join(text[at : at + GROUP] for at in range(0, LENGTH, GROUP))


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")


def typed(number: str) -> str:
    """The number of a case as it is kept, however it was typed: with full-width characters as an
    input method leaves them, with dashes of other kinds, with spaces."""
    plain = unicodedata.normalize("NFKC", number.translate(_DASHES))
    return "".join(plain.split()).upper()


def digest(number: str, code: str) -> str:
    """What is stored of a code; it fits the case with that number alone."""
    typed = unicodedata.normalize("NFKC", code).upper()
    plain = "".join(char for char in typed if char.isalnum())
    return index_key("code of case", f"{number}\0{plain}")


def fits(stored: str, number: str, code: str) -> bool:
    """Whether the code is that of the case; never for a case without one."""
    return hmac.compare_digest(stored, digest(number, code)) and bool(stored)
