"""What a check says: a finding, and the registry of rules that make findings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from gongkai.annual_report.check.subject import Context, Subject
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.folding import squeeze
from gongkai.law.forms import Address

__all__ = [
    "Check",
    "Context",
    "Finding",
    "Mend",
    "Registry",
    "Rule",
    "Severity",
    "Sides",
    "Term",
    "Text",
]

Severity = Literal["error", "review", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "review", "note")


@dataclass(frozen=True, slots=True)
class Term:
    """One cell that went into a sum, with the sign it went in with."""

    address: Address
    figure: Figure
    sign: Literal[1, -1] = 1


@dataclass(frozen=True, slots=True)
class Mend:
    """The one cell that would make the sum hold, and the figure it would need."""

    address: Address
    figure: int | Decimal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, or to be looked at.

    `address` is the cell in the report, or the row ("applications.3.6"), table ("appeals") or
    section ("section.5"); `place` where that stands in the source, `quote` the passage of the text
    it is about. `expected` and `found` are what the rule wanted and what stands there. `terms` are
    all cells that went into a sum, or all cells of a group that share the fault; `mend` the cells
    each of which alone would repair a sum, the likeliest first.
    """

    code: str
    severity: Severity
    zh: str
    en: str
    address: Address = ""
    place: str = ""
    quote: str = ""
    expected: str = ""
    found: str = ""
    terms: tuple[Term, ...] = ()
    mend: tuple[Mend, ...] = ()

    def message(self, language: str = "zh") -> str:
        return self.zh if language == "zh" else self.en

    @property
    def cells(self) -> tuple[Address, ...]:
        """The cells that are at fault themselves: all cells of a block, else the one address.

        The terms of a sum went into it and are not at fault each.
        """
        if self.code.startswith("form.cell_") and self.terms:
            return tuple(term.address for term in self.terms)
        return (self.address,) if self.address else ()

    @property
    def fingerprint(self) -> str:
        """Stays the same when the report is read again from another file or layout.

        It covers what the finding is about and what stands there, not where in the file it stood
        nor how it was spaced, so that a person's verdict survives a re-reading but not a change of
        the figures.
        """
        essence = (self.code, self.address, self.quote, self.expected, self.found)
        spelt = "\x1f".join(squeeze(part).text for part in essence)
        return hashlib.sha256(spelt.encode()).hexdigest()[:16]


class Text(NamedTuple):
    """A message in both languages."""

    zh: str
    en: str


class Sides(NamedTuple):
    """What a rule's `expected` and `found` are called, each in both languages.

    Where two statements disagree, neither is known to be right, so neither is "expected".
    """

    expected: Text
    found: Text

    @classmethod
    def named(cls, expected: tuple[str, str], found: tuple[str, str]) -> Sides:
        return cls(Text(*expected), Text(*found))


SHOULD_BE = Sides.named(("应为", "expected"), ("实为", "found"))
TABLE_AND_TEXT = Sides.named(("表中", "in the tables"), ("文中", "in the text"))


def only_found(zh: str, en: str) -> Sides:
    """The sides of a rule that only finds something, such as a number of blank cells."""
    return Sides.named(("应为", "expected"), (zh, en))


Check = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered check: stable code, severity, what it looks at, and the forms it holds for."""

    code: str
    severity: Severity
    zh: str
    en: str
    source: str
    check: Check
    forms: tuple[str, ...] = ("2019", "2021")
    sides: Sides = SHOULD_BE


@dataclass
class Registry:
    rules: dict[str, Rule] = field(default_factory=dict)

    def rule(
        self,
        code: str,
        severity: Severity,
        zh: str,
        en: str,
        *,
        source: str,
        forms: tuple[str, ...] = ("2019", "2021"),
        sides: Sides = SHOULD_BE,
    ) -> Callable[[Check], Check]:
        """Register a check under a code. `source` cites the article or paragraph behind it."""

        def register(check: Check) -> Check:
            if code in self.rules:
                raise ValueError(f"two rules are called {code}")
            self.rules[code] = Rule(code, severity, zh, en, source, check, forms, sides)
            return check

        return register

    def finding(
        self,
        code: str,
        text: Text,
        *,
        severity: Severity | None = None,
        address: Address = "",
        place: str = "",
        quote: str = "",
        expected: object = "",
        found: object = "",
        terms: tuple[Term, ...] = (),
        mend: tuple[Mend, ...] = (),
    ) -> Finding:
        """A finding under a registered code, with the rule's severity unless another is given."""
        return Finding(
            code=code,
            severity=severity or self.rules[code].severity,
            zh=text.zh,
            en=text.en,
            address=address,
            place=place,
            quote=quote,
            expected=str(expected),
            found=str(found),
            terms=terms,
            mend=mend,
        )


REGISTRY = Registry()
rule = REGISTRY.rule
finding = REGISTRY.finding
