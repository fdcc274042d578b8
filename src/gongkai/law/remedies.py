"""What an applicant is told to do against a decision, by the day of the decision.

    remedy("A4", decided_on=date(2026, 3, 2), ground_article="15").classes    # ("PRE",)
    remedy("A4", decided_on=date(2023, 12, 31), ground_article="15").classes  # ("GEN",)

Which organ and which court are meant, and the words, are for the letter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.dated import rule_in_force
from gongkai.law.terms import Unit, term

RemedyClass = Literal["PRE", "GEN", "REC", "NONE"]
Organ = Literal["reconsideration_organ", "court", "supervising_office"]
StepKind = Literal["reconsideration", "litigation", "complaint"]
Scope = Literal["whole", "withheld", "rest"]

# 行政复议法第二十三条第二款、第二十二条第二款 hold from this day.
RECONSIDERATION_FIRST_FROM = date(2024, 1, 1)
# 法释〔2025〕8号第一条第（二）项 says which refusals are meant, and holds from this day.
REFUSALS_NAMED_FROM = date(2025, 6, 1)
_REFUSAL = re.compile(r"1[456](?!\d)")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the law leaves to the agency's own lawyers.

    `partial`: the remedy of a partial disclosure "split" by part, or "pre_all", reconsideration
    first for all of it. `not_litigated`: "REC" prints no litigation where the courts do not take
    the case, "GEN" prints it all the same. `party_affairs`: the class for matters of the Party.
    """

    partial: Literal["split", "pre_all"] = "split"
    not_litigated: Literal["REC", "GEN"] = "REC"
    party_affairs: RemedyClass = "GEN"


