"""What a screening says: a finding, and the registry of rules that make findings."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from gongkai.screening.text.subject import Subject

Severity = Literal["error", "review", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "review", "note")

_CONTEXT = 8  # characters on either side that make a place the same place
_ALONE = 4  # with fewer characters beside it in its line a passage could stand anywhere
_NEIGHBOUR = 16  # characters of the lines above and below that tell where it stands
_STRICT = ("secrecy.", "personal.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person must look at. An "error" blocks until somebody decides about it.

    `start` and `end` are places in the plain text, -1 where it is not about a passage of it.
    `quote` never holds personal data: it is masked. `zh` and `en` say what is wrong and what to
    do. `fingerprint` is the same as long as the passage and its near context read the same, and no
    two places of what must not go out share one.
    """

    code: str
    severity: Severity
    zh: str
    en: str
    start: int
    end: int
    quote: str
    fingerprint: str

    def message(self, language: str = "zh") -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule gives. Without a message, severity or quote of its own it has the rule's.

    `topic` tells hits apart that stand nowhere in the text.
    """

    start: int = -1
    end: int = -1
    severity: Severity | None = None
    zh: str = ""
    en: str = ""
    quote: str | None = None
    topic: str = ""


Check = Callable[[Subject], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered check: stable code, severity, what it looks for, what to do about it."""

    code: str
    severity: Severity
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
    check: Check
    mask: Callable[[str], str]


@dataclass
class Registry:
    """The rules by their code."""

    rules: dict[str, Rule] = field(default_factory=dict)

    def rule(
        self,
        code: str,
        severity: Severity,
        zh: str,
        en: str,
        *,
        remedy: tuple[str, str],
        mask: Callable[[str], str] = str,
    ) -> Callable[[Check], Check]:
        """Register a check under a code. `remedy` says in Chinese and English what to do."""

        def register(check: Check) -> Check:
            if code in self.rules:
                raise ValueError(f"two rules are called {code}")
            self.rules[code] = Rule(code, severity, zh, en, *remedy, check, mask)
            return check

        return register


REGISTRY = Registry()
rule = REGISTRY.rule


def finding(entry: Rule, hit: Hit, subject: Subject, key: bytes, times: Counter[str]) -> Finding:
    """The finding a hit amounts to. `key` keeps fingerprints from being tried out by others;
    `times` counts the fingerprints given so far."""
    quote = subject.text[hit.start : hit.end] if hit.start >= 0 and hit.quote is None else hit.quote
    return Finding(
        code=entry.code,
        severity=hit.severity or entry.severity,
        zh=f"{hit.zh or entry.zh}：{entry.remedy_zh}",
        en=f"{hit.en or entry.en}: {entry.remedy_en}",
        start=hit.start,
        end=hit.end,
        quote=entry.mask(quote or ""),
        fingerprint=_fingerprint(entry.code, hit, subject, key, times),
    )


def _fingerprint(code: str, hit: Hit, subject: Subject, key: bytes, times: Counter[str]) -> str:
    """Eight bytes over the code, where the text is from, the passage and its near context.

    That is what stands beside it in its line and, for markings and personal data that stand alone
    there, the lines above and below; of several such places that are alike all but the first are
    numbered. Spelling and white space do not matter. It is keyed, for a number of eleven digits
    could be found by trying them all.
    """
    strict = code.startswith(_STRICT)
    spelt = "\x1f".join([code, subject.origin, hit.topic, *_context(hit, subject, strict=strict)])
    times[spelt] += strict
    if times[spelt] > 1:
        spelt += f"\x1f{times[spelt]}"
    encoded = spelt.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, key=key[:64], digest_size=8).hexdigest()


def _context(hit: Hit, subject: Subject, *, strict: bool) -> list[str]:
    if hit.start < 0:
        return []
    before, passage, after = map(_squeezed, subject.around(hit.start, hit.end))
    parts = [before[-_CONTEXT:], passage, after[:_CONTEXT]]
    if strict and len(before) + len(after) < _ALONE:
        above, below = map(_squeezed, subject.beside(hit.start, hit.end))
        parts += [above[-_NEIGHBOUR:], below[:_NEIGHBOUR]]
    return parts


def _squeezed(text: str) -> str:
    return "".join(text.split())
