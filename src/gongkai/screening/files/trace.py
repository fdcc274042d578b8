"""Hidden content that was found: what it is, where, and whether it can be taken out."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from gongkai.screening.files.words import KEPT, PLACES, WORDS, Kept, TraceCode

Where = Literal["file", "paragraph", "sheet", "slide", "page", "part", "picture"]

LIMIT_EXCERPT = 60
LIMIT_OF_A_CODE = 100
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a trace stands.

    `number` counts from 1 within `part` (paragraph, slide, page); `part` is the name of a sheet,
    with its cells ("名单!4:9"), or of a part of the package; `member` the file within an archive.
    """

    where: Where = "file"
    number: int = 0
    part: str = ""
    member: str = ""

    def text(self, language: str = "zh") -> str:
        """The place in words, in "zh" or "en"."""
        pattern = PLACES[self.where][0 if language == "zh" else 1]
        words = pattern.format(number=self.number, part=self.part).strip()
        return ": ".join(word for word in (self.member, words) if word)


@dataclass(frozen=True, slots=True)
class Trace:
    """One piece of hidden content.

    `excerpt` has at most LIMIT_EXCERPT characters and may hold personal data: whoever shows it
    masks it. `fingerprint` is the same in every run and wherever in its part the content stands;
    it is a hash of the content and is treated like it. `kept` says why cleaning leaves the trace
    in the file; it is empty where cleaning removes it.
    """

    code: TraceCode
    place: Place
    excerpt: str
    fingerprint: str
    kept: Kept = ""

    @property
    def cleanable(self) -> bool:
        return not self.kept

    def message(self, language: str = "zh") -> str:
        """What it is, in "zh" or "en"."""
        return WORDS[self.code][0 if language == "zh" else 1]

    def reason(self, language: str = "zh") -> str:
        """Why it cannot be removed and what to do, "" where it can be."""
        return KEPT[self.kept][0 if language == "zh" else 1] if self.kept else ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A copy with hidden content taken out. `removed` is gone from it, `left` is still there."""

    data: bytes
    removed: tuple[Trace, ...]
    left: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """Hidden content as an inspector reports it, whole, before it becomes a trace."""

    code: TraceCode
    content: str
    place: Place = Place()
    kept: Kept = ""


def traces(sightings: Iterator[Sighting]) -> tuple[Trace, ...]:
    """Sightings as traces; of one code beyond LIMIT_OF_A_CODE the rest is one trace."""
    shown: list[Trace] = []
    seen: Counter[str] = Counter()
    of_code: Counter[TraceCode] = Counter()
    rest: dict[TraceCode, list[Sighting]] = {}
    for sighting in sightings:
        of_code[sighting.code] += 1
        if of_code[sighting.code] > LIMIT_OF_A_CODE:
            rest.setdefault(sighting.code, []).append(sighting)
        else:
            shown.append(_trace(sighting, seen))
    shown += [_summed(found, seen) for found in rest.values()]
    return tuple(shown)


def inside(member: str, found: tuple[Trace, ...]) -> tuple[Trace, ...]:
    """The traces of a file within an archive."""
    return tuple(
        replace(
            trace,
            place=replace(trace.place, member=member),
            fingerprint=_digest(member, trace.fingerprint),
        )
        for trace in found
    )


def squeezed(text: str) -> str:
    """The text without white space, for comparison."""
    return "".join(text.split())


def excerpt(text: str) -> str:
    """The beginning of a text on one line, at most LIMIT_EXCERPT characters."""
    plain = _BLANK.sub(" ", text[: LIMIT_EXCERPT * 8]).strip()
    return plain if len(plain) <= LIMIT_EXCERPT else plain[: LIMIT_EXCERPT - 1] + "…"


def _trace(sighting: Sighting, seen: Counter[str]) -> Trace:
    part = sighting.place.part if sighting.place.where in {"sheet", "part"} else ""
    digest = _digest(sighting.code, part, sighting.content)
    seen[digest] += 1
    return Trace(
        sighting.code,
        sighting.place,
        excerpt(sighting.content),
        _digest(digest, str(seen[digest])),
        sighting.kept,
    )


def _summed(found: list[Sighting], seen: Counter[str]) -> Trace:
    kept: Kept = next((sighting.kept for sighting in found if sighting.kept), "")
    content = "\n".join(sighting.content for sighting in found)
    trace = _trace(Sighting(found[0].code, content, Place(), kept), seen)
    return replace(trace, excerpt=excerpt(f"+{len(found)}: {content}"))


def _digest(*words: str) -> str:
    joined = "\x1f".join(words).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:24]
