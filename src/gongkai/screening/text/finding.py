"""What a screening says: a finding, and the registry of rules that make findings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from gongkai.screening.text.subject import Subject

Severity = Literal["error", "review", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "review", "note")

_CONTEXT = 8  # characters on either side that make a place the same place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person must look at. An "error" blocks until somebody decides about it.

    `start` and `end` are places in the plain text, -1 where it is not about a passage of it.
    `quote` never holds personal data: it is masked. `zh` and `en` say what is wrong and what to
    do. `fingerprint` is the same as long as the passage and its near context read the same.
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


def finding(entry: Rule, hit: Hit, subject: Subject, key: bytes) -> Finding:
    """The finding a hit amounts to. `key` keeps fingerprints from being tried out by others."""
    quote = subject.text[hit.start : hit.end] if hit.start >= 0 and hit.quote is None else hit.quote
    return Finding(
        code=entry.code,
        severity=hit.severity or entry.severity,
        zh=f"{hit.zh or entry.zh}：{entry.remedy_zh}",
        en=f"{hit.en or entry.en}: {entry.remedy_en}",
        start=hit.start,
        end=hit.end,
        quote=entry.mask(quote or ""),
        fingerprint=_fingerprint(entry.code, hit, subject, key),
    )


def _fingerprint(code: str, hit: Hit, subject: Subject, key: bytes) -> str:
    """Eight bytes over the code, the passage and its near context within the line.

    Spelling and white space do not matter. It is keyed, for a number of eleven digits could be
    found by trying them all.
    """
    parts = [code, hit.topic]
    if hit.start >= 0:
        before, passage, after = subject.around(hit.start, hit.end)
        parts += ["".join(before.split())[-_CONTEXT:], "".join(passage.split())]
        parts += ["".join(after.split())[:_CONTEXT]]
    spelt = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(spelt, key=key[:64], digest_size=8).hexdigest()