USUAL = Choices()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: within `length` `unit` (None: without limit) at the organ.

    `term` is the id in `law.terms`, "" for a complaint. `after_reconsideration` marks what is
    open only once reconsideration has ended; other steps of a part are alternatives.
    """

    kind: StepKind
    organ: Organ
    term: str
    length: int | None
    unit: Unit | None
    articles: tuple[str, ...]
    after_reconsideration: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The remedy against one part of a decision, usually against the whole."""

    scope: Scope
    remedy_class: RemedyClass
    steps: tuple[Step, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """The remedy a letter prints, part by part.

    `must_name_online_channel` asks for the online way to reconsideration, `court_rule` are the
    provisions of 法释〔2025〕8号 on such decisions. `uncertain` asks for a lawyer, `note` says why.
    """

    parts: tuple[Part, ...]
    must_name_online_channel: bool
    must_say_reconsideration_first: bool
    court_rule: tuple[str, ...] = ()
    uncertain: bool = False
    note: str = ""

    @property
    def classes(self) -> tuple[RemedyClass, ...]:
        """The class of each part."""
        return tuple(part.remedy_class for part in self.parts)

    @property
    def elements(self) -> tuple[str, ...]:
        """The elements (`law.letters`) a letter with this remedy must have."""
        wanted = {
            "remedy": any(part.steps for part in self.parts),
            "reconsideration_first": self.must_say_reconsideration_first,
            "remedy_by_part": len(self.parts) > 1,
            "online_reconsideration_channel": self.must_name_online_channel,
        }
        return tuple(code for code, needed in wanted.items() if needed)


@dataclass(frozen=True, slots=True)
class _Rule:
    code: str
    valid_from: date
    rule: str
    court_rule: tuple[str, ...] = ()
    uncertain: bool = False
    note: str = ""


def remedy(
    outcome: str,
    *,
    decided_on: date,
    ground_article: str | None = None,
    previous_disclosed: bool | None = None,
    delivered_online: bool = False,
    choices: Choices = USUAL,
) -> Remedy:
    """The remedy against a decision taken on that day.

    `ground_article` is the ground's ("14", "16(1)"); a refusal needs one, a partial disclosure
    has none where the rest merely does not exist. `previous_disclosed` says, of a repeated
    application, whether the earlier answer disclosed the information. Raises ValueError where
    what the class depends on is missing, KeyError and NotInForceError as `law.outcomes`.
    """
    rule = rule_in_force(_rules(), outcome, on=decided_on)
    classes = _classes(rule, ground_article, previous_disclosed, choices)
    parts = tuple(_part(scope, name, decided_on) for scope, name in classes)
    since_2024 = decided_on >= RECONSIDERATION_FIRST_FROM
    first = any(part.remedy_class == "PRE" for part in parts)
    between = first and decided_on < REFUSALS_NAMED_FROM
    return Remedy(
        parts=parts,
        must_name_online_channel=delivered_online and since_2024 and any(p.steps for p in parts),
        must_say_reconsideration_first=first,
        court_rule=rule.court_rule if decided_on >= _data()["court_rule_from"] else (),
        uncertain=rule.uncertain or between,
        note=rule.note or (_BETWEEN if between else ""),
    )


def remedy_for_silence(*, due_on: date, delivered_online: bool = False) -> Remedy:
    """The remedy if nothing was answered by `due_on`: reconsideration or litigation."""
    silence = _data()["silence"]
    steps = tuple(_step(entry, due_on) for entry in silence["steps"])
    part = Part("whole", silence["code"], steps, tuple(silence["articles"]))
    online = delivered_online and due_on >= RECONSIDERATION_FIRST_FROM
    court_rule = tuple(silence["court_rule"]) if due_on >= _data()["court_rule_from"] else ()
    return Remedy((part,), online, False, court_rule, uncertain=True, note=silence["note"])


_BETWEEN = "2025年6月1日以前作出的，先行复议是否只限条例第十四条至第十六条，尚待核对。"


def _classes(
    rule: _Rule, ground: str | None, previous: bool | None, choices: Choices
) -> list[tuple[Scope, RemedyClass]]:
    if rule.rule == "by_ground":
        if ground is None:
            raise ValueError(f"{rule.code}: the remedy depends on the article of the ground")
        return [("whole", "PRE" if _REFUSAL.match(ground) else "GEN")]
    if rule.rule == "by_part":
        return _by_part(ground, choices)
    if rule.rule == "by_previous":
        if previous is None:
            raise ValueError(f"{rule.code}: the remedy depends on what was answered before")
        return [("whole", choices.not_litigated if previous else "GEN")]
    settled: dict[str, RemedyClass] = {
        "not_litigated": choices.not_litigated,
        "party": choices.party_affairs,
        "PRE": "PRE",
        "GEN": "GEN",
        "NONE": "NONE",
    }
    return [("whole", settled[rule.rule])]


def _by_part(ground: str | None, choices: Choices) -> list[tuple[Scope, RemedyClass]]:
    if ground is None or not _REFUSAL.match(ground):
        return [("whole", "GEN")]
    if choices.partial == "pre_all":
        return [("whole", "PRE")]
    return [("withheld", "PRE"), ("rest", "GEN")]


def _part(scope: Scope, name: RemedyClass, on: date) -> Part:
    entry = next(known for known in _data()["classes"] if known["code"] == name)
    steps = tuple(_step(step, on) for step in entry["steps"])
    return Part(scope, name, steps, tuple(entry["articles"]))


def _step(entry: Mapping[str, Any], on: date) -> Step:
    id_ = entry.get("term", "")
    period = term(id_, on=on) if id_ else None
    return Step(
        kind=entry["kind"],
        organ=entry["organ"],
        term=id_,
        length=period.length if period else None,
        unit=period.unit if period else None,
        articles=period.articles if period else ("51",),
        after_reconsideration=entry.get("after_reconsideration", False),
    )


@cache
def _rules() -> tuple[_Rule, ...]:
    entries = _data()["remedies"]
    return tuple(_Rule(**{**e, "court_rule": tuple(e.get("court_rule", ()))}) for e in entries)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / "remedies.toml").read_text("utf-8"))
