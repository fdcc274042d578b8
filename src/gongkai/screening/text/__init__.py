"""Text screened for what must not go out unseen.

    findings = screen(text, words=WordList.standard(), metadata={"title": …}, as_of=day)

Every finding waits for a person: whether 机密 is a marking or a word is for people to decide, and
a rule only makes sure that somebody looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from gongkai.screening.text import (
    addresses,
    contacts,
    days,
    expressions,
    identity,
    missing,
    notation,
    people,
    secrecy,
)
from gongkai.screening.text.addresses import askable
from gongkai.screening.text.finding import REGISTRY, SEVERITIES, Finding, Rule, Severity, finding
from gongkai.screening.text.links import Link, links
from gongkai.screening.text.masking import masked
from gongkai.screening.text.subject import Subject
from gongkai.screening.text.wordlist import Expression, WordList, WordListError

__all__ = [
    "SEVERITIES",
    "Expression",
    "Finding",
    "Link",
    "Rule",
    "Severity",
    "WordList",
    "WordListError",
    "links",
    "masked",
    "outward",
    "rules",
    "screen",
]

# Importing a module registers its rules; this tuple is what keeps the imports.
_RULES = (
    *(secrecy, identity, contacts, people, expressions),
    *(days, notation, addresses, missing),
)


def rules() -> dict[str, Rule]:
    """Every rule by its code."""
    return dict(REGISTRY.rules)


def outward(text: str, addresses: Sequence[Link] = ()) -> tuple[Link, ...]:
    """The links of a text and behind it that a link checker may ask, in reading order."""
    subject = Subject(text, WordList(()), date.min, None, addresses)
    return tuple(sorted(filter(askable, subject.links), key=lambda link: link.start))


def screen(
    text: str,
    *,
    words: WordList,
    as_of: date,
    metadata: Mapping[str, object] | None = None,
    addresses: Sequence[Link] = (),
    key: bytes = b"",
    origin: str = "",
) -> tuple[Finding, ...]:
    """Everything the rules find in a plain text: errors, reviews, notes, each in reading order.

    `metadata` are the fields of the document (names as in `missing.REQUIRED`); None where a text
    has none. `addresses` are the links behind the text. `key` is a secret of the installation that
    keeps fingerprints from being tried out. `origin` names what the text is where it is not the
    body: a verdict on the one does not hold for the other. Nothing is raised for a text of any
    content.
    """
    subject = Subject(text, words, as_of, metadata, addresses, origin)
    times: Counter[str] = Counter()
    found = [
        finding(rule, hit, subject, key, times)
        for rule in REGISTRY.rules.values()
        for hit in rule.check(subject)
    ]
    found.sort(key=lambda entry: (SEVERITIES.index(entry.severity), entry.start, entry.code))
    return tuple(found)
